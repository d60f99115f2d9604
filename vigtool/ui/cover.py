"""The cover: one key and the screen shows a calm empty page, whatever was on it; any key or a click leads back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from vigtool.ui import theme
from vigtool.ui.measures import Type
from vigtool.ui.parts.surface import column
from vigtool.ui.parts.words import Words

_BARE = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr}


class Cover(QWidget):
    """Lies over a whole window, and takes its dialogs away while it does.

    Signals:
        covered: it lies over the window now; what plays or sounds stops.
        uncovered: the person is back.
    """

    covered = Signal()
    uncovered = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._hidden: list[QWidget] = []
        self._focus: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("The screen is covered"))
        body = column(self, margins=(0, 0, 0, 32))
        body.addStretch(1)
        hint = Words(self.tr("Press any key to go on"), size=Type.LEAST, tone="quiet")
        body.addWidget(hint, 0, Qt.AlignmentFlag.AlignHCenter)
        over.installEventFilter(self)
        self.hide()

    @property
    def hidden(self) -> tuple[QWidget, ...]:
        """The windows that it took away, such as an open form."""
        return tuple(self._hidden)

    def cover(self) -> None:
        """Cover the window at once."""
        if self.isVisible():
            return
        self._focus = QApplication.focusWidget()
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.setFocus()
        self._hidden = [
            window for window in QApplication.topLevelWidgets() if window.isVisible() and window is not self._over
        ]
        for window in self._hidden:
            window.hide()
        self.covered.emit()

    def uncover(self) -> None:
        """Show what was there before."""
        if not self.isVisible():
            return
        self.hide()
        for window in self._hidden:
            window.show()
        self._hidden = []
        if self._focus is not None and self._focus.isVisible():
            self._focus.setFocus()
        self._focus = None
        self.uncovered.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what it covers."""
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead back by any key that was really pressed; a held F8 keeps it covered."""
        if not event.isAutoRepeat() and Qt.Key(event.key()) not in _BARE:
            self.uncover()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Lead back by a click."""
        self.uncover()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep the keys: nothing below may hear one."""
        super().focusOutEvent(event)
        if self.isVisible() and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint an empty page."""
        QPainter(self).fillRect(self.rect(), QColor(theme.of(self).ground))
