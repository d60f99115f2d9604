"""A form whose answer is written to the vault: it waits for that, and says beside itself what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from vigtool.ui.notices import Notice, words_of
from vigtool.ui.parts.dialog import Dialog
from vigtool.ui.parts.surface import Scroll, column
from vigtool.ui.parts.wrapping import let_wrap
from vigtool.ui.room import Bench

_AROUND = 24


class Form(Dialog):
    """A form.

    Signals:
        written (value): what the call gave back, once it is durable; the form is closed then.
    """

    written = Signal(object)

    def __init__(
        self,
        bench: Bench,
        title: str,
        *,
        sentence: str = "",
        go: str = "",
        width: int = 480,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, sentence=sentence, go=go, width=width, parent=parent)
        self.bench = bench
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def write(self, call: Callable[[], Any]) -> None:
        """Have `call` made on the vault thread; close when it is durable, else say what went wrong and stay."""
        self.show_error(None)
        self.go.setEnabled(False)
        self.bench.workspace.write_begun()
        self.bench.jobs.call(call, owner=self, done=self._done, failed=self._failed)

    def _done(self, value: object) -> None:
        self.bench.workspace.write_done()
        self.accept()
        self.written.emit(value)
        self.bench.workspace.records_changed.emit()

    def _failed(self, error: BaseException) -> None:
        # What went wrong stands here in the form; the window need not say it again.
        self.bench.workspace.write_done()
        self.go.setEnabled(True)
        self.show_error(words_of(error, kept=self.tr("what you typed is still here")))


class _Tall(Scroll):
    """As high as what lies in it, where the window has room for that; else it scrolls."""

    def sizeHint(self) -> QSize:
        width = self.window().width() - 2
        layout = self.body
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        return QSize(layout.totalSizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, min(self.sizeHint().height(), 120))


class TallForm(Form):
    """A form that asks more than a small window has room for: what stands in `inner` scrolls, its buttons stay."""

    def __init__(
        self,
        bench: Bench,
        title: str,
        *,
        sentence: str = "",
        go: str = "",
        width: int = 640,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(bench, title, sentence=sentence, go=go, width=width, parent=parent)
        self._most = 16_777_215
        self._scroll = _Tall(gap=0, margins=(24, 4, 24, 4))
        self.inner = column(gap=16)
        self._scroll.body.addLayout(self.inner)
        self._scroll.body.addStretch(1)
        self._height_wanted = False
        inside = self._scroll.widget()
        if inside is not None:
            inside.installEventFilter(self)
        self.body.setContentsMargins(0, 0, 0, 16)
        self.body.addWidget(self._scroll, 1)

    def fit(self, behind: QWidget) -> None:
        """As high as it needs, never higher than the window behind."""
        self._most = behind.height() - 2 * _AROUND
        self.refit()

    def refit(self) -> None:
        """Take another height after something was shown or hidden."""
        let_wrap(self._scroll)
        for layout in (self._scroll.body, self.layout()):
            if layout is not None:
                layout.activate()
        self._scroll.updateGeometry()
        self.setFixedWidth(max(self._wide, self.width_needed()))
        whole = self.layout()
        needed = self.sizeHint().height()
        if whole is not None and whole.hasHeightForWidth():
            needed = whole.totalHeightForWidth(self.width())
        self.resize(self.width(), min(needed, self._most))
        parent = self.parentWidget()
        if parent is not None and self.isVisible():
            self.move(parent.window().frameGeometry().center() - self.rect().center())

    def width_needed(self) -> int:
        """Pixels that its contents need at least, also those that scroll."""
        return max(super().width_needed(), self._scroll.body.totalMinimumSize().width() + 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take another height once what is new was laid out, and not before: until then nobody knows it."""
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible() and not self._height_wanted:
            self._height_wanted = True
            QTimer.singleShot(0, self, self._answer)
        return super().eventFilter(watched, event)

    def _answer(self) -> None:
        self._height_wanted = False
        self.refit()

    def show_error(self, notice: Notice | None) -> None:
        """Say what went wrong, and make room for it."""
        super().show_error(notice)
        self.refit()
