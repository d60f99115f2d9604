"""One film's page: it reads by itself, names what is known, and can be left while it reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desk_in_memory import TODAY, MemoryDesk
from service_in_memory import NOW
from service_on_screen import chips, said, sheet, titles
from vigtool.casework.consent import Act, Decision, Reason, Scope, Why
from vigtool.casework.copy import Copy, CopyKind, CopyOutcome
from vigtool.casework.film import Film
from vigtool.casework.legal_hold import LegalHold
from vigtool.casework.origin import Origin, VolumeKind
from vigtool.casework.retention import Lacking, Term
from vigtool.casework.stray_copy import StrayCopy, StrayPlace
from vigtool.ids import new_id
from vigtool.practice.film_history import CopyNow, Seen
from vigtool.practice.sharing import Share, ShareRole
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.service.film_page import FilmPage
from vigtool.ui.service.room import ServiceRoom
from vigtool.ui.service.rows import RowList


@pytest.fixture
def film(desk: MemoryDesk) -> Film:
    return next(one for one in desk.films() if one.title == "kitchen")


def shown(qtbot: QtBot, room: ServiceRoom, film: Film) -> FilmPage:
    room.show_film(film.id)
    page = sheet(room, FilmPage)
    qtbot.waitUntil(lambda: "How long it is kept" in said(page))
    return page


def rows(page: FilmPage, name: str) -> RowList:
    return next(found for found in page.findChildren(RowList) if found.accessibleName() == name)


def test_a_film_of_which_nothing_is_known_says_so_in_words(qtbot: QtBot, room: ServiceRoom, film: Film) -> None:
    page = shown(qtbot, room, film)
    words = said(page)
    assert "12 Nov, kitchen" in words
    assert "before this was written down" in words
    assert "Nobody has opened this film yet" in words
    assert "No copy of it was handed out" in words
    assert "No day can be said: the service has set no rule for it" in words
    assert "Who can open it now" not in words
    page.accept()


def test_all_that_is_known_is_named(qtbot: QtBot, room: ServiceRoom, desk: MemoryDesk, film: Film) -> None:
    def op(_done: int, _total: int) -> None: ...

    persons = {one.id: one for one in desk.persons(film.family)}
    nadia = next(one.id for one in persons.values() if one.name == "Nadia")
    refused = Decision(
        allowed=False, reasons=(Reason(why=Why.WITHDRAWN, scope=Scope.SUPERVISION, person=nadia, signer=nadia),)
    )
    seen = [
        Seen(user=new_id(), name=name, act=act, at=NOW, last=NOW + timedelta(minutes=9), times=times, asked=Act.WATCH,
             consent=consent)
        for name, act, times, consent in (
            ("Hanna", "film play", 3, Decision(allowed=True)), ("Ruth", "film open", 1, refused)
        )
    ]  # fmt: skip
    copy = Copy(
        id=new_id(), family=film.family, kind=CopyKind.REEL, source=film.id, to=nadia, target="x", sha256=b"", size=1,
        made=NOW, given_by=desk.audit.me,
    )  # fmt: skip
    stray = StrayCopy(id=new_id(), family=film.family, film=film.id, where=StrayPlace.CLOUD, noted=TODAY)
    desk.histories[film.id] = replace(
        desk.film_history(film.id, op, lambda: False),
        seen=tuple(seen),
        copies=(CopyNow(copy=copy), CopyNow(copy=replace(copy, id=new_id()), outcome=CopyOutcome.DELETED, on=TODAY)),
        strays=(stray, replace(stray, id=new_id(), gone=TODAY)),
        origin=Origin(
            id=new_id(), film=film.id, from_words="/card/A.MP4", volume_kind=VolumeKind.CARD, read_back=True,
            brought_in=NOW, by=desk.audit.me,
        ),
        access=(Share(user=desk.audit.me, name="Hanna", role=ShareRole.OPENS, since=None),
                Share(user=new_id(), name="Ines", role=ShareRole.KEEPS, since=NOW)),
        term=Term(on=TODAY - timedelta(days=1)),
        held=LegalHold(id=new_id(), family=film.family, reason="a court asked", on=TODAY, by=new_id()),
    )  # fmt: skip
    page = shown(qtbot, room, film)
    words = said(page)
    assert "a memory card: /card/A.MP4" in words
    assert titles(rows(page, "Who saw it")) == ["Hanna", "Ruth"]
    assert chips(rows(page, "Who saw it")) == ["agreed", "no"]
    first, second = (rows(page, "Who saw it").rows.index(place, 0).data() for place in (0, 1))
    assert "Played 3 times" in first
    assert "Nadia has withdrawn the agreement" in second
    assert chips(rows(page, "Copies outside the vault")) == ["out there", "deleted", "still there", "gone"]
    assert titles(rows(page, "Who can open it now")) == ["Hanna", "Ines"]
    assert "May go since 21 Nov 2026" in words
    assert "a court asked" in words
    page.accept()


def test_a_film_that_is_gone_is_told_of(qtbot: QtBot, room: ServiceRoom) -> None:
    room.show_film(new_id())
    page = sheet(room, FilmPage)
    qtbot.waitUntil(lambda: bool(page.findChildren(ErrorPanel)))
    QTest.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.isVisible())


def test_reasons_that_a_page_can_give() -> None:
    from vigtool.ui.service.film_words import lacking_words

    assert len({lacking_words(lacking) for lacking in Lacking}) == len(Lacking)
