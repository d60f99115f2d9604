"""How long material is kept: the service's own rules, what is due by them, and legal holds.

Nothing here erases anything. What is due is a list for a person to decide on, and `practice.erasing` does what they
decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from vigtool.casework.consent import Consent
from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film, FilmKind
from vigtool.casework.legal_hold import LegalHold, covering
from vigtool.casework.member import StaffRole
from vigtool.casework.retention import (
    Due,
    RetentionRule,
    Term,
    Undated,
    check_rule,
    family_term,
    film_term,
    has_own_rule,
)
from vigtool.errors import NoSuchRecord
from vigtool.ids import Id, new_id
from vigtool.practice.legal_holds import held, hold_history, holds, lift_hold, place_hold
from vigtool.practice.records import value, values
from vigtool.practice.roles import require_role
from vigtool.vault.vault import Vault

__all__ = [
    "OFFERS", "Offer", "due", "erase_on", "held", "hold_history", "holds", "lift_hold", "place_hold", "remove_rule",
    "rules", "set_rule", "term_of", "undated",
]  # fmt: skip

_KEEPERS: Final = (StaffRole.LEAD, StaffRole.ADMINISTRATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A rule that some services have, in words: to be read, never set by itself."""

    words: str
    kind: FilmKind | None = None
    months_after_closing: int | None = None
    until_age: int | None = None
    on_word_only: bool = False

    def rule(self) -> RetentionRule:
        """The same as a rule that a person may set."""
        return RetentionRule(
            id=new_id(),
            kind=self.kind,
            months_after_closing=self.months_after_closing,
            until_age=self.until_age,
            on_word_only=self.on_word_only,
        )


OFFERS: Final = (
    Offer(
        words="Films are no part of the permanent record: they go 2 months after the work has ended",
        kind=FilmKind.INTERACTION,
        months_after_closing=2,
    ),
    Offer(
        words="Films of shared reviews go 2 months after the work has ended",
        kind=FilmKind.SHARED_REVIEW,
        months_after_closing=2,
    ),
    Offer(words="Everything is part of the child's record: it is kept to the 25th birthday", until_age=25),
    Offer(words="Everything goes 20 years after the work has ended", months_after_closing=240),
    Offer(words="Nothing goes by a date, only when a person asks for it", on_word_only=True),
)
"""What services do, which contradict each other. Which holds here is the service's to say: ask whoever answers for
its records."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the list of one family is worked out from."""

    family: Family
    persons: Sequence[Person]
    films: Sequence[Film]
    consents: Sequence[Consent]

    def whole(self, given: list[RetentionRule]) -> Term:
        """Until when all of it is kept."""
        return family_term(given, self.films, self.family, self.persons, self.consents)

    def one(self, given: list[RetentionRule], film: Film) -> Term:
        """Until when one film is kept."""
        return film_term(given, film, self.family, self.persons, self.consents)


def rules(vault: Vault) -> list[RetentionRule]:
    """The rules of this service; none where it has set none, and then nothing is ever due."""
    return values(vault, RetentionRule)


def set_rule(vault: Vault, rule: RetentionRule) -> None:
    """Set a rule, or change the one with its id.

    Raises:
        NotAllowed: neither lead nor administrator. InvalidRecord: the rule says nothing, or what cannot be.
    """
    require_role(vault, *_KEEPERS)
    check_rule(rule)
    with vault.transaction("retention set", [rule.id]) as writer:
        try:
            writer.change(vault.get(RetentionRule, rule.id), rule)
        except NoSuchRecord:
            writer.add(rule)


def remove_rule(vault: Vault, rule: Id) -> None:
    """Take a rule away; what only it had a date for has none any more.

    Raises:
        NotAllowed, NoSuchRecord.
    """
    require_role(vault, *_KEEPERS)
    with vault.transaction("retention remove", [rule]) as writer:
        writer.remove(vault.get(RetentionRule, rule))


def due(vault: Vault, on: date) -> list[Due]:
    """What may be erased on the day `on`, the longest overdue first; also what a legal hold still stops.

    A family that is due as a whole stands in it once, without its films, unless a hold covers only some of them.
    """
    given = rules(vault)
    found: list[Due] = []
    for known in _families(vault) if given else ():
        found += _due_of(known, given, holds(vault, known.family.id), on)
    return sorted(found, key=lambda each: (each.on, each.family, each.film or ""))


def undated(vault: Vault) -> list[Undated]:
    """Of which families, and films with rules of their own, no day can be said, and why."""
    given = rules(vault)
    found: list[Undated] = []
    for known in _families(vault):
        family = known.family.id
        terms: list[tuple[Id | None, Term]] = [(None, known.whole(given))]
        terms += [(film.id, known.one(given, film)) for film in known.films if has_own_rule(given, film)]
        found += [
            Undated(what=film or family, family=family, film=film, lacking=term.lacking)
            for film, term in terms
            if term.on is None
        ]
    return found


def term_of(vault: Vault, film: Id) -> Term:
    """Until when a film is kept, by which rule, or why no day can be said. A hold is another matter: see `held`.

    Raises:
        NoSuchRecord, NoKey.
    """
    given = rules(vault)
    record = value(vault, Film, film)
    known = _known(vault, value(vault, Family, record.family))
    if has_own_rule(given, record):
        return known.one(given, record)
    return known.whole(given)


def erase_on(vault: Vault, film: Id) -> date | None:
    """The day from which a film may be erased by the rules; none where no day can be said.

    Raises:
        NoSuchRecord, NoKey.
    """
    return term_of(vault, film).on


def _families(vault: Vault) -> list[_Known]:
    return [_known(vault, family) for family in values(vault, Family)]


def _known(vault: Vault, family: Family) -> _Known:
    return _Known(
        family,
        values(vault, Person, domain=family.id),
        values(vault, Film, domain=family.id),
        values(vault, Consent, domain=family.id),
    )


def _due_of(known: _Known, given: list[RetentionRule], standing_holds: list[LegalHold], on: date) -> list[Due]:
    """What of one family is due."""
    family = known.family.id
    term = known.whole(given)
    found: list[Due] = []
    whole = False
    if term.on is not None and term.rule is not None and term.on <= on:
        stopped = covering(standing_holds, family, None)
        found.append(Due(what=family, family=family, film=None, rule=term.rule, on=term.on, held=stopped))
        if stopped is None:
            return found
        whole = True
    for film in known.films:
        own = known.one(given, film) if whole or has_own_rule(given, film) else Term()
        if own.on is not None and own.rule is not None and own.on <= on:
            stopped = covering(standing_holds, family, film.id)
            found.append(Due(what=film.id, family=family, film=film.id, rule=own.rule, on=own.on, held=stopped))
    return found
