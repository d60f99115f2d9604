"""Work that takes a while, shown beside what asked for it: how far it is, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vigtool.ui.jobs import Job, Jobs, Op, Where
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.parts.surface import column, empty

T = TypeVar("T")


class WorkPart(QWidget):
    """One piece of work at a time. Nothing is there, and takes no room, while none is under way."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job[Any] | None = None
        self._body = column(self)
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether work is under way here."""
        return self._job is not None

    def run(
        self,
        title: str,
        op: Op[T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
        *,
        promise: str = "",
        where: Where = Where.VAULT,
        take_keys: bool = False,
    ) -> None:
        """Begin work; nothing where other work is still under way here.

        Args:
            title: what is being done.
            op: see `ui.jobs`.
            done: called with what came of it, once nothing shows here any more.
            failed: the same with what went wrong, `errors.Cancelled` among it.
            promise: what it means to stop it.
            where: on which thread it runs.
            take_keys: whether the keyboard goes to the button that stops it: where nothing else can be done meanwhile.
        """
        if self._job is not None:
            return
        panel = ProgressPanel(title, promise=promise)
        panel.cancelled.connect(self.cancel)
        self._body.addWidget(panel)
        self.show()
        self._job = self._jobs.run(
            op,
            owner=self,
            done=lambda result: self._end(lambda: done(result)),
            failed=lambda error: self._end(lambda: failed(error)),
            progress=panel.set_progress,
            where=where,
        )
        if take_keys:
            panel.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def cancel(self) -> None:
        """Ask it to stop; it ends in `failed`, or in `done` if it could not stop any more."""
        if self._job is not None:
            self._job.cancel()

    def _end(self, tell: Callable[[], None]) -> None:
        self._job = None
        empty(self._body)
        self.hide()
        tell()
