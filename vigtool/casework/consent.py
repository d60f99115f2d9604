"""What people agreed to, and the one rule that says what may be done with a film of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from vigtool.casework.capacity import CapacityNote, warnings
from vigtool.casework.consent_answers import Answer, Consent, Scope, holders, latest, signers
from vigtool.casework.family import Person
from vigtool.casework.lead_decision import LeadDecision, answers_for, deciding
from vigtool.ids import Id

__all__ = [
    "Act", "Answer", "Consent", "Decision", "Reason", "Scope", "Why", "decide", "holders", "latest", "standing",
]  # fmt: skip


class Act(Enum):
    """Something done with a film that people have a say in."""

    BRING_IN = "bring in"
    WATCH = "watch"
    WRITE_OUT = "write out for the work"
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
    Act.WRITE_OUT: Scope.THERAPY,
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
    EXPIRED = "the day for asking again has gone by"
    DISAGREE = "those who answer for a child disagree"
    NO_HOLDER = "nobody holds parental responsibility"
    NO_RECIPIENT = "no recipient is named"
    NOT_NAMED = "this recipient is not named"
    SOMEONE_ELSE = "somebody outside the family is in it"
    NOBODY_WRITTEN_DOWN = "nobody is written down as being in it"
    UNKNOWN_PERSON = "somebody in it is not written down in the family"


_UNASKED = frozenset({Why.NEVER_ASKED, Why.EXPIRED, Why.NO_HOLDER, Why.NO_RECIPIENT, Why.NOBODY_WRITTEN_DOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing in the way of an act. It holds ids alone; `consent_words.sentence` puts it into words.

    Attributes:
        person: whom the film shows; none where it is about nobody by name.
        signer: whose answer it is.
        recipient: who was to be given the copy.
        review: the day on which it should have been asked again.
    """

    why: Why
    scope: Scope
    person: Id | None = None
    signer: Id | None = None
    recipient: Id | None = None
    review: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an act may be done, and what stands in its way.

    An act that is allowed although there are reasons (bringing a film in) is to be done and the reasons shown.

    Attributes:
        notes: capacity notes about those who are shown or who signed. They warn, and never decide.
        by_lead: decisions of a lead on which it rests.
    """

    allowed: bool
    reasons: tuple[Reason, ...] = ()
    notes: tuple[CapacityNote, ...] = ()
    by_lead: tuple[LeadDecision, ...] = ()

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
    decisions: Iterable[LeadDecision] = (),
    capacity: Iterable[CapacityNote] = (),
) -> Decision:
    """Whether `act` may be done on the day `on` with a film of `persons`: the one rule about consent.

    The latest answer of each signer for each person counts; a yes counts up to its day for asking again. An adult is
    answered for by themselves alone. A child needs a yes of at least one holder of parental responsibility, and no or
    withdrawn of none, unless a lead decided otherwise over exactly these answers. Who was not asked has not agreed.
    Bringing in is always allowed, since a film left on a phone is in more danger; what is missing is told all the same.
    The practitioner may watch it for the work; every other act also needs everybody's yes to being filmed. A copy also
    needs its recipient named by every yes it rests on (or, while no recipient is chosen, that each names somebody);
    photographs for a person need them named, or among those who agreed where nobody was named.

    Args:
        act: what is to be done.
        persons: who is seen or heard in the film.
        someone_else: whether anybody is, who is not among the family's persons.
        everyone: all persons of the family by id.
        consents: answers of the family, in any order; those of a later day than `on` do not count.
        on: the day of the act.
        recipient: the person of the family who is to be given the copy or photograph; not regarded for other acts.
        decisions: of leads about the family's children, in any order.
        capacity: notes of the family, in any order; they only come back as warnings.
    """
    named = tuple(dict.fromkeys(persons))
    given, decided = tuple(consents), tuple(decisions)
    reasons: list[Reason] = []
    by_lead: list[LeadDecision] = []
    if someone_else and act not in _KEPT_BY_PRACTITIONER:
        reasons.append(Reason(why=Why.SOMEONE_ELSE, scope=act.scope))
    if not named:
        reasons.append(Reason(why=Why.NOBODY_WRITTEN_DOWN, scope=act.scope))
    for person in named:
        for scope in _needed(act):
            found = _look(person, scope, everyone, given, decided, on)
            reasons.extend(found.reasons)
            by_lead.extend(found.by_lead)
            if scope is Scope.COPY or (scope is Scope.PHOTOGRAPHS and recipient is not None):
                reasons.extend(_not_for(recipient, person, scope, found.agreed))
    whom = [signer for person in named if person in everyone for signer in signers(person, everyone)]
    notes = warnings(whom, capacity, on)
    return Decision(act is Act.BRING_IN or not reasons, tuple(dict.fromkeys(reasons)), notes, tuple(by_lead))


def _needed(act: Act) -> tuple[Scope, ...]:
    """What everybody must have agreed to: whatever shows, shares or copies a film needs that it may be there at all."""
    return (act.scope,) if act in _KEPT_BY_PRACTITIONER else (Scope.FILM, act.scope)


def standing(
    person: Id,
    scope: Scope,
    *,
    everyone: Mapping[Id, Person],
    consents: Iterable[Consent],
    on: date,
    decisions: Iterable[LeadDecision] = (),
) -> Answer | None:
    """How one person stands to one scope by the same rule as `decide`.

    None where nobody was asked yet, or every yes is past its day for asking again.
    """
    found = _look(person, scope, everyone, tuple(consents), tuple(decisions), on)
    whys = {reason.why for reason in found.reasons}
    if Why.WITHDRAWN in whys:
        return Answer.WITHDRAWN
    if whys & {Why.SAID_NO, Why.DISAGREE}:
        return Answer.NO
    return Answer.YES if found.agreed else None


@dataclass(frozen=True, slots=True)
class _Found:
    """What is missing for one person and scope, every yes that counts, and the lead's decision it rests on."""

    reasons: tuple[Reason, ...] = ()
    agreed: tuple[Consent, ...] = ()
    by_lead: tuple[LeadDecision, ...] = ()


