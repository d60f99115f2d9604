"""Long work off the thread that draws: plain functions `op(report, cancelled)` that know nothing of Qt.

Three places to run: the vault thread (one alone, in the order asked: nearly every call of `ui.desk`), a pool of two
for what somebody waits for, and one thread in the background, in the order asked, for what nobody does: it steps back
for the others. What comes of it arrives on the thread that draws. A job is owned by a QObject: once its owner is gone,
nothing is told any more. `close` stops and awaits every job; short calls (`call`), a written mark among them, are never
stopped, only awaited.

An op is never killed: it looks at `cancelled()` and raises `errors.Cancelled`, leaving nothing half-made.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from enum import Enum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from vigtool.errors import Cancelled, VigtoolError
from vigtool.ui.low_priority import step_back
from vigtool.ui.notices import Faults

T = TypeVar("T")
Op = Callable[[Callable[[int, int], None], Callable[[], bool]], T]


class Where(Enum):
    """On which thread an op runs."""

    VAULT = "vault"
    POOL = "pool"
    BACKGROUND = "background"


class Job(Generic[T]):
    """One piece of work that was begun. Made by `Jobs.run`.

    `cancel` may be called from any thread, more than once, and after the end.
    """

    def __init__(
        self, jobs: Jobs, op: Op[T], owner: QObject, *, short: bool = False, where: Where = Where.VAULT
    ) -> None:
        self._jobs, self._op, self._owner, self.is_short, self.where = jobs, op, owner, short, where
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._news: tuple[int, int] | None = None
        self.done: Callable[[T], None] | None = None
        self.failed: Callable[[BaseException], None] | None = None
        self.progress: Callable[[int, int], None] | None = None

    def cancel(self) -> None:
        """Ask it to stop; it ends with `errors.Cancelled`, or is done if it could not stop any more."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def work(self) -> T:
        """Run the op; called on its thread."""
        if self._stop.is_set():
            raise Cancelled
        return self._op(self._report, self._stop.is_set)

    def _report(self, done: int, total: int) -> None:
        # However often it reports, at most one piece of news waits for the thread that draws.
        with self._lock:
            waits = self._news is not None
            self._news = (done, total)
        if not waits:
            self._jobs.post(self._tell_progress)

    def _tell_progress(self) -> None:
        with self._lock:
            news, self._news = self._news, None
        if news is not None and self.progress is not None and isValid(self._owner):
            self.progress(*news)

    def tell_end(self, future: Future[T]) -> None:
        """Say how it ended; called on the thread that draws."""
        if not isValid(self._owner):
            return
        error = future.exception()
        if error is None:
            if self.done is not None:
                self.done(future.result())
            return
        if not isinstance(error, VigtoolError):
            self._jobs.faults.keep(error)
        if self.failed is not None:
            self.failed(error)


class Jobs(QObject):
    """Every job of the program.

    Signals:
        busy: how many are under way, at each change.
    """

    busy = Signal(int)
    _posted = Signal(object)

    def __init__(self, faults: Faults | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.faults = faults or Faults()
        self._pools = {
            Where.VAULT: ThreadPoolExecutor(1, thread_name_prefix="vault"),
            Where.POOL: ThreadPoolExecutor(2, thread_name_prefix="work"),
            Where.BACKGROUND: ThreadPoolExecutor(1, thread_name_prefix="background", initializer=step_back),
        }
        self._running: dict[Future[Any], Job[Any]] = {}
        self._closed = False
        self._posted.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        op: Op[T],
        *,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
        where: Where = Where.VAULT,
        short: bool = False,
    ) -> Job[T]:
        """Begin `op`; `done`, `failed` (with `errors.Cancelled` too) and `progress` are called where Qt draws.

        Raises:
            RuntimeError: after `close`.
        """
        job = Job(self, op, owner, short=short, where=where)
        job.done, job.failed, job.progress = done, failed, progress
        future: Future[T] = self._pools[where].submit(job.work)
        self._running[future] = job
        self.busy.emit(len(self._running))
        future.add_done_callback(lambda ended: self.post(lambda: self._end(ended, job)))
        return job

    def call(
        self,
        read: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Job[T]:
        """Run a short call of the vault, which neither reports nor is stopped, not even at `close`."""
        return self.run(lambda _report, _cancelled: read(), owner=owner, done=done, failed=failed, short=True)

    def post(self, act: Callable[[], None]) -> None:
        """Have `act` called on the thread that draws; from any thread."""
        if not self._closed:
            self._posted.emit(act)

    @property
    def is_waited_for(self) -> bool:
        """Whether long work is under way that somebody waits for, such as a film that is brought in."""
        return any(not job.is_short and job.where is not Where.BACKGROUND for job in self._running.values())

    def cancel_all(self) -> None:
        """Ask everything to stop but the short calls."""
        for job in list(self._running.values()):
            if not job.is_short:
                job.cancel()

    def close(self) -> None:
        """Stop and await everything; what is still under way is told nothing. Calls after the first do nothing.

        A write that had begun is finished, not torn: it ends or raises before this returns.
        """
        if self._closed:
            return
        self.cancel_all()
        wait(list(self._running))
        self._closed = True
        for pool in self._pools.values():
            pool.shutdown(wait=True)
        self._running.clear()

    @Slot(object)
    def _call(self, act: Callable[[], None]) -> None:
        if not self._closed:
            act()

    def _end(self, future: Future[T], job: Job[T]) -> None:
        self._running.pop(future, None)
        self.busy.emit(len(self._running))
        job.tell_end(future)
