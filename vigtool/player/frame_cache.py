"""Pictures of a film that were shown, passed or fetched ahead, by frame: as many as fit into a budget of bytes.

A frame is held in one of three ways: as it was decoded, in the film's own planes; the same in fewer pixels, as the
view needs it (see `small_frame`); or ready to be drawn. When the budget is full, the frame that will be wished for last
is let go: the farthest from where the film is looked at, those ahead sooner than those behind.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Final

from vigtool.player.budget import Budget
from vigtool.player.conversion import Pixels
from vigtool.player.frame import Frame
from vigtool.player.small_frame import SmallFrame

_BESIDE: Final = 8  # frames on the far side that are kept while the person goes the other way
_NEVER: Final = 1 << 40

Size = tuple[int, int]


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


@dataclass(frozen=True, slots=True)
class _Held:
    """One frame: ready to be drawn, or not yet."""

    picture: ViewPicture | None = None
    frame: Frame | SmallFrame | None = None

    @property
    def exact(self) -> bool:
        """Whether the film's own pixels can be had from it."""
        return self.picture is None or self.picture.exact

    @property
    def bytes(self) -> int:
        """Memory it takes."""
        if self.picture is not None:
            return self.picture.pixels.nbytes
        return 0 if self.frame is None else self.frame.bytes


