"""The sound of one stretch of a film, placed sample by sample on the film's own clock.

Sample k of a stretch is heard k / 48000 seconds after the stretch begins. Decoded blocks are laid end to end, since
containers round their timestamps; only where a timestamp and that place differ by more than 20 ms is the sound set
anew by its timestamp (a gap in the recording, or blocks that overlap).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from fractions import Fraction

import av
import av.error
import numpy as np
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream

from vigtool.export.held_sound import RATE, HeldSound, Sound
from vigtool.player.footage import Footage, Opener

_DRIFT = RATE // 50
# Decoding begins so many seconds early, since codecs need a moment to settle; where a container lands late for all
# that, earlier; and in the end at the beginning of the film.
_EARLIER = (Fraction(1, 2), Fraction(5), None)


def film_sound(
    opener: Opener, stream: int, start: Fraction, samples: int, *, cancelled: Callable[[], bool] | None = None
) -> Generator[Sound, None, None]:
    """The sound of a film from `start`, as it is decoded. Closing the generator closes the film.

    Args:
        opener: opens the film.
        stream: index of the sound's stream in it.
        start: in seconds of the film's own clock.
        samples: how many, at 48 kHz.
        cancelled: asked now and then.

    Yields:
        One stretch after another, of a second at most: -1..1, float32 of shape (2, n), together exactly `samples`;
        silence where the film has no sound.

    Raises:
        FilmMissing: where the film can no longer be read.
        Cancelled: where `cancelled` says so.
    """
    held = HeldSound(samples)
    for earlier in _EARLIER:
        with Footage(opener, cancelled) as footage:
            source = footage.container.streams.audio[_place_among_sounds(footage, stream)]
            if earlier is not None and not _go_to(footage, source, start - earlier):
                continue
            stretch = _Stretch(start, samples, held)
            for frame in _decoded(footage, source):
                if stretch.is_empty and earlier is not None and _begins(frame) > start:
                    break
                stretch.add(frame)
                yield from held.beyond()
                if stretch.is_full:
                    break
            stretch.finish()
        if not stretch.is_empty:
            break
    yield from held.rest()


class _Stretch:
    """Lays decoded blocks in their places within one stretch."""

    def __init__(self, start: Fraction, samples: int, held: HeldSound) -> None:
        self.is_empty = True
        self._held = held
        self._start = start
        self._samples = samples
        self._resampler = AudioResampler("fltp", "stereo", RATE)
        self._kind: tuple[str, str, int] | None = None
        self._place = 0  # where the next resampled sample belongs
        self._due = Fraction(0)  # where the next block should begin, both counted from the start of the stretch

    @property
    def is_full(self) -> bool:
        """Whether everything from here on lies behind the stretch."""
        return self._place >= self._samples

    def add(self, frame: av.AudioFrame) -> None:
        """Lay down the next decoded block."""
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        begins = (_begins(frame) - self._start) * RATE if frame.pts is not None else self._due
        if kind != self._kind or abs(begins - self._due) > _DRIFT:
            self.finish()
            self._kind, self._due, self._place = kind, begins, round(begins)
            self._resampler = AudioResampler("fltp", "stereo", RATE)
        self._due += Fraction(frame.samples * RATE, frame.sample_rate)
        self.is_empty = False
        frame.pts = None  # the places are ours
        for block in self._resampler.resample(frame):
            self._lay(block)

    def finish(self) -> None:
        """Lay down what is still on its way."""
        if self._kind is not None:
            for block in self._resampler.resample(None):
                self._lay(block)
            self._kind = None

    def _lay(self, block: av.AudioFrame) -> None:
        """Put resampled sound in its place, as far as it lies within the stretch."""
        data = block.to_ndarray().astype(np.float32, copy=False)
        self._held.lay(self._place, data)
        self._place += data.shape[1]


def _place_among_sounds(footage: Footage, stream: int) -> int:
    """The rank of a stream among those of sound."""
    return [source.index for source in footage.container.streams.audio].index(stream)


def _go_to(footage: Footage, source: AudioStream, seconds: Fraction) -> bool:
    """Go to the last place at or before a time; whether the container could."""
    tick = source.time_base or Fraction(1, RATE)
    try:
        footage.seek(int(seconds / tick), source)
    except av.error.FFmpegError:
        return False
    return True


def _decoded(footage: Footage, source: AudioStream) -> Iterator[av.AudioFrame]:
    """The blocks from here on; what is damaged is left out and so becomes a gap."""
    packets = footage.packets(source)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.error.FFmpegError):
            return
        try:
            yield from packet.decode()
        except av.error.FFmpegError:
            continue


def _begins(frame: av.AudioFrame) -> Fraction:
    """When a block begins, in seconds of the film's own clock; long ago where it does not say."""
    if frame.pts is None or frame.time_base is None:
        return Fraction(-1 << 40)
    return frame.pts * frame.time_base
