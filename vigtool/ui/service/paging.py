"""One page of the Service room: what all of them have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vigtool.errors import Cancelled as Stopped
from vigtool.ui.at_work import WorkPart
from vigtool.ui.jobs import Job, Where
from vigtool.ui.notices import words_of
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.surface import column, empty
from vigtool.ui.room import Bench

Op = Callable[[Callable[[int, int], None], Callable[[], bool]], Any]


class ServicePage(QWidget):
    """A page: it reads when it is entered and whenever something was written.

    Signals:
        film_wanted (film id): the page of a film shall be shown.
    """

    film_wanted = Signal(str)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = bench

    def read(self) -> None:
        """Read everything again."""
        raise NotImplementedError


class Place(QWidget):
    """Where work that takes a while is shown, beside the thing that it is about: its progress, then what went wrong.

    Nothing is there, and takes no room, while there is nothing to say.
    """

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._writing: Job[Any] | None = None
        whole = column(self)
        self._work, self._body = WorkPart(bench.jobs), column()
        whole.addWidget(self._work)
        whole.addLayout(self._body)
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether work is under way here."""
        return self._work.is_busy or self._writing is not None

    def run(
        self,
        title: str,
        op: Op,
        done: Callable[[Any], None],
        *,
        promise: str = "",
        kept: str = "",
        where: Where = Where.VAULT,
        stopped: Callable[[], None] | None = None,
    ) -> None:
        """Begin work, show how far it is, let it be stopped; nothing where other work is still under way here."""
        if self.is_busy:
            return
        self.clear()
        self.show()
        self._work.run(
            title,
            op,
            lambda result: self._done(result, done),
            lambda error: self._failed(error, kept, stopped),
            promise=promise,
            where=where,
        )

    def write(self, call: Callable[[], Any], done: Callable[[Any], None], *, kept: str = "") -> None:
        """Have something short written; what goes wrong is said here."""
        if self.is_busy:
            return
        self.clear()
        self._bench.workspace.write_begun()

        def written(result: Any) -> None:
            self._bench.workspace.write_done()
            self._done(result, done)
            self._bench.workspace.records_changed.emit()

        def refused(error: BaseException) -> None:
            self._bench.workspace.write_done()  # it is said here; the window need not say it again
            self._failed(error, kept)

        self._writing = self._bench.jobs.call(call, owner=self, done=written, failed=refused)

    def show_panel(self, panel: QWidget) -> None:
        """Show what came of it."""
        self._show(panel)

    def show_error(self, error: BaseException, kept: str = "") -> None:
        """Say what went wrong."""
        panel = ErrorPanel(words_of(error, kept=kept), (self.tr("Close"),))
        panel.answered.connect(lambda _place: self.clear())
        self._show(panel)

    def clear(self) -> None:
        """Show nothing."""
        empty(self._body)
        self.hide()

    def _show(self, panel: QWidget) -> None:
        empty(self._body)
        self._body.addWidget(panel)
        self.show()

    def _done(self, result: Any, done: Callable[[Any], None]) -> None:
        self._writing = None
        self.clear()
        done(result)

    def _failed(self, error: BaseException, kept: str, stopped: Callable[[], None] | None = None) -> None:
        self._writing = None
        self.clear()
        if not isinstance(error, Stopped):
            self.show_error(error, kept)
        elif stopped is not None:
            stopped()
