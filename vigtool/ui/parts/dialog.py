"""The frame of a dialog: a sheet with round corners over the dimmed room, a title, a body, and its buttons.

It is opened with `open()`, which returns at once; `accepted` and `rejected` tell how it ended. Escape leaves it.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vigtool.ui import measures, theme
from vigtool.ui.measures import Type
from vigtool.ui.notices import Notice
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.sheet import Sheet
from vigtool.ui.parts.surface import Rule, column, row
from vigtool.ui.parts.words import Words


class Dialog(Sheet):
    """A sheet. What it asks goes into `body`; the last thing asked is answered by `go`."""

    def __init__(
        self,
        title: str,
        *,
        sentence: str = "",
        go: str = "",
        stop: str = "",
        width: int = 480,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._wide = width
        self.setFixedWidth(width)
        theme.dress(self, theme.of(parent))
        self._error: ErrorPanel | None = None
        whole = column(self, gap=0, margins=(1, 1, 1, 1))
        head = column(gap=2, margins=(24, 20, 24, 12))
        head.addWidget(Words(title, size=Type.TITLE, weight=measures.MEDIUM, wrap=True))
        if sentence:
            head.addWidget(Words(sentence, tone="quiet", wrap=True))
        whole.addLayout(head)
        self.body = column(gap=16, margins=(24, 4, 24, 20))
        whole.addLayout(self.body, 1)
        self.go, self.stop = Button(go or self.tr("Done"), Kind.PRIMARY), Button(stop or self.tr("Cancel"))
        self.go.clicked.connect(self.try_to_accept)
        self.stop.clicked.connect(self.reject)
        self.foot = row(gap=12, margins=(24, 12, 24, 16))
        self.foot.addStretch(1)
        self.foot.addWidget(self.stop)
        self.foot.addWidget(self.go)
        whole.addWidget(Rule())
        whole.addLayout(self.foot)

    def adjustSize(self) -> None:  # noqa: N802  # the name is Qt's
        """As high as what is in it needs at the width it has; Qt would measure it at the width it likes best."""
        whole = self.layout()
        if whole is None or not whole.hasHeightForWidth():
            super().adjustSize()
            return
        whole.activate()
        self.setFixedWidth(max(self._wide, self.width_needed()))
        self.resize(self.width(), whole.totalHeightForWidth(self.width()))

    def width_needed(self) -> int:
        """Pixels that its contents need at least: with a larger type that may be more than it is meant to have."""
        whole = self.layout()
        return 0 if whole is None else whole.totalMinimumSize().width()

    def try_to_accept(self) -> None:
        """Accept; a dialog that must look at what was typed, or wait for a job, does so here first."""
        self.accept()

    def show_error(self, notice: Notice | None) -> None:
        """Say what went wrong above the buttons, or take it away."""
        if self._error is not None:
            self._error.hide()
            self._error.deleteLater()
            self._error = None
        if notice is not None:
            self._error = ErrorPanel(notice)
            self.body.addWidget(self._error)
        self.adjustSize()

    def begin(self) -> None:
        """Let the keys walk through what is asked, then to the buttons, beginning with the first thing asked."""
        asked: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
            if takes and self.isAncestorOf(widget) and widget not in (self.stop, self.go):
                asked.append(widget)
            widget = widget.nextInFocusChain()
        chain = [*asked, self.stop, self.go]
        for before, after in pairwise(chain):
            self.setTabOrder(before, after)
        first = next((widget for widget in chain if widget.isVisibleTo(self) and widget.isEnabled()), self.stop)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
