"""What stands above the room for a while: a notice, or a panel that asks for something."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from vigtool.ui.notices import Notice
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.surface import column


class Above(QWidget):
    """The place between the header and the room; as high as what is in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._body = column(self, margins=(16, 0, 16, 0))
        self._notice: ErrorPanel | None = None

    def add(self, panel: QWidget) -> None:
        """Show a panel until it is taken away."""
        self._body.addWidget(panel)

    def take_away(self, panel: QWidget) -> None:
        """Take a panel away."""
        if panel is self._notice:
            self._notice = None
        self._body.removeWidget(panel)
        panel.hide()
        panel.deleteLater()

    def say(self, notice: Notice) -> None:
        """Show a notice, in the place of one before, until the person closes it."""
        if self._notice is not None:
            self.take_away(self._notice)
        self._notice = panel = ErrorPanel(notice, (self.tr("Close"),))
        panel.answered.connect(lambda _place: self.take_away(panel))
        self.add(panel)
