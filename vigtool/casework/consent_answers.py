"""What was signed: answers to scopes, and which of a signer's answers counts on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from vigtool.casework.family import Person
from vigtool.ids import Id


class Scope(Enum):
    """One thing that can be agreed to by itself. The value is the word of the command line."""

    FILM = "film"
    THERAPY = "therapy"
    SUPERVISION = "supervision"
    INTERVISION = "intervision"
    TRAINING = "training"
    RESEARCH = "research"
    COPY = "copy"
    PHOTOGRAPHS = "photographs"


class Answer(Enum):
    """What was said."""

    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One signed answer to one scope. It is appended and never changed; a later answer takes its place.

    Attributes:
        signed_by: the person who signed.
        signed_as: in what capacity: "mother", "parental responsibility", "themselves".
        for_persons: the signer (where it concerns them) and children they hold parental responsibility for.
        on: the day of the signature.
        entered: a number that orders answers of one day: higher is later.
        form_version: which wording was signed.
        recipients: for a copy, the persons who may be given one.
        review: the last day on which a yes counts without being asked again; none where it has no such day.
        note: what else was said when it was signed.
    """

    id: Id
    family: Id
    signed_by: Id
    signed_as: str
    for_persons: tuple[Id, ...]
    scope: Scope
    answer: Answer
    on: date
    entered: int = 0
    form_version: str = "1"
    recipients: tuple[Id, ...] = ()
    review: date | None = None
    note: str = field(default="", repr=False)

    def expired(self, on: date) -> bool:
        """Whether this is a yes whose day for asking again has gone by; that day itself still counts."""
        return self.answer is Answer.YES and self.review is not None and on > self.review


def latest(signer: Id, subject: Id, scope: Scope, consents: Iterable[Consent], on: date) -> Consent | None:
    """The answer of `signer` for `subject` that counts on the day `on`; none where there is none yet.

    Where two cannot be put in order, the one that allows less counts. A yes counts from its day. A no, and what was
    taken back, count as soon as they are entered, whatever day the computer's clock says that it is; and what was taken
    back counts over every yes that had been entered before, be it signed on a day that is a slip of the pen.
    """
    answers = [
        consent
        for consent in consents
        if consent.signed_by == signer
        and subject in consent.for_persons
        and consent.scope is scope
        and (consent.on <= on or consent.answer is not Answer.YES)
    ]
    back = max((consent.entered for consent in answers if consent.answer is Answer.WITHDRAWN), default=0)
    return max((consent for consent in answers if consent.entered >= back), key=_later, default=None)


def as_of(consents: Iterable[Consent], day: date) -> tuple[Consent, ...]:
    """What had been signed by a day that is over: for looking back, where what came later does not matter."""
    return tuple(consent for consent in consents if consent.on <= day)


def _later(consent: Consent) -> tuple[date, int, bool, bool, int, date, Id]:
    first_to_end = date.max if consent.review is None else consent.review
    return (
        consent.on,
        consent.entered,
        consent.answer is not Answer.YES,
        consent.answer is Answer.WITHDRAWN,
        -len(consent.recipients),
        date.fromordinal(date.max.toordinal() + 1 - first_to_end.toordinal()),
        consent.id,
    )


def holders(child: Id, everyone: Mapping[Id, Person]) -> tuple[Person, ...]:
    """The adults who hold parental responsibility for `child`."""
    return tuple(person for person in everyone.values() if child in person.responsible_for and not person.is_child)


def signers(person: Id, everyone: Mapping[Id, Person]) -> tuple[Id, ...]:
    """Who answers for a person: an adult for themselves, those who hold parental responsibility for a child."""
    if not everyone[person].is_child:
        return (person,)
    return tuple(holder.id for holder in holders(person, everyone))
