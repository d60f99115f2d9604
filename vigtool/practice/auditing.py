"""Who did what: looking through the audit log, and proving that it is whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from vigtool.ids import Id
from vigtool.vault import log_book
from vigtool.vault.audit import Entry
from vigtool.vault.shapes import Finding
from vigtool.vault.vault import Vault

__all__ = ["Entry", "Wanted", "check_log", "check_log_against", "checkpoints", "log_entries"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries are wanted; what is not said is not asked for.

    Attributes:
        about: a record that they are about, by its whole id.
        by: the user who did it.
        act: words that the act begins with, such as "film".
        since, until: days in UTC, both inclusive.
    """

    about: Id | None = None
    by: Id | None = None
    act: str = ""
    since: date | None = None
    until: date | None = None

    def takes(self, entry: Entry) -> bool:
        """Whether an entry is one of them."""
        return (
            (self.about is None or self.about in entry.objects)
            and (self.by is None or entry.by == self.by)
            and entry.act.startswith(self.act)
            and (self.since is None or entry.at.date() >= self.since)
            and (self.until is None or entry.at.date() <= self.until)
        )


def log_entries(vault: Vault, wanted: Wanted | None = None) -> list[Entry]:
    """The entries of the log, the oldest first."""
    asked = wanted or Wanted()
    return [entry for entry in log_book.entries(vault) if asked.takes(entry)]


def check_log(vault: Vault) -> list[Finding]:
    """What of the log, or of the records it tells of, is not as it was written; the first broken entry first."""
    return log_book.check(vault)


def check_log_against(vault: Vault, notes: str) -> list[Finding]:
    """Whether the log still begins with everything that checkpoints, kept elsewhere, vouch for.

    Args:
        vault: open.
        notes: one note, or several one after the other.

    Raises:
        InvalidRecord: there is no checkpoint in it.
    """
    each = re.split(r"\n+(?=vigtool/)", notes.replace("\r\n", "\n"))
    return [finding for note in each for finding in log_book.check_against(vault, note)]


def checkpoints(vault: Vault) -> list[str]:
    """Signed notes of where the log stands now, one for each copy of the vault that was written in."""
    return list(log_book.checkpoints(vault).values())
