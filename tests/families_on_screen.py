"""The Families room on a screen of its own, and what tests look for in it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from patience import PATIENCE
from vigtool.ids import Id
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.parts.chip import Chip, State
from vigtool.ui.room import Bench

W = TypeVar("W", bound=QWidget)


def nadia_s(bench: Bench) -> Id:
    return next(family.id for family in bench.desk.families() if family.code == "F-0007")


def code(bench: Bench) -> str:
    return bench.workspace.family.code if bench.workspace.family is not None else ""


def chips(room: FamiliesRoom) -> dict[str, State]:
    QTest.qWait(5)
    return {chip.accessibleName(): chip.state for chip in room.page.people.findChildren(Chip)}


def accepted(qtbot: QtBot, form: QWidget, bench: Bench) -> None:
    """Press the form's own button, and wait until what it wrote is durable."""
    with qtbot.waitSignal(bench.workspace.records_changed):
        form.go.click()  # type: ignore[attr-defined]  # every form has it


def the(room: QWidget, kind: type[W]) -> W:
    """The one open form or sheet of a kind."""
    found = [one for one in room.findChildren(kind) if one.isVisible()]
    assert len(found) == 1, f"{len(found)} of {kind.__name__} are open"
    return found[0]


def press(part: QWidget, word: str) -> None:
    """Press the button that says so, once it shows: what is put into a layout is shown a turn later."""

    def showing() -> list[QPushButton]:
        return [one for one in part.findChildren(QPushButton) if one.text() == word and one.isVisible()]

    for _ in range(PATIENCE // 5):
        if showing():
            break
        QTest.qWait(5)
    showing()[0].click()


def words_in(part: QWidget) -> str:
    """Every word that can be read in a part, once it stands still: what is put into a layout is shown a turn later.

    Nothing at all may be the turn in between, twice in a row when a page is read anew: that is waited out.
    """
    said = _read(part)
    for _ in range(40):
        QTest.qWait(5)
        now = _read(part)
        if now and now == said:
            break
        said = now
    return said


def _read(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisibleTo(part))
