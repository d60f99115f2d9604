"""A desk in memory with films that really can be read, starred marks, a reel, and copies that are only pretended."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import makers
from desk_in_memory import MemoryDesk
from vigtool.annotate.layer import Layer
from vigtool.annotate.mark import Lane, Mark
from vigtool.annotate.reel import Caption, Clip, Reel
from vigtool.casework.consent import Act, Answer, Decision, Scope, decide
from vigtool.casework.consent_entry import SignedForm
from vigtool.casework.copy import Copy, CopyKind
from vigtool.casework.cycle import Cycle
from vigtool.casework.family import Family, Person, Role
from vigtool.casework.film import Film, FilmKind, SealedFootage
from vigtool.errors import Cancelled as Stopped
from vigtool.errors import CannotWrite, ConsentMissing, TargetExists, UnsafeRecipient
from vigtool.ids import Id, new_id
from vigtool.player.footage import Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.look import look_at
from vigtool.timebase import Span
from vigtool.ui.desk import Cancelled, Report

FRAMES, RATE = 300, 25
NUMBERED = makers.Film(frames=FRAMES, rate=Fraction(RATE), size=(192, 128))
SIGNED = date(2026, 10, 3)


@dataclass(frozen=True)
class ReadFilm:
    """A film as `Desk.open_film` gives it."""

    film: Film
    index: FrameIndex
    opener: Opener
    layer: Layer
    marks: Sequence[Mark] = ()


@dataclass(frozen=True)
class MadeCopy:
    """What making a copy returns."""

    copy: Copy
    number: int


@cache
def numbered() -> tuple[Opener, FrameIndex]:
    """The numbered film, encoded and indexed once."""
    opener = makers.opener(makers.make(NUMBERED))
    return opener, look_at(opener).index


@dataclass
class ReelDesk(MemoryDesk):
    """One family with two films of the numbered kind, a shared review, starred marks and a reel of two clips.

    `steps` is how many steps a copy takes; `pause` makes each of them wait.
    """

    refusal: Exception | None = None
    pause: threading.Event | None = None
    steps: int = 4
    copies: list[Path] = field(default_factory=list)
    opened: list[Id] = field(default_factory=list)
    writes: list[tuple[Reel, Reel]] = field(default_factory=list)

    def change_reel(self, before: Reel, after: Reel) -> None:
        assert self.records[Reel][before.id] == before, "written over something that nobody had read"
        self.put(after)
        self.writes.append((before, after))

    def starred(self, family: Id) -> Sequence[Mark]:
        films = [film.id for film in self.films(family)]
        return [mark for mark in self.records.get(Mark, {}).values() if mark.film in films and mark.star]

    def open_film(self, film: Id, report: Report, cancelled: Cancelled) -> Any:
        self.opened.append(film)
        opener, index = numbered()
        layer = Layer(id=new_id(), film=film, author=new_id(), scheme="attuned", scheme_version=1)
        return ReadFilm(self.records[Film][film], index, opener, layer)

    def decision(self, reel: Id, to: Id | None) -> Decision:
        record = self.records[Reel][reel]
        films = [self.records[Film][film] for film in {clip.film for clip in record.clips}]
        everyone = {person.id: person for person in self.persons(record.family)}
        decisions = [
            decide(
                Act.COPY, film.persons, someone_else=film.someone_else, everyone=everyone,
                consents=self.consents(record.family), on=date(2026, 11, 22), recipient=to,
            )
            for film in films
        ]  # fmt: skip
        reasons = tuple(dict.fromkeys(reason for one in decisions for reason in one.reasons))
        return Decision(all(one.allowed for one in decisions), reasons)

    def may_copy(self, reel: Id, to: Id | None) -> Any:
        return self.decision(reel, to)

    def make_copy(
        self, reel: Id, to: Id, target: Path, report: Report, cancelled: Cancelled, safe: bool | None = None
    ) -> Any:
        if self.refusal is not None:
            raise self.refusal
        known = self.safety(self.records[Reel][reel].family)
        if safe is False or (known is not None and to in known.not_to):
            raise UnsafeRecipient("it is written down that this person may not receive anything", "look at the page")
        if not self.decision(reel, to).allowed:
            raise ConsentMissing("not everybody in it has agreed to this", "", ("somebody said no",))
        if target.exists():
            raise TargetExists("a file of that name is there already", "choose another name")
        if any(word in target.name.lower() for word in ("nadia", "mina", "f-0007")):
            raise CannotWrite("the file's name would tell whose copy it is", "choose a name that says nothing")
        for part in range(self.steps):
            if self.pause is not None:
                self.pause.wait(0.02)
            if cancelled():
                raise Stopped
            report(part, self.steps)
        target.write_bytes(b"a film")
        self.copies.append(target)
        family = self.records[Reel][reel].family
        copy = Copy(
            id=new_id(), family=family, kind=CopyKind.REEL, source=reel, to=to, target=str(target),
            sha256=hashlib.sha256(b"a film").digest(), size=8_412_300,
            made=datetime(2026, 11, 22, 14, 6, tzinfo=UTC), given_by=new_id(),
        )  # fmt: skip
        return MadeCopy(copy, 31)


def film_record(family: Id, index: FrameIndex | None, **more: Any) -> Film:
    """A film as it is written, with the times of the numbered one."""
    index = index or numbered()[1]
    seal = SealedFootage(file=new_id(), size=1, sealed_size=1, sha256=b"", seal_digest=b"")
    return Film(
        id=new_id(), family=family, footage=seal, frames=index.frames, time_base=index.time_base, start=index.start,
        end=index.end, width=192, height=128, **more,
    )  # fmt: skip


def mark_record(film: Film, first: int, last: int | None, lane: Lane, code: str | None, **more: Any) -> Mark:
    """A starred mark over whole frames, or a moment where there is no `last`."""
    index = numbered()[1]
    span = index.span(first, last) if last is not None else Span(index.pts(first), index.pts(first))
    return Mark(id=new_id(), layer=new_id(), film=film.id, span=span, lane=lane, code=code, star=True, **more)


def reel_desk() -> ReelDesk:
    """F-0007 in cycle 2, with a reel of two clips."""
    desk = ReelDesk()
    family = desk.put(
        Family(
            id=new_id(), code="F-0007", name="Nadia and Mina", opened=SIGNED, safe_contact="Ring in the daytime only."
        )
    )
    mina = desk.put(Person(id=new_id(), family=family.id, name="Mina", role=Role.BABY, relation="daughter"))
    nadia = desk.put(
        Person(
            id=new_id(), family=family.id, name="Nadia", role=Role.PARENT, relation="mother", responsible_for=(mina.id,)
        )
    )
    desk.put(Person(id=new_id(), family=family.id, name="Tomas", role=Role.PARENT, relation="father"))
    desk.give_consent(
        SignedForm(
            family=family.id,
            signed_by=nadia.id,
            signed_as="mother",
            for_persons=(nadia.id, mina.id),
            answers={Scope.FILM: Answer.YES, Scope.COPY: Answer.YES},
            on=SIGNED,
            recipients=(nadia.id,),
            form_version="2",
        )
    )
    first = desk.put(Cycle(id=new_id(), family=family.id, number=1, helping_question="What does she like?"))
    second = desk.put(Cycle(id=new_id(), family=family.id, number=2, helping_question="What is she asking for?"))
    persons = (nadia.id, mina.id)
    index = numbered()[1]
    kitchen = desk.put(
        film_record(family.id, index, title="kitchen", cycle=second.id, persons=persons, filmed_on=date(2026, 11, 12))
    )
    mat = desk.put(
        film_record(family.id, index, title="play mat", cycle=first.id, persons=persons, filmed_on=date(2026, 10, 3))
    )
    review = desk.put(film_record(family.id, index, kind=FilmKind.SHARED_REVIEW, cycle=first.id, persons=persons))
    marks = [
        desk.put(mark)
        for mark in (
            mark_record(kitchen, 20, 69, Lane.PARENT, "enc.wait"),
            mark_record(kitchen, 100, 174, Lane.BABY, "b.voice"),
            mark_record(kitchen, 200, 279, Lane.TOGETHER, "tog.turns"),
            mark_record(kitchen, 260, None, Lane.NOTES, None, note="show this one?"),
            mark_record(mat, 50, 99, Lane.BABY, "b.look"),
            mark_record(review, 10, 90, Lane.PARENT, "enc.wait"),
        )
    ]
    clips = (
        Clip(
            id=new_id(), mark=marks[0].id, film=kitchen.id, span=marks[0].span, answers_question=True,
            captions=(Caption("en", "You waited. She looked up."), Caption("ar", "انتظرتِ، فنظرت.")),
        ),
        Clip(id=new_id(), mark=marks[1].id, film=kitchen.id, span=marks[1].span),
    )  # fmt: skip
    desk.put(Reel(id=new_id(), family=family.id, author=new_id(), cycle=second.id, clips=clips))
    return desk


def refuse(desk: ReelDesk) -> None:
    """Nadia takes her agreement to copies back."""
    nadia = next(person for person in desk.persons() if person.name == "Nadia")
    mina = next(person for person in desk.persons() if person.name == "Mina")
    desk.give_consent(
        SignedForm(
            family=nadia.family,
            signed_by=nadia.id,
            signed_as="mother",
            for_persons=(nadia.id, mina.id),
            answers={Scope.COPY: Answer.WITHDRAWN},
            on=date(2026, 11, 14),
        )
    )


def without_stars(desk: ReelDesk) -> None:
    """Nothing is starred, and there is no reel."""
    desk.records[Mark] = {id_: replace(mark, star=False) for id_, mark in desk.records[Mark].items()}
    desk.records[Reel] = {}
