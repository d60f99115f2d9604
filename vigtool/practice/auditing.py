"""Who did what: looking through the audit log, and proving that it is whole.

Whoever answers for the keys or for the work (lead, administrator, the organisation) sees the whole log; everybody else
what they did themselves, and what was done with the families they hold a key of. A person working alone sees it all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vigtool import errors
from vigtool.casework.member import StaffRole
from vigtool.export.handover import write_out
from vigtool.export.tables import Row, write_csv
from vigtool.ids import Id
from vigtool.practice import roles
from vigtool.practice.progress import Cancelled, Report, never, silent
from vigtool.vault import log_book
from vigtool.vault.audit import Entry
from vigtool.vault.log_book import Place
from vigtool.vault.shapes import Finding
from vigtool.vault.vault import Vault

__all__ = [
    "Entry", "LogPage", "Place", "Wanted", "check_log", "check_log_against", "checkpoints", "export_log",
    "log_entries", "log_page", "log_size", "note_certificate_print", "save_certificate", "save_checkpoints",
    "sees_whole_log",
]  # fmt: skip

_SEES_ALL = (StaffRole.LEAD, StaffRole.ADMINISTRATOR, StaffRole.ORGANISATION)
_LOOK_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries are wanted; what is not said is not asked for.

    Attributes:
        about: a record that they are about, by its id or a beginning of it.
        by: the user who did it, by their id or a beginning of it.
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
            (self.about is None or any(each.startswith(self.about) for each in entry.objects))
            and (self.by is None or (entry.by is not None and entry.by.startswith(self.by)))
            and entry.act.startswith(self.act)
            and (self.since is None or entry.at.date() >= self.since)
            and (self.until is None or entry.at.date() <= self.until)
        )


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some entries, the newest first.

    Attributes:
        looked: how many entries were passed to find them.
        place: where to go on; none where the log is at its end.
    """

    entries: tuple[Entry, ...]
    looked: int
    place: Place | None


def sees_whole_log(vault: Vault) -> bool:
    """Whether whoever opened the vault is shown what was done with families they hold no key of."""
    return not roles.roles_of(vault).isdisjoint(_SEES_ALL)


def log_size(vault: Vault) -> int:
    """How many entries the log has."""
    return log_book.size(vault)


def log_entries(vault: Vault, wanted: Wanted | None = None) -> list[Entry]:
    """The entries of the log, the oldest first."""
    return sorted(_shown(vault, wanted or Wanted()), key=lambda entry: entry.at)


def log_page(
    vault: Vault,
    wanted: Wanted | None = None,
    place: Place | None = None,
    *,
    count: int = 200,
    look: int = 20_000,
    cancelled: Cancelled = never,
) -> LogPage:
    """The next entries of the log, the newest first.

    Args:
        vault: open.
        wanted: which; all that may be seen where nothing is said.
        place: where to begin; at the end of the log where none is given.
        count: how many to look for; as many more come as stand in the stretch that was being read.
        look: after how many entries to stop, however few of them were wanted.
        cancelled: asked after each stretch.

    Raises:
        errors.Cancelled.
    """
    asked, whole = wanted or Wanted(), sees_whole_log(vault)
    at_once = count if whole and asked == Wanted() else _LOOK_AT_ONCE
    found: list[Entry] = []
    looked = 0
    while len(found) < count and looked < look:
        if cancelled():
            raise errors.Cancelled
        page = log_book.page(vault, place, count=at_once)
        found += [entry for entry in page.entries if asked.takes(entry) and (whole or _is_ones_own(vault, entry))]
        looked, place = looked + page.looked, page.place
        if place is None:
            break
    return LogPage(tuple(found), looked, place)


def check_log(vault: Vault, *, report: Report = silent, cancelled: Cancelled = never) -> list[Finding]:
    """What of the log, or of the records it tells of, is not as it was written; the first broken entry first.

    Raises:
        errors.Cancelled.
    """
    return log_book.check(vault, report, cancelled)


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


def save_checkpoints(vault: Vault, target: Path) -> list[str]:
    """Write those notes to a file, to be kept where whoever can write to this computer's disk cannot.

    That it was done is entered first, so that the log says itself which of its states somebody vouches for.

    Raises:
        TargetExists, CannotWrite, StorageFailed.
    """
    with vault.transaction("audit checkpoint", [], {"entries": log_size(vault)}):
        pass
    notes = checkpoints(vault)
    write_out(target.absolute(), lambda out: out.write("\n".join(notes).encode()))
    return notes


def save_certificate(vault: Vault, target: Path, text: str, *, erasure: Id) -> None:
    """Write the certificate of an erasure to a file: ids and days, no names, so that no consent is asked.

    Raises:
        TargetExists, CannotWrite, StorageFailed.
    """
    with vault.transaction("erasure certificate", [erasure]):
        pass
    write_out(target.absolute(), lambda out: out.write(text.encode()))


def note_certificate_print(vault: Vault, erasure: Id) -> None:
    """Enter that the certificate of an erasure is about to be printed; nothing may be printed where this raises.

    It holds ids and days, no names, and its family may be gone: so it is no copy for the register.

    Raises:
        StorageFailed.
    """
    with vault.transaction("erasure certificate print", [erasure]):
        pass


def export_log(vault: Vault, target: Path, wanted: Wanted | None = None, *, cancelled: Cancelled = never) -> int:
    """Write entries as a table for other programs, the oldest first, and return how many they are.

    It asks nothing of consent: entries hold ids, times and words of a fixed list, and no family's key is used for it.
    It tells of colleagues all the same, so that it shows no more than the viewer would, and is entered like every exit,
    before the file and after it. The entry does not hold the path, which may name somebody.

    Raises:
        TargetExists, CannotWrite, StorageFailed, errors.Cancelled.
    """
    with vault.transaction("audit export: begin"):
        pass
    rows: list[Row] = []
    for entry in log_entries(vault, wanted):
        if cancelled():
            raise errors.Cancelled
        rows.append(_row(entry))
    _, sha256, _ = write_out(target.absolute(), lambda out: write_csv(rows, out))
    with vault.transaction("audit export", [], {"entries": len(rows), "sha256": sha256.hex()}):
        pass
    return len(rows)


def _shown(vault: Vault, wanted: Wanted) -> Iterator[Entry]:
    whole = sees_whole_log(vault)
    for entry in log_book.each_entry(vault):
        if wanted.takes(entry) and (whole or _is_ones_own(vault, entry)):
            yield entry


def _is_ones_own(vault: Vault, entry: Entry) -> bool:
    return entry.by in (None, vault.user_id) or any(vault.has_key(each) for each in entry.objects)


def _row(entry: Entry) -> Row:
    return {
        "at": entry.at.isoformat(),
        "act": entry.act,
        "by": entry.by,
        "objects": " ".join(entry.objects),
        "details": "; ".join(f"{key}: {said}" for key, said in sorted(entry.details.items())),
        "entry": entry.seq,
        "device": entry.device,
        "program": entry.program,
    }
