"""The page of copies: what is out there, and what became of it."""

from __future__ import annotations

from datetime import UTC, datetime

from desk_in_memory import TODAY, MemoryDesk
from service_in_memory import NOW
from service_on_screen import Wait, chips, page, said, sheet, values
from vigtool.casework.copy import Copy, CopyKind, CopyOutcome, CopySettled, Intent
from vigtool.casework.stray_copy import StrayCopy, StrayPlace
from vigtool.ids import new_id
from vigtool.ui.service.copies_page import CopiesPage
from vigtool.ui.service.film_page import FilmPage
from vigtool.ui.service.room import ServiceRoom


def a_copy(desk: MemoryDesk, **more: object) -> Copy:
    film = desk.films()[0]
    known = {
        "id": new_id(), "family": film.family, "kind": CopyKind.FILM, "source": film.id, "to_words": "the court",
        "target": "/stick/green.mp4", "sha256": b"", "size": 1, "made": NOW, "given_by": desk.audit.me, **more,
    }  # fmt: skip
    return desk.put(Copy(**known))  # type: ignore[arg-type]  # what a test says of it


def test_copies_stand_until_somebody_says_what_became_of_them(room: ServiceRoom, desk: MemoryDesk, until: Wait) -> None:
    shown = page(room, "copies", CopiesPage)
    until(lambda: "Nothing is out there" in said(shown))
    film = desk.films()[0]
    copy, done = a_copy(desk), a_copy(desk, to_words="Ruth")
    desk.put(
        CopySettled(
            id=new_id(), family=film.family, copy=done.id, outcome=CopyOutcome.DELETED, on=TODAY, by=desk.audit.me
        )
    )
    stray = desk.put(StrayCopy(id=new_id(), family=film.family, film=film.id, where=StrayPlace.PHONE, noted=TODAY))
    shown.read()
    until(lambda: [now.copy for now in values(shown.copies)] == [copy])
    assert values(shown.strays) == [stray]
    shown.strays.choose(0)
    shown.gone.click()
    until(lambda: desk.records[StrayCopy][stray.id].gone == TODAY and not shown.doing.is_busy)
    shown.copies.choose(0)
    assert "/stick/green.mp4" in said(shown)
    shown.outcomes[CopyOutcome.GIVEN_BACK].click()
    until(lambda: not values(shown.copies) and "Nothing is out there" in said(shown))
    shown.which.set_value(False)
    shown.which.chosen.emit(False)
    assert sorted(chips(shown.copies)) == ["deleted", "given back"]
    assert chips(shown.strays) == ["gone"]


def test_the_page_of_a_film_opens_from_its_copy(room: ServiceRoom, desk: MemoryDesk, until: Wait) -> None:
    a_copy(desk)
    shown = page(room, "copies", CopiesPage)
    until(lambda: len(values(shown.copies)) == 1)
    shown.copies.choose(0)
    shown.film.click()
    opened = sheet(room, FilmPage)
    until(lambda: "How long it is kept" in said(opened))
    opened.accept()


def test_a_handover_that_was_cut_off_is_told_until_its_place_is_said_to_be_lost(
    room: ServiceRoom, desk: MemoryDesk, until: Wait
) -> None:
    film = desk.films()[0]
    intent = Intent(
        id=new_id(), family=film.family, act="film export", source=film.id, kind=CopyKind.FILM,
        target="/media/a long and lost stick/film.mp4", begun=datetime(2026, 11, 20, tzinfo=UTC), to_words="Dr Omar",
    )  # fmt: skip
    desk.put(intent)
    copies = page(room, "copies", CopiesPage)
    until(copies.cut_off.isVisible)
    assert chips(copies.cut_off.list) == ["perhaps out there"]
    assert not copies.cut_off.give_up.isVisible()
    copies.cut_off.list.choose(0)
    assert "a long and lost stick" in said(copies.cut_off)
    copies.cut_off.give_up.click()
    until(lambda: not copies.cut_off.isVisible())
    assert any(now.copy.target == intent.target and not now.copy.whole for now in desk.register().copies)