class FrameCache:
    """Frames by number, for any thread.

    Attributes:
        most: the most bytes that were ever held.
    """

    def __init__(self, budget: int, shared: Budget | None = None) -> None:
        """Hold nothing yet.

        Args:
            budget: bytes that may be held at most.
            shared: what all who hold pictures may take together; this one alone if there is none.
        """
        self._held: dict[int, _Held] = {}
        self._bytes = 0
        self.most = 0
        self._cursor = 0
        self._heading = 0
        self._size: Size = (0, 0)
        self._lock = threading.Lock()
        self._converting = threading.Lock()
        self._converted: ViewPicture | None = None  # the last one, for it is often asked for again
        self._share = (shared or Budget(budget)).join(budget, self._trim)

    @property
    def budget(self) -> int:
        """How many bytes may be held now, beside the picture that was converted last."""
        return max(0, self._share.bytes - 4 * self._size[0] * self._size[1])

    @property
    def bytes(self) -> int:
        """How many bytes are held."""
        return self._bytes

    @property
    def size(self) -> Size:
        """Width and height of the view's pictures."""
        return self._size

    def resize(self, width: int, height: int) -> None:
        """Pictures of another size are wanted from now on; what was made for the last one is let go."""
        with self._lock:
            if self._size == (width, height):
                return
            self._size = (width, height)
            for number, held in list(self._held.items()):
                self._drop(number)
                if isinstance(held.frame, Frame):
                    self._put(number, held)

    def aim(self, cursor: int, heading: int = 0) -> None:
        """What is kept from now on is what lies around `cursor`; `heading` is -1 or 1 while the person goes on so."""
        with self._lock:
            self._cursor, self._heading = cursor, heading

    def put(self, picture: ViewPicture) -> None:
        """Keep a picture, if it has the size of the others. One of a stand-in never takes the place of the film's."""
        with self._lock:
            held = self._held.get(picture.number)
            if picture.pixels.shape[1::-1] != self._size or (held is not None and held.exact and not picture.exact):
                return
            self._put(picture.number, _Held(picture))
            self._shrink()

    def keep(self, frame: Frame | SmallFrame) -> None:
        """Keep a frame as it was decoded, or made smaller, if that was for the size that pictures still have."""
        with self._lock:
            held = self._held.get(frame.number)
            ready = held is not None and held.picture is not None and held.picture.exact
            if not ready and (isinstance(frame, Frame) or frame.size == self._size):
                self._put(frame.number, _Held(frame=frame))
                self._shrink()

    def ready(self, number: int) -> ViewPicture | None:
        """The picture of a frame, if it is ready to be drawn; of the film or of its stand-in."""
        with self._lock:
            held = self._held.get(number)
            return None if held is None else held.picture

    def frame(self, number: int) -> Frame | SmallFrame | None:
        """A frame that has to be converted before it can be drawn."""
        with self._lock:
            held = self._held.get(number)
            return None if held is None else held.frame

    def get(self, number: int) -> ViewPicture | None:
        """The film's own picture of a frame in the view's size, converted in this thread if it is not ready."""
        with self._lock:
            held, size = self._held.get(number), self._size
        if held is None or held.frame is None:
            return held.picture if held is not None and held.exact else None
        with self._converting:
            last = self._converted
            if last is None or last.number != number or last.pixels.shape[1::-1] != size:
                last = self._converted = ViewPicture(number, held.frame.pts, held.frame.bgra(*size))
            return last

    def newest_until(self, number: int, after: int) -> ViewPicture | None:
        """The ready picture with the highest number up to `number` and above `after`."""
        with self._lock:
            held = self._held.get(number)
            if number > after and held is not None and held.picture is not None:
                return held.picture
            near = [at for at, held in self._held.items() if after < at <= number and held.picture is not None]
            return self._held[max(near)].picture if near else None

    def holds(self, number: int) -> bool:
        """Whether the film's own picture of that frame is kept, in any way."""
        with self._lock:
            held = self._held.get(number)
            return held is not None and held.exact

    def is_light(self, number: int) -> bool:
        """Whether a frame is kept with its colours for every second pixel of the view alone."""
        with self._lock:
            held = self._held.get(number)
            return held is not None and isinstance(held.frame, SmallFrame)

    def whole(self, lowest: int, highest: int) -> Frame | None:
        """A frame between these that is kept as it was decoded: the nearest to where the film is looked at."""
        with self._lock:
            near = [
                number
                for number, held in self._held.items()
                if lowest <= number <= highest and isinstance(held.frame, Frame)
            ]
            found = self._held[min(near, key=self._distance)].frame if near else None
            return found if isinstance(found, Frame) else None

    def fits(self, first: int, last: int, each: int) -> bool:
        """Whether frames `first` to `last` of `each` bytes can be added without losing anything that is nearer."""
        with self._lock:
            limit = max(self._distance(first), self._distance(last))
            nearer = sum(
                held.bytes
                for number, held in self._held.items()
                if self._distance(number) <= limit and not first <= number <= last
            )
        return nearer + (last - first + 1) * each <= self.budget

    def room_for(self, size: int) -> int:
        """How many pictures of `size` bytes fit in all."""
        return max(1, self.budget // max(1, size))

    def clear(self) -> None:
        """Let everything go, and the share of the budget."""
        self._share.leave()
        with self._lock:
            self._held.clear()
            self._bytes = 0
            self._converted = None

    def _put(self, number: int, held: _Held) -> None:
        self._drop(number)
        self._held[number] = held
        self._bytes += held.bytes

    def _drop(self, number: int) -> None:
        gone = self._held.pop(number, None)
        if gone is not None:
            self._bytes -= gone.bytes

    def _trim(self) -> None:
        with self._lock:
            if self._held:
                self._shrink()

    def _shrink(self) -> None:
        """Let go what is farthest until the rest fits; one frame is always kept."""
        budget = self.budget
        while self._bytes > budget and len(self._held) > 1:
            lowest, highest = min(self._held), max(self._held)
            self._drop(max(lowest, highest, key=self._distance))
        self.most = max(self.most, self._bytes + self._converted_bytes())

    def _converted_bytes(self) -> int:
        return 0 if self._converted is None else self._converted.pixels.nbytes

    def _distance(self, number: int) -> int:
        """Farther is dropped sooner.

        What lies ahead of one who stands counts double, for it is decoded again soon anyway; going on, what lies
        behind.
        """
        ahead = number - self._cursor
        if self._heading < 0:
            return -ahead if ahead <= 0 else ahead if ahead <= _BESIDE else _NEVER + ahead
        if self._heading > 0:
            return ahead if ahead >= 0 else -2 * ahead
        return 2 * ahead if ahead > 0 else -ahead
