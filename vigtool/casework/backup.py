"""Backups that were made: where to, when, what is in them, and until when they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from vigtool.ids import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup of the whole vault.

    It is written down before its first byte is, so that none is unknown; `whole` says that it was finished.

    Attributes:
        target: the folder it lies in, as this computer names it.
        made: when it was begun, UTC.
        by: the user who made it.
        size: bytes of the records and of every sealed file that belongs to it.
        films: how many sealed files belong to it.
        checked: when a trial restore of it went well last, UTC; none where nobody tried.
        keep_until: the last day on which it is to be kept.
        checkpoint: the signed notes of the audit log that lie in it, one after the other.
        gone: the day on which it was taken away, by a later backup or by a person's word.
        whole: whether it was finished, and read back. Each backup is, before it is said to be there.
        missing: sealed files that were gone from the vault already, so that they are not in it.
        damaged: records and sealed files that were not whole in the vault already, and lie in it as they were.
    """

    id: Id
    target: str
    made: datetime
    by: Id
    size: int = 0
    films: int = 0
    checked: datetime | None = None
    keep_until: date
    checkpoint: str = ""
    gone: date | None = None
    whole: bool = False
    missing: tuple[Id, ...] = ()
    damaged: tuple[Id, ...] = ()

    def is_due(self, on: date) -> bool:
        """Whether it is still there although the last day of keeping it is over."""
        return self.gone is None and on > self.keep_until
