"""Draw timeline, list of marks and code buttons as in the design picture: `python tools/gallery_timeline.py FOLDER`."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from vigtool.annotate.mark import Lane, Mark
from vigtool.annotate.mark_set import Marks
from vigtool.annotate.scheme_file import built_in
from vigtool.sample.scene import draw_picture
from vigtool.timebase import Span
from vigtool.ui import style, theme
from vigtool.ui.marks.code_panel import CodePanel
from vigtool.ui.marks.panel import MarksPanel
from vigtool.ui.parts.surface import Panel, Rule, column, row
from vigtool.ui.timeline.model import TimelineModel
from vigtool.ui.timeline.overview import Overview
from vigtool.ui.timeline.timeline import Timeline

BASE = Fraction(1, 90000)
LABELS = {
    "a": "looks at you", "b": "waits", "c": "coos", "d": "copies the sound", "e": "reaches out", "f": "offers spoon",
    "g": "short turns, both get some", "h": "smiles, laughs", "i": "smiles back", "j": "shared fun",
}  # fmt: skip
ROWS = [
    (185.2, 188.3, Lane.BABY, "a", False, True), (188.8, 191.7, Lane.PARENT, "b", True, True),
    (192.48, 194.0, Lane.BABY, "c", False, True), (194.5, 197.9, Lane.PARENT, "d", True, True),
    (198.6, 201.2, Lane.BABY, "e", False, True), (201.7, 204.5, Lane.PARENT, "f", False, True),
    (198.4, 204.4, Lane.TOGETHER, "g", False, False), (205.0, 208.6, Lane.BABY, "h", False, True),
    (207.0, 211.4, Lane.PARENT, "i", False, True), (205.6, 211.0, Lane.TOGETHER, "j", True, False),
    (183.0, 186.4, Lane.NOTES, None, False, False), (190.0, 190.0, Lane.BABY, "a", False, False),
    (192.0, 192.0, Lane.PARENT, "b", True, False), (186.0, 186.0, Lane.TOGETHER, "g", False, False),
    (200.0, 200.0, Lane.NOTES, None, False, False), (209.5, 210.9, Lane.BABY, "c", False, True),
    (210.3, 211.5, Lane.BABY, "e", False, True),
]  # fmt: skip


@dataclass(frozen=True)
class EvenFrames:
    """Frames of one length, 25 a second."""

    frames: int
    time_base: Fraction = BASE

    @property
    def end(self) -> int:
        return self.frames * 3600

    def pts(self, number: int) -> int:
        return number * 3600

    def number_at(self, tick: int) -> int:
        return tick // 3600

    def span(self, first: int, last: int) -> Span:
        return Span(first * 3600, (last + 1) * 3600)


def model() -> TimelineModel:
    marks = []
    for number, (start, end, lane, code, star, chained) in enumerate(ROWS):
        marks.append(
            Mark(
                id=f"{number:032x}",
                layer="l",
                film="f",
                span=Span(round(start * 90000), round(end * 90000)),
                lane=lane,
                code=code,
                note="kettle on, noisy" if code is None else "",
                star=star,
                chain="c" if chained else None,
            )
        )
    return TimelineModel(
        start=0,
        index=EvenFrames(15600),
        marks=Marks(marks),
        labels=LABELS,
        chosen=marks[2].id,
        points=(round(187.2 * 90000), round(197.4 * 90000)),
    )


def panel(colours: theme.Colours) -> QWidget:
    shown = model()
    made = Panel(padding=0, gap=0)
    timeline = Timeline(shown)
    overview = Overview(shown, timeline.scale)
    timeline.scale_changed.connect(overview.set_scale)
    head = row(gap=8, margins=(112, 6, 12, 6))
    head.addWidget(overview)
    head.addStretch(1)
    made.body.addLayout(head)
    made.body.addWidget(timeline)
    theme.dress(made, colours)
    made.setFixedWidth(1320)
    made.show()

    def give(frames: list[int]) -> None:
        for frame in frames:
            picture = np.ascontiguousarray(draw_picture(frame / 25 % 60, (160, 90)))
            image = QImage(picture.data, 160, 90, 480, QImage.Format.Format_RGB888)
            timeline.give_picture(frame, image.copy())

    timeline.pictures_wanted.connect(give)
    rng = np.random.default_rng(3)
    timeline.set_sound((np.abs(np.sin(np.arange(62400) / 300)) * rng.random(62400)).astype(np.float32), (0, shown.end))
    timeline.set_scale(timeline.scale.showing_seconds(Fraction(30), 197 * 90000))
    timeline.set_playhead(round(192.48 * 90000))
    overview.set_playhead(timeline.tick)
    QApplication.processEvents()
    return made


def marks_panel(colours: theme.Colours, digit: int, width: int) -> QWidget:
    made = Panel(padding=0, gap=8)
    codes = CodePanel(built_in())
    codes.set_group(digit)
    codes.set_active({"b.voice", "rec.echo", "tog.fun"})
    head = column(margins=(12, 12, 12, 4))
    head.addWidget(codes)
    made.body.addLayout(head)
    made.body.addWidget(Rule())
    marks = MarksPanel(model())
    marks.set_model(model())
    made.body.addWidget(marks, 1)
    theme.dress(made, colours)
    made.setFixedSize(width, 560)
    made.show()
    QApplication.processEvents()
    return made


def draw_marks(folder: Path) -> None:
    shown = [(theme.DARK, 0, 484), (theme.LIGHT, 3, 484), (theme.DARK, 4, 380)]
    pictures = [marks_panel(colours, digit, width).grab() for colours, digit, width in shown]
    sheet = QPixmap(sum(picture.width() + 20 for picture in pictures) + 20, 600)
    sheet.fill(Qt.GlobalColor.gray)
    painter = QPainter(sheet)
    left = 20
    for picture in pictures:
        painter.drawPixmap(QPoint(left, 20), picture)
        left += picture.width() + 20
    painter.end()
    sheet.save(str(folder / "marks.png"))


def main() -> None:
    app = QApplication([])
    style.install(app)
    pictures = [panel(colours).grab() for colours in (theme.DARK, theme.LIGHT)]
    sheet = QPixmap(pictures[0].width() + 40, sum(picture.height() + 20 for picture in pictures) + 20)
    sheet.fill(Qt.GlobalColor.gray)
    painter = QPainter(sheet)
    top = 20
    for picture in pictures:
        painter.drawPixmap(QPoint(20, top), picture)
        top += picture.height() + 20
    painter.end()
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    sheet.save(str(folder / "timeline.png"))
    draw_marks(folder)


if __name__ == "__main__":
    main()
