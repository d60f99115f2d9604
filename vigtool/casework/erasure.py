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
records       {records}
sealed files  {files}
keys          {keys}

{how} Without these keys nothing of it that was sealed can be read by anybody.
{where}

{backups}

What the program cannot reach: copies that were handed over, and whatever was left on a phone, a card, in a mail or in
a cloud. The vault's register of copies names those it knows of, for as long as the family stands in it.
"""
_FAMILY = (
    "How: every key of the family was destroyed, its records were deleted, its sealed files overwritten and removed."
)
_FILM = """\
How: everything else of the family was put under a new key, without this film. The keys before it were
destroyed, what belonged to the film was deleted, its sealed files overwritten and removed."""
_IN_FOLDER = "The database overwrote what it deleted, and its log was cut."
_ON_SERVER = """\
The server's tables were written anew without what was deleted. Its own log, archive, replicas and backups keep it until
they are written over or taken away: ask whoever runs it when that is."""


def certificate_text(erasure: Erasure, vault: Id, *, finished: bool, on_server: bool = False) -> str:
    """The certificate, as plain text: ids and days, no names.

    Args:
        erasure: what was erased.
        vault: the vault it was erased from.
        finished: whether every file is gone and the database has forgotten the keys.
        on_server: whether the records lie on a server, which keeps more than the program reaches.
    """
    until = erasure.recoverable_until
    if until is None:
        backups = "The vault knew of no backup made before that could bring it back."
    else:
        backups = (
            f"A backup that was made before can bring it back, for somebody who has a passphrase, until {until}.\n"
            "Once that backup is gone, no backup that the vault knows of can."
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
        how=_FAMILY if erasure.of_family else _FILM,
        where=_ON_SERVER if on_server else _IN_FOLDER,
        keys=erasure.keys,
        records=len(erasure.erased),
        files=erasure.files,
        backups=backups,
    )
