"""Before the vault locks: a calm word at the top of the window, and any key keeps it open."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from vigtool.ui import measures, theme
from vigtool.ui.measures import Type
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.surface import Panel, column, row
from vigtool.ui.parts.words import Words

_WIDE, _TOP = 440, 20


class LockNotice(Panel):
    """The notice. It takes no focus and stops nothing; it lies over whatever is in front, an open sheet too."""

    def __init__(self, over: QWidget, like: QWidget) -> None:
        """Make it, hidden.

        Args:
            over: the window it lies over.
            like: wears the theme of the room that is shown, as the notice then does.
        """
        super().__init__(kind="caution", padding=14, parent=over)
        self._over, self._like = over, like
        self._watched: QWidget | None = None
        line = row(gap=12)
        line.addWidget(Sign("lock", "caution", size=22), 0, Qt.AlignmentFlag.AlignTop)
        said = column(gap=2)
        self._words = Words("", weight=measures.SEMIBOLD, tone="caution")
        said.addWidget(self._words)
        said.addWidget(
            Words(
                self.tr("Press any key to stay. What you wrote is kept, and you come back to this very place."),
                size=Type.DENSE,
                wrap=True,
            )
        )
        line.addLayout(said, 1)
        self.body.addLayout(line)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def show_left(self, seconds: int) -> None:
        """Say in how many seconds the vault locks."""
        first = not self.isVisible()
        self._words.setText(self.tr("The vault locks in %n seconds", "", seconds))
        self.setAccessibleName(self._words.text())
        front = QApplication.activeModalWidget()
        self._lay_over(self._over if front is None else front)
        self.show()
        self.raise_()
        if first:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._words.text()))

    def go(self) -> None:
        """Take it away."""
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of what it lies over; leave a sheet before that is gone."""
        if watched is self._watched and event.type() in (QEvent.Type.Hide, QEvent.Type.DeferredDelete):
            if self._watched is not self._over:
                self._lay_over(self._over)
        elif watched is self._watched and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _lay_over(self, widget: QWidget) -> None:
        if widget is not self._watched:
            if self._watched is not None and isValid(self._watched):
                self._watched.removeEventFilter(self)
            self._watched = widget
            widget.installEventFilter(self)
            self.setParent(widget)
        theme.dress(self, theme.of(self._like if widget is self._over else widget))
        self._place()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            wide = min(_WIDE, parent.width() - 2 * _TOP)
            self.setFixedWidth(wide)
            self.resize(wide, self.heightForWidth(wide) if self.hasHeightForWidth() else self.sizeHint().height())
            self.move((parent.width() - wide) // 2, _TOP)
