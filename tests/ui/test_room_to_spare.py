"""Nothing on any page or sheet is wider than its room, cut off, or over something else; however long a name is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from places_on_screen import WALKS, leave
from room_to_spare import faults, settled
from vigtool.ui import measures
from vigtool.ui.main_window import AT_FIRST, SMALLEST, MainWindow
from vigtool.ui.parts.chip import Chip, State
from vigtool.ui.parts.surface import Scroll
from vigtool.ui.parts.words import ElidedWords, Words
from ways_on_screen import window_of

LARGE = (1920, 1080)
LONG_WORD = "Wolfeschlegelsteinhausenbergerdorff" * 3
TYPES = {"type as it is": 1.0, "type a quarter larger": 1.25}


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[Callable[[bool], None]]:
    """Turns everything from right to left, or back; back in any case once the test is over."""
    to, fro = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
    yield lambda turned: qapp.setLayoutDirection(to if turned else fro)
    qapp.setLayoutDirection(fro)


@pytest.fixture
def window(qtbot: QtBot, type_size: float, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The real window, in a type of that size."""
    as_it_is = measures.font

    def larger(*of: object, **more: object) -> QFont:
        made = as_it_is(*of, **more)  # type: ignore[arg-type]  # whatever a font is asked for by
        made.setPointSizeF(made.pointSizeF() * type_size)
        return made

    monkeypatch.setattr(measures, "font", larger)
    made = window_of()
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


@pytest.mark.parametrize("type_size", TYPES.values(), ids=TYPES)
@pytest.mark.parametrize("walk", WALKS)
def test_everything_has_the_room_it_needs(
    qtbot: QtBot, window: MainWindow, walk: str, mirrored: Callable[[bool], None]
) -> None:
    found: list[str] = []
    for place, way in WALKS[walk].items():
        mirrored(False)
        way(window, qtbot.waitUntil)
        sheet = any(one.isVisible() for one in window.findChildren(QDialog))
        for size in (SMALLEST,) if sheet else (SMALLEST, AT_FIRST, LARGE):
            found += [f"{place} at {size}: {fault}" for fault in _faults_at(window, size)]
        mirrored(True)
        found += [f"{place} from right to left: {fault}" for fault in _faults_at(window, SMALLEST)]
        leave(window)
    assert found == []


def _faults_at(window: MainWindow, size: tuple[int, int]) -> list[str]:
    window.resize(*size)
    settled()
    return faults(window)


# What is looked for is found


@pytest.fixture
def box(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    made.resize(200, 200)
    made.show()
    return made


def shown(box: QWidget, *widgets: QWidget) -> list[str]:
    for widget in widgets:
        layout = box.layout()
        assert layout is not None
        layout.addWidget(widget)
    settled()
    return faults(box)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: _fixed(QLabel("more words than forty pixels hold"), 40), "needs"),
        (lambda: _fixed(_wrapping(LONG_WORD), 100), "a word of it needs"),
        (lambda: _low(_wrapping("word " * 40), 20), "needs a height"),
        (lambda: _low(Words("words"), 6), "needs a height"),
        (lambda: _fixed(ElidedWords("words that are shortened to nothing"), 9), "shortened to nothing"),
        (lambda: _most(QCheckBox("more words than forty pixels hold"), 40), "needs"),
        (lambda: _fixed(Chip("more words than forty pixels hold", State.YES), 40), "needs"),
        (lambda: _page(400), "too wide"),
    ],
)
def test_what_does_not_fit_is_told(box: QWidget, make: Callable[[], QWidget], said: str) -> None:
    assert any(said in one for one in shown(box, make()))


def test_what_sticks_out_and_what_crosses_is_told(box: QWidget) -> None:
    one, other = Words("one"), Words("other")
    assert shown(box, one, other) == []
    one.move(other.pos())
    assert any("cross" in said for said in faults(box))
    one.move(190, 0)
    assert any("sticks out" in said for said in faults(box))


def test_a_word_longer_than_its_line_is_broken_and_still_said_whole(box: QWidget) -> None:
    words = Words(f"signed by {LONG_WORD}", wrap=True)
    assert shown(box, words) == []
    assert words.text() == words.accessibleName() == f"signed by {LONG_WORD}"
    words.setText("short")
    assert (words.text(), words.accessibleName()) == ("short", "")


def _fixed(widget: QWidget, width: int) -> QWidget:
    widget.setFixedWidth(width)
    return widget


def _most(widget: QWidget, width: int) -> QWidget:
    widget.setMinimumWidth(1)
    widget.setMaximumWidth(width)
    return widget


def _low(widget: QWidget, height: int) -> QWidget:
    widget.setFixedHeight(height)
    return widget


def _wrapping(text: str) -> QLabel:
    made = QLabel(text)
    made.setWordWrap(True)
    return made


def _page(width: int) -> Scroll:
    made = Scroll()
    block = QWidget()
    block.setMinimumWidth(width)
    made.body.addWidget(block)
    return made
