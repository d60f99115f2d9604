"""The program's own line icons: one colour, 24 px box, 1.75 stroke, tinted by the token they are asked in.

Each lies in `resources/icons` as `NAME.svg`, drawn in black; the tint replaces the colour and keeps the shape. In a
right-to-left window those that point along the reading direction are mirrored; those that point along time (play,
step, skip, forward, back) are not.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from vigtool import resources

MIRRORED = frozenset({"chevron-left", "chevron-right", "undo", "redo"})
"""Those that follow the reading direction."""


@lru_cache(maxsize=128)
def _renderer(name: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(resources.read_bytes("icons", f"{name}.svg")))


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0, *, mirrored: bool = False) -> QPixmap:
    """The icon as a picture.

    Args:
        name: the file's name without its ending.
        colour: a token's value, #RRGGBB.
        size: side in pixels, before `ratio`.
        ratio: pixels of the screen for one of ours.
        mirrored: whether left and right change places.

    Raises:
        FileNotFoundError: where there is no such icon.
    """
    made = QPixmap(QSize(size, size) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if mirrored:
        painter.translate(size, 0)
        painter.scale(-1, 1)
    _renderer(name).render(painter, QRectF(0, 0, size, size))
    painter.resetTransform()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(QRectF(0, 0, size, size), QColor(colour))
    painter.end()
    return made


def paint(
    painter: QPainter,
    name: str,
    colour: str,
    centre: tuple[float, float],
    size: int,
    direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
) -> None:
    """Paint an icon around `centre` (x, y), mirrored where it follows the reading direction and that is reversed."""
    ratio = painter.device().devicePixelRatio()
    mirrored = direction == Qt.LayoutDirection.RightToLeft and name in MIRRORED
    picture = pixmap(name, colour, size, ratio, mirrored=mirrored)
    painter.drawPixmap(round(centre[0] - size / 2), round(centre[1] - size / 2), picture)


def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """The icon for Qt's own parts, such as menus."""
    return QIcon(pixmap(name, colour, size, 2.0))
