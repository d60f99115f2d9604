"""Looking at a film and sealing it at once: both read all of it, and neither needs the other to begin."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from vigtool.practice.progress import Cancelled, Report

T = TypeVar("T")
S = TypeVar("S")

_LOOKING, _WHOLE = 30, 100
"""How much of the whole looking is taken to be, in hundredths."""


def look_while_sealing(
    look: Callable[[Report, Cancelled], T],
    seal: Callable[[Report, Cancelled], S],
    discard: Callable[[S], None],
    *,
    report: Report,
    cancelled: Cancelled,
) -> tuple[T, S]:
    """What looking found and what sealing made; both or neither. What one read comes to the other from memory.

    Args:
        look: runs in a thread of its own.
        seal: runs in this thread; it is stopped when looking fails.
        discard: takes away what sealing made, where looking fails in the end.
        report: told of both together, by one at a time.
        cancelled: whether to stop both.

    Raises:
        Cancelled, and what `look` and `seal` raise; where both do, what looking found out.
    """
    stop = threading.Event()
    both = _Both(report)
    with ThreadPoolExecutor(1, thread_name_prefix="look") as pool:
        looking = pool.submit(look, both.looked, lambda: stop.is_set() or cancelled())
        try:
            made = seal(both.sealed, lambda: _failed(looking) or cancelled())
        except BaseException:
            if not _failed(looking):
                stop.set()
                raise
            looking.result()
            raise
        try:
            return looking.result(), made
        except BaseException:
            stop.set()
            discard(made)
            raise


class _Both:
    """Adds up how far both are."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._lock = threading.Lock()
        self._far = [0, 0]

    def looked(self, done: int, total: int) -> None:
        """Looking is so far; it may seem to fall back when it finds that there is more to be done."""
        self._tell(0, done * _LOOKING * 1000 // max(total, 1))

    def sealed(self, done: int, total: int) -> None:
        """Sealing is so far."""
        self._tell(1, done * (_WHOLE - _LOOKING) * 1000 // max(total, 1))

    def _tell(self, which: int, far: int) -> None:
        with self._lock:
            self._far[which] = max(self._far[which], far)
            self._report(sum(self._far), _WHOLE * 1000)


def _failed(work: Future[Any]) -> bool:
    return work.done() and work.exception() is not None
