"""The sample film as a file: drawn, sounded and recorded as a phone would."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from typing import BinaryIO

import av

from vigtool.errors import Cancelled
from vigtool.sample import frame_code
from vigtool.sample.phone import Recording, sensor_frame
from vigtool.sample.scene import draw_picture
from vigtool.sample.sound import sound_track
from vigtool.sample.story import Event, events_within
from vigtool.sample.timestamps import FULL_SECONDS, TIME_BASE, end_tick, shown_ticks
from vigtool.timebase import Span

_AHEAD = 12  # pictures drawn before the encoder asks for them


@dataclass(frozen=True, slots=True)
class SampleFilm:
    """What is true of a sample film.

    Attributes:
        ticks: when each frame is shown, in ticks of `time_base`; the first is 0.
        end: the tick at which the last frame ends by the phone's clock; the file itself tells it to a millisecond
            or two only, since its frames are timed in the order in which they are decoded.
        size: width and height as it is shown, upright.
        events: what happens in it, in the order of their first frames.
    """

    ticks: tuple[int, ...]
    end: int
    size: tuple[int, int]
    events: tuple[Event, ...]
    time_base: Fraction = TIME_BASE

    @property
    def frames(self) -> int:
        """How many frames it shows."""
        return len(self.ticks)

    def span(self, event: Event) -> Span:
        """An event's span in ticks of the film."""
        return event.span(self.ticks)

    def frame_at(self, tick: int) -> int:
        """The number of the frame that is on the screen at a tick.

        Raises:
            ValueError: for a tick outside the film.
        """
        if not 0 <= tick < self.end:
            message = f"tick {tick} lies outside the film"
            raise ValueError(message)
        return bisect_right(self.ticks, tick) - 1

    def frame_at_seconds(self, seconds: Fraction) -> int:
        """The number of the frame that is on the screen at an exact time.

        Raises:
            ValueError: for a time outside the film.
        """
        return self.frame_at(int(seconds // self.time_base))


def film_truth(seconds: int = FULL_SECONDS, size: tuple[int, int] = (1280, 720)) -> SampleFilm:
    """What is true of a film of that length and size, without drawing it.

    Raises:
        ValueError: for a film shorter than one second, or longer than the story.
    """
    if seconds > FULL_SECONDS:
        message = f"the story lasts {FULL_SECONDS} seconds, not {seconds}"
        raise ValueError(message)
    ticks = shown_ticks(seconds)
    return SampleFilm(ticks, end_tick(seconds), size, events_within(len(ticks)))


def draw_sample_film(
    out: BinaryIO,
    *,
    seconds: int = FULL_SECONDS,
    report: Callable[[int, int], None],
    cancelled: Callable[[], bool],
    size: tuple[int, int] = (1280, 720),
) -> SampleFilm:
    """Draw the sample film and write it to `out`, which need not be able to seek.

    Args:
        out: takes the whole file at the end.
        seconds: how much of the story, from its beginning.
        report: called with frames done and frames in all.
        cancelled: asked after each frame.
        size: of the pictures as they are shown; 16 to 9, both numbers even.

    Raises:
        Cancelled: when asked to stop; nothing was written then.
        ValueError: for a size or length that cannot be drawn.
        OSError: whatever `out` raises.
    """
    if size[0] * 9 != size[1] * 16 or size[0] % 2 or size[1] % 2:
        message = f"the sample film is 16 to 9 with even sides, not {size[0]} by {size[1]}"
        raise ValueError(message)
    truth = film_truth(seconds, size)
    recording = Recording(size, truth.ticks, truth.end)
    try:
        with ThreadPoolExecutor(max_workers=max(2, (os.cpu_count() or 2) - 1)) as pool:
            sound = pool.submit(sound_track, seconds)
            _record(recording, truth, pool, report, cancelled)
            film = recording.finish(sound.result())
    except BaseException:
        recording.drop()
        raise
    out.write(film.getbuffer())
    return truth


def _record(
    recording: Recording,
    truth: SampleFilm,
    pool: ThreadPoolExecutor,
    report: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> None:
    """Draw in the pool, a few pictures ahead, and hand them to the encoder in order."""
    coming: deque[Future[av.VideoFrame]] = deque()
    asked = 0
    for number in range(truth.frames):
        while asked < min(number + _AHEAD, truth.frames):
            coming.append(pool.submit(_picture, asked, truth))
            asked += 1
        recording.picture(number, coming.popleft().result())
        report(number + 1, truth.frames)
        if cancelled():
            for waiting in coming:
                waiting.cancel()
            raise Cancelled


def _picture(number: int, truth: SampleFilm) -> av.VideoFrame:
    """One frame of the film with its number in it, ready for the encoder."""
    picture = draw_picture(float(truth.ticks[number] * truth.time_base), truth.size)
    frame_code.draw(picture, number)
    return sensor_frame(picture)
