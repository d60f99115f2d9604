"""What colleagues call each other. Everybody says it of themselves; nobody needs it while one person works alone.

Whoever adds a colleague enters a name with them, and vouches for it. That entry stays as it is: a new name goes into
one's own profile, which nobody else writes, and both are shown where they differ.
"""

from __future__ import annotations

from dataclasses import replace

from vigtool.errors import InvalidRecord
from vigtool.ids import Id
from vigtool.practice.records import plain
from vigtool.practice.roles import members
from vigtool.vault import user_list
from vigtool.vault.shapes import Profile
from vigtool.vault.vault import Vault


def call_oneself(vault: Vault, name: str) -> None:
    """Write down one's own name, sealed, as colleagues are to see it.

    Raises:
        InvalidRecord: it is empty or too long, or somebody else here is called that.
    """
    words = plain(name, what="your name", needed=True, longest=200)
    names = names_of_users(vault)
    others = [one for one in members(vault) if one.left is None and one.user != vault.user_id]
    if words.casefold() in {name.casefold() for one in others for name in (one.name, names[one.user])}:
        message = "a colleague is called that already"
        raise InvalidRecord(message, "add a second name or an initial, so that nobody takes one of you for the other")
    stored = vault.get(Profile, vault.user_id)
    if stored.value.name == words:
        return
    with vault.transaction("name change", [vault.user_id]) as writer:
        writer.change(stored, replace(stored.value, name=words))


def names_of_users(vault: Vault) -> dict[Id, str]:
    """Everybody who ever used the vault, by what they call themselves; else as they were entered.

    What stands in somebody's profile counts only where they wrote and signed it themselves.
    """
    names = {member.user: member.name for member in members(vault)}
    return names | user_list.names_said(vault)
