"""The recovery sheet as a printed page: what it is for, the 24 words, the same as a QR code, and room to write.

The page names no person, no family and no folder. Printing hands it to the system's queue, which keeps it for a
while and is out of the program's reach; the sheet on the screen says so before.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPainter, QPen
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from vigtool.ui.parts import qr
from vigtool.ui.printing import ask_printer
from vigtool.ui.vault.recovery_words import COLUMNS, ROWS

_SIDE_MM, _WIDE_MM = 20, 170
"""Margin and width of what is printed, on A4 as on US Letter."""


def paint_page(painter: QPainter, words: str, on: date, *, organisation: bool, to_mm: float) -> None:
    """Paint the page; the painter's origin is the corner of the printable room.

    Args:
        painter: paints onto paper.
        words: the 24 words.
        on: when it was made.
        organisation: whether it is the organisation's and not one person's.
        to_mm: units of the painter in a millimetre.
    """
    say = QCoreApplication.translate
    title = say("RecoveryPaper", "Recovery key of the organisation") if organisation else ""
    title = title or say("RecoveryPaper", "Recovery key")
    mm = to_mm
    _write(painter, (0, 0, _WIDE_MM * mm, 12 * mm), title, 20, bold=True)
    _write(painter, (0, 13 * mm, _WIDE_MM * mm, 20 * mm), _told(organisation=organisation), 10.5)
    day = QLocale().toString(QDate(on.year, on.month, on.day), QLocale.FormatType.LongFormat)
    _write(painter, (0, 34 * mm, _WIDE_MM * mm, 7 * mm), say("RecoveryPaper", "Made on {0}").format(day), 10.5)
    painter.setPen(QPen(Qt.GlobalColor.black, 0.3 * mm))
    painter.drawRect(QRectF(0, 46 * mm, _WIDE_MM * mm, 68 * mm))
    wide, line = (_WIDE_MM - 8) * mm / COLUMNS, 10 * mm
    for place, word in enumerate(words.split()):
        x, y = 4 * mm + (place // ROWS) * wide, 50 * mm + (place % ROWS) * line
        _write(painter, (x, y, 9 * mm, line), str(place + 1), 9, side=Qt.AlignmentFlag.AlignRight)
        _write(painter, (x + 11 * mm, y, wide - 11 * mm, line), word, 13, bold=True)
    qr.paint(painter, QRectF(0, 120 * mm, 52 * mm, 52 * mm), qr.modules(words.upper()))
    beside = say("RecoveryPaper", "The same words for a camera. Photograph it only with a device that is yours.")
    _write(painter, (58 * mm, 124 * mm, 108 * mm, 14 * mm), beside, 9)
    for place, label in enumerate((say("RecoveryPaper", "Whose vault"), say("RecoveryPaper", "Where it lies"))):
        top = (146 + place * 14) * mm
        painter.drawLine(int(58 * mm), int(top + 8 * mm), int(_WIDE_MM * mm), int(top + 8 * mm))
        _write(painter, (58 * mm, top + 8.5 * mm, 100 * mm, 5 * mm), label, 8)


def _told(*, organisation: bool) -> str:
    say = QCoreApplication.translate
    if organisation:
        return say(
            "RecoveryPaper",
            "With these 24 words and the vault a family can be given to a colleague, when somebody is ill or has left. "
            "They open no family by themselves. Keep this sheet in the organisation's safe, in a sealed envelope.",
        )
    return say(
        "RecoveryPaper",
        "These 24 words open the vault where the passphrase is lost. Whoever has this sheet and the vault can read "
        "everything in it. Keep it apart from the computer, where nobody else looks: in a safe, in a sealed envelope.",
    )


def _write(
    painter: QPainter,
    box: tuple[float, float, float, float],
    text: str,
    points: float,
    *,
    bold: bool = False,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    font = QFont(painter.font())
    font.setPointSizeF(points)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.black)
    upright = Qt.AlignmentFlag.AlignVCenter if box[3] < box[2] / 8 else Qt.AlignmentFlag.AlignTop
    painter.drawText(QRectF(*box), int(side | upright | Qt.TextFlag.TextWordWrap), text)


def print_on(printer: QPrinter, words: str, on: date, *, organisation: bool) -> bool:
    """Print the page; whether the printer took it."""
    printer.setDocName(" ")  # the name that stands in the queue
    printer.setPageMargins(QMarginsF(_SIDE_MM, _SIDE_MM, _SIDE_MM, _SIDE_MM), QPageLayout.Unit.Millimeter)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    paint_page(painter, words, on, organisation=organisation, to_mm=printer.resolution() / 25.4)
    return painter.end()


def ask_and_print(parent: QWidget, words: str, on: date, *, organisation: bool) -> None:
    """Ask which printer, and print; see `ui.printing`."""
    ask_printer(parent, lambda printer: print_on(printer, words, on, organisation=organisation))
