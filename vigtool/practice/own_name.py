"""What colleagues call whoever opened the vault: asked for when the first colleague comes; nobody needs it before."""

from __future__ import annotations

from dataclasses import replace

from vigtool.errors import NotAllowed
from vigtool.practice.records import plain
from vigtool.practice.roles import is_alone
from vigtool.vault.shapes import Profile
from vigtool.vault.vault import Vault


def call_oneself(vault: Vault, name: str) -> None:
    """Write down one's own name, sealed, while one works alone; who is entered as a colleague has theirs there.

    Raises:
        InvalidRecord: it is empty or too long. NotAllowed: one does not work alone any more.
    """
    words = plain(name, what="your name", needed=True, longest=200)
    if not is_alone(vault):
        message = "your name is entered with the other colleagues' already"
        raise NotAllowed(message, "ask an administrator or a lead of your service")
    stored = vault.get(Profile, vault.user_id)
    with vault.transaction("name change", [vault.user_id]) as writer:
        writer.change(stored, replace(stored.value, name=words))
