"""Codes, ages, numbers, titles, and the row of a family in the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.casework import cycle as cycles_
from vigtool.casework import session as sessions_
from vigtool.casework.caseload import Due, DueKind, Overview, matches, newest_first, overview
from vigtool.casework.consent import Answer, Consent, Scope
from vigtool.casework.cycle import Cycle
from vigtool.casework.family import Family, Person, Role, age_in_months, next_code
from vigtool.casework.film import Film, FilmKind, SealedFootage, TitleParts, title_parts
from vigtool.casework.session import Session, SessionKind

TODAY = date(2026, 11, 15)
FAMILY = Family(id="f", code="F-0007", name="Nadia and Mína", opened=date(2026, 9, 24), place="Willow Lane")
NADIA = Person(id="nadia", family="f", name="Nadia", role=Role.PARENT, responsible_for=("mina",))
MINA = Person(id="mina", family="f", name="Mína", role=Role.BABY, born=date(2026, 4, 2))
CYCLE = Cycle(id="c2", family="f", number=2, helping_question="What is Mina asking for?")
FILM = Film(
    id="film2",
    family="f",
    footage=SealedFootage(file="x", size=1, sealed_size=2, sha256=b"", seal_digest=b""),
    title="kitchen",
    cycle="c2",
    filmed_on=date(2026, 11, 12),
    persons=("nadia", "mina"),
    frames=10,
    time_base=Fraction(1, 90000),
    start=0,
    end=90000,
    width=1,
    height=1,
)
AGREED = Consent(
    id="a",
    family="f",
    signed_by="nadia",
    signed_as="mother",
    for_persons=("nadia", "mina"),
    scope=Scope.FILM,
    answer=Answer.YES,
    on=date(2026, 9, 24),
)
REVIEWED = Session(id="s", family="f", number=1, on=date(2026, 11, 14), kind=SessionKind.SHARED_REVIEW)


def row(
    family: Family = FAMILY,
    *,
    persons: tuple[Person, ...] = (NADIA, MINA),
    consents: tuple[Consent, ...] = (AGREED,),
    sessions: tuple[Session, ...] = (),
    cycles: tuple[Cycle, ...] = (CYCLE,),
    films: tuple[Film, ...] = (FILM,),
    reel_cycles: tuple[str, ...] = (),
) -> Overview:
    return overview(
        family,
        persons=persons,
        consents=consents,
        sessions=sessions,
        cycles=cycles,
        films=films,
        reel_cycles=reel_cycles,
        on=TODAY,
    )


def kinds(shown: Overview) -> list[DueKind]:
    return [due.kind for due in shown.due]


def test_code_goes_on_from_the_highest() -> None:
    assert next_code([]) == "F-0001"
    assert next_code(["F-0007", "F-0002", "NW/12", "F-x", "xF-0099"]) == "F-0008"
    assert next_code(["F-9999"]) == "F-10000"


@pytest.mark.parametrize(
    ("born", "on", "months"),
    [
        (date(2026, 4, 2), date(2026, 11, 1), 6),
        (date(2026, 4, 2), date(2026, 11, 2), 7),
        (date(2026, 4, 2), date(2026, 4, 2), 0),
        (date(2026, 4, 2), date(2026, 4, 1), None),
        (date(2026, 1, 31), date(2026, 2, 27), 0),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 3, 30), 1),
        (date(2026, 1, 31), date(2026, 3, 31), 2),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2025, 12, 31), date(2026, 1, 1), 0),
    ],
)
def test_months_are_full_on_the_day(born: date, on: date, months: int | None) -> None:
    assert age_in_months(born, on) == months


@given(born=st.dates(date(2000, 1, 1), date(2030, 1, 1)), days=st.integers(0, 3000))
def test_age_never_falls(born: date, days: int) -> None:
    on = date.fromordinal(born.toordinal() + days)
    today, tomorrow = age_in_months(born, on), age_in_months(born, date.fromordinal(on.toordinal() + 1))
    assert today is not None
    assert tomorrow is not None
    assert 0 <= tomorrow - today <= 1
    assert days // 31 <= today <= days // 28


def test_numbers_go_on() -> None:
    assert sessions_.next_number([]) == 1
    assert sessions_.next_number([REVIEWED, replace(REVIEWED, number=4)]) == 5
    assert cycles_.next_number([]) == 1
    assert cycles_.next_number([CYCLE]) == 3
    assert cycles_.current([]) is None
    assert cycles_.current([CYCLE, replace(CYCLE, id="c1", number=1)]) is CYCLE


def test_title_takes_from_the_session_what_is_missing() -> None:
    home = replace(REVIEWED, place="home")
    assert title_parts(FILM, home) == TitleParts(date(2026, 11, 12), "kitchen")
    assert title_parts(replace(FILM, title="", filmed_on=None), home) == TitleParts(date(2026, 11, 14), "home")
    assert title_parts(replace(FILM, title="", filmed_on=None)) == TitleParts(None, "")


def test_row_says_who_and_where_they_are() -> None:
    shown = row()
    assert (shown.code, shown.baby, shown.age_months, shown.cycle, shown.planned) == ("F-0007", "Mína", 7, 2, 3)
    assert (shown.newest_film, shown.films, shown.closed) == (date(2026, 11, 12), 1, False)
    assert shown.due == (Due(kind=DueKind.REEL, by=date(2026, 11, 26), cycle="c2", film="film2"),)


def test_family_met_for_the_first_time_has_nothing_due() -> None:
    unborn = replace(MINA, born=date(2027, 1, 9))
    shown = row(persons=(NADIA, unborn), cycles=(), films=(), consents=())
    assert (shown.cycle, shown.planned, shown.age_months, shown.born) == (0, 0, None, date(2027, 1, 9))
    assert (shown.newest_film, shown.due) == (None, ())
    assert row(persons=(NADIA,), films=()).born is None


def test_twins_are_both_named_and_the_younger_counts() -> None:
    older = replace(MINA, id="leo", name="Leo", born=date(2024, 1, 1))
    undated = replace(MINA, id="ivo", name="Ivo", born=None)
    shown = row(persons=(NADIA, older, undated, MINA))
    assert (shown.baby, shown.age_months) == ("Leo, Ivo, Mína", 7)


def test_more_cycles_than_planned_are_no_contradiction() -> None:
    assert row(cycles=(replace(CYCLE, number=5),)).planned == 5


def test_reel_comes_first_then_the_shared_review_then_nothing() -> None:
    assert kinds(row()) == [DueKind.REEL]
    assert kinds(row(reel_cycles=("c2",))) == [DueKind.SHARED_REVIEW]
    assert kinds(row(reel_cycles=("c2",), sessions=(REVIEWED,))) == []
    filmed = replace(FILM, id="r", kind=FilmKind.SHARED_REVIEW)
    assert kinds(row(films=(FILM, filmed))) == []


def test_review_of_an_earlier_film_does_not_count_for_a_later_one() -> None:
    before = replace(REVIEWED, on=date(2026, 11, 11))
    assert kinds(row(sessions=(before, replace(REVIEWED, kind=SessionKind.FILMING)))) == [DueKind.REEL]


def test_film_without_a_day_waits_without_a_day() -> None:
    shown = row(films=(replace(FILM, filmed_on=None),))
    assert shown.due == (Due(kind=DueKind.REEL, cycle="c2", film="film2"),)
    assert shown.newest_film is None


def test_films_of_other_cycles_wait_for_nothing() -> None:
    assert kinds(row(films=(replace(FILM, cycle="c1"), replace(FILM, cycle=None)))) == []


def test_missing_question_and_missing_consent_are_told() -> None:
    asked = replace(CYCLE, helping_question="  ")
    assert kinds(row(cycles=(asked,), consents=())) == [DueKind.CONSENT, DueKind.HELPING_QUESTION, DueKind.REEL]
    assert kinds(row(films=(), cycles=(asked,))) == [DueKind.HELPING_QUESTION]


def test_closed_family_has_nothing_due() -> None:
    shown = row(replace(FAMILY, closed=TODAY), consents=())
    assert shown.closed
    assert shown.due == ()


def test_search_finds_whatever_the_case_or_accents() -> None:
    shown = row()
    for text in ("", "f-0007", "MINA", "mína nadia", "willow  lane", "lane 0007"):
        assert matches(shown, text), text
    for text in ("tomas", "mina tomas", "F-0008"):
        assert not matches(shown, text), text


def test_newest_film_comes_first() -> None:
    shown = row()
    rows = [
        replace(shown, family="a", code="F-0003", newest_film=None),
        replace(shown, family="b", code="F-0002", newest_film=date(2026, 1, 1)),
        replace(shown, family="c", code="F-0001", newest_film=None),
        replace(shown, family="d", code="F-0004", newest_film=date(2026, 1, 1)),
        shown,
    ]
    assert [one.code for one in newest_first(rows)] == ["F-0007", "F-0002", "F-0004", "F-0001", "F-0003"]
