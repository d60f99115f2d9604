"""The list of marks and the scheme as buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from marks_in_memory import EvenFrames, mark, model_of, some_marks
from vigtool.annotate.mark import Lane
from vigtool.annotate.mark_set import Marks
from vigtool.annotate.scheme_file import built_in
from vigtool.ui.marks.code_panel import CodeButton, CodePanel, GroupButton
from vigtool.ui.marks.list_model import MARK, Column, MarksFilter, MarksModel
from vigtool.ui.marks.panel import MarksPanel

Show = Callable[[Callable[[], QWidget]], list[QWidget]]
FIRST, SECOND, THIRD, MOMENT, SHARED, NOTE = (f"{n:032x}" for n in range(1, 7))


@pytest.fixture
def panel(qtbot: QtBot) -> MarksPanel:
    made = MarksPanel(model_of(some_marks()))
    qtbot.addWidget(made)
    made.resize(480, 400)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def texts(model: QAbstractItemModel, column: Column) -> list[str]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_the_table_is_a_sound_model_and_reads_in_order_of_time(qapp: object) -> None:
    source = MarksModel(model_of(some_marks()))
    rows = MarksFilter(source)
    checks = [
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal) for model in (source, rows)
    ]
    assert texts(source, Column.TIME) == [
        "00:00.200", "00:00.400", "00:01.400", "00:01.600", "00:02.480", "00:03.600"
    ]  # fmt: skip
    assert texts(source, Column.WORD) == ["a note", "coos", "waits", "shared fun", "coos", "coos"]
    assert texts(source, Column.NOTE)[0] == "kettle on, noisy"
    assert texts(source, Column.NOTE)[1] == "first in a chain of 3"
    said = source.index(1, Column.TIME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Baby, coos, 0:00.400, first in a chain of 3"
    assert source.index(1, Column.STAR).data(Qt.ItemDataRole.AccessibleTextRole) == "not starred"
    del checks


def test_the_filter_takes_star_lane_and_words_together(qapp: object) -> None:
    marks = Marks([*some_marks().ordered, mark(7, 130, note="Émile lächelt", star=True)])
    source = MarksModel(model_of(marks))
    rows = MarksFilter(source)
    rows.set_text("emile LACHELT")
    assert [rows.index(row, 0).data(MARK).id for row in range(rows.rowCount())] == [f"{7:032x}"]
    rows.set_text("chain coos")
    assert rows.rowCount() == 2
    rows.set_text("")
    rows.set_starred(True)
    assert rows.rowCount() == 2
    rows.set_lane(Lane.PARENT)
    assert [rows.index(0, 0).data(MARK).id] == [SECOND]
    rows.set_starred(False)
    rows.set_lane(Lane.NOTES)
    assert rows.rowCount() == 1


def test_a_change_of_values_keeps_rows_a_change_of_marks_makes_them_anew(qtbot: QtBot) -> None:
    source = MarksModel(model_of(some_marks()))
    starred = Marks(replace(found, star=True) for found in some_marks().ordered)
    with qtbot.assertNotEmitted(source.modelReset), qtbot.waitSignal(source.dataChanged):
        source.set_model(model_of(starred))
    with qtbot.waitSignal(source.modelReset):
        source.set_model(model_of(Marks()))
    assert source.rowCount() == 0


def test_arrows_walk_enter_opens_and_a_star_is_about_itself(qtbot: QtBot, panel: MarksPanel) -> None:
    told: list[tuple[str, str]] = []
    panel.view.mark_chosen.connect(lambda found: told.append(("chosen", found)))
    panel.view.mark_opened.connect(lambda found: told.append(("opened", found)))
    panel.view.star_wanted.connect(lambda found: told.append(("star", found)))
    panel.set_model(model_of(some_marks(), chosen=FIRST))
    assert told == [], "what comes from the model is not told back"
    panel.view.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    star = QPoint(panel.view.columnViewportPosition(Column.STAR) + 15, 32 * 4 + 16)
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=star)
    assert told == [("chosen", SECOND), ("opened", SECOND), ("star", THIRD)]
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(150, 32 * 5 + 10))
    QTest.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(150, 32 * 5 + 10))
    assert told[-2:] == [("chosen", MOMENT), ("opened", MOMENT)]


def test_finding_and_leaving(qtbot: QtBot, panel: MarksPanel) -> None:
    panel.open_search()
    qtbot.waitUntil(panel.search.hasFocus)
    QTest.keyClicks(panel.search, "wai")
    assert panel.view.model().rowCount() == 1
    assert panel.heading.beside.text() == "1 of 6"
    QTest.keyClicks(panel.search, "zzz")
    assert not panel.view.isVisible()
    assert panel.nothing.text() == "No mark is like that."
    with qtbot.waitSignal(panel.left):
        QTest.keyClick(panel.search, Qt.Key.Key_Escape)
    assert panel.view.model().rowCount() == 6
    panel.starred.click()
    assert panel.view.model().rowCount() == 1
    menu = panel.whose.menu()
    assert menu is not None
    menu.actions()[1].trigger()
    assert panel.whose.accessibleName() == "Baby"
    assert panel.heading.beside.text() == "0 of 6"


def test_an_empty_film_says_how_to_begin(qtbot: QtBot, show_everywhere: Show) -> None:
    for shown in show_everywhere(lambda: MarksPanel(model_of(Marks()))):
        assert isinstance(shown, MarksPanel)
        assert shown.nothing.text().startswith("No marks yet.")
    show_everywhere(lambda: MarksPanel(replace(model_of(some_marks()), chosen=FIRST)))


# the scheme as buttons


def codes(panel: CodePanel) -> list[CodeButton]:
    QTest.qWait(1)  # what is put into a layout is shown by the event loop
    return [button for button in panel.findChildren(CodeButton) if not button.isHidden()]


def test_groups_open_their_codes(qtbot: QtBot, show_everywhere: Show) -> None:
    show_everywhere(lambda: CodePanel(built_in()))
    panel = CodePanel(built_in())
    qtbot.addWidget(panel)
    panel.show()
    opened: list[int] = []
    wanted: list[str] = []
    panel.group_chosen.connect(opened.append)
    panel.code_wanted.connect(wanted.append)
    assert [button.code.group for button in codes(panel)] == ["b"] * 9
    panel.set_group(3)
    panel.set_group(77)
    assert opened == []
    assert {button.code.group for button in codes(panel)} == {"rec"}
    group = next(button for button in panel.findChildren(GroupButton) if button.codes_of.digit == 4)
    QTest.mouseClick(group, Qt.MouseButton.LeftButton)
    assert opened == [4]
    shown = codes(panel)
    QTest.mouseClick(shown[0], Qt.MouseButton.LeftButton)
    assert wanted == [shown[0].code.id]
    assert shown[0].accessibleName() == f"{shown[0].code.label}, key {shown[0].code.letter}"
    panel.set_active({shown[1].code.id})
    assert [button.is_active for button in shown[:3]] == [False, True, False]
    panel.set_group(4)
    assert [button.is_active for button in codes(panel)[:3]] == [False, True, False], "it stays active when shown anew"


def test_every_key_of_the_scheme_stands_on_a_button(qtbot: QtBot) -> None:
    scheme = built_in()
    panel = CodePanel(scheme)
    qtbot.addWidget(panel)
    panel.show()
    for group in scheme.groups:
        panel.set_group(group.digit)
        assert [button.code.letter for button in codes(panel)] == [code.letter for code in group.codes]


@pytest.mark.parametrize("width", [320, 400, 460, 640])
def test_words_stay_whole_where_there_is_room(qtbot: QtBot, width: int) -> None:
    panel = CodePanel(built_in())
    qtbot.addWidget(panel)
    panel.resize(width, 400)
    panel.show()
    qtbot.wait(1)
    for button in panel.findChildren(QPushButton):
        if button.isVisible() and width in (400, 460, 640):
            assert button.width() >= button.sizeHint().width() - 1, button.text()
    assert panel.width() >= 300


def test_the_even_frames_of_these_tests_are_frames() -> None:
    frames = EvenFrames(3)
    assert [frames.number_at(frames.pts(n)) for n in range(3)] == [0, 1, 2]
