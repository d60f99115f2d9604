"""A timeline on the screen, worked with a pointer as a person would."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from vigtool.ui.timeline.board import LABELS as LEFT
from vigtool.ui.timeline.timeline import Timeline

WIDTH = LEFT + 1000
FIRST, SECOND, THIRD, MOMENT, SHARED, NOTE = (f"{n:032x}" for n in range(1, 7))
"""The ids of `marks_in_memory.some_marks`."""


def at(timeline: Timeline, mark_id: str, part: float = 0.5) -> QPoint:
    """A place on a mark: 0 at its left edge, 1 at its right one."""
    placed = timeline.board.placed(mark_id)
    assert placed is not None
    return QPoint(LEFT + round(placed.box.left() + part * placed.box.width()), round(placed.box.center().y()))


def drag(timeline: Timeline, start: QPoint, end: QPoint) -> None:
    """Press, and draw half the way, then the whole; the button stays down."""
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(timeline, (start + end) / 2)
    QTest.mouseMove(timeline, end)


def wheel(
    timeline: Timeline,
    x: float,
    angle: QPoint,
    pixels: QPoint | None = None,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Turn a wheel by eighths of a degree; a touch pad tells pixels too."""
    place = QPointF(x, 60)
    event = QWheelEvent(
        place, place, pixels or QPoint(), angle, Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(timeline, event)


def plain(colour: str) -> QImage:
    """A picture of one colour, of the usual shape."""
    image = QImage(160, 90, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image
