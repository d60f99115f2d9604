"""Whether what lies in a window fits into the room it has: nothing too wide, nothing cut off, nothing over another."""

from __future__ import annotations

import math
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QDialog,
    QFocusFrame,
    QLabel,
    QLayout,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from vigtool.ui.parts.chip import Chip
from vigtool.ui.parts.segments import Segments
from vigtool.ui.parts.words import ElidedWords

_CROSSING = 2
"""Pixels by which two things may cross: a line is drawn over the edge of its neighbour."""


def settled() -> None:
    """Let every layout settle: one that does asks the one above it again."""
    for _ in range(10):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QCoreApplication.processEvents()


def too_wide(page: QScrollArea) -> int:
    """How many pixels the content of a page asks for beyond the width of its room, every layout being settled."""
    inner = page.widget()
    assert inner is not None
    settled()
    return _beyond(page, inner)


def _beyond(page: QScrollArea, inner: QWidget) -> int:
    return max(0, inner.minimumSizeHint().width() - page.viewport().width(), inner.width() - page.viewport().width())


def faults(window: QWidget) -> list[str]:
    """What does not fit in the sheets that are open, or else in the window, one line each; layouts being settled."""
    return list(_faults(window))


def _faults(window: QWidget) -> Iterator[str]:
    sheets = [sheet for sheet in window.findChildren(QDialog) if sheet.isVisible()]
    for sheet in sheets:
        yield from _sheet_faults(sheet, window)
    roots: list[QWidget] = [*sheets] or [window]
    for widget in [one for root in roots for one in (root, *root.findChildren(QWidget))]:
        if not widget.isVisible() or isinstance(widget, QFocusFrame):
            continue
        if isinstance(widget, QScrollArea):
            yield from _page_faults(widget)
        if isinstance(widget, QLabel):
            yield from _label_faults(widget)
        elif isinstance(widget, QAbstractButton):
            yield from _button_faults(widget)
        elif isinstance(widget, Chip | Segments):
            yield from _painted_faults(widget)
        yield from _outside(widget)
        yield from _crossing(widget)


_NEVER = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def _page_faults(page: QScrollArea) -> Iterator[str]:
    inner = page.widget()
    if inner is not None and page.horizontalScrollBarPolicy() == _NEVER and _beyond(page, inner):
        yield f"{_said(page)} is {_beyond(page, inner)} px too wide"


def _sheet_faults(sheet: QDialog, window: QWidget) -> Iterator[str]:
    layout = sheet.layout()
    if layout is not None:
        wide, high = layout.totalMinimumSize().width(), layout.totalMinimumHeightForWidth(sheet.width())
        if wide > sheet.width():
            yield f"{_said(sheet)} needs {wide} px of width and has {sheet.width()}"
        if high > sheet.height():
            yield f"{_said(sheet)} needs {high} px of height and has {sheet.height()}"
    if sheet.width() > window.width() or sheet.height() > window.height():
        yield f"{_said(sheet)} of {sheet.width()} by {sheet.height()} is larger than the window"


def _label_faults(label: QLabel) -> Iterator[str]:
    text = label.text()
    if not text or not label.pixmap().isNull():
        return
    measure, room = QFontMetrics(label.font()), label.contentsRect()
    if isinstance(label, ElidedWords):
        if room.width() < min(measure.horizontalAdvance(text), measure.averageCharWidth() * 4):
            yield f"{_said(label)} is shortened to nothing: {room.width()} px"
    elif label.wordWrap():
        wide, high = _wrapped(QLabel.text(label), label.font(), room.width())
        if wide > room.width() + 1:
            yield f"{_said(label)}: a word of it needs {wide} px and has {room.width()}"
        if high > room.height() + 1:
            yield f"{_said(label)} needs a height of {high} and has {room.height()}"
        return
    else:
        wide = max(measure.horizontalAdvance(line) for line in text.split("\n"))
        if wide > room.width() + 1:
            yield f"{_said(label)} needs {wide} px and has {room.width()}"
    if measure.height() > room.height() + 1:
        yield f"{_said(label)} needs a height of {measure.height()} and has {room.height()}"


def _wrapped(text: str, font: QFont, width: int) -> tuple[int, int]:
    """How wide and high a text is in lines of a width, broken where a label breaks it."""
    wide = high = 0.0
    for paragraph in text.split("\n"):
        layout = QTextLayout(paragraph, font)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            wide, high = max(wide, line.naturalTextWidth()), high + line.height()
        layout.endLayout()
    return math.ceil(wide), math.ceil(high)


def _button_faults(button: QAbstractButton) -> Iterator[str]:
    """A button smaller than it may be. One of a fixed size paints its words as it can, one in a field is Qt's."""
    if button.minimumSize() == button.maximumSize() or isinstance(button.parentWidget(), QLineEdit):
        return
    wide = button.minimumSizeHint().width()
    high = button.heightForWidth(button.width()) if button.hasHeightForWidth() else button.minimumSizeHint().height()
    if button.width() < wide:
        yield f"{_said(button)} needs {wide} px and has {button.width()}"
    if button.height() < high:
        yield f"{_said(button)} needs a height of {high} and has {button.height()}"


def _painted_faults(widget: QWidget) -> Iterator[str]:
    """What is painted at one size alone."""
    if widget.width() < widget.sizeHint().width():
        yield f"{_said(widget)} needs {widget.sizeHint().width()} px and has {widget.width()}"


def _outside(widget: QWidget) -> Iterator[str]:
    """What sticks out of what it lies in; what scrolls may."""
    above = widget.parentWidget()
    if above is None or widget.isWindow() or isinstance(above.parentWidget(), QAbstractScrollArea):
        return
    if not above.rect().contains(widget.geometry()):
        yield f"{_said(widget)} at {_rect(widget.geometry())} sticks out of {_said(above)} of {_rect(above.rect())}"


def _crossing(widget: QWidget) -> Iterator[str]:
    """Neighbours of one layout that lie over each other."""
    layout = widget.layout()
    if layout is None:
        return
    # Not by the items of a layout: Python would go on holding them after the layout is gone.
    layouts = [layout, *layout.findChildren(QLayout)]
    own = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    parts = [part for part in own if part.isVisible() and any(one.indexOf(part) >= 0 for one in layouts)]
    for place, one in enumerate(parts):
        for other in parts[place + 1 :]:
            both = one.geometry() & other.geometry()
            if both.width() > _CROSSING and both.height() > _CROSSING:
                yield f"{_said(one)} at {_rect(one.geometry())} and {_said(other)} at {_rect(other.geometry())} cross"


def _said(widget: QWidget) -> str:
    text = (
        widget.text()
        if isinstance(widget, QLabel | QAbstractButton)
        else widget.accessibleName() or widget.windowTitle()
    )
    return f"{type(widget).__name__} “{text[:40]}”"


def _rect(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()} {rect.width()}x{rect.height()}"
