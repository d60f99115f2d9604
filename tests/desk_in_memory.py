"""A desk whose records live in memory: what the window's tests stand on.

It answers `ui.desk` with the real rules of `casework`, without a vault. Calls can be made to fail, or to wait until a
test lets them go on.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from consent_in_memory import ConsentInMemory
from films_in_memory import FilmsInMemory
from keeping_in_memory import KeepingInMemory
from kept_in_memory import KeptInMemory
from restoring_in_memory import RestoringInMemory
from returning_in_memory import ReturningInMemory
from service_in_memory import ServiceInMemory
from vigtool.annotate.reel import Reel
from vigtool.casework.consent import Consent
from vigtool.casework.consent_entry import SignedForm, check_consent, next_entered
from vigtool.casework.cycle import Cycle
from vigtool.casework.erasure import Erasure
from vigtool.casework.family import Family, Person, Role, next_code
from vigtool.casework.film import Film, SealedFootage
from vigtool.casework.session import Session, SessionKind
from vigtool.errors import VigtoolError, WeakPassphrase, WrongPassphrase
from vigtool.ids import Id, new_id
from vigtool.practice.families import PersonWords
from vigtool.practice.films import FilmWords
from vigtool.practice.ways_in import RecoveryKey
from vigtool.ui.desk import Cancelled, Desk, Pixels, Report
from vigtool.ui.desk_keeping import Sharer
from vigtool.vault.shapes import Finding
from ways_in_memory import WaysInMemory

T = TypeVar("T")
TODAY = date(2026, 11, 22)
Painter = Callable[[Id, int, int], Pixels]


def plain_picture(film: Id, width: int, height: int) -> Pixels:
    """One colour, different for each film."""
    picture = np.full((height, width, 4), 255, np.uint8)
    picture[..., :3] = [int(film[i : i + 2], 16) // 2 + 64 for i in (0, 2, 4)]
    return picture


@dataclass
class MemoryDesk(
    ConsentInMemory, FilmsInMemory, KeepingInMemory, KeptInMemory, ReturningInMemory, ServiceInMemory, WaysInMemory
):
    """An open vault in memory. `trouble` is raised by every write; `hold` makes every write wait for it."""

    folder: Path = Path("vault")
    is_sample: bool = True
    painter: Painter = plain_picture
    trouble: VigtoolError | None = None
    hold: threading.Event | None = None
    closed: bool = False
    records: dict[type, dict[Id, Any]] = field(default_factory=dict)
    counts: dict[Id, int] = field(default_factory=dict)
    shares: dict[Id, list[Sharer]] = field(default_factory=dict)
    others: list[Sharer] = field(default_factory=list)
    stopped: list[bool] = field(default_factory=list)
    certificates_printed: list[Id] = field(default_factory=list)
    put_back: list[Erasure] = field(default_factory=list)
    told: list[Finding] = field(default_factory=list)

    # how it keeps things

    def put(self, record: T) -> T:
        if self.hold is not None:
            assert self.hold.wait(10)
        if self.trouble is not None:
            raise self.trouble
        self.records.setdefault(type(record), {})[record.id] = record  # type: ignore[attr-defined]  # every record has one
        return record

    def of(self, kind: type[T], family: Id | None) -> list[T]:
        found = list(self.records.get(kind, {}).values())
        return [record for record in found if family is None or record.family == family]

    # reading

    def families(self) -> Sequence[Family]:
        return list(self.records.get(Family, {}).values())

    def persons(self, family: Id | None = None) -> Sequence[Person]:
        return self.of(Person, family)

    def consents(self, family: Id) -> Sequence[Consent]:
        return self.of(Consent, family)

    def sessions(self, family: Id | None = None) -> Sequence[Session]:
        return self.of(Session, family)

    def cycles(self, family: Id | None = None) -> Sequence[Cycle]:
        return self.of(Cycle, family)

    def films(self, family: Id | None = None) -> Sequence[Film]:
        return self.of(Film, family)

    def reels(self, family: Id | None = None) -> Sequence[Reel]:
        return self.of(Reel, family)

    def mark_counts(self, family: Id) -> Mapping[Id, int]:
        return {film.id: self.counts.get(film.id, 0) for film in self.films(family)}

    def poster(self, film: Id, width: int, height: int) -> Pixels:
        return self.painter(film, width, height)

    # writing

    def add_family(self, *, name: str, people: Sequence[PersonWords], place: str, safe_contact: str) -> Family:
        code = next_code([family.code for family in self.families()])
        made = Family(id=new_id(), code=code, name=name, opened=TODAY, place=place, safe_contact=safe_contact)
        self.put(made)
        persons = [self.add_person(made.id, words) for words in people]
        babies = tuple(person.id for person in persons if person.is_child)
        for person in persons:
            if person.role is Role.PARENT:
                self.put(replace(person, responsible_for=babies))
        return made

    def change_family(self, before: Family, after: Family) -> None:
        assert self.records[Family][before.id] == before
        self.put(after)

    def add_person(self, family: Id, words: PersonWords) -> Person:
        return self.put(
            Person(
                id=new_id(), family=family, name=words.name, role=words.role, relation=words.relation, born=words.born
            )
        )

    def give_consent(self, form: SignedForm) -> None:
        everyone = {person.id: person for person in self.persons(form.family)}
        for consent in form.consents(next_entered(self.consents(form.family))):
            check_consent(consent, everyone)
            self.put(consent)

    def add_session(
        self, *, family: Id, on: date, kind: SessionKind, minutes: int | None, place: str, present: tuple[Id, ...]
    ) -> Session:
        number = len(self.sessions(family)) + 1
        return self.put(
            Session(
                id=new_id(),
                family=family,
                number=number,
                on=on,
                kind=kind,
                minutes=minutes,
                place=place,
                present=present,
            )
        )

    def begin_cycle(self, *, family: Id, helping_question: str, planned: int) -> Cycle:
        number = len(self.cycles(family)) + 1
        return self.put(
            Cycle(id=new_id(), family=family, number=number, helping_question=helping_question, planned=planned)
        )

    def change_cycle(self, before: Cycle, after: Cycle) -> None:
        assert self.records[Cycle][before.id] == before
        self.put(after)

    def add_film(self, path: Path, family: Id, words: FilmWords, report: Report, cancelled: Cancelled) -> Film:
        for part in range(4):
            if cancelled():
                from vigtool.errors import Cancelled as Stopped

                raise Stopped
            report(part, 4)
        return self.put(film(family, words, seconds=60))

    def new_reel(self, family: Id, cycle: Id | None, title: str) -> Reel:
        return self.put(Reel(id=new_id(), family=family, author=new_id(), cycle=cycle, title=title))

    def change_reel(self, before: Reel, after: Reel) -> None:
        self.put(after)

    def close(self) -> None:
        self.closed = True


def film(family: Id, words: FilmWords, *, seconds: int) -> Film:
    """A film record without a film."""
    footage = SealedFootage(file=new_id(), size=1, sealed_size=1, sha256=b"", seal_digest=b"")
    return Film(
        id=new_id(),
        family=family,
        footage=footage,
        kind=words.kind,
        title=words.title,
        session=words.session,
        cycle=words.cycle,
        filmed_on=words.filmed_on,
        persons=words.persons or (),
        someone_else=words.someone_else,
        frames=seconds * 25,
        time_base=Fraction(1, 90000),
        start=0,
        end=seconds * 90000,
        width=1280,
        height=720,
    )


@dataclass
class MemoryPractice(RestoringInMemory):
    """What can be done without a vault. The right passphrase is `secret`."""

    desk: MemoryDesk = field(default_factory=MemoryDesk)
    secret: str = "marsh copper violin lantern plum otter"
    asked: list[str] = field(default_factory=list)
    users: list[tuple[Id, str]] = field(default_factory=list)

    def suggest_passphrase(self) -> str:
        return self.secret

    def check_passphrase(self, text: str) -> None:
        if len(text) < 15:
            raise WeakPassphrase("that is too short to protect anybody", "take fifteen signs or more")

    def make_vault(self, folder: Path, passphrase: str, report: Report, cancelled: Cancelled) -> Desk:
        self.asked.append("make")
        report(1, 1)
        return self.desk

    def opens(self, key: str | RecoveryKey) -> bool:
        return key in (self.secret, self.desk.recovery)

    def pickable(self, folder: Path) -> Sequence[tuple[Id, str]]:
        return self.users

    def open_vault(
        self, folder: Path, key: str | RecoveryKey, report: Report, cancelled: Cancelled, user: Id | None = None
    ) -> Desk:
        self.asked.append("open" if user is None else f"open {user}")
        if key not in (self.secret, self.desk.recovery):
            raise WrongPassphrase("that passphrase opens nothing here", "look for a missing or doubled letter")
        return self.desk

    def make_sample(self, folder: Path, report: Report, cancelled: Cancelled) -> Desk:
        self.asked.append("sample")
        report(1, 2)
        return self.desk
