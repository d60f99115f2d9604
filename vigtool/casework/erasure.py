"""What was erased: an entry that stays, the certificate of it, and what tells a restored backup to erase it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vigtool.ids import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """One film or family that was erased. Ids and days; nothing in it says who they were.

    Attributes:
        what: the film, or the family.
        family: the family; the same as `what` where all of it went.
        reason: why, in words without names.
        on: the day.
        by: the user who did it.
        erased: every record that went.
        files: how many sealed files went.
        recoverable_until: the last day on which a backup made before could bring it back; none where the vault knows
            of no such backup.
        file_names: the sealed files, so that a copy of one that turns up again is known for what it is.
        keys: how many grants of its key were destroyed.
    """

    id: Id
    what: Id
    family: Id
    reason: str
    on: date
    by: Id
    erased: tuple[Id, ...]
    files: int
    recoverable_until: date | None = None
    file_names: tuple[Id, ...] = ()
    keys: int = 0

    @property
    def of_family(self) -> bool:
        """Whether a whole family went."""
        return self.what == self.family


_CERTIFICATE = """\
Certificate of erasure

certificate   {id}
vault         {vault}
erased        {kind} {what}
of family     {family}
on            {on}
by            user {by}
why           {reason}

How. {how}
{records} records and {files} sealed files were deleted.
{backups}

What this program cannot reach: copies that were handed over, and whatever was left on a phone, a card, in a mail or
in a cloud. The vault's register of copies names those it knows of, for as long as the family stands in it.
"""
_FAMILY = """\
Every key of the family was destroyed ({keys} of them), and the database was made to forget them:
what is deleted is overwritten, and its log is cut. Without these keys nothing that was sealed can be read again, by
nobody. Sealed files were overwritten before they were removed."""
_FILM = """\
Everything else of the family was sealed anew under a new key, without this film; the keys before it were
destroyed, and the database was made to forget them. Without these keys the film cannot be read again, by nobody. Its
sealed files were removed."""


def certificate_text(erasure: Erasure, vault: Id, *, finished: bool) -> str:
    """The certificate, as plain text: ids and days, no names.

    Args:
        erasure: what was erased.
        vault: the vault it was erased from.
        finished: whether every file is gone and the database has forgotten the keys.
    """
    until = erasure.recoverable_until
    if until is None:
        backups = "The vault knew of no backup made before that could bring it back."
    else:
        backups = (
            f"A backup that was made before can bring it back, for somebody who has a passphrase, until {until}.\n"
            "After that day, once that backup is gone, nothing can."
        )
    if not finished:
        backups += "\nNot finished yet: something was in the way. It is finished when the vault is next opened."
    return _CERTIFICATE.format(
        id=erasure.id,
        vault=vault,
        kind="family" if erasure.of_family else "film",
        what=erasure.what,
        family=erasure.family,
        on=erasure.on.isoformat(),
        by=erasure.by,
        reason=erasure.reason,
        how=(_FAMILY if erasure.of_family else _FILM).format(keys=erasure.keys),
        records=len(erasure.erased),
        files=erasure.files,
        backups=backups,
    )
