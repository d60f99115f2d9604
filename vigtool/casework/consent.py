"""What people agreed to, and the one rule that says what may be done with a film of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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


class Act(Enum):
    """Something done with a film that people have a say in."""

    BRING_IN = "bring in"
    WATCH = "watch"
    SHOW_SUPERVISOR = "show to the supervisor"
    SHOW_PEERS = "show to peers"
    TRAIN = "train"
    RESEARCH = "research"
    COPY = "copy"
    PHOTOGRAPHS = "photographs"

    @property
    def scope(self) -> Scope:
        """What must have been agreed to."""
        return _SCOPES[self]


_SCOPES = {
    Act.BRING_IN: Scope.FILM,
    Act.WATCH: Scope.THERAPY,
    Act.SHOW_SUPERVISOR: Scope.SUPERVISION,
    Act.SHOW_PEERS: Scope.INTERVISION,
    Act.TRAIN: Scope.TRAINING,
    Act.RESEARCH: Scope.RESEARCH,
    Act.COPY: Scope.COPY,
    Act.PHOTOGRAPHS: Scope.PHOTOGRAPHS,
}

# The practitioner's own work; every other act shows the film, or a part of it, to somebody else.
_KEPT_BY_PRACTITIONER = frozenset({Act.BRING_IN, Act.WATCH})


class Why(Enum):
    """What stands in the way."""

    NEVER_ASKED = "never asked"
    SAID_NO = "said no"
    WITHDRAWN = "withdrawn"
    DISAGREE = "those who answer for a child disagree"
    NO_HOLDER = "nobody holds parental responsibility"
    NO_RECIPIENT = "no recipient is named"
    NOT_NAMED = "this recipient is not named"
    SOMEONE_ELSE = "somebody outside the family is in it"
    NOBODY_WRITTEN_DOWN = "nobody is written down as being in it"
    UNKNOWN_PERSON = "somebody in it is not written down in the family"


_UNASKED = frozenset({Why.NEVER_ASKED, Why.NO_HOLDER, Why.NO_RECIPIENT, Why.NOBODY_WRITTEN_DOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing in the way of an act. It holds ids alone; `consent_words.sentence` puts it into words.

    Attributes:
        person: whom the film shows; none where it is about nobody by name.
        signer: whose answer it is.
        recipient: who was to be given the copy.
    """

    why: Why
    scope: Scope
    person: Id | None = None
    signer: Id | None = None
    recipient: Id | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an act may be done, and what stands in its way.

    An act that is allowed although there are reasons (bringing a film in) is to be done and the reasons shown.
    """

    allowed: bool
    reasons: tuple[Reason, ...] = ()

    @property
    def nobody_refused(self) -> bool:
        """Whether all that is missing is a question not yet asked: no "no", nothing withdrawn, no stranger."""
        return all(reason.why in _UNASKED for reason in self.reasons)


def decide(
    act: Act,
    persons: Iterable[Id],
    *,
    someone_else: bool,
    everyone: Mapping[Id, Person],
    consents: Iterable[Consent],
    on: date,
    recipient: Id | None = None,
) -> Decision:
    """Whether `act` may be done on the day `on` with a film of `persons`: the one rule about consent.

    The latest answer of each signer for each person counts. An adult is answered for by themselves alone. A child
    needs a yes of at least one holder of parental responsibility, and no or withdrawn of none. Who was not asked has
    not agreed. A copy also needs its recipient named by every yes it rests on (or, while no recipient is chosen, that
    each names somebody). Bringing in is always allowed, since a film left on a phone is in more danger; what is
    missing is told all the same.

    Args:
        act: what is to be done.
        persons: who is seen or heard in the film.
        someone_else: whether anybody is, who is not among the family's persons.
        everyone: all persons of the family by id.
        consents: answers of the family, in any order; those of a later day than `on` do not count.
        on: the day of the act.
        recipient: who is to be given the copy; regarded for `Act.COPY` alone.
    """
    named = tuple(dict.fromkeys(persons))
    given = tuple(consents)
    reasons: list[Reason] = []
    if someone_else and act not in _KEPT_BY_PRACTITIONER:
        reasons.append(Reason(why=Why.SOMEONE_ELSE, scope=act.scope))
    if not named:
        reasons.append(Reason(why=Why.NOBODY_WRITTEN_DOWN, scope=act.scope))
    for person in named:
        found, agreed = _answers_for(person, act.scope, everyone, given, on)
        reasons.extend(found)
        if act is Act.COPY:
            reasons.extend(_not_for(recipient, person, agreed))
    return Decision(act is Act.BRING_IN or not reasons, tuple(reasons))


def standing(
    person: Id, scope: Scope, *, everyone: Mapping[Id, Person], consents: Iterable[Consent], on: date
) -> Answer | None:
    """How one person stands to one scope by the same rule as `decide`; none where nobody was asked yet."""
    reasons, agreed = _answers_for(person, scope, everyone, tuple(consents), on)
    whys = {reason.why for reason in reasons}
    if Why.WITHDRAWN in whys:
        return Answer.WITHDRAWN
    if whys & {Why.SAID_NO, Why.DISAGREE}:
        return Answer.NO
    return Answer.YES if agreed else None


def latest(signer: Id, subject: Id, scope: Scope, consents: Iterable[Consent], on: date) -> Consent | None:
    """The answer of `signer` for `subject` that counts on the day `on`; none where there is none yet.

    Where two cannot be put in order, the one that allows less counts.
    """
    answers = [
        consent
        for consent in consents
        if consent.signed_by == signer
        and subject in consent.for_persons
        and consent.scope is scope
        and consent.on <= on
    ]
    return max(answers, key=_later, default=None)


def _later(consent: Consent) -> tuple[date, int, bool, int, Id]:
    return (consent.on, consent.entered, consent.answer is not Answer.YES, -len(consent.recipients), consent.id)


def holders(child: Id, everyone: Mapping[Id, Person]) -> tuple[Person, ...]:
    """The adults who hold parental responsibility for `child`."""
    return tuple(person for person in everyone.values() if child in person.responsible_for and not person.is_child)


def _answers_for(
    person: Id, scope: Scope, everyone: Mapping[Id, Person], consents: tuple[Consent, ...], on: date
) -> tuple[list[Reason], list[Consent]]:
    """What is missing for one person, and every yes that counts for them."""
    if person not in everyone:
        return [Reason(why=Why.UNKNOWN_PERSON, scope=scope)], []
    if not everyone[person].is_child:
        signers: tuple[Id, ...] = (person,)
    elif not (signers := tuple(holder.id for holder in holders(person, everyone))):
        return [Reason(why=Why.NO_HOLDER, scope=scope, person=person)], []
    answers = [found for signer in signers if (found := latest(signer, person, scope, consents, on))]
    agreed = [answer for answer in answers if answer.answer is Answer.YES]
    if not answers:
        return [Reason(why=Why.NEVER_ASKED, scope=scope, person=person)], []
    refused = [answer for answer in answers if answer.answer is not Answer.YES]
    reasons = [
        Reason(why=_refusal(answer, contested=bool(agreed)), scope=scope, person=person, signer=answer.signed_by)
        for answer in refused
    ]
    return reasons, agreed


def _refusal(answer: Consent, *, contested: bool) -> Why:
    if answer.answer is Answer.WITHDRAWN:
        return Why.WITHDRAWN
    return Why.DISAGREE if contested else Why.SAID_NO


def _not_for(recipient: Id | None, person: Id, agreed: Iterable[Consent]) -> Iterator[Reason]:
    """What keeps the yeses for one person from allowing a copy for `recipient`."""
    for consent in agreed:
        if not consent.recipients:
            yield Reason(why=Why.NO_RECIPIENT, scope=Scope.COPY, person=person, signer=consent.signed_by)
        elif recipient is not None and recipient not in consent.recipients:
            yield Reason(
                why=Why.NOT_NAMED, scope=Scope.COPY, person=person, signer=consent.signed_by, recipient=recipient
            )
