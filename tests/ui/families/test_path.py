"""What the Families room reads, the way through the cycles, and how ages and lengths are said."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from desk_in_memory import TODAY, MemoryDesk, film
from vigtool.annotate.reel import Clip, Reel
from vigtool.casework.cycle import Cycle
from vigtool.casework.film import FilmKind
from vigtool.casework.session import Session, SessionKind
from vigtool.practice.films import FilmWords
from vigtool.timebase import Span
from vigtool.ui.families.path import Stage, Standing, path
from vigtool.ui.families.reading import read_page, read_rows
from vigtool.ui.parts.days import age, length


def test_rows_come_newest_film_first_with_what_is_due(desk: MemoryDesk) -> None:
    rows = read_rows(desk, TODAY)
    assert rows[0].code == "F-0007"
    assert len(rows) == 8
    assert [due.kind.value for due in rows[0].due] == ["shared review"]


def test_a_family_that_is_gone_has_no_page(desk: MemoryDesk) -> None:
    assert read_page(desk, "0" * 32, TODAY) is None


def made_film(cycle: str, kind: FilmKind = FilmKind.INTERACTION, on: date = date(2026, 10, 3)):  # type: ignore[no-untyped-def]  # noqa: ANN201  # a record
    return film("f", FilmWords(kind=kind, cycle=cycle, filmed_on=on), seconds=60)


def cycles(count: int, planned: int = 3) -> tuple[Cycle, ...]:
    return tuple(Cycle(id=f"c{n}", family="f", number=n, planned=planned) for n in range(1, count + 1))


def test_the_way_of_a_family_that_just_began() -> None:
    assert path((), (), (), ()) == []
    steps = path(cycles(1), (), (), ())
    assert [step.standing for step in steps] == [Standing.NOW] + [Standing.PLANNED] * 8
    assert [step.stage for step in steps[:3]] == list(Stage)


def test_the_way_through_a_cycle() -> None:
    first = made_film("c1")
    clip = Clip(id="k", mark=None, film=first.id, span=Span(0, 4 * 90000))
    reel = Reel(id="r", family="f", author="a", cycle="c1", clips=(clip, clip))
    filmed = path(cycles(1), (first,), (), ())
    assert [step.standing.value for step in filmed[:3]] == ["done", "now", "planned"]
    assert filmed[2].on == date(2026, 10, 17), "softly due two weeks after the film"
    cut = path(cycles(1), (first,), (reel,), ())
    assert (cut[1].clips, cut[1].seconds) == (2, Fraction(8))
    meeting = Session(id="s", family="f", number=2, on=date(2026, 10, 20), kind=SessionKind.SHARED_REVIEW)
    seen = path(cycles(1), (first,), (reel,), (meeting,))
    assert [step.standing.value for step in seen[:4]] == ["done", "done", "done", "planned"]
    again = path(cycles(2), (first,), (reel,), (meeting,))
    assert [step.standing.value for step in again[:4]] == ["done", "done", "done", "now"]
    review = made_film("c1", FilmKind.SHARED_REVIEW, date(2026, 10, 18))
    assert path(cycles(1), (first, review), (reel,), ())[2].on == date(2026, 10, 18)


def test_what_was_passed_over_does_not_wait_for_ever() -> None:
    steps = path(cycles(2), (made_film("c1"), made_film("c2", on=date(2026, 11, 12))), (), ())
    assert [step.standing.value for step in steps[:6]] == ["done", "planned", "planned", "done", "now", "planned"]


def test_ages_and_lengths_are_said_plainly() -> None:
    on = date(2026, 11, 22)
    assert age(date(2026, 4, 9), on) == "7 months"
    assert age(date(2026, 11, 1), on) == "3 weeks"
    assert age(date(2027, 1, 9), on) == "due Jan"
    assert age(date(2024, 1, 1), on) == "2 years"
    assert length(Fraction(624)) == "10:24"
    assert length(Fraction(3725)) == "1:02:05"
