"""What lies under things: panels, thin rules, scrolling room, and how their layouts are spaced."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.words import ElidedWords, Words


def column(
    parent: QWidget | None = None, *, gap: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """A layout from top to bottom; margins are left, top, right, bottom."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(*margins)
    return made


def row(
    parent: QWidget | None = None, *, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """A layout along the reading direction; margins are left, top, right, bottom."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(*margins)
    return made


def empty(layout: QLayout) -> None:
    """Take everything out of a layout, and the widgets out of the world."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            empty(inner)
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()


class Panel(QFrame):
    """A panel with round corners and a thin line. `kind`: "" on the ground, "sunken", "caution", "error"."""

    def __init__(self, *, kind: str = "", padding: int = 16, gap: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setProperty("kind", kind)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.body = column(self, gap=gap, margins=(padding, padding, padding, padding))


class Rule(QFrame):
    """A thin line that separates; it never borders a control."""

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rule")
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class Heading(QWidget):
    """A panel's title, a quiet word beside it that shortens itself, and room for a button at the end."""

    def __init__(self, title: str, beside: str = "", *, size: Type = Type.BODY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = row(self, gap=12)
        self.title = Words(title, size=size, weight=measures.SEMIBOLD)
        self.beside = ElidedWords(beside, size=Type.LEAST, tone="quiet")
        self.line.addWidget(self.title)
        self.line.addWidget(self.beside)
        self.line.addStretch(1)

    def add(self, widget: QWidget) -> None:
        """Put something at the end of the line."""
        self.line.addWidget(widget)


class Scroll(QScrollArea):
    """Room that scrolls up and down; what lies in it is put into `body`."""

    def __init__(
        self,
        *,
        gap: int = measures.GAP,
        margins: tuple[int, int, int, int] = (0, 0, 0, 0),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setObjectName("scrolled")
        self.body = column(inner, gap=gap, margins=margins)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
