"""The Families room: the case load and one family's page of work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from benches import bench_of
from desk_in_memory import TODAY, MemoryDesk, MemoryPractice
from families_on_screen import chips, code, nadia_s
from vigtool.casework.film import FilmKind
from vigtool.ui.families.family_forms import NewFamilyForm
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.jobs import Jobs
from vigtool.ui.parts.chip import Chip, State
from vigtool.ui.room import Bench

Show = Callable[[Callable[[], QWidget]], list[QWidget]]


def test_the_page_shows_who_agreed_to_what(room: FamiliesRoom) -> None:
    shown = chips(room)
    assert shown["Nadia, Film: yes"] is State.YES
    assert shown["Mina, Photos: yes"] is State.YES
    assert shown["Tomas, Copy: not asked yet"] is State.UNASKED
    assert shown["Vera, Copy: withdrawn"] is State.WITHDRAWN
    assert len(shown) == 32
    assert room.header_items() == ("Nadia and Mina", "since 24 Sep, Willow Lane children’s centre")
    assert "How can I tell" in room.page.question.findChildren(QLabel)[-1].text() or any(
        "How can I tell" in label.text() for label in room.page.question.findChildren(QLabel)
    )
    assert room.page.films.rows.rowCount() == 3
    assert "12 Nov, kitchen, 10:24 · 23 marks" in str(room.page.films.rows.index(0).data())
    assert room.page.sessions.rows.rowCount() == 5


@pytest.mark.parametrize("width", [648, 900, 1100, 1700])
def test_nothing_runs_out_of_the_page_at_any_width(qtbot: QtBot, room: FamiliesRoom, width: int) -> None:
    room.resize(width + 292, 700)
    inner = room.page.widget()
    assert inner is not None
    qtbot.waitUntil(lambda: inner.width() <= room.page.viewport().width())

    def fits() -> bool:
        """Chips that were just made are laid out a turn later."""
        rights = [chip.mapTo(room.page, chip.rect().topRight()).x() for chip in room.page.people.findChildren(Chip)]
        return bool(rights) and max(rights) < room.page.viewport().width()

    qtbot.waitUntil(fits)


def test_the_room_in_every_light(qtbot: QtBot, show_everywhere: Show, bench: Bench) -> None:
    rooms = show_everywhere(lambda: FamiliesRoom(bench, today=lambda: TODAY))
    for room in rooms:
        assert isinstance(room, FamiliesRoom)
        room.entered()
        qtbot.waitUntil(lambda room=room: room.page.isVisible())  # type: ignore[misc]  # bound at once
        assert not room.grab().isNull()


def test_the_list_is_found_by_typing_and_walked_by_arrows(qtbot: QtBot, room: FamiliesRoom, bench: Bench) -> None:
    QTest.keyClick(room.list.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(room.list.search.hasFocus)
    QTest.keyClicks(room.list.search, "freya")
    assert room.list.view.model().rowCount() == 1
    QTest.keyClick(room.list.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: code(bench) == "F-0013")
    room.list.search.setFocus()
    QTest.keyClicks(room.list.search, "zzz")
    assert room.list.nothing.isVisible()
    QTest.keyClick(room.list.search, Qt.Key.Key_Escape)
    assert room.list.view.model().rowCount() == 8
    room.list.which.set_value(True)
    room.list.which.chosen.emit(True)
    assert room.list.view.model().rowCount() == 1


def test_a_film_is_opened_in_its_room(qtbot: QtBot, room: FamiliesRoom, bench: Bench) -> None:
    room.page.films.setFocus()
    room.page.films.setCurrentIndex(room.page.films.rows.index(1, 0))
    QTest.keyClick(room.page.films, Qt.Key.Key_Return)
    assert bench.workspace.film is not None
    assert bench.workspace.film.kind is FilmKind.SHARED_REVIEW


def test_an_empty_case_load_says_how_to_begin(qtbot: QtBot, jobs: Jobs) -> None:
    desk = MemoryDesk()
    room = FamiliesRoom(bench_of(jobs, MemoryPractice(desk), desk), today=lambda: TODAY)
    qtbot.addWidget(room)
    room.show()
    room.entered()
    qtbot.waitUntil(room._nobody.isVisible)
    room._nobody.button.click()
    form = room.findChild(NewFamilyForm)
    assert isinstance(form, NewFamilyForm)
    form.reject()


def test_the_page_of_another_family_replaces_all_of_it(
    qtbot: QtBot, room: FamiliesRoom, bench: Bench, desk: MemoryDesk
) -> None:
    other = next(family for family in desk.families() if family.code == "F-0014")
    desk.put(replace(other, safe_contact=""))
    bench.workspace.open_film(desk.films(nadia_s(bench))[0])
    room.list.opened.emit(other.id)
    qtbot.waitUntil(lambda: code(bench) == "F-0014")
    assert bench.workspace.film is None
    assert bench.workspace.cycle is None
    assert room.page.question.begin.isVisible()
    assert set(chips(room)) == {name for name in chips(room) if name.startswith("Tomi, ")}
