"""The parts every room is made of: shown in every light, worked by key, heard by a screen reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFocusFrame, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vigtool.errors import VaultHeld
from vigtool.ui import theme
from vigtool.ui.notices import Notice, words_of
from vigtool.ui.parts.button import Button, IconButton, Kind, PlayButton
from vigtool.ui.parts.chip import Chip, State
from vigtool.ui.parts.dialog import Dialog
from vigtool.ui.parts.empty import EmptyPanel
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.field import Choice, Day, Field, Line, Paper, Passphrase
from vigtool.ui.parts.keys import KeyBadge
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.parts.segments import Segments
from vigtool.ui.parts.sheet import Sheet
from vigtool.ui.parts.slider import Slider
from vigtool.ui.parts.stepper import Stepper
from vigtool.ui.parts.surface import Heading, Panel, Rule, Scroll
from vigtool.ui.parts.toggles import Check, Radio, Switch
from vigtool.ui.parts.words import ElidedWords, TimeWords, Words
from vigtool.ui.reel.sheet_frame import SheetFrame

Show = Callable[[Callable[[], QWidget]], list[QWidget]]


def wrong_field() -> QWidget:
    made = Field("Out", Line("3:11.200"))
    made.set_error("Out is before In.")
    return made


MAKERS: dict[str, Callable[[], QWidget]] = {
    **{f"button {kind.value}": partial(Button, "Go", kind, icon="plus", key="Z") for kind in Kind},
    "icon button": lambda: IconButton("star", "Star"),
    "play": PlayButton,
    "slider": lambda: Slider(8, "Brightness"),
    **{f"chip {state.value}": partial(Chip, "Copy", state) for state in State},
    "words": lambda: Words("You waited.", wrap=True),
    "elided": lambda: ElidedWords("a long name " * 20),
    "time": lambda: TimeWords("00:03:12.480"),
    "empty": lambda: EmptyPanel("No clips", "They go here.", button="Begin", after=("press", "S", "now"), icon="film"),
    "error": lambda: ErrorPanel(words_of(VaultHeld("another program holds it", "close it")), ("Again",)),
    "wrong field": wrong_field,
    "passphrase": Passphrase,
    "paper": lambda: Field("Note", Paper("x")),
    "day": lambda: Field("On", Day()),
    "choice": lambda: Field("How", Choice()),
    "segments": lambda: Segments([(1, "one"), (2, "two")], words="Number"),
    "stepper": lambda: Stepper("In"),
    "toggles": lambda: Switch("Hold"),
    "check": lambda: Check("Page", checked=True),
    "radio": lambda: Radio("Nadia"),
    "key": lambda: KeyBadge("Ctrl"),
    "progress": lambda: ProgressPanel("Sealing", promise="You can go on."),
    "panel": lambda: Panel(kind="caution"),
    "heading": lambda: Heading("Films", "two"),
    "rule": Rule,
    "scroll": Scroll,
    "dialog": lambda: Dialog("New family", sentence="Who is it?"),
}


@pytest.mark.parametrize("name", MAKERS)
def test_shown_in_every_light_without_a_warning(show_everywhere: Show, name: str) -> None:
    show_everywhere(MAKERS[name])


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: Button("Make the copy"), "Make the copy"),
        (lambda: IconButton("star", "Star this"), "Star this"),
        (PlayButton, "Play"),
        (lambda: Chip("Copy", State.WITHDRAWN), "Copy: withdrawn"),
        (lambda: Segments([(1, "one")], words="Speed"), "Speed"),
        (lambda: Switch(words="Hold a still"), "Hold a still"),
        (lambda: KeyBadge("Z"), "key Z"),
        (lambda: ElidedWords("Nadia\nand Mina"), "Nadia and Mina"),
        (lambda: ErrorPanel(Notice("It broke", "All kept.", "Try again.")), "It broke. All kept. Try again."),
    ],
)
def test_a_screen_reader_hears_a_name(qtbot: QtBot, make: Callable[[], QWidget], name: str) -> None:
    widget = make()
    qtbot.addWidget(widget)
    assert widget.accessibleName() == name


def test_segments_are_one_choice_walked_by_arrows(qtbot: QtBot) -> None:
    row = Segments([("a", "one"), ("b", "two"), ("c", "three")], words="Number")
    qtbot.addWidget(row)
    with qtbot.waitExposed(row):
        row.show()
    row.activateWindow()
    heard: list[object] = []
    row.chosen.connect(heard.append)
    values = [row.value]
    row.set_value("b")
    values.append(row.value)
    assert heard == []
    last = row.childAt(QPoint(row.width() - 4, 10))
    assert last is not None
    QTest.mouseClick(last, Qt.MouseButton.LeftButton)
    last.setFocus()
    QTest.keyClick(last, Qt.Key.Key_Left)
    values.append(row.value)
    assert values == ["a", "b", "b"]
    assert heard == ["c", "b"]
    row.set_word("a", "one 12")
    first = row.childAt(QPoint(4, 10))
    assert first is not None
    assert first.accessibleName() == "one 12"


def test_stepper_steps_by_key_and_keeps_what_was_typed_to_its_owner(qtbot: QtBot) -> None:
    stepper = Stepper("In")
    qtbot.addWidget(stepper)
    stepper.set_text("3:12.480")
    steps: list[int] = []
    typed: list[str] = []
    stepper.stepped.connect(steps.append)
    stepper.typed.connect(typed.append)
    QTest.keyClick(stepper, Qt.Key.Key_Up)
    QTest.keyClick(stepper, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert steps == [1, -10]
    stepper.input.setText("4:00")
    QTest.keyClick(stepper, Qt.Key.Key_Escape)
    assert stepper.text == "3:12.480"
    stepper.input.setText("4:00")
    QTest.keyClick(stepper.input, Qt.Key.Key_Return)
    assert typed == ["4:00"]
    stepper.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert stepper.input.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_an_error_stands_beside_its_input_and_is_heard(qtbot: QtBot) -> None:
    field = Field("Out", Line("1"), hint="in seconds")
    qtbot.addWidget(field)
    assert field.error == ""
    assert field.input.accessibleName() == "Out"
    assert field.input.accessibleDescription() == "in seconds"
    field.set_error("Out is before In.")
    assert field.error == "Out is before In."
    assert field.input.accessibleDescription() == "Out is before In."
    field.set_error("")
    assert field.error == ""
    assert field.input.accessibleDescription() == "in seconds"


def test_a_passphrase_is_hidden_until_asked_for(qtbot: QtBot) -> None:
    line = Passphrase()
    qtbot.addWidget(line)
    assert line.echoMode() == QLineEdit.EchoMode.Password
    (eye,) = line.actions()
    eye.trigger()
    assert line.echoMode() == QLineEdit.EchoMode.Normal
    eye.trigger()
    assert line.echoMode() == QLineEdit.EchoMode.Password


def test_a_day_is_a_day(qtbot: QtBot) -> None:
    day = Day(date(2026, 11, 12))
    qtbot.addWidget(day)
    assert day.day == date(2026, 11, 12)
    day.setDate(QDate(2024, 2, 29))
    assert day.day == date(2024, 2, 29)


def test_what_people_type_is_never_markup(qtbot: QtBot) -> None:
    label = ElidedWords("<b>Nadia</b> & <img src='x'> " * 10)
    qtbot.addWidget(label)
    label.setFixedWidth(80)
    label.show()
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.shown().endswith("…")
    document = QTextDocument()
    document.setHtml(label.toolTip())
    assert document.toPlainText().startswith("<b>Nadia</b> & <img")


def test_the_time_label_never_gets_narrower(qtbot: QtBot) -> None:
    label = TimeWords()
    qtbot.addWidget(label)
    label.set_time("00:00:11.111")
    width = label.sizeHint().width()
    label.set_time("00:00:00.000")
    assert label.sizeHint().width() == width  # tabular figures
    label.set_time("1")
    assert label.minimumWidth() == width


def test_progress_can_be_stopped_once(qtbot: QtBot) -> None:
    panel = ProgressPanel("Sealing")
    qtbot.addWidget(panel)
    panel.set_progress(3, 4)
    assert panel.bar.value() == 750
    panel.set_progress(10**15, 10**15)
    assert panel.bar.value() == 1000
    panel.set_progress(0, 0)
    assert panel.bar.maximum() == 0
    with qtbot.waitSignal(panel.cancelled):
        panel.cancel.click()
    assert not panel.cancel.isEnabled()


def test_error_buttons_answer_by_place(qtbot: QtBot) -> None:
    panel = ErrorPanel(Notice("It broke"), ("Again", "Leave it"))
    qtbot.addWidget(panel)
    answers: list[int] = []
    panel.answered.connect(answers.append)
    for button in panel.findChildren(Button):
        button.click()
    assert answers == [0, 1]


def test_a_dialog_dims_the_room_and_escape_leaves_it(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(900, 700)
    theme.dress(room, theme.DARK)
    room.show()
    dialog = Dialog("New family", parent=room)
    assert theme.of(dialog) is theme.DARK
    dialog.open()
    scrims = [child for child in room.children() if type(child).__name__ == "Scrim"]
    assert len(scrims) == 1
    dialog.show_error(Notice("It broke"))
    dialog.show_error(None)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.result() == 0


def test_a_slider_tells_what_the_person_chose_and_nothing_else(qtbot: QtBot) -> None:
    slider = Slider(8, "Brightness")
    qtbot.addWidget(slider)
    slider.resize(128, 28)
    told: list[int] = []
    slider.chosen.connect(told.append)
    slider.show_value(3)
    assert told == []
    QTest.keyClick(slider, Qt.Key.Key_Right)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(126, 14))
    slider.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(126, 14))
    assert told == [4, 8, 0]


def test_of_radios_in_one_place_one_alone_is_chosen(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    line = QVBoxLayout(place)
    radios = [Radio(name) for name in ("Nadia", "Tomas", "Vera")]
    for radio in radios:
        line.addWidget(radio)
    place.show()
    radios[0].click()
    radios[2].click()
    assert [radio.isChecked() for radio in radios] == [False, False, True]
    roles = [QAccessible.queryAccessibleInterface(widget).role() for widget in (radios[0], Check("Page"), Switch("On"))]
    assert roles == [QAccessible.Role.RadioButton, QAccessible.Role.CheckBox, QAccessible.Role.CheckBox]


@pytest.mark.parametrize("make", [lambda room: Dialog("New family", parent=room), SheetFrame])
def test_every_sheet_can_be_covered_by_key_like_the_window_behind(
    qtbot: QtBot, make: Callable[[QWidget], Sheet]
) -> None:
    class Covered(QWidget):
        covers = 0

        def cover_now(self) -> None:
            self.covers += 1

    room = Covered()
    qtbot.addWidget(room)
    room.resize(900, 700)
    theme.dress(room, theme.DARK)
    with qtbot.waitExposed(room):
        room.show()
    sheet = make(room)
    sheet.open()
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)
    QTest.keyClick(sheet, Qt.Key.Key_F8)
    assert room.covers == 1
    sheet.reject()


def ring_of(window: QWidget) -> QWidget | None:
    frames = [frame for frame in window.findChildren(QFocusFrame) if frame.isVisible()]
    return frames[0].widget() if frames else None


def test_the_focus_ring_stands_off_and_follows_the_keyboard(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    theme.dress(window, theme.LIGHT)
    line = QVBoxLayout(window)
    line.setContentsMargins(20, 20, 20, 20)
    first, second, field = Button("One"), Button("Two"), Line()
    for widget in (first, second, field):
        line.addWidget(widget)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: ring_of(window) is first)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: ring_of(window) is second)
    image = window.grab().toImage()
    box = second.geometry()
    ring = image.pixelColor(box.left() - 3, box.center().y())
    gap = image.pixelColor(box.left() - 1, box.center().y())
    assert ring == QColor(theme.LIGHT.accent)
    assert gap != QColor(theme.LIGHT.accent)
    QTest.mousePress(first, Qt.MouseButton.LeftButton)
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.waitUntil(lambda: ring_of(window) is not second)
    QTest.mouseRelease(first, Qt.MouseButton.LeftButton)
    field.setFocus()
    qtbot.waitUntil(lambda: ring_of(window) is field)
