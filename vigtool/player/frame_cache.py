"""Pictures of the view's size that were shown or passed, kept for going back: as many as fit into a budget of bytes."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from vigtool.player.conversion import Pixels


@dataclass(frozen=True, slots=True, eq=False)
class ViewPicture:
    """One frame in the size of the view.

    Attributes:
        number: of the frame.
        pts: the tick at which it begins.
        pixels: (height, width, 4) bytes, blue first, upright, contiguous; must not be written to.
        exact: whether these are the film's own pixels; otherwise they are the same frame's, but of its stand-in.
    """

    number: int
    pts: int
    pixels: Pixels
    exact: bool = True


class FrameCache:
    """Pictures by number, for any thread. When the budget is full, the farthest from the last asked one goes first."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._held: dict[int, ViewPicture] = {}
        self._bytes = 0
        self._cursor = 0
        self._size = (0, 0)
        self._lock = threading.Lock()

    def resize(self, width: int, height: int) -> None:
        """Keep pictures of another size from now on; the others are let go."""
        with self._lock:
            if self._size != (width, height):
                self._size = (width, height)
                self._held.clear()
                self._bytes = 0

    def put(self, picture: ViewPicture) -> None:
        """Keep a picture, if it has the size of the others."""
        with self._lock:
            if picture.pixels.shape[1::-1] != self._size:
                return
            self._drop(picture.number)
            self._held[picture.number] = picture
            self._bytes += picture.pixels.nbytes
            while self._bytes > self._budget and len(self._held) > 1:
                self._drop(max(self._held, key=self._distance))

    def get(self, number: int) -> ViewPicture | None:
        """The picture of that frame, if it is kept. What is kept afterwards is what lies around it."""
        with self._lock:
            self._cursor = number
            return self._held.get(number)

    def newest_until(self, number: int, after: int) -> ViewPicture | None:
        """The picture with the highest number up to `number` and above `after`."""
        with self._lock:
            self._cursor = number
            if (exact := self._held.get(number)) is not None and number > after:
                return exact
            near = [held for held in self._held if after < held <= number]
            return self._held[max(near)] if near else None

    def holds(self, number: int) -> bool:
        """Whether the picture of that frame is kept."""
        with self._lock:
            return number in self._held

    def room_for(self, size: int) -> int:
        """How many pictures of `size` bytes fit in all."""
        return max(1, self._budget // max(1, size))

    def clear(self) -> None:
        """Let everything go."""
        with self._lock:
            self._held.clear()
            self._bytes = 0

    def _drop(self, number: int) -> None:
        gone = self._held.pop(number, None)
        if gone is not None:
            self._bytes -= gone.pixels.nbytes

    def _distance(self, number: int) -> int:
        """Farther is dropped sooner; what lies ahead counts double, for it is decoded again soon anyway."""
        return 2 * (number - self._cursor) if number > self._cursor else self._cursor - number