def _look(
    person: Id,
    scope: Scope,
    everyone: Mapping[Id, Person],
    consents: tuple[Consent, ...],
    decisions: tuple[LeadDecision, ...],
    on: date,
) -> _Found:
    if person not in everyone:
        return _Found((Reason(why=Why.UNKNOWN_PERSON, scope=scope),))
    if not signers(person, everyone):
        return _Found((Reason(why=Why.NO_HOLDER, scope=scope, person=person),))
    answers = answers_for(person, scope, everyone, consents, on)
    if not answers:
        return _Found((Reason(why=Why.NEVER_ASKED, scope=scope, person=person),))
    agreed = tuple(answer for answer in answers if answer.answer is Answer.YES and not answer.expired(on))
    lead = deciding(person, scope, answers, decisions, on) if everyone[person].is_child else None
    if lead is not None:
        return _Found((), agreed, (lead,))
    refused = [answer for answer in answers if answer.answer is not Answer.YES]
    ended = [] if agreed or refused else [answer for answer in answers if answer.expired(on)]
    return _Found(
        (
            *(_reason(_refusal(answer, contested=bool(agreed)), person, answer) for answer in refused),
            *(_reason(Why.EXPIRED, person, answer) for answer in ended),
        ),
        agreed,
    )


def _reason(why: Why, person: Id, answer: Consent) -> Reason:
    review = answer.review if why is Why.EXPIRED else None
    return Reason(why=why, scope=answer.scope, person=person, signer=answer.signed_by, review=review)


def _refusal(answer: Consent, *, contested: bool) -> Why:
    if answer.answer is Answer.WITHDRAWN:
        return Why.WITHDRAWN
    return Why.DISAGREE if contested else Why.SAID_NO


def _not_for(recipient: Id | None, person: Id, scope: Scope, agreed: tuple[Consent, ...]) -> Iterator[Reason]:
    """What keeps the yeses for one person from allowing a copy or photographs for `recipient`.

    Photographs that were agreed to without naming anybody are for those who agreed.
    """
    for consent in agreed:
        named = consent.recipients
        if not named and scope is Scope.PHOTOGRAPHS:
            named = tuple(one.signed_by for one in agreed)
        if not named:
            yield Reason(why=Why.NO_RECIPIENT, scope=scope, person=person, signer=consent.signed_by)
        elif recipient is not None and recipient not in named:
            yield Reason(why=Why.NOT_NAMED, scope=scope, person=person, signer=consent.signed_by, recipient=recipient)
