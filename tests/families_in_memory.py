"""Families for a desk in memory: one with all that a family can have, and a few others beside it."""

from __future__ import annotations

from datetime import date

from desk_in_memory import TODAY, MemoryDesk, Painter, film, plain_picture
from vigtool.annotate.reel import Clip, Reel
from vigtool.casework.consent import Answer, Scope
from vigtool.casework.consent_entry import SignedForm
from vigtool.casework.cycle import Cycle
from vigtool.casework.family import Family, Person, Role
from vigtool.casework.film import FilmKind
from vigtool.casework.session import SessionKind
from vigtool.ids import Id, new_id
from vigtool.practice.films import FilmWords
from vigtool.timebase import Span

OTHERS = [
    ("Leo", date(2025, 12, 3), 3, 3), ("Ivo", date(2026, 6, 2), 1, 3), ("Sami", date(2026, 2, 1), 2, 3),
    ("Freya", date(2026, 8, 10), 1, 3), ("Tomi", date(2026, 5, 5), 0, 0), ("Anouk", date(2027, 1, 9), 0, 0),
    ("Bela", date(2026, 7, 1), 1, 3),
]  # fmt: skip


def full_desk(painter: Painter = plain_picture) -> MemoryDesk:
    """F-0007 with people, answers, sessions, cycles and films, and seven other families."""
    desk = MemoryDesk(painter=painter)
    for number, (baby, born, cycle, planned) in enumerate(OTHERS, start=10):
        other = desk.put(Family(id=new_id(), code=f"F-{number:04d}", name=f"{baby} and family", opened=TODAY))
        desk.put(Person(id=new_id(), family=other.id, name=baby, role=Role.BABY, born=born))
        for place in range(1, cycle + 1):
            desk.put(Cycle(id=new_id(), family=other.id, number=place, planned=planned, helping_question="How?"))
    mine = desk.put(
        Family(
            id=new_id(),
            code="F-0007",
            name="Nadia and Mina",
            opened=date(2026, 9, 24),
            place="Willow Lane children’s centre",
            safe_contact=(
                "ring Nadia in the daytime; no post, no messages left. Nobody else may be told or given a copy."
            ),
        )
    )
    _people(desk, mine.id)
    _work(desk, mine.id)
    return desk


def _people(desk: MemoryDesk, family: Id) -> None:
    mina = desk.put(
        Person(id=new_id(), family=family, name="Mina", role=Role.BABY, relation="baby", born=date(2026, 4, 9))
    )
    nadia = desk.put(
        Person(
            id=new_id(), family=family, name="Nadia", role=Role.PARENT, relation="mother", responsible_for=(mina.id,)
        )
    )
    tomas = desk.put(Person(id=new_id(), family=family, name="Tomas", role=Role.PARENT, relation="father"))
    vera = desk.put(Person(id=new_id(), family=family, name="Vera", role=Role.OTHER, relation="grandmother"))
    yes, no, gone = Answer.YES, Answer.NO, Answer.WITHDRAWN
    s = Scope
    signed = {
        nadia: {s.FILM: yes, s.THERAPY: yes, s.SUPERVISION: yes, s.INTERVISION: yes, s.TRAINING: no, s.COPY: yes,
                s.PHOTOGRAPHS: yes},
        tomas: {s.FILM: yes, s.THERAPY: yes, s.SUPERVISION: yes, s.INTERVISION: no, s.TRAINING: no, s.RESEARCH: no,
                s.PHOTOGRAPHS: no},
        vera: {s.FILM: yes, s.THERAPY: yes, s.SUPERVISION: yes, s.TRAINING: no, s.RESEARCH: no, s.COPY: gone,
               s.PHOTOGRAPHS: gone},
    }  # fmt: skip
    for person, answers in signed.items():
        desk.give_consent(
            SignedForm(
                family=family,
                signed_by=person.id,
                signed_as=person.relation,
                for_persons=(person.id, *person.responsible_for),
                answers=answers,
                on=date(2026, 10, 3),
                recipients=(person.id,),
            )
        )


def _work(desk: MemoryDesk, family: Id) -> None:
    question = "How can I tell what Mina is asking me for?"
    first = desk.begin_cycle(family=family, helping_question="What does she like?", planned=3)
    second = desk.begin_cycle(family=family, helping_question=question, planned=3)
    kinds = SessionKind
    for on, kind, place in (
        (date(2026, 9, 24), kinds.FIRST_MEETING, "home"),
        (date(2026, 10, 3), kinds.FILMING, "home"),
        (date(2026, 10, 17), kinds.SHARED_REVIEW, "home"),
        (date(2026, 10, 29), kinds.WATCHING, "Willow Lane"),
        (date(2026, 11, 12), kinds.FILMING, "home"),
    ):
        desk.add_session(family=family, on=on, kind=kind, minutes=60, place=place, present=())
    persons = tuple(person.id for person in desk.persons(family)[:2])
    for title, on, cycle, form, seconds, marks in (
        ("play mat", date(2026, 10, 3), first, FilmKind.INTERACTION, 590, 31),
        ("shared review", date(2026, 10, 17), first, FilmKind.SHARED_REVIEW, 1868, 0),
        ("kitchen", date(2026, 11, 12), second, FilmKind.INTERACTION, 624, 23),
    ):
        words = FilmWords(kind=form, title=title, filmed_on=on, cycle=cycle.id, persons=persons)
        made = desk.put(film(family, words, seconds=seconds))
        desk.counts[made.id] = marks
    for cycle, lengths in ((first, (12, 15, 10, 15)), (second, (4, 18, 8, 9))):
        source = next(found for found in desk.films(family) if found.cycle == cycle.id)
        clips = tuple(
            Clip(id=new_id(), mark=None, film=source.id, span=Span(n * 9_000_000, n * 9_000_000 + length * 90000))
            for n, length in enumerate(lengths)
        )
        desk.put(Reel(id=new_id(), family=family, author=new_id(), cycle=cycle.id, clips=clips))
