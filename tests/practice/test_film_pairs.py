from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from vigtool.casework.family import Role
from vigtool.casework.film import Film
from vigtool.casework.film_pair import FilmPair, PairedBy, pair_of
from vigtool.casework.session import SessionKind
from vigtool.errors import InvalidRecord, NoSuchRecord
from vigtool.ids import new_id
from vigtool.practice.families import NewFamily, PersonWords, add_family, add_session
from vigtool.practice.film_pairs import films_beside, lay_beside, pair_between
from vigtool.practice.films import FilmWords, bring_in
from vigtool.practice.records import values
from vigtool.vault.vault import Vault

DAY = date(2026, 11, 12)
OFFSET = Fraction(1001, 30000)


@pytest.fixture
def beside(vault: Vault, family: NewFamily, film_file: Path) -> Film:
    return bring_in(vault, film_file, family.family.id, FilmWords(title="second camera"))


@pytest.mark.parametrize("turned", [False, True])
def test_an_offset_holds_whichever_film_is_opened_first(vault: Vault, film: Film, beside: Film, turned: bool) -> None:
    assert pair_between(vault, film.id, beside.id) is None
    lay_beside(vault, film.id, beside.id, OFFSET, PairedBy.EYE)
    after = -OFFSET / 7
    if turned:
        lay_beside(vault, beside.id, film.id, -after, PairedBy.SOUND)
    else:
        lay_beside(vault, film.id, beside.id, after, PairedBy.SOUND)
    (kept,) = values(vault, FilmPair)
    assert pair_between(vault, film.id, beside.id) == pair_between(vault, beside.id, film.id) == kept
    assert (kept.offset_from(film.id), kept.offset_from(beside.id), kept.how) == (after, -after, PairedBy.SOUND)
    with pytest.raises(ValueError, match="not one of the two"):
        kept.offset_from(new_id())


def test_of_two_that_were_said_at_once_the_newer_counts() -> None:
    def said(minute: int) -> FilmPair:
        kept = datetime(2026, 11, 12, 9, minute, tzinfo=UTC)
        return FilmPair(
            id=new_id(), first="a" * 32, second="b" * 32, offset=Fraction(minute), how=PairedBy.EYE, kept=kept,
            by="c" * 32,
        )  # fmt: skip

    old, new = said(1), said(2)
    turned = replace(new, first=new.second, second=new.first)
    assert pair_of([old, new], old.first, old.second) == pair_of([new, old], old.second, old.first) == new
    assert pair_of([old, turned], old.first, old.second) == turned
    assert pair_of([old], old.first, "d" * 32) is None


def test_the_nearest_films_come_first(vault: Vault, family: NewFamily, film_file: Path) -> None:
    home = family.family.id
    session = add_session(vault, family=home, on=DAY, kind=SessionKind.FILMING, minutes=60, place="home", present=()).id

    def film(title: str, **more: object) -> Film:
        return bring_in(vault, film_file, home, replace(FilmWords(title=title), **more))  # type: ignore[arg-type]  # the fields of FilmWords, by name

    film("far")
    film("same day", filmed_on=DAY)
    film("same session", session=session)
    mine = film("mine", session=session, filmed_on=DAY)
    assert [other.title for other in films_beside(vault, mine.id)] == ["same session", "same day", "far"]


def test_only_two_films_of_one_family_lie_side_by_side(vault: Vault, film: Film, film_file: Path) -> None:
    others = add_family(vault, name="Ivo", people=[PersonWords(name="Ivo", role=Role.BABY)], on=DAY)
    strange = bring_in(vault, film_file, others.family.id, FilmWords())
    assert films_beside(vault, film.id) == []
    for other in (strange.id, film.id):
        with pytest.raises(InvalidRecord):
            lay_beside(vault, film.id, other, OFFSET, PairedBy.EYE)
    with pytest.raises(NoSuchRecord):
        lay_beside(vault, film.id, new_id(), OFFSET, PairedBy.EYE)
    assert values(vault, FilmPair) == []
