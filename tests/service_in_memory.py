"""What the Service room asks for, of a desk in memory; also what was entered when somebody read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from people_in_memory import PeopleInMemory
from vigtool.casework.backup import Backup
from vigtool.casework.copy import Copy, CopySettled, ExitState, Intent
from vigtool.casework.erasure import Erasure
from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film
from vigtool.casework.legal_hold import LegalHold, stories
from vigtool.casework.retention import Due, Lacking, RetentionRule, Term, Undated, check_rule
from vigtool.casework.scrub import DamagedFilm, Scrub
from vigtool.casework.stray_copy import StrayCopy
from vigtool.errors import Cancelled as Stopped
from vigtool.errors import InvalidRecord, NoSuchRecord, NotABackup, UnfitPlace, VigtoolError, WrongPassphrase
from vigtool.ids import Id, new_id
from vigtool.practice.auditing import Entry, LogPage, Place, Wanted
from vigtool.practice.backups import BackupOutlook, Reminder, ReminderKind, TriedBackup
from vigtool.practice.certificates import read_certificates
from vigtool.practice.certified_erasing import Certified
from vigtool.practice.doctor.finding import Finding as MachineFinding
from vigtool.practice.doctor.finding import in_order, look_at, not_in_order, unknown
from vigtool.practice.erasing import Outlook
from vigtool.practice.film_history import CopyNow, FilmHistory
from vigtool.practice.restoring import GenerationFacts
from vigtool.ui.desk import Cancelled, Report
from vigtool.ui.desk_service import Keeping, KnownNames, Register, Wholeness
from vigtool.vault.shapes import Finding, VaultInfo

T = TypeVar("T")
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PAGE = 200
MACHINE = (
    in_order("disk encryption", "the disk under the vault is encrypted"),
    look_at("cloud", "the vault lies in a folder that a cloud service copies", "move it out of that folder"),
    not_in_order("room", "the disk is nearly full", "make room before the next film"),
    unknown("swap", "whether memory is written to the disk cannot be told here", "ask who set this computer up"),
)


@dataclass
class Audit:
    """The log of a desk in memory.

    Attributes:
        entries: the oldest first.
        broken: what a check finds.
        me: who opened the vault.
    """

    entries: list[Entry] = field(default_factory=list)
    broken: list[Finding] = field(default_factory=list)
    names: dict[Id, str] = field(default_factory=dict)
    me: Id = field(default_factory=new_id)
    device: Id = field(default_factory=new_id)
    exported: list[tuple[Path, Wanted]] = field(default_factory=list)

    def enter(self, act: str, *objects: Id, by: Id | None = None, at: datetime | None = None, **details: Any) -> Entry:
        seq = len(self.entries) + 1
        made = Entry(
            device=self.device, seq=seq, act=act, at=at or NOW + timedelta(seconds=seq), by=by or self.me,
            objects=objects, details=details,
        )  # fmt: skip
        self.entries.append(made)
        return made


class ServiceInMemory(PeopleInMemory):
    """The part of a desk in memory that answers `ui.desk_service`."""

    records: dict[type, dict[Id, Any]]
    trouble: VigtoolError | None
    machine: Sequence[MachineFinding] = MACHINE
    place_warning = ""
    in_backup: Sequence[Finding] = ()
    damaged_now: Sequence[DamagedFilm] = ()
    due_now: Sequence[Due] = ()
    undated_now: Sequence[Undated] = ()

    def put(self, record: T) -> T:
        raise NotImplementedError

    @cached_property
    def audit(self) -> Audit:
        return Audit()

    @cached_property
    def histories(self) -> dict[Id, FilmHistory]:
        return {}

    def note_family_opened(self, family: Id) -> None:
        if not any(entry.act == "family open" and family in entry.objects for entry in self.audit.entries):
            self.audit.enter("family open", family)

    def note_played(self, film: Id) -> None:
        self.audit.enter("film play", film)

    def film_history(self, film: Id, report: Report, cancelled: Cancelled) -> FilmHistory:
        report(1, 2)
        if film in self.histories:
            return self.histories[film]
        record: Film | None = self.records.get(Film, {}).get(film)
        if record is None:
            raise NoSuchRecord("this film is not there any more", "look at the list again")
        return FilmHistory(
            film=record,
            family=self.records[Family][record.family],
            persons={k: one for k, one in self.records.get(Person, {}).items() if one.family == record.family},
            origin=None,
            seen=(),
            copies=(),
            strays=(),
            term=Term(lacking=(Lacking.RULE,)),
            held=None,
        )

    def log_size(self) -> int:
        return len(self.audit.entries)

    def log_page(self, wanted: Wanted, place: Place | None, cancelled: Cancelled) -> LogPage:
        below = len(self.audit.entries) + 1 if place is None else place.below[0][1]
        rows = [entry for entry in reversed(self.audit.entries) if entry.seq < below][:PAGE]
        last = not rows or rows[-1].seq == 1
        found = tuple(entry for entry in rows if wanted.takes(entry))
        return LogPage(found, len(rows), None if last else Place(((self.audit.device, rows[-1].seq),)))

    def known_names(self) -> KnownNames:
        return KnownNames(
            me=self.audit.me,
            users={self.audit.me: "Hanna", **self.audit.names},
            families={key: one.code for key, one in self.records.get(Family, {}).items()},
            films={key: one.title for key, one in self.records.get(Film, {}).items()},
            people={key: one.name for key, one in self.records.get(Person, {}).items()},
        )

    def check_log(self, report: Report, cancelled: Cancelled) -> Sequence[Finding]:
        for done in range(4):
            if cancelled():
                raise Stopped
            report(done, 4)
        return self.audit.broken

    def check_log_against(self, notes: str) -> Sequence[Finding]:
        if "vigtool/" not in notes:
            raise InvalidRecord("this is no checkpoint of a vault's audit log", "take the file as it was made")
        return self.audit.broken

    def save_checkpoints(self, target: Path) -> None:
        if self.trouble is not None:
            raise self.trouble
        target.write_text("vigtool/\n", encoding="utf-8")

    def export_log(self, target: Path, wanted: Wanted, cancelled: Cancelled) -> int:
        if self.trouble is not None:
            raise self.trouble
        self.audit.exported.append((target, wanted))
        return sum(wanted.takes(entry) for entry in self.audit.entries)

    def vault_numbers(self) -> VaultInfo:
        return VaultInfo(
            vault=new_id(), format=2, users=1, families=len(self.records.get(Family, {})),
            films=len(self.records.get(Film, {})), records=412, revisions=980, footage_files=5,
            footage_bytes=7_340_032_000, argon_memory_kib=262_144, argon_passes=3, argon_lanes=4,
            key_kind="X-Wing", database="SQLite 3.53.4",
        )  # fmt: skip

    def examine_machine(self, report: Report, cancelled: Cancelled) -> Sequence[MachineFinding]:
        report(1, 4)
        return self.machine

    # Backups

    def backups(self) -> Sequence[Backup]:
        found = [one for one in self.records.get(Backup, {}).values() if one.gone is None]
        return sorted(found, key=lambda one: one.made, reverse=True)

    def reminders(self) -> Sequence[Reminder]:
        return [] if self.backups() else [Reminder(ReminderKind.NO_BACKUP)]

    def look_at_backup_place(self, to: Path) -> BackupOutlook:
        if not to.is_dir():
            raise UnfitPlace("that folder is not there", "plug the disk in, or choose another folder")
        return BackupOutlook(folder=to, there=0, expiring=(), same_disk=False, warning=self.place_warning)

    def back_up(self, to: Path, *, keep_days: int, into_cloud: bool, report: Report, cancelled: Cancelled) -> Backup:
        for done in range(4):
            if cancelled():
                raise Stopped
            report(done, 4)
        made = Backup(
            id=new_id(), target=str(to), made=NOW, by=self.audit.me, size=7_340_032_000, films=5,
            keep_until=TODAY + timedelta(days=keep_days), whole=True,
        )  # fmt: skip
        return self.put(made)

    def try_backup(self, backup: Backup, passphrase: str, report: Report, cancelled: Cancelled) -> TriedBackup:
        if passphrase != "marsh copper violin lantern plum otter":
            raise WrongPassphrase("that passphrase opens nothing here", "look for a missing or doubled letter")
        report(1, 2)
        self.put(replace(backup, checked=NOW))
        facts = GenerationFacts(
            folder=Path(backup.target), backup=backup.id, vault=new_id(), size=1, films=5, made=NOW,
            keep_until=backup.keep_until,
        )  # fmt: skip
        return TriedBackup(facts=facts, findings=tuple(self.in_backup), films=5, whole=False)

    def backup_gone(self, backup: Id) -> None:
        self.put(replace(self.records[Backup][backup], gone=TODAY))

    # Films

    def wholeness(self) -> Wholeness:
        done = list(self.records.get(Scrub, {}).values())
        last = done[-1] if done else None
        whole = last is not None and last.finished
        return Wholeness(
            last=last if whole else None, unfinished=None if whole else last, damaged=tuple(self.damaged_now)
        )

    def scrub(self, report: Report, cancelled: Cancelled) -> Scrub:
        for done in range(4):
            report(done, 4)
            if cancelled():
                self.put(Scrub(id=new_id(), on=NOW, by=self.audit.me, films=done, finished=False))
                raise Stopped
        return self.put(Scrub(id=new_id(), on=NOW, by=self.audit.me, films=4, damaged=tuple(self.damaged_now)))

    def mend_film(self, film: Id, backup: Path, report: Report, cancelled: Cancelled) -> Scrub:
        if not backup.is_dir():
            raise NotABackup("there is no backup in that folder", "choose the folder that the backups lie in")
        self.damaged_now = [one for one in self.damaged_now if one.film != film]
        return self.put(Scrub(id=new_id(), on=NOW, by=self.audit.me, films=1, only=film))

    # Copies, and how long things are kept

    def register(self) -> Register:
        settled: dict[Id, CopySettled] = {one.copy: one for one in self.records.get(CopySettled, {}).values()}
        copies = [
            CopyNow(copy=one, outcome=settled[one.id].outcome, on=settled[one.id].on)
            if one.id in settled
            else CopyNow(copy=one)
            for one in self.records.get(Copy, {}).values()
        ]
        return Register(
            copies=tuple(sorted(copies, key=lambda now: now.copy.made, reverse=True)),
            strays=tuple(self.records.get(StrayCopy, {}).values()),
            cut_off=tuple(one for one in self.records.get(Intent, {}).values() if one.state is ExitState.BEGUN),
            persons=dict(self.records.get(Person, {})),
        )

    def keeping(self) -> Keeping:
        held = list(self.records.get(LegalHold, {}).values())
        return Keeping(
            rules=tuple(self.records.get(RetentionRule, {}).values()),
            due=tuple(self.due_now),
            undated=tuple(self.undated_now),
            holds=tuple(stories(held)),
            erasures=tuple(reversed(self.records.get(Erasure, {}).values())),
        )

    def set_rule(self, rule: RetentionRule) -> None:
        check_rule(rule)
        self.put(rule)

    def remove_rule(self, rule: Id) -> None:
        del self.records[RetentionRule][rule]

    def erase_outlook(self, what: Id) -> Outlook:
        families = self.records.get(Family, {})
        family = what if what in families else self.records[Film][what].family
        films = [one for one in self.records.get(Film, {}).values() if one.family == family]
        return Outlook(
            what=what, family=family, films=len(films) if what == family else 1, copies=(), held=None,
            recoverable_until=date(2027, 2, 20),
        )  # fmt: skip

    def look_into_certificates(self, text: str) -> Sequence[Certified]:
        found = []
        for named in read_certificates(text):
            family = self.records.get(Family, {}).get(named.family)
            here = named.what in self.records.get(Film, {}) or named.what in self.records.get(Family, {})
            found.append(
                Certified(
                    certificate=named, stands=here, within_reach=here, word=family.code if family else "",
                    outlook=self.erase_outlook(named.what) if here else None,
                )
            )  # fmt: skip
        return found

    def erase_certified(
        self, given: Sequence[Certified], words: Sequence[str], report: Report, cancelled: Cancelled
    ) -> Sequence[Erasure]:
        report(1, 2)
        done = []
        for each in given:
            assert each.word in words
            named = each.certificate
            self.records[Family if named.of_family else Film].pop(named.what)
            done.append(
                Erasure(
                    id=new_id(), what=named.what, family=named.family, reason=named.reason, on=named.on, by=named.by,
                    erased=(named.what,), files=1,
                )
            )  # fmt: skip
        return done

    def save_certificate(self, erasure: Erasure, target: Path) -> None:
        target.write_text("Certificate of erasure", encoding="utf-8")


def month_of_log(audit: Audit, families: Sequence[Id], films: Sequence[Id], count: int = 450) -> None:
    """Fill a log with a month of somebody's work."""
    acts = ("unlock", "family open", "film open", "film play", "marks change", "marks change", "lock")
    day = date(2026, 10, 23)
    at = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
    for number in range(count):
        act = acts[number % len(acts)]
        at += timedelta(minutes=96)
        about = () if act in ("unlock", "lock") else (families[number % len(families)],)
        more = (films[number % len(films)],) if act.startswith(("film", "marks")) else ()
        audit.enter(act, *about, *more, at=at)
