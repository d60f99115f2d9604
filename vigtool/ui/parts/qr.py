"""A QR code, painted: black on white in every theme, since that is what cameras read."""

from __future__ import annotations

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from vigtool.ui import measures

QUIET = 4
"""White modules around the code, as ISO/IEC 18004 asks for."""

Modules = tuple[tuple[bool, ...], ...]
"""The rows of a code, dark modules being true, without the white around it."""


def modules(text: str) -> Modules:
    """The code of a text, with the middle level of error correction (15 %)."""
    made = segno.make(text, error="m", micro=False)
    return tuple(tuple(bool(module) for module in line) for line in made.matrix)


def paint(painter: QPainter, box: QRectF, code: Modules) -> None:
    """Paint a code with its white ground into a square box."""
    side = len(code) + 2 * QUIET
    step = min(box.width(), box.height()) / side
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.fillRect(QRectF(box.left(), box.top(), step * side, step * side), Qt.GlobalColor.white)
    for y, line in enumerate(code):
        for x, dark in enumerate(line):
            if dark:
                # Drawn from edge to rounded edge, so that no hair of white stands between two dark modules.
                left, right = (round(box.left() + (x + QUIET + i) * step) for i in (0, 1))
                top, bottom = (round(box.top() + (y + QUIET + i) * step) for i in (0, 1))
                painter.fillRect(left, top, right - left, bottom - top, Qt.GlobalColor.black)
    painter.restore()


class Qr(QWidget):
    """A code of a fixed size."""

    def __init__(self, text: str, side: int, words: str, parent: QWidget | None = None) -> None:
        """Make it.

        Args:
            text: what it says to a camera.
            side: its width and height in pixels; rounded down to whole pixels a module.
            words: its accessible name: what it is, never what it says.
            parent: where it stands.
        """
        super().__init__(parent)
        self._code = modules(text)
        step = max(1, side // (len(self._code) + 2 * QUIET))
        self._side = step * (len(self._code) + 2 * QUIET)
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._side, self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it on white with round corners."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(Qt.GlobalColor.white))
        painter.drawRoundedRect(QRectF(self.rect()), measures.RADIUS_CONTROL, measures.RADIUS_CONTROL)
        paint(painter, QRectF(self.rect()), self._code)
