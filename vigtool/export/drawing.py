"""Text as pictures: every script, right to left, emoji; for captions under a clip and for the title.

The only module outside the window that draws with Qt, and it uses Qt's values and QtGui alone: no window, no screen.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication, QLocale, QLoggingCategory, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPainter,
    QTextLayout,
    QTextOption,
)

Picture = npt.NDArray[np.uint8]

CREAM = "#F3E6CF"
TITLE_GROUND = "#0D0E11"
BAND_GROUND = "#000000"

# Families are tried in this order for each sign; the system fills in what none of them has.
_FAMILIES = [
    "Inter",
    "Segoe UI",
    "SF Pro Text",
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Naskh Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans CJK SC",
    "Noto Color Emoji",
]
_RIGHT_TO_LEFT = {"R", "AL"}
_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_LINE_HEIGHT = 1.38
_LANGUAGE_GAP = 0.3
_MARGIN = 0.3  # above and below, for vowel signs and deep letters of the outer rows
_owned: list[QGuiApplication] = []


@dataclass(frozen=True, slots=True)
class TextLine:
    """Words in one language; a line break in `text` is kept.

    Attributes:
        language: BCP 47 tag, such as "ar"; empty where it is not known.
    """

    text: str
    language: str = ""


def ensure_gui() -> None:
    """Make sure that text can be drawn: without a running window, Qt starts with no screen at all.

    Raises:
        RuntimeError: where Qt was started without pictures; a fault of the program.
    """
    running = QCoreApplication.instance()
    if isinstance(running, QGuiApplication):
        return
    if running is not None:
        message = "Qt runs without its picture part"
        raise RuntimeError(message)
    QLoggingCategory.setFilterRules("qt.text.font.db=false")  # chatter about fonts that cannot do every script
    _owned.append(QGuiApplication(["text", "-platform", "offscreen"]))


def text_picture(
    lines: Sequence[TextLine], width: int, font_px: int, *, colour: str = "#FFFFFF", weight: int = 500
) -> Picture:
    """Draw centred text on a clear ground.

    Args:
        lines: one a language, written below each other; long ones are wrapped.
        width: of the picture; text keeps one letter's height from both sides.
        font_px: height of the letters' square in pixels.
        colour: as "#RRGGBB".
        weight: 400 regular, 500 medium, 600 half bold.

    Returns:
        RGBA, not premultiplied, uint8 of shape (height, width, 4); as high as the text needs (0 for no text).
    """
    font, blocks = _blocks(lines, width, font_px, weight)
    if not blocks:
        return np.zeros((0, width, 4), np.uint8)
    step, gap, margin = _spacing(font_px)
    image = QImage(width, _height(blocks, font_px), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.setPen(QColor(colour))
    metrics = QFontMetricsF(font)
    baseline = margin + (step + metrics.capHeight()) / 2
    for layout in blocks:
        _draw(painter, layout, QPointF((width - layout.lineAt(0).width()) / 2, baseline), step)
        baseline += layout.lineCount() * step + gap
    painter.end()
    return _pixels(image)


def text_height(lines: Sequence[TextLine], width: int, font_px: int, *, weight: int = 500) -> int:
    """How high `text_picture` would be, without drawing it."""
    return _height(_blocks(lines, width, font_px, weight)[1], font_px)


def missing_scripts(text: str) -> tuple[str, ...]:
    """The scripts in `text` for which no installed font has signs, by their plain names, for instance "Tibetan".

    What is missing would be drawn as empty boxes, so whoever makes a copy is told before.
    """
    ensure_gui()
    font = _font(32, 400)
    if not _has_gaps(text, font):
        return ()
    signs = {sign for sign in text if unicodedata.category(sign) not in _INVISIBLE}
    return tuple(sorted({_script(sign) for sign in signs if _has_gaps(sign, font)}))


def _blocks(lines: Sequence[TextLine], width: int, font_px: int, weight: int) -> tuple[QFont, list[QTextLayout]]:
    """The font, and each language's words wrapped to what `width` leaves between its sides."""
    ensure_gui()
    font = _font(font_px, weight)
    inner = max(font_px, width - 2 * _side(font_px))
    return font, [_laid_out(line, font, inner) for line in lines if line.text.strip()]


