"""A sheet that works: what it asks, then how far the work is and a way to stop it, then what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from vigtool.ui.at_work import WorkPart
from vigtool.ui.families.asking import TallForm
from vigtool.ui.jobs import Op, Where
from vigtool.ui.parts.button import Kind
from vigtool.ui.parts.surface import column, empty
from vigtool.ui.room import Bench

T = TypeVar("T")


class WorkingForm(TallForm):
    """What such sheets share. What they ask goes into `asked`, what came of it into `told`.

    While it works nothing that was asked can be changed, and the sheet stays: leaving it stops the work first. Once
    it is over the sheet has one button, by whatever way it is left.

    Attributes:
        is_over: whether what was asked for is done.
    """

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
        self.is_over = False
        self._asked = QWidget()
        self._asked.setMinimumHeight(1)  # as high as its words need at the width they have; see `parts.wrapping`
        self.asked, self.told = column(self._asked, gap=16), column(gap=12)
        self.at_work = WorkPart(bench.jobs)
        self.inner.addWidget(self._asked)
        self.inner.addWidget(self.at_work)
        self.inner.addLayout(self.told)

    def may_go(self) -> bool:
        """Whether what is asked was answered so far that it may be done; what is missing may be said by `answer`."""
        return True

    def answer(self) -> None:
        """Look at what was answered, and `work`, or say what is missing beside it."""
        raise NotImplementedError

    def try_to_accept(self) -> None:
        """Do what was asked for; or leave after that."""
        if self.is_over:
            self.accept()
        elif self.go.isEnabled():
            self.answer()

    def work(
        self,
        title: str,
        op: Op[T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
        *,
        promise: str = "",
        where: Where = Where.VAULT,
    ) -> None:
        """Begin work, as `WorkPart.run` does; one of `done` and `failed` is called when it has ended."""
        if self.at_work.is_busy:
            return
        self.show_error(None)
        empty(self.told)

        def ended(tell: Callable[[], None]) -> None:
            self._asked.setEnabled(True)
            self.stop.setEnabled(True)
            self.refresh()
            tell()
            self.refit()
            if not self._holds_keys():
                self.go.setFocus(Qt.FocusReason.OtherFocusReason)

        self.at_work.run(
            title,
            op,
            lambda result: ended(lambda: done(result)),
            lambda error: ended(lambda: failed(error)),
            promise=promise,
            where=where,
            take_keys=True,
        )
        self._asked.setEnabled(False)
        self.stop.setEnabled(False)
        self.refresh()
        self.refit()
        self._scroll.ensureWidgetVisible(self.at_work)

    def finish(self, words: str = "") -> None:
        """It is done: nothing is asked any more, and one button leaves; `words` stand on it."""
        self.is_over = True
        self._asked.hide()
        self.stop.hide()
        self.go.kind = Kind.PRIMARY
        self.go.set_words(words or QCoreApplication.translate("WorkingForm", "Done"))
        self.refresh()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Look again whether it may be done."""
        self.go.setEnabled(self.is_over or (not self.at_work.is_busy and self.may_go()))

    def reject(self) -> None:
        """Leave; while it works this stops it first."""
        if self.at_work.is_busy:
            self.at_work.cancel()
        elif self.is_over:
            self.accept()
        else:
            super().reject()

    def _holds_keys(self) -> bool:
        """Whether the keyboard is at something of this sheet that takes it."""
        there: QWidget | None = self.focusWidget()
        return there is not None and there.isVisible() and there.isEnabled()
