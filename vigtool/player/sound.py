"""The sound of a film, placed on the film's own clock: 48 kHz, stereo, without gaps.

Sound and picture have one origin: tick 0 of the picture's stream and second 0 of the sound's stream are the same
moment (not the container's own start, which the priming of the sound moves). Where the recording has a gap there is
silence; where blocks overlap the later one is cut. Timestamps are rounded by containers: only differences above
20 ms count.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from types import TracebackType
from typing import Final, Self, cast

import av
import av.error
import numpy as np
from av.audio.stream import AudioStream
from av.stream import Discard

from vigtool.errors import FilmDamaged
from vigtool.player.decoders import can_sound
from vigtool.player.footage import Footage, Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.problems import Problem
from vigtool.player.seeking import seek_to_key
from vigtool.player.streams import film_sound
from vigtool.player.stretch import Samples, stretched

RATE: Final = 48_000
_TOLERANCE: Final = RATE // 50
_EARLIER: Final = (Fraction(1, 4), Fraction(2), Fraction(10))
_BLOCK: Final = 4_800


class SoundReader:
    """The sound of one film, for one thread."""

    def __init__(
        self, opener: Opener, index: FrameIndex, rate: Fraction = Fraction(1), *, around: bool = False
    ) -> None:
        """Open the film.

        Args:
            opener: of the film.
            index: its frames; where the last one ends, the sound ends too.
            rate: seconds of film that go into a second of sound, pitch kept.
            around: be silent where bytes are not what was sealed, and go on behind them, instead of stopping there.

        Raises:
            FilmMissing, NotAFilm: where it cannot be opened. FilmDamaged: where its beginning is damaged.
        """
        self._opener = opener
        self._index = index
        self._speed = rate
        self._around = around
        self._footage = Footage(opener)
        self._stream = self._prepare()

    @property
    def silent(self) -> bool:
        """Whether the film has no sound that can be decoded; then it is silence that is read."""
        return self._stream is None

    def run(self, tick: int) -> Iterator[Samples]:
        """Blocks (samples, 2) from exactly `tick` of the film to its end, one after the other without a gap.

        Raises:
            FilmMissing: where the film can no longer be read. FilmDamaged: where a part of it cannot.
        """
        start = tick * self._index.time_base
        count = max(0, round((self._index.end * self._index.time_base - start) * RATE))
        return stretched(_exactly(self._placed(start), count), RATE, self._speed)

    def close(self) -> None:
        """Let the film go."""
        self._footage.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _prepare(self) -> AudioStream | None:
        """The sound's stream; nothing else is read of the film."""
        stream = film_sound(self._footage)
        if self._footage.ends_early and not self._around:
            raise Problem.TORN.error()
        for other in self._footage.container.streams:
            if other is not stream:
                other.discard = Discard.all
        return stream

    def _placed(self, start: Fraction) -> Iterator[Samples]:
        """Blocks from `start` seconds on, silence where there is none."""
        given = 0
        for place, block in self._resampled(start):
            if place > given:
                yield from _silence(place - given)
                given = place
            kept = block[given - place :]
            if len(kept):
                yield kept
                given += len(kept)

    def _resampled(self, start: Fraction) -> Iterator[tuple[int, Samples]]:
        """Decoded blocks as 48 kHz stereo, and where each begins in samples from `start`."""
        line: _Line | None = None
        for frame in self._decoded(start):
            begin = _begin(frame)
            if line is None or line.differs(frame, begin):
                if line is not None:
                    yield from line.rest()
                line = _Line(frame, round((begin - start) * RATE) if begin is not None else 0)
            yield from line.add(frame)
        if line is not None:
            yield from line.rest()

    def _decoded(self, start: Fraction) -> Iterator[av.AudioFrame]:
        """Decoded blocks from `start` or shortly before it; no container is trusted to land where it was told to."""
        for earlier in (*_EARLIER, None):
            frames = self._frames_from(start, earlier)
            first = next(frames, None)
            if first is None:
                continue
            begin = _begin(first)
            if earlier is None or begin is None or begin <= max(start, self._first_second()):
                yield first
                yield from frames
                return

    def _frames_from(self, start: Fraction, earlier: Fraction | None) -> Iterator[av.AudioFrame]:
        """Blocks from `earlier` seconds before `start`, or from the film's beginning."""
        if earlier is None:
            self._footage.close()
            self._footage = Footage(self._opener)
            self._stream = self._prepare()
        stream = self._stream
        if stream is None:
            return
        aim = self._first_second()
        if earlier is not None:
            aim = max(start - earlier, self._first_second())
            try:
                self._footage.seek(int(aim // (stream.time_base or 1)), stream)
            except av.error.FFmpegError:
                return
        yield from self._blocks_around(stream, aim) if self._around else _blocks(self._footage, stream)

    def _blocks_around(self, stream: AudioStream, at: Fraction) -> Iterator[av.AudioFrame]:
        """Blocks from where the demuxer stands, which is second `at`; where some cannot be read, on behind them.

        That is at the next of the pictures' key frames.
        """
        keys, step = self._index.keys.pts, self._index.time_base
        row: int | None = -1
        while row is not None:
            try:
                for block in _blocks(self._footage, stream):
                    at = max(at, _begin(block) or at)
                    yield block
                break
            except FilmDamaged:
                row = max(row + 1, int(np.searchsorted(keys, at // step, side="right")))
            row = next((later for later in range(row, len(keys)) if self._goes_to(later, stream)), None)

    def _goes_to(self, row: int, stream: AudioStream) -> bool:
        """Send the demuxer to a row of the key table; whether it went. Matroska finds no place by its sound."""
        seconds = int(self._index.keys.pts[row]) * self._index.time_base
        try:
            if self._index.format == "matroska":
                return seek_to_key(self._footage, self._index, row)
            self._footage.seek(int(seconds // (stream.time_base or 1)), stream)
        except (FilmDamaged, av.error.FFmpegError):
            return False
        return True

    def _first_second(self) -> Fraction:
        """When the sound begins, in seconds of the film's clock."""
        stream = self._stream
        return Fraction(0) if stream is None else (stream.start_time or 0) * (stream.time_base or Fraction(0))


class _Line:
    """Blocks that follow each other without a gap."""

    def __init__(self, frame: av.AudioFrame, place: int) -> None:
        # One channel becomes two as it is; the resampler would make it quieter.
        self._channels = 1 if frame.layout.nb_channels == 1 else 2
        self._resampler = av.AudioResampler("s16", "mono" if self._channels == 1 else "stereo", RATE)
        self._kind = _kind(frame)
        self._place = place
        self._begin = _begin(frame)
        self._length = Fraction(0)

    def differs(self, frame: av.AudioFrame, begin: Fraction | None) -> bool:
        """Whether a block is of another kind, or does not follow within the tolerance."""
        if _kind(frame) != self._kind:
            return True
        if begin is None or self._begin is None:
            return False
        return abs(begin - self._begin - self._length) * RATE > _TOLERANCE

    def add(self, frame: av.AudioFrame) -> Iterator[tuple[int, Samples]]:
        """Blocks that are ready, and where each begins."""
        self._length += Fraction(frame.samples, frame.sample_rate)
        yield from self._out(frame)

    def rest(self) -> Iterator[tuple[int, Samples]]:
        """What the resampler still holds."""
        yield from self._out(None)

    def _out(self, frame: av.AudioFrame | None) -> Iterator[tuple[int, Samples]]:
        for ready in self._resampler.resample(frame):
            block = cast("Samples", ready.to_ndarray()).reshape(-1, self._channels)
            yield self._place, np.repeat(block, 2 // self._channels, axis=1)
            self._place += len(block)


def _kind(frame: av.AudioFrame) -> tuple[str, int, str]:
    return frame.format.name, frame.sample_rate, frame.layout.name


def _begin(frame: av.AudioFrame) -> Fraction | None:
    """When a block begins, in seconds of the film's clock."""
    return None if frame.pts is None or frame.time_base is None else frame.pts * frame.time_base


def _blocks(footage: Footage, stream: AudioStream) -> Iterator[av.AudioFrame]:
    """Every block that comes out from where the demuxer stands, whatever is damaged on the way."""
    packets = footage.packets(stream)
    while True:
        try:
            packet = next(packets, None)
        except av.error.FFmpegError:
            return
        if packet is None:
            return
        try:
            blocks = packet.decode()
        except av.error.FFmpegError:
            continue
        yield from (block for block in blocks if can_sound(block.sample_rate, block.layout.nb_channels))


def _silence(samples: int) -> Iterator[Samples]:
    for begin in range(0, samples, _BLOCK):
        yield np.zeros((min(_BLOCK, samples - begin), 2), np.int16)


def _exactly(blocks: Iterator[Samples], samples: int) -> Iterator[Samples]:
    """So many samples: cut, or silence after the end."""
    left = samples
    for block in blocks:
        yield block[:left]
        left -= len(block)
        if left <= 0:
            return
    yield from _silence(left)
