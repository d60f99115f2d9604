"""What is wanted now of a worker that reads a film: newer wishes take the place of those that nobody needs any more."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from threading import Condition
from typing import Generic, TypeVar

T = TypeVar("T")
_LINGER_S = 0.3
_LOOK_S = 0.05


class Wishes(Generic[T]):
    """Wishes put on one thread and taken, one by one, on another."""

    def __init__(self) -> None:
        self._waiting: deque[T] = deque()
        self._change = Condition()
        self._served = False

    def put(self, wishes: Iterable[T]) -> bool:
        """Wish for these and nothing else. Whether nobody serves them yet: then it is for the caller to see to that."""
        with self._change:
            self._waiting = deque(wishes)
            self._change.notify_all()
            begins = bool(self._waiting) and not self._served
            self._served = self._served or begins
            return begins

    @property
    def waiting(self) -> list[T]:
        """What nobody has taken yet."""
        with self._change:
            return list(self._waiting)

    def take(self, cancelled: Callable[[], bool]) -> T | None:
        """The next wish. None ends the service: where it is cancelled, or nothing was wished for a little while.

        The worker lingers, since who moves along the film wishes again and again, and opening it anew takes longer.
        """
        with self._change:
            for _ in range(round(_LINGER_S / _LOOK_S)):
                if self._waiting and not cancelled():
                    return self._waiting.popleft()
                if cancelled():
                    break
                self._change.wait(_LOOK_S)
            if self._waiting and not cancelled():
                return self._waiting.popleft()
            self._served = False
            return None

    def end(self) -> None:
        """The worker ended without being told to by `take`."""
        with self._change:
            self._served = False
