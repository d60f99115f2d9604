"""The organisation's own key: 24 words on paper, so that no family is lost when the one who works with it cannot come.

It is a user of its own, whom everybody sees, with no passphrase. It is given a key of every family to keep; with it a
family can be given to a colleague, and nothing else of the family is opened.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Final

from vigtool.casework.member import Member, StaffRole
from vigtool.ids import new_id
from vigtool.practice.entering import enter_user, take_out, trusting
from vigtool.practice.keys_in_order import give_into_care
from vigtool.practice.progress import silent
from vigtool.practice.roles import members, require_role
from vigtool.vault import shredding, user_list, users
from vigtool.vault.shapes import Setting
from vigtool.vault.vault import Vault
from vigtool.vault.ways_in import RecoveryKey
from vigtool.vault.writing import Writer

NAME: Final = "the organisation"
_SETTING: Final = "organisation key"
_REFUSED: Final = "refused"
_WHOSE: Final = (StaffRole.ADMINISTRATOR, StaffRole.LEAD)


class OrganisationKey(Enum):
    """What was decided about the organisation's key."""

    UNASKED = "unasked"
    REFUSED = "refused"
    HELD = "held"


def organisation_key_state(vault: Vault) -> OrganisationKey:
    """Whether the organisation holds a key, chose not to, or was not asked yet."""
    if _standing(vault) is not None:
        return OrganisationKey.HELD
    refused = any(each.value.name == _SETTING and each.value.value == _REFUSED for each in vault.all(Setting))
    return OrganisationKey.REFUSED if refused else OrganisationKey.UNASKED


def new_organisation_key() -> RecoveryKey:
    """A key to be written down. It opens nothing before `keep_organisation_key`."""
    return RecoveryKey.generate()


def keep_organisation_key(vault: Vault, key: RecoveryKey) -> None:
    """Let the key, which is on paper now, be the organisation's; one that it had before opens nothing any more.

    Raises:
        NotAllowed: administrators and leads decide about it. StorageFailed: nothing was changed.
    """
    require_role(vault, *_WHOSE)
    new, on = users.new_user(vault.vault_id, key), _today(vault)
    with trusting(vault), vault.transaction("organisation key set", [new.user]) as writer:
        _end_earlier(vault, writer, on)
        enter_user(vault, writer, new, name=NAME, roles=(StaffRole.ORGANISATION,), on=on)
        _say(vault, writer, "")
    shredding.finish(vault.core, silent)
    give_into_care(vault)


def refuse_organisation_key(vault: Vault) -> None:
    """Write down that the organisation holds no key; one that it had opens nothing any more.

    Raises:
        NotAllowed. InvalidRecord: nobody else has a key of some family. StorageFailed: nothing was changed.
    """
    require_role(vault, *_WHOSE)
    with vault.transaction("organisation key refuse") as writer:
        _end_earlier(vault, writer, _today(vault))
        _say(vault, writer, _REFUSED)
    user_list.trust_anew(vault)
    shredding.finish(vault.core, silent)


def _standing(vault: Vault) -> Member | None:
    found = (m for m in members(vault) if StaffRole.ORGANISATION in m.roles and m.left is None)
    return next(found, None)


def _end_earlier(vault: Vault, writer: Writer, on: date) -> None:
    earlier = _standing(vault)
    if earlier is not None:
        take_out(vault, writer, earlier, on)


def _say(vault: Vault, writer: Writer, value: str) -> None:
    """Write down what was decided, where that is not what stands already."""
    stored = next((each for each in vault.all(Setting) if each.value.name == _SETTING), None)
    if stored is not None and stored.value.value != value:
        writer.change(stored, Setting(id=stored.id, name=_SETTING, value=value))
    elif stored is None and value:
        writer.add(Setting(id=new_id(), name=_SETTING, value=value))


def _today(vault: Vault) -> date:
    return vault.core.clock().date()
