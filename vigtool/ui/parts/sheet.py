"""A sheet with round corners over the dimmed window: what dialogs and larger sheets have in common."""

from __future__ import annotations

from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPainterPath, QPaintEvent, QPen, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from vigtool.ui import measures, theme
from vigtool.ui.actions import keys_of


@runtime_checkable
class Coverable(Protocol):
    """A window that can cover itself at once."""

    def cover_now(self) -> None:
        """Cover it."""


class Scrim(QWidget):
    """Dims the window behind a sheet.

    Signals:
        resized (QWidget): that window has another size.
    """

    resized = Signal(object)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        over.installEventFilter(self)
        self.setGeometry(over.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what it dims."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
            self.resized.emit(watched)
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay a half-clear dark over it."""
        veil = QColor(theme.of(self).scrim)
        veil.setAlpha(110)
        QPainter(self).fillRect(self.rect(), veil)


_open: dict[int, Sheet] = {}
"""The sheets that show. Whoever opens one seldom keeps it, and its parent's hold alone does not survive a search for
garbage: it would vanish under the person's hands."""


class Sheet(QDialog):
    """The sheet: it dims the window behind, stands in its middle, and can be covered by key like the window itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setModal(True)
        self._scrim: Scrim | None = None
        self.destroyed.connect(partial(_open.pop, id(self), None))
        QShortcut(keys_of("cover")[0], self, self._cover)

    def fit(self, _behind: QWidget) -> None:
        """Take the size that it has over this window; as large as its contents if nothing else is said."""
        self.adjustSize()

    def begin(self) -> None:
        """Give the focus to what is asked first; called each time it opens."""

    def paint_inside(self, painter: QPainter, colours: theme.Colours) -> None:
        """Paint on the ground, within the round corners, whatever lies below the widgets."""

    def showEvent(self, event: QShowEvent) -> None:
        """Dim the window behind, and stand in its middle."""
        super().showEvent(event)
        _open[id(self)] = self
        parent = self.parentWidget()
        behind = None if parent is None else parent.window()
        if behind is not None and self._scrim is None:
            self._scrim = Scrim(behind)
            self._scrim.resized.connect(self._stand_over)
            self._stand_over(behind)
        self.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the window behind be bright again."""
        super().hideEvent(event)
        _open.pop(id(self), None)
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground and its line."""
        colours = theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        radius = measures.RADIUS_DIALOG
        shape.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.fillPath(shape, QColor(colours.ground))
        painter.save()
        painter.setClipPath(shape)
        self.paint_inside(painter, colours)
        painter.restore()
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawPath(shape)

    def _stand_over(self, behind: QWidget) -> None:
        self.fit(behind)
        self.move(behind.frameGeometry().center() - self.rect().center())

    def _cover(self) -> None:
        # The window behind cannot hear the key while this is open; it hides this when it covers itself.
        parent = self.parentWidget()
        window: object = None if parent is None else parent.window()
        if isinstance(window, Coverable):
            window.cover_now()
