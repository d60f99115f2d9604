"""Draw every part of the window in both themes onto one page: `python tools/gallery.py FOLDER`.

For looking at: beside the design pictures it shows what a change of a token or a part did.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # "does not support propagateSizeHints()"

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from vigtool.ui import measures, style, theme
from vigtool.ui.measures import Type
from vigtool.ui.notices import Notice
from vigtool.ui.parts.button import Button, IconButton, Kind, PlayButton
from vigtool.ui.parts.chip import Chip, State
from vigtool.ui.parts.empty import EmptyPanel
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.field import Choice, Day, Field, Line, Paper, Passphrase
from vigtool.ui.parts.keys import KeyBadge
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.parts.segments import Segments
from vigtool.ui.parts.stepper import Stepper
from vigtool.ui.parts.surface import Rule, column, row
from vigtool.ui.parts.toggles import Check, Radio, Switch
from vigtool.ui.parts.words import ElidedWords, TimeWords, Words


def titled(title: str) -> QHBoxLayout:
    line = row(gap=12)
    line.addWidget(Words(title, weight=measures.SEMIBOLD))
    line.addWidget(Rule(), 1)
    return line


def types(body: QVBoxLayout) -> None:
    body.addLayout(titled("Type"))
    body.addWidget(TimeWords("00:03:12.480", size=Type.HUGE, weight=measures.SEMIBOLD))
    body.addWidget(Words("How can I tell what Mina is asking?", size=Type.TITLE, weight=measures.MEDIUM))
    body.addWidget(Words("F-0007", size=Type.LARGE, weight=measures.SEMIBOLD))
    body.addWidget(Words("You waited. She looked up and smiled."))
    body.addWidget(TimeWords("frame 4 812 of 15 600", size=Type.LEAST))
    long = ElidedWords("A name that is much too long for the room that it was given, in any script")
    long.setFixedWidth(260)
    body.addWidget(long)
    arabic = ElidedWords("اسم طويل جداً لا يتسع له المكان المعطى في هذا السطر القصير")
    arabic.setFixedWidth(260)
    body.addWidget(arabic)


def buttons(body: QVBoxLayout) -> None:
    body.addLayout(titled("Buttons and focus"))
    line = row(gap=12)
    off = Button("Not yet")
    off.setEnabled(False)
    for button in (
        Button("Make the copy", Kind.PRIMARY, icon="heart"),
        Button("Open reel"),
        Button("Link", Kind.QUIET, icon="link"),
        Button("Withdraw consent", Kind.DANGER),
        off,
    ):
        line.addWidget(button)
    line.addStretch(1)
    body.addLayout(line)
    line = row(gap=12)
    loop = Button("Loop 10.2 s", icon="loop", height=measures.BUTTON_TOOL)
    loop.setCheckable(True)
    loop.setChecked(True)
    speeds = Segments([(1, "0.25×"), (2, "0.5×"), (3, "1×")], words="Speed")
    speeds.set_value(2)
    for widget in (IconButton("step-back", "One frame back"), PlayButton(), IconButton("step-forward", "On"), speeds):
        line.addWidget(widget)
    for extra in (
        loop,
        Button("Link", Kind.QUIET, icon="link", key="C", height=28),
        Button("Film", Kind.LINK, icon="plus", height=28),
        KeyBadge("Ctrl"),
        KeyBadge("Z"),
    ):
        line.addWidget(extra)
    line.addStretch(1)
    body.addLayout(line)


def chips(body: QVBoxLayout) -> None:
    body.addLayout(titled("Chips: a sign and a word"))
    line = row(gap=8)
    for text, state in (
        ("Copy: yes", State.YES),
        ("Training: no", State.NO),
        ("Research: not asked yet", State.UNASKED),
        ("Photos: withdrawn", State.WITHDRAWN),
    ):
        line.addWidget(Chip(text, state))
    line.addStretch(1)
    body.addLayout(line)
    line = row(gap=8)
    for text, state in (
        ("2 due", State.DUE),
        ("open", State.OPEN),
        ("agreed", State.AGREED),
        ("done", State.DONE),
        ("Three or four clips are easiest to take in.", State.NOTE),
    ):
        line.addWidget(Chip(text, state))
    line.addStretch(1)
    body.addLayout(line)


def inputs(body: QVBoxLayout) -> None:
    body.addLayout(titled("Inputs, and an error beside its thing"))
    line = row(gap=12)
    wrong = Field("Out", Line("3:11.200"))
    wrong.set_error("Out is before In (3:12.480). Move it later; In is kept.")
    focused = Field("Caption, focus", Line("She reached."))
    focused.input.setObjectName("focused")
    for field in (Field("Caption", Line("She reached.")), focused, wrong):
        line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    body.addLayout(line)
    line = row(gap=12)
    choice = Choice()
    choice.addItems(["in person", "by post"])
    step = Stepper("In")
    step.set_text("3:12.480")
    search = Line(placeholder="Code, name or place", icon="search", key="Ctrl F")
    for other in (Field("How", choice), Field("In", step), Field("Find", search), Field("On", Day())):
        line.addWidget(other, 1, Qt.AlignmentFlag.AlignTop)
    body.addLayout(line)
    line = row(gap=12)
    secret = Passphrase()
    secret.setText("six words")
    line.addWidget(Field("Passphrase", secret, hint="Fifteen signs at least."), 1, Qt.AlignmentFlag.AlignTop)
    line.addWidget(Field("Note", Paper("You waited.\nShe looked up.")), 1)
    body.addLayout(line)
    line = row(gap=20)
    radio, switch = Radio("Nadia"), Switch("Hold a still")
    radio.setChecked(True)
    switch.setChecked(True)
    tomas = Radio("Tomas")
    tomas.setAutoExclusive(False)
    for widget in (Check("Booklet", checked=True), Check("Page"), radio, tomas, switch, Switch("Cover")):
        line.addWidget(widget)
    line.addStretch(1)
    body.addLayout(line)


def panels(body: QVBoxLayout) -> None:
    body.addLayout(titled("Nothing here yet"))
    body.addWidget(
        EmptyPanel(
            "No clips yet",
            "A reel is made of starred marks. Three or four are plenty.",
            button="Look at the film",
            after=("and press", "S", "on a mark"),
        )
    )
    body.addLayout(titled("Something went wrong"))
    notice = Notice(
        "The stick was taken out before the copy was whole",
        "Kept: the reel, its captions and the receipt draft. The half copy cannot be opened.",
    )
    body.addWidget(ErrorPanel(notice, ("Put it in and go on", "Choose another place")))
    body.addLayout(titled("Work that takes a while"))
    work = ProgressPanel(
        "Making the film for Nadia’s phone", promise="You can go on working. If you cancel, nothing is left behind."
    )
    work.set_detail("clip 3 of 4 · about 20 seconds left")
    work.set_progress(62, 100)
    body.addWidget(work)


SECTIONS: list[Callable[[QVBoxLayout], None]] = [types, buttons, chips, inputs, panels]


def page(colours: theme.Colours) -> QWidget:
    made = QWidget()
    made.setObjectName("page")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    body = column(made, gap=16, margins=(32, 32, 32, 32))
    body.addWidget(Words(colours.name.capitalize(), size=Type.HUGE, weight=measures.SEMIBOLD))
    for section in SECTIONS:
        section(body)
    body.addStretch(1)
    theme.dress(made, colours)
    made.setFixedWidth(720)
    return made


def draw(folder: Path, direction: Qt.LayoutDirection) -> Path:
    pages = []
    for colours in (theme.LIGHT, theme.DARK):
        made = page(colours)
        made.setLayoutDirection(direction)
        made.show()
        made.activateWindow()
        QApplication.processEvents()
        found = made.findChild(QWidget, "focused")
        assert isinstance(found, QWidget)
        found.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        pages.append(made.grab())
    sheet = QPixmap(sum(p.width() for p in pages), max(p.height() for p in pages))
    painter = QPainter(sheet)
    at = 0
    for shown in pages:
        painter.drawPixmap(QPoint(at, 0), shown)
        at += shown.width()
    painter.end()
    name = "gallery-rtl.png" if direction == Qt.LayoutDirection.RightToLeft else "gallery.png"
    sheet.save(str(folder / name))
    return folder / name


def main() -> None:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    style.install(app)
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        print(draw(folder, direction))


if __name__ == "__main__":
    main()