def _side(font_px: int) -> int:
    """Room kept free left and right."""
    return font_px


def _spacing(font_px: int) -> tuple[int, int, int]:
    """From row to row, more from language to language, and above and below all; in pixels."""
    return round(font_px * _LINE_HEIGHT), round(font_px * _LANGUAGE_GAP), round(font_px * _MARGIN)


def _height(blocks: Sequence[QTextLayout], font_px: int) -> int:
    """Of all blocks below each other; 0 without any."""
    step, gap, margin = _spacing(font_px)
    rows = sum(layout.lineCount() for layout in blocks)
    return 2 * margin + rows * step + gap * (len(blocks) - 1) if blocks else 0


def _font(font_px: int, weight: int) -> QFont:
    """The font for text of that height."""
    font = QFont()
    font.setFamilies(_FAMILIES)
    font.setPixelSize(font_px)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _laid_out(line: TextLine, font: QFont, width: int) -> QTextLayout:
    """One language's words, wrapped within `width` into rows of even length, reading in their own direction."""
    text = "\u2028".join(part.strip() for part in line.text.strip().splitlines())
    layout = QTextLayout(text, font)
    option = QTextOption(Qt.AlignmentFlag.AlignHCenter)
    option.setTextDirection(_direction(line))
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    rows = _wrap(layout, width)
    # The narrowest width that needs no further row: no single word is left alone at the end.
    least, most = width // 2, width
    while rows > 1 and most - least > 4:
        middle = (least + most) // 2
        least, most = (least, middle) if _wrap(layout, middle) == rows else (middle, most)
    _wrap(layout, most)
    return layout


def _wrap(layout: QTextLayout, width: int) -> int:
    """Break a layout into rows of at most `width`; how many there are."""
    layout.beginLayout()
    while (row := layout.createLine()).isValid():
        row.setLineWidth(width)
    layout.endLayout()
    return layout.lineCount()


def _direction(line: TextLine) -> Qt.LayoutDirection:
    """Right to left where the language is and its letters are there; else as the first letter says.

    An Arabic sentence may begin with a Latin name: the language decides then, so that its full stop stands left.
    """
    leftwards = bool(line.language) and QLocale(line.language).textDirection() == Qt.LayoutDirection.RightToLeft
    if leftwards and any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in line.text):
        return Qt.LayoutDirection.RightToLeft
    return Qt.LayoutDirection.LayoutDirectionAuto


def _draw(painter: QPainter, layout: QTextLayout, origin: QPointF, step: int) -> None:
    """Draw the rows of one layout with their base lines `step` apart, the first on `origin`.

    A row's own height depends on the fonts that fill its gaps; base lines on a grid keep the rows even.
    """
    for number in range(layout.lineCount()):
        row = layout.lineAt(number)
        row.draw(painter, QPointF(origin.x(), origin.y() + number * step - row.ascent() - row.y()))


def _pixels(image: QImage) -> Picture:
    """The picture's own copy of its pixels, RGBA and not premultiplied."""
    straight = image.convertToFormat(QImage.Format.Format_RGBA8888)
    # `straight` must outlive the view: the array is copied before it goes.
    rows = np.frombuffer(straight.constBits(), np.uint8).reshape(straight.height(), straight.bytesPerLine())
    return rows[:, : straight.width() * 4].reshape(straight.height(), straight.width(), 4).copy()


def _has_gaps(text: str, font: QFont) -> bool:
    """Whether some sign of `text` has no glyph: number 0 of a font is its empty box."""
    return any(0 in run for run in _glyph_runs(text, font))


def _glyph_runs(text: str, font: QFont) -> Iterator[list[int]]:
    """The glyph numbers of each run of `text` as it would be drawn."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    _wrap(layout, 1_000_000)
    for run in layout.glyphRuns():
        yield list(run.glyphIndexes())


def _script(sign: str) -> str:
    """A plain name for the script of one sign: the first word of its Unicode name."""
    name = unicodedata.name(sign, "")
    return name.split(" ")[0].split("-")[0].capitalize() if name else "unknown"
