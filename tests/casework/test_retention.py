"""Which day follows from a service's rules, and when none does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.casework.consent import Answer, Consent, Scope
from vigtool.casework.family import Family, Person, Role, age_in_months
from vigtool.casework.film import Film, FilmKind, SealedFootage
from vigtool.casework.legal_hold import LegalHold, covering, standing, stories
from vigtool.casework.retention import (
    Lacking,
    RetentionRule,
    Term,
    birthday,
    check_rule,
    family_term,
    film_term,
    months_later,
)
from vigtool.errors import InvalidRecord

FAMILY = Family(id="f1", code="F-0001", name="x", opened=date(2026, 1, 1), closed=date(2026, 8, 31))
OPEN = replace(FAMILY, closed=None)
MINA = Person(id="p1", family="f1", name="Mina", role=Role.BABY, born=date(2024, 2, 29))
OLDER = Person(id="p2", family="f1", name="Omar", role=Role.BABY, born=date(2020, 5, 1))
UNKNOWN = Person(id="p3", family="f1", name="Lia", role=Role.BABY)
MOTHER = Person(id="p4", family="f1", name="Nadia", role=Role.PARENT)
FOOTAGE = SealedFootage(file="x", size=1, sealed_size=1, sha256=b"", seal_digest=b"")
FILM = Film(
    id="film", family="f1", footage=FOOTAGE, frames=1, time_base=Fraction(1, 25), start=0, end=1, width=1, height=1
)
REVIEW = replace(FILM, id="review", kind=FilmKind.SHARED_REVIEW)


def rule(
    kind: FilmKind | None = None, *, months: int | None = None, age: int | None = None, word: bool = False
) -> RetentionRule:
    return RetentionRule(
        id=f"{kind}{months}{age}{word}", kind=kind, months_after_closing=months, until_age=age, on_word_only=word
    )


def of_film(
    *rules: RetentionRule, film: Film = FILM, family: Family = FAMILY, people: tuple[Person, ...] = (MINA,)
) -> Term:
    return film_term(rules, film, family, people)


def of_family(
    *rules: RetentionRule,
    films: tuple[Film, ...] = (FILM,),
    family: Family = FAMILY,
    people: tuple[Person, ...] = (MINA,),
) -> Term:
    return family_term(rules, films, family, people)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 8, 31), 2, date(2026, 10, 31)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 5, 17), 0, date(2026, 5, 17)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(9990, 1, 1), 1200, date.max),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(day: date, months: int, then: date) -> None:
    assert months_later(day, months) == then


def test_birthdays_of_the_29th_of_february() -> None:
    assert birthday(date(2000, 2, 29), 25) == date(2025, 2, 28)
    assert birthday(date(2000, 2, 29), 24) == date(2024, 2, 29)
    assert birthday(date(2026, 4, 15), 25) == date(2051, 4, 15)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 1200))
def test_months_later_is_the_first_day_on_which_so_many_months_are_full(day: date, months: int) -> None:
    then = months_later(day, months)
    assert age_in_months(day, then) == months
    assert months == 0 or age_in_months(day, then.fromordinal(then.toordinal() - 1)) == months - 1


def test_without_rules_there_is_no_day() -> None:
    assert of_film() == Term(lacking=(Lacking.RULE,))
    assert of_family() == Term(lacking=(Lacking.RULE,))
    assert of_film(rule(FilmKind.SHARED_REVIEW, months=2)).lacking == (Lacking.RULE,)
    assert of_family(rule(FilmKind.INTERACTION, months=2)).lacking == (Lacking.RULE,)


def test_each_rule_gives_its_day_or_says_what_is_lacking() -> None:
    assert of_film(rule(months=2)).on == date(2026, 10, 31)
    assert of_film(rule(months=2), family=OPEN).lacking == (Lacking.CLOSING,)
    assert of_film(rule(age=25)).on == date(2049, 2, 28)
    assert of_film(rule(age=25), family=OPEN).on == date(2049, 2, 28)
    assert of_film(rule(age=25), people=(MOTHER,)).lacking == (Lacking.CHILD,)
    assert of_film(rule(word=True)).lacking == (Lacking.WORD,)


def test_the_youngest_child_counts_and_one_whose_birth_is_not_known_may_be_the_youngest() -> None:
    assert of_film(rule(age=5), people=(OLDER, MINA, MOTHER)).on == date(2029, 2, 28)
    assert of_film(rule(age=5), people=(OLDER, UNKNOWN)).lacking == (Lacking.BIRTH,)
    assert of_film(rule(age=5, months=1), people=(UNKNOWN,), family=OPEN).lacking == (Lacking.CLOSING, Lacking.BIRTH)


def test_of_several_rules_the_latest_day_wins_and_no_day_outlasts_them_all() -> None:
    short, long, never = rule(months=2), rule(age=25), rule(word=True)
    for order in ((short, long), (long, short)):
        assert of_film(*order) == Term(on=date(2049, 2, 28), rule=long)
    assert of_film(rule(months=2, age=25)).on == date(2049, 2, 28)
    assert of_film(rule(months=1200, age=1)).on == date(2126, 8, 31)
    assert of_film(short, never, long).on is None
    assert of_film(short, long, people=(UNKNOWN,)).on is None


def test_a_kind_with_rules_of_its_own_does_not_wait_for_the_family() -> None:
    own, all_ = rule(FilmKind.INTERACTION, months=2), rule(age=25)
    assert of_film(own, all_).rule == own
    assert of_film(own, all_, film=REVIEW).rule == all_


def test_a_family_is_kept_as_long_as_its_longest_film() -> None:
    all_, film, review = rule(months=2), rule(FilmKind.INTERACTION, months=1), rule(FilmKind.SHARED_REVIEW, age=25)
    assert of_family(all_, film, films=(FILM, REVIEW)).rule == all_
    assert of_family(all_, film, review, films=(FILM,)).rule == all_
    assert of_family(all_, film, review, films=(FILM, REVIEW)).rule == review
    word = rule(FilmKind.SHARED_REVIEW, word=True)
    assert of_family(all_, word, films=(FILM, REVIEW)).lacking == (Lacking.WORD,)
    assert of_family(all_, word, films=(FILM,)).on == date(2026, 10, 31)


def said(answer: Answer, on: date, *, scope: Scope = Scope.FILM, who: str = "p4", of: str = "p1") -> Consent:
    return Consent(
        id=f"{answer}{on}{scope}{who}", family="f1", signed_by=who, signed_as="mother", for_persons=(of,), scope=scope,
        answer=answer, on=on,
    )  # fmt: skip


def test_who_takes_back_being_filmed_has_asked_until_they_agree_again() -> None:
    word, film = rule(word=True), replace(FILM, persons=("p1",))
    yes, back = said(Answer.YES, date(2026, 1, 1)), said(Answer.WITHDRAWN, date(2026, 3, 1))
    for answers in ((yes, back), (back, yes)):
        assert film_term([word], film, OPEN, [MINA], answers) == Term(on=date(2026, 3, 1), rule=word)
    still: tuple[tuple[Consent, ...], ...] = (
        (yes,),
        (yes, back, said(Answer.YES, date(2026, 4, 1))),
        (yes, said(Answer.NO, date(2026, 3, 1))),
        (yes, replace(back, scope=Scope.TRAINING)),
        (yes, replace(back, for_persons=("p9",))),
    )
    for signed in still:
        assert film_term([word], film, OPEN, [MINA], signed).lacking == (Lacking.WORD,)
    assert family_term([word], [film], OPEN, [MINA], [yes, back]).on == date(2026, 3, 1)
    timed = rule(FilmKind.INTERACTION, months=2)
    assert film_term([timed], film, FAMILY, [MINA], [back]).on == date(2026, 10, 31), "a date stays a date"


@pytest.mark.parametrize(
    "wrong",
    [
        rule(), rule(months=-1), rule(months=1201), rule(age=0), rule(age=101), rule(months=1, word=True),
        rule(age=1, word=True),
    ],
)  # fmt: skip
def test_a_rule_that_says_nothing_or_what_cannot_be_is_refused(wrong: RetentionRule) -> None:
    with pytest.raises(InvalidRecord):
        check_rule(wrong)


@pytest.mark.parametrize("right", [rule(months=0), rule(months=1200, age=100), rule(age=1), rule(word=True)])
def test_every_other_rule_is_taken(right: RetentionRule) -> None:
    check_rule(right)


def hold(number: int, *, film: str | None = None, lifts: str | None = None) -> LegalHold:
    return LegalHold(id=f"h{number}", family="f1", film=film, reason="x", on=date(2026, 1, number), by="u", lifts=lifts)


def test_a_hold_stands_until_it_is_lifted_and_both_entries_stay() -> None:
    entries = (hold(1), hold(2, film="film"), hold(3, lifts="h1"), hold(4))
    assert [each.id for each in standing(entries)] == ["h2", "h4"]
    assert [(story.hold.id, story.lifted and story.lifted.id) for story in stories(entries)] == [
        ("h1", "h3"), ("h2", None), ("h4", None),
    ]  # fmt: skip


def test_what_a_hold_covers() -> None:
    whole, one = hold(1), hold(2, film="film")
    assert covering([whole], "f1", "film") == whole
    assert covering([whole], "f1", None) == whole
    assert covering([one], "f1", "film") == one
    assert covering([one], "f1", "review") is None
    assert covering([one], "f1", None) == one, "a family is not erased around a film that is held"
    assert covering([whole, one], "f2", None) is None
