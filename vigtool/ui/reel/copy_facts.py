"""What is asked before a parent's copy is made, and what is known then: read at once, shown by the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vigtool.annotate.reel import Reel
from vigtool.casework.consent import Answer, Consent, Decision, Scope, latest, standing
from vigtool.casework.consent_words import capacity_sentence, sentence
from vigtool.casework.cycle import Cycle
from vigtool.casework.family import Family, Person, Role
from vigtool.casework.film import Film
from vigtool.ids import Id
from vigtool.timebase import to_seconds
from vigtool.ui.desk import Desk
from vigtool.ui.handover.at_home import Safe
from vigtool.ui.handover.safety_words import Line, safety_lines

__all__ = ["NAME", "CopyFacts", "Recipient", "Safe", "Standing", "read_facts"]

NAME = "a-few-moments.mp4"
"""What the file is called unless somebody says otherwise: it tells nothing of anybody."""

# What the copy's pictures and sound come to, measured over films of homes: a rough guess, said as one.
_BYTES_A_PICTURE_PIXEL = Fraction(1, 160)
_PICTURES_A_SECOND, _SOUND_BYTES_A_SECOND = 30, 20_000
_MOST_PIXELS = 1920 * 1080


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What one person of the films said about copies.

    Attributes:
        clips: in how many clips of the reel they may be seen or heard.
        answer: how it stands; none where nobody was asked.
        signed: the answer that says so; none where there is none.
        signer: who gave it, where that is somebody else.
        recipients: names of those who may be given one.
    """

    person: Person
    clips: int
    answer: Answer | None
    signed: Consent | None
    signer: Person | None
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody who may be thought of for a copy, and what consent says of that.

    Attributes:
        barred: whether it is written down that they may not receive anything.
    """

    person: Person
    decision: Decision
    reasons: tuple[str, ...]
    barred: bool = False

    @property
    def may_have(self) -> bool:
        """Whether everyone in the reel has agreed to a copy for them, and nothing says that they may not receive."""
        return self.decision.allowed and not self.barred


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyFacts:
    """All that the sheet shows before anything is made.

    Attributes:
        safety: who may not receive or be told, as the family's page says it.
        capacity: notes of capacity about those in the reel or who signed; they warn, and decide nothing.
    """

    reel: Reel
    family: Family
    cycle: Cycle | None
    seconds: Fraction
    languages: tuple[str, ...]
    recipients: tuple[Recipient, ...]
    standings: tuple[Standing, ...]
    someone_else: bool
    pixels: int
    safety: tuple[Line, ...] = ()
    capacity: tuple[str, ...] = ()

    @property
    def about_bytes(self) -> int:
        """About how large the film will be."""
        pictures = min(self.pixels, _MOST_PIXELS) * _PICTURES_A_SECOND * _BYTES_A_PICTURE_PIXEL
        return int(self.seconds * (pictures + _SOUND_BYTES_A_SECOND))


def read_facts(desk: Desk, reel: Reel, on: date) -> CopyFacts:
    """Read what is known; called on the vault thread.

    Raises:
        VigtoolError: what the vault raises.
    """
    family = next(one for one in desk.families() if one.id == reel.family)
    persons = {person.id: person for person in desk.persons(reel.family)}
    safety = desk.safety(reel.family)
    barred = safety.not_to if safety is not None else ()
    recipients = tuple(
        _recipient(desk, reel, person, persons, barred=person.id in barred)
        for person in persons.values()
        if _may_be_thought_of(person)
    )
    notes = dict.fromkeys(note for one in recipients for note in one.decision.notes)
    consents = tuple(desk.consents(reel.family))
    shown = [film for film in desk.films(reel.family) if any(clip.film == film.id for clip in reel.clips)]
    cycle = next((one for one in desk.cycles(reel.family) if one.id == reel.cycle), None)
    bases = {film.id: film.time_base for film in shown}
    lengths = [to_seconds(clip.span.length, bases[clip.film]) for clip in reel.clips]
    return CopyFacts(
        reel=reel,
        family=family,
        cycle=cycle,
        seconds=sum(lengths, start=Fraction(0)),
        languages=tuple(dict.fromkeys(c.language for clip in reel.clips for c in clip.captions)),
        recipients=recipients,
        standings=tuple(
            _standing(person, reel, shown, persons, consents, on)
            for person in sorted(persons.values(), key=lambda one: one.is_child)
            if any(person.id in film.persons for film in shown)
        ),
        someone_else=any(film.someone_else for film in shown),
        pixels=max((film.width * film.height for film in shown), default=0),
        safety=tuple(safety_lines(safety, family, persons)),
        capacity=tuple(capacity_sentence(note, lambda one: persons[one].name) for note in notes),
    )


def _may_be_thought_of(person: Person) -> bool:
    return person.role in (Role.PARENT, Role.OTHER)


def _recipient(desk: Desk, reel: Reel, person: Person, persons: dict[Id, Person], *, barred: bool) -> Recipient:
    decision: Decision = desk.may_copy(reel.id, person.id)

    def name_of(other: Id) -> str:
        return persons[other].name if other in persons else "somebody"

    reasons = [sentence(reason, name_of) for reason in decision.reasons]
    if barred:
        reasons.insert(0, f"it is written down that {person.name} may not receive anything")
    return Recipient(person=person, decision=decision, reasons=tuple(reasons), barred=barred)


def _standing(
    person: Person, reel: Reel, shown: list[Film], persons: dict[Id, Person], consents: tuple[Consent, ...], on: date
) -> Standing:
    films = {film.id for film in shown if person.id in film.persons}
    answer = standing(person.id, Scope.COPY, everyone=persons, consents=consents, on=on)
    signers = (
        [person.id] if not person.is_child else [one.id for one in persons.values() if person.id in one.responsible_for]
    )
    answers = [found for signer in signers if (found := latest(signer, person.id, Scope.COPY, consents, on))]
    signed = next((one for one in answers if one.answer is answer), answers[0] if answers else None)
    signer = persons.get(signed.signed_by) if signed is not None and signed.signed_by != person.id else None
    return Standing(
        person=person,
        clips=sum(clip.film in films for clip in reel.clips),
        answer=answer,
        signed=signed,
        signer=signer,
        recipients=tuple(persons[one].name for one in (signed.recipients if signed else ()) if one in persons),
    )
