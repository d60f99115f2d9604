"""A sheet that works: it stays while it does, stops first where it is left, and asks again or is done afterwards."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from benches import bench_of
from desk_in_memory import MemoryDesk, MemoryPractice
from vigtool.errors import Cancelled, StorageFailed
from vigtool.ui.at_work import WorkPart
from vigtool.ui.families.working import WorkingForm
from vigtool.ui.jobs import Jobs
from vigtool.ui.notices import words_of
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.field import Field, Line
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Bench


class Asking(WorkingForm):
    """Asks one thing, and works until `may_end` is set; `trouble` is raised then."""

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(bench, "Something", parent=parent)
        self.may_end = threading.Event()
        self.trouble: Exception | None = None
        self.ended: list[object] = []
        self.word = Field("A word", Line())
        self.asked.addWidget(self.word)

    def answer(self) -> None:
        self.work("Working", self._op, self._came, self._went_wrong, promise="Nothing is changed.")

    def _op(self, report: Callable[[int, int], None], cancelled: Callable[[], bool]) -> str:
        report(1, 2)
        while not self.may_end.wait(0.005):
            if cancelled():
                raise Cancelled
        if self.trouble is not None:
            raise self.trouble
        return "it"

    def _came(self, came: str) -> None:
        self.ended.append(came)
        self.finish()

    def _went_wrong(self, error: BaseException) -> None:
        self.ended.append(error)
        self.show_error(words_of(error))


@pytest.fixture
def behind(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


@pytest.fixture
def sheet(behind: QWidget, jobs: Jobs) -> Asking:
    made = Asking(bench_of(jobs, MemoryPractice(MemoryDesk())), behind)
    made.open()
    return made


def panels(sheet: QWidget) -> list[ProgressPanel]:
    return [panel for panel in sheet.findChildren(ProgressPanel) if panel.isVisible()]


def test_it_shows_how_far_it_is_and_asks_nothing_meanwhile(qtbot: QtBot, sheet: Asking) -> None:
    assert not panels(sheet)
    sheet.go.click()
    (panel,) = panels(sheet)
    assert not sheet.word.input.isEnabled()
    assert not sheet.go.isEnabled()
    assert sheet.focusWidget() is panel.cancel
    qtbot.waitUntil(lambda: panel.bar.value() > 0)
    sheet.try_to_accept()
    assert len(panels(sheet)) == 1, "it is begun once"
    sheet.may_end.set()
    qtbot.waitUntil(lambda: sheet.ended == ["it"])
    assert not panels(sheet)
    assert sheet.is_over
    assert not sheet.stop.isVisible()
    assert sheet.focusWidget() is sheet.go
    with qtbot.waitSignal(sheet.accepted):
        sheet.reject()


@pytest.mark.parametrize("leave", ["escape", "close"])
def test_leaving_it_stops_the_work_first(qtbot: QtBot, sheet: Asking, leave: str) -> None:
    sheet.go.click()
    if leave == "escape":
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
    else:
        assert not sheet.close(), "it stays until the work has ended"
    assert sheet.isVisible()
    qtbot.waitUntil(lambda: [type(one) for one in sheet.ended] == [Cancelled])
    assert sheet.isVisible()
    assert sheet.word.input.isEnabled()
    assert sheet.go.isEnabled()
    with qtbot.waitSignal(sheet.rejected):
        sheet.reject()


def test_what_went_wrong_is_said_and_it_can_be_begun_again(qtbot: QtBot, sheet: Asking) -> None:
    sheet.trouble = StorageFailed("the disk is full", "make room on it")
    sheet.may_end.set()
    sheet.go.click()
    qtbot.waitUntil(lambda: bool(sheet.findChildren(ErrorPanel)))
    assert not panels(sheet)
    sheet.trouble = None
    sheet.go.click()
    qtbot.waitUntil(lambda: sheet.is_over)
    assert not [panel for panel in sheet.findChildren(ErrorPanel) if panel.isVisible()]
    sheet.accept()


def test_one_piece_of_work_at_a_time(qtbot: QtBot, jobs: Jobs) -> None:
    part, told, may_end = WorkPart(jobs), list[object](), threading.Event()
    qtbot.addWidget(part)
    part.run("First", lambda _report, _cancelled: may_end.wait(20), told.append, told.append)
    part.run("Second", lambda _report, _cancelled: "second", told.append, told.append)
    may_end.set()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [True]
    part.cancel()
    part.run("Third", lambda _report, _cancelled: "third", told.append, told.append)
    qtbot.waitUntil(lambda: told == [True, "third"])


def test_it_scrolls_over_nothing_where_there_is_room(qtbot: QtBot, sheet: Asking) -> None:
    told = "This is said at such length that it goes over several lines of the sheet, however wide that may be. " * 3
    sheet.asked.addWidget(Words(told, wrap=True))
    bar = sheet._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: sheet._asked.height() == sheet._asked.heightForWidth(sheet._asked.width()))
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    sheet.reject()
