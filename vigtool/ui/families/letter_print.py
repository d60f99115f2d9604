"""A letter on paper. Printing hands it to the system's queue, which keeps it for a while, out of our reach."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

_SIDE_MM, _POINTS = 25.0, 11.0


def print_on(printer: QPrinter, letter: str) -> bool:
    """Print a letter, on as many pages as it needs; whether the printer took it."""
    printer.setDocName(" ")  # the name that stands in the queue
    printer.setPageMargins(QMarginsF(_SIDE_MM, _SIDE_MM, _SIDE_MM, _SIDE_MM), QPageLayout.Unit.Millimeter)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    font = QFont(painter.font())
    font.setPointSizeF(_POINTS)
    painter.setFont(font)
    room = QRectF(0, 0, painter.viewport().width(), painter.viewport().height())
    flags = int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
    metrics, top = QFontMetricsF(font, printer), 0.0
    for paragraph in letter.splitlines():
        needed = metrics.boundingRect(room, flags, paragraph or " ").height()
        if top + needed > room.height() and top > 0:
            printer.newPage()
            top = 0.0
        painter.drawText(QRectF(0, top, room.width(), needed), flags, paragraph)
        top += needed
    failed = (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error)
    return painter.end() and printer.printerState() not in failed
