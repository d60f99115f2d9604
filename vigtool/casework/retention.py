"""How long material is kept: rules that a service sets for itself, and the day that follows from them.

No rule is built in. A service that has set none keeps everything, and is told so. A rule never erases anything: it
only says from which day on something stands in the list of what is due.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from enum import Enum

from vigtool.casework.consent import Answer, Consent, Scope
from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film, FilmKind
from vigtool.casework.legal_hold import LegalHold
from vigtool.errors import InvalidRecord
from vigtool.ids import Id

MOST_MONTHS, MOST_AGE = 1200, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """Until when one kind of material is kept.

    Attributes:
        kind: films of this kind; none for everything of a family, and for films of a kind without a rule of its own.
        months_after_closing: whole months after the day the work with the family ended.
        until_age: until the birthday on which the family's youngest child has that age, in years.
        on_word_only: never by a date, only when a person asks for it, or has taken back being filmed.
    """

    id: Id
    kind: FilmKind | None = None
    months_after_closing: int | None = None
    until_age: int | None = None
    on_word_only: bool = False


class Lacking(Enum):
    """Why no day can be said."""

    RULE = "no rule is set for it"
    CLOSING = "the family is not closed yet"
    CHILD = "no child of the family is written down"
    BIRTH = "the birth date of a child is not known"
    WORD = "it goes only when a person asks for it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Until when something is kept.

    Attributes:
        on: the first day on which it may go; none where that cannot be said.
        rule: the rule that gave this day, the latest of all that hold.
        lacking: why there is no day.
    """

    on: date | None = None
    rule: RetentionRule | None = None
    lacking: tuple[Lacking, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something whose time is over.

    Attributes:
        what: the film, or the family as a whole.
        film: the film; none for the family as a whole.
        on: the day since which it may go.
        held: the legal hold that stops it, where there is one.
    """

    what: Id
    family: Id
    film: Id | None
    rule: RetentionRule
    on: date
    held: LegalHold | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undated:
    """Something of which no day can be said, and why."""

    what: Id
    family: Id
    film: Id | None
    lacking: tuple[Lacking, ...]


def check_rule(rule: RetentionRule) -> None:
    """Refuse a rule that says nothing, or two things that cannot both be.

    Raises:
        InvalidRecord.
    """
    months, age = rule.months_after_closing, rule.until_age
    if rule.on_word_only and (months is not None or age is not None):
        message = "what goes only when a person asks for it has no date"
        raise InvalidRecord(message, "set either a time or “only on a person's word”")
    if not rule.on_word_only and months is None and age is None:
        message = "the rule says no time yet"
        raise InvalidRecord(message, "set months after closing, an age of the child, or “only on a person's word”")
    if months is not None and not 0 <= months <= MOST_MONTHS:
        message = f"months after closing are a whole number from 0 to {MOST_MONTHS}"
        raise InvalidRecord(message, "write it again")
    if age is not None and not 1 <= age <= MOST_AGE:
        message = f"the child's age is a whole number of years from 1 to {MOST_AGE}"
        raise InvalidRecord(message, "write it again")


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def birthday(born: date, age: int) -> date:
    """The day on which somebody turns `age`; the 28th of February in years without the 29th."""
    return months_later(born, 12 * age)


def film_term(
    rules: Collection[RetentionRule],
    film: Film,
    family: Family,
    persons: Iterable[Person],
    consents: Collection[Consent] = (),
) -> Term:
    """Until when one film is kept: by the rules for its kind, and by those for everything where there are none.

    Args:
        rules: of the service.
        film: which.
        family: whose.
        persons: everybody of the family.
        consents: every answer given; who took back being filmed has asked for the films they are in.
    """
    own = _rules_of(rules, film.kind) or _rules_of(rules, None)
    asked = asked_on(consents, film.persons)
    return _latest([_one(rule, family, tuple(persons), asked) for rule in own])


def family_term(
    rules: Collection[RetentionRule],
    films: Iterable[Film],
    family: Family,
    persons: Iterable[Person],
    consents: Collection[Consent] = (),
) -> Term:
    """Until when a family as a whole is kept: never less long than the film of it that is kept longest."""
    people = tuple(persons)
    asked = asked_on(consents, [person.id for person in people])
    general = [_one(rule, family, people, asked) for rule in _rules_of(rules, None)]
    if not general:
        return Term(lacking=(Lacking.RULE,))
    own = [film_term(rules, film, family, people, consents) for film in films if _rules_of(rules, film.kind)]
    return _latest([*general, *own])


def asked_on(consents: Iterable[Consent], persons: Collection[Id]) -> date | None:
    """The day on which somebody last took back being filmed for one of these people, and it stands; none otherwise."""
    last: dict[tuple[Id, Id], Consent] = {}
    for consent in sorted(consents, key=lambda given: (given.on, given.entered)):
        if consent.scope is Scope.FILM:
            last.update({(consent.signed_by, person): consent for person in consent.for_persons if person in persons})
    return max((given.on for given in last.values() if given.answer is Answer.WITHDRAWN), default=None)


def has_own_rule(rules: Iterable[RetentionRule], film: Film) -> bool:
    """Whether films of its kind have a rule of their own; the others go with their family."""
    return bool(_rules_of(rules, film.kind))


def _rules_of(rules: Iterable[RetentionRule], kind: FilmKind | None) -> list[RetentionRule]:
    return [rule for rule in rules if rule.kind is kind]


def _one(rule: RetentionRule, family: Family, persons: Sequence[Person], asked: date | None) -> Term:
    """What one rule says, all of whose times must be over."""
    if rule.on_word_only:
        return Term(rule=rule, lacking=(Lacking.WORD,)) if asked is None else Term(rule=rule, on=asked)
    lacking: list[Lacking] = []
    days: list[date] = []
    if rule.months_after_closing is not None:
        if family.closed is None:
            lacking.append(Lacking.CLOSING)
        else:
            days.append(months_later(family.closed, rule.months_after_closing))
    if rule.until_age is not None:
        births = [person.born for person in persons if person.is_child]
        known = [born for born in births if born is not None]
        if not births:
            lacking.append(Lacking.CHILD)
        elif len(known) < len(births):  # the one that is not known may be the youngest
            lacking.append(Lacking.BIRTH)
        else:
            days.append(birthday(max(known), rule.until_age))
    return Term(rule=rule, lacking=tuple(lacking)) if lacking else Term(rule=rule, on=max(days))


def _latest(terms: Sequence[Term]) -> Term:
    """The longest of several: no day at all outlasts every day."""
    if not terms:
        return Term(lacking=(Lacking.RULE,))
    lacking = tuple(dict.fromkeys(why for term in terms for why in term.lacking))
    if lacking:
        return Term(lacking=lacking, rule=next(term.rule for term in terms if term.lacking))
    return max(terms, key=lambda term: term.on or date.max)
