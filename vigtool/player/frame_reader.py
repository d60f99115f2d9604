"""Reading frames of a film exactly: by number, anywhere, and on from there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from types import TracebackType
from typing import Final, Self

import av
import numpy as np
from av.packet import Packet
from av.stream import Discard
from av.video.stream import VideoStream

from vigtool.errors import FilmChanged, FilmDamaged, FrameUnreadable
from vigtool.player.decoder import Decoder
from vigtool.player.footage import Footage, Opener
from vigtool.player.frame import Frame
from vigtool.player.frame_index import UNKNOWN, FrameIndex
from vigtool.player.problems import Problem
from vigtool.player.seeking import seek_to_key
from vigtool.player.skipping import Skipping

# With more threads more pictures are decoded beyond the wanted one before it comes out.
THREADS: Final = min(4, os.cpu_count() or 1)
_RETREATS: Final = (0, 1, 2, 4, 8, 16)


class FrameReader:
    """Frames of one film, for one thread.

    No container is trusted to land where it was told to. Decoding begins at the key frame before the wanted frame.
    If the demuxer landed behind that key frame, if the first picture is later than the wanted one, or if the wanted
    one never comes, decoding begins a key frame earlier, and in the end at the beginning of the film. Pictures are
    known by their timestamps, never by counting.

    Attributes:
        index: the film's frames.
        packets_decoded: how many packets were decoded so far.
    """

    def __init__(
        self,
        opener: Opener,
        index: FrameIndex,
        *,
        threads: int = THREADS,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        """Open the film.

        Args:
            opener: of the film.
            index: its frames.
            threads: how many the decoder may use; of a damaged film one alone.
            cancelled: asked at every read of the film; where it says so, `Cancelled` is raised.

        Raises:
            FilmMissing, NotAFilm, NoPicture: where it cannot be opened.
            FilmChanged: where it is not the film that the index was made of.
        """
        self.index = index
        self.packets_decoded = 0
        self._opener = opener
        self._cancelled = cancelled
        self._threads = 1 if index.fragile else threads
        named = [] if index.names is None else index.names.tolist()
        self._numbers: dict[int, int] = {name: number for number, name in enumerate(named)}
        self._coming: Iterator[Frame] | None = None
        self._next = 0
        self._lost: set[int] = set()
        self._torn = False
        self._skipping = Skipping(index)
        self._footage = self._open()

    def get(self, number: int, passed: Callable[[Frame], None] | None = None, near: int = 0) -> Frame:
        """Frame `number`, exactly.

        Args:
            number: from 0.
            passed: is given each right frame that had to be decoded on the way, in shown order.
            near: so many frames before it are decoded in any case; of others those may be left out that it does not
                depend on.

        Raises:
            NoSuchFrame: outside the film.
            FrameUnreadable: where the film is so damaged there that the frame does not come out.
            FilmDamaged: one of these, where bytes on the way to it are not what was sealed.
            FilmMissing: where the film can no longer be read.
        """
        frame = None if self.index.check(number) in self._lost else self._arrive(number, passed, near)
        if frame is None or frame.number != number:
            if self._torn:
                raise Problem.TORN.error()
            self._lost.add(number)
            raise FrameUnreadable(
                "this frame is damaged in the film and cannot be shown", "the frames around it can: go on from there"
            )
        return frame

    def distance(self, number: int) -> int:
        """How many frames `get` would decode for frame `number`, as far as the index tells."""
        first = self.index.keyframe_before(number)
        if self._coming is not None and first <= self._next <= number:
            first = self._next
        return number - first + 1

    def run(
        self, first: int, passed: Callable[[Frame], None] | None = None, *, around: bool = False
    ) -> Iterator[Frame]:
        """Frame `first` and all that follow it, in shown order; what is too damaged to be shown is left out.

        It ends early when the reader is asked for something else meanwhile.

        Args:
            first: from 0.
            passed: is given each right frame that had to be decoded before, in shown order.
            around: whether to go on behind bytes that are not what was sealed, instead of stopping there.

        Raises:
            NoSuchFrame: outside the film.
            FilmDamaged: some of the film's bytes cannot be read.
            FilmMissing: where the film can no longer be read.
        """
        frame = self._arrive(self.index.check(first), passed, 0) or self._past_damage(first, around=around)
        mine = self._coming
        while frame is not None and self._coming is mine:
            yield frame
            if self._coming is mine:
                following = frame.number + 1
                frame = self._reach(following, 0, None) or self._past_damage(following, around=around)
                mine = self._coming

    def close(self) -> None:
        """Let the film go."""
        self._coming = None
        self._footage.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _arrive(self, number: int, passed: Callable[[Frame], None] | None, near: int) -> Frame | None:
        """Frame `number`; if it never comes, the first later one, or none at the end of the film."""
        frame = None
        self._skipping.until = number - near
        for begin in self._beginnings(number):
            frame = self._reach(number, begin(), passed)
            if frame is not None and frame.number == number:
                break
            self._skipping.until = 0
            if self._torn or (frame is not None and begin != self._begin_anew and self._tears_in_group(number)):
                break  # from wherever one begins, the way to it leads over what cannot be read
        return frame if frame is None or frame.number == number or not self._torn else None

    def _tears_in_group(self, number: int) -> bool:
        """Whether bytes of the group of a frame that did not come, read on from here, are not what was sealed."""
        keys, row = self.index.keys.pts, self.index.key_before(number) + 1
        self._reach(self.index.number_at(int(keys[row])) if row < len(keys) else self.index.frames, 0, None)
        return self._torn

    def _past_damage(self, number: int, *, around: bool) -> Frame | None:
        """Where the way ended at bytes that cannot be read: the first frame from `number` on behind them."""
        keys = self.index.keys.pts
        row = int(np.searchsorted(keys, self.index.pts(number))) if number < self.index.frames else len(keys)
        while self._torn:
            if not around:
                raise Problem.TORN.error()
            if row >= len(keys):
                return None
            frame = self._reach(number, self._begin_at_key(row), None)
            if frame is not None:
                return frame
            row += 1
        return None

    def _beginnings(self, number: int) -> Iterator[Callable[[], int | None]]:
        """Ways to come to `number`, quickest first.

        Each gives the first frame that is sound after it, or none where it did not lead to where it should.
        """
        if self._coming is not None and self.index.keyframe_before(number) <= self._next <= number:
            yield lambda: self._next
        row = self.index.key_before(number)
        for back in _RETREATS:
            if row - back >= 0:
                yield partial(self._begin_at_key, row - back)
        yield self._begin_anew

    def _begin_at_key(self, row: int) -> int | None:
        """Begin at a row of the key table; what is shown before that key frame may be broken."""
        try:
            if not seek_to_key(self._footage, self.index, row):
                return None
        except FilmDamaged:
            self._torn = True
            return None
        self._coming = self._frames(row)
        return int(np.searchsorted(self.index.shown, self.index.keys.pts[row]))

    def _begin_anew(self) -> int:
        """Begin at the beginning of the film, opened anew."""
        self._footage.close()
        self._footage = self._open()
        self._coming = self._frames(None)
        return 0

    def _reach(self, number: int, sound: int | None, passed: Callable[[Frame], None] | None) -> Frame | None:
        """The first frame from `number` on; sound ones that come before it are passed."""
        if sound is None or self._coming is None:
            return None
        self._torn = False
        try:
            for frame in self._coming:
                self._next = frame.number + 1
                if frame.number >= number:
                    return frame
                if passed is not None and frame.number >= sound:
                    passed(frame)
        except FilmDamaged:
            self._torn = True
        self._coming = None
        return None

    def _frames(self, row: int | None) -> Iterator[Frame]:
        """Frames from where the demuxer stands; none if that is behind the key frame in `row`."""
        watch = _Watch(self.index, row)

        def look(packet: Packet[VideoStream]) -> bool:
            self._skipping.decide(packet)
            return watch(packet)

        decoder = Decoder(self._footage, self.index.picture.stream, threads=self._threads, watch=look)
        before = self.packets_decoded
        for picture in decoder.pictures():
            self.packets_decoded = before + decoder.packets
            number = self._number(picture)
            if number is not None:
                yield Frame(number, self.index.pts(number), picture, self.index.picture)
        self.packets_decoded = before + decoder.packets

    def _number(self, picture: av.VideoFrame) -> int | None:
        """Which frame a decoded picture is; none if the film does not show it."""
        origin = picture.opaque if isinstance(picture.opaque, tuple) else (None, 0)
        if self.index.names is not None:
            number = self._numbers.get(origin[0])
        else:
            number = None if picture.pts is None else self.index.number_of(picture.pts)
        if number is None or self.index.sizes is None or self.index.sizes[number] == origin[1] & 0xFFFF:
            return number
        return None

    def _open(self) -> Footage:
        """The film, if it is still the one that was looked at."""
        footage = Footage(self._opener, self._cancelled)
        if footage.size != self.index.size or footage.format != self.index.format:
            footage.close()
            raise FilmChanged(
                "this is not the film that was looked at: it has another length or kind",
                "bring the film in again as it is now, or put the first one back",
            )
        for stream in footage.container.streams:
            if stream.index != self.index.picture.stream:
                stream.discard = Discard.all  # nothing else is read, where the container allows it
        return footage


class _Watch:
    """Looks at packets before they are decoded.

    It puts on each a label (decoded at or place, size) that its picture will carry, and stops where the demuxer
    landed behind the key frame it was sent to.
    """

    def __init__(self, index: FrameIndex, row: int | None) -> None:
        self._arrived = row is None
        self._by_place = index.by_place
        self._pts = None if row is None else int(index.keys.pts[row])
        self._dts = None if row is None or index.keys.dts[row] == UNKNOWN else int(index.keys.dts[row])

    def __call__(self, packet: Packet[VideoStream]) -> bool:
        """Whether to go on."""
        packet.opaque = (packet.pos if self._by_place else packet.dts, packet.size)
        if not self._arrived:
            self._arrived = True
            return not self._late(packet)
        return True

    def _late(self, packet: Packet[VideoStream]) -> bool:
        """Whether the first packet after a seek comes after the key frame."""
        if packet.dts is not None and self._dts is not None:
            return packet.dts > self._dts
        return packet.pts is None or self._pts is None or packet.pts > self._pts
