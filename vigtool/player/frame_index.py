"""The frames of one film, in the order in which they are shown, each with its exact timestamp.

A frame is named by its timestamp, a whole number of ticks; its number is its rank. Only frames that really come out
of a plain decoding from the beginning are listed: what an edit list hides, second fields, and what is too damaged
to be decoded have no number.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vigtool.errors import NoSuchFrame
from vigtool.player.picture import Picture
from vigtool.timebase import FrameNumber, Span

Ticks: TypeAlias = NDArray[np.int64]
UNKNOWN: Final = -(2**62)
MAX_FRAMES: Final = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KeyTable:
    """Places from which decoding can begin, in the order in which they are shown; three columns of one length."""

    pts: Ticks
    dts: Ticks
    pos: Ticks


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FrameIndex:
    """All frames of one film.

    Attributes:
        picture: the stream they are in and how they are to be seen.
        format: short name of the container format.
        size: bytes of the film.
        time_base: seconds of one tick.
        shown: the tick at which each frame begins to be shown, strictly increasing; never empty.
        end: the tick at which the last frame ends.
        keys: where decoding can begin.
        reorder: most ticks by which a frame is decoded before it is shown.
        fragile: whether the film is damaged, so that it must be decoded in one thread: with more it is chance which
            of the pictures around the damage come out.
        names: the decoding timestamp of the packet each frame comes from, where timestamps of pictures cannot be
            relied on; otherwise none, and a decoded picture's own timestamp is in `shown`.
        by_place: whether `names` are the places of these packets in the film instead, since neither can be relied on.
        sizes: the size of that packet, its lowest 16 bits, for containers that do not say where a picture begins:
            there the timestamps are put on the wrong pictures just after a seek, and the size tells.
    """

    picture: Picture
    format: str
    size: int
    time_base: Fraction
    shown: Ticks
    end: int
    keys: KeyTable
    reorder: int = 0
    fragile: bool = False
    names: Ticks | None = None
    by_place: bool = False
    sizes: NDArray[np.uint16] | None = None

    def __post_init__(self) -> None:
        """Check what everything else relies on.

        Raises:
            ValueError: where the frames are none or not in order.
        """
        same = all(len(column) == len(self.shown) for column in (self.names, self.sizes) if column is not None)
        if not 0 < len(self.shown) <= MAX_FRAMES or not same or not len(self.keys.pts):
            message = "an index has frames, and places where decoding can begin"
            raise ValueError(message)
        rising = np.all(np.diff(self.shown) > 0) and np.all(np.diff(self.keys.pts) >= 0)
        if not rising or self.end <= int(self.shown[-1]) or self.time_base <= 0:
            message = "the frames of an index are in order of time"
            raise ValueError(message)

    @property
    def frames(self) -> int:
        """How many frames the film shows."""
        return len(self.shown)

    @property
    def start(self) -> int:
        """The tick of the first frame."""
        return int(self.shown[0])

    @property
    def duration(self) -> Fraction:
        """Seconds from the first frame to the end of the last."""
        return (self.end - self.start) * self.time_base

    @property
    def usual(self) -> int:
        """Ticks from frame to frame, in the middle of all; of a film of one frame, its length."""
        return max(1, int(np.median(np.diff(self.shown)))) if self.frames > 1 else self.end - self.start

    @property
    def vfr(self) -> bool:
        """Whether the time from frame to frame varies by more than two ticks and a millisecond."""
        gaps = np.diff(self.shown)
        spread = int(gaps.max() - gaps.min()) if len(gaps) else 0
        return spread > 2 and spread * self.time_base > Fraction(1, 1000)

    def pts(self, number: int) -> int:
        """The tick at which frame `number` begins.

        Raises:
            NoSuchFrame: outside the film.
        """
        return int(self.shown[self.check(number)])

    def after(self, number: int) -> int:
        """The tick at which frame `number` ends: the next frame's, or the end of the film."""
        return self.pts(number + 1) if self.check(number) + 1 < self.frames else self.end

    def seconds(self, number: int) -> Fraction:
        """When frame `number` begins, in seconds from the first frame."""
        return (self.pts(number) - self.start) * self.time_base

    def tick(self, seconds: Fraction) -> int:
        """The last tick that is not later than `seconds` after the first frame."""
        return self.start + int(seconds // self.time_base)

    def number_at(self, tick: int) -> int:
        """The frame that is shown at `tick`; the first before the film begins, the last after it ends."""
        return max(0, int(np.searchsorted(self.shown, tick, side="right")) - 1)

    def number_of(self, pts: int) -> int | None:
        """The frame that begins exactly at `pts`, if one does."""
        place = int(np.searchsorted(self.shown, pts))
        return place if place < self.frames and self.shown[place] == pts else None

    def frame_at(self, point: FrameNumber | Fraction) -> int:
        """The frame a person means: by number, or shown at so many seconds after the first frame began.

        Raises:
            NoSuchFrame: outside the film.
        """
        if isinstance(point, FrameNumber):
            return self.check(point.number)
        tick = self.tick(point)
        if not self.start <= tick < self.end:
            raise self._outside()
        return self.number_at(tick)

    def span(self, first: int, last: int) -> Span:
        """The stretch from the beginning of frame `first` to the end of frame `last`, which belongs to it."""
        return Span(self.pts(first), self.after(last))

    def keyframe_before(self, number: int) -> int:
        """The frame from which decoding towards `number` begins: `number` itself or an earlier one."""
        place = self.key_before(number)
        return 0 if place < 0 else min(number, int(np.searchsorted(self.shown, self.keys.pts[place])))

    def key_before(self, number: int) -> int:
        """Row in `keys` from which decoding towards `number` begins; -1 where only the beginning of the film does."""
        return int(np.searchsorted(self.keys.pts, self.pts(number), side="right")) - 1

    def check(self, number: int) -> int:
        """`number` itself.

        Raises:
            NoSuchFrame: outside the film.
        """
        if not 0 <= number < self.frames:
            raise self._outside()
        return number

    def _outside(self) -> NoSuchFrame:
        return NoSuchFrame(
            "the film has no such frame",
            f"it has {self.frames} frames, f0 to f{self.frames - 1}, and lasts {float(self.duration):.3f} seconds",
        )

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of what names its frames: equal for two indexes exactly if a mark means the same frame in both."""
        head = json.dumps([self.size, self.picture.stream, str(self.time_base), self.end]).encode()
        return hashlib.sha256(head + self.shown.astype(">i8").tobytes()).digest()

    def to_bytes(self) -> bytes:
        """The index as it is kept; see `index_format`."""
        from vigtool.player import index_format

        return index_format.to_bytes(self)

    @classmethod
    def from_bytes(cls, data: bytes) -> FrameIndex:
        """The index that `to_bytes` wrote.

        Raises:
            FilmChanged: where the bytes are no index of a known version, or not a sound one.
        """
        from vigtool.player import index_format

        return index_format.from_bytes(data)
