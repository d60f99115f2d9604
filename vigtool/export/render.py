"""Making the copy: for each of its pictures, what is shown is asked for, drawn and encoded.

Pictures stay in their planes from the film to the encoder. Every clip of a film is read by the same reader as screen
and still. Picture and sound are placed by one clock, see `cut_list`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from typing import BinaryIO

import av

from vigtool.errors import Cancelled, FilmMissing
from vigtool.export.arrangement import Arrangement, Box, arrange
from vigtool.export.cards import caption_lines, clip_ground, title_card
from vigtool.export.cleanse import require_clean
from vigtool.export.cut_list import Cut, CutList, film_frame
from vigtool.export.encoder import SOUND_RATE, Encoder, HeadTooLarge, Shape, planes_of, room_for_head
from vigtool.export.film_sound import film_sound
from vigtool.export.held_sound import Sound
from vigtool.export.overlay import Planes
from vigtool.export.soundtrack import Part, Supply, gain_for, laid_out, levelled
from vigtool.ids import Id
from vigtool.player.footage import Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.probe import FilmFacts

Report = Callable[[int, int], None]
_REPORT_EVERY = 5
_BITS_A_PIXEL = Fraction(1, 5)  # about twice what noisy pictures of a home came to at crf 20


@dataclass(frozen=True, slots=True)
class Source:
    """One film that the reel shows."""

    opener: Opener = field(repr=False)
    index: FrameIndex = field(repr=False)
    facts: FilmFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderSettings:
    """How the copy is made.

    Attributes:
        width, height: what the whole picture stays within; turned for upright films.
        crf, preset: x264's quality (lower is better) and effort.
    """

    width: int = 1920
    height: int = 1080
    crf: int = 20
    preset: str = "veryfast"


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedClip:
    """What one clip became.

    Attributes:
        start_frame, end_frame: of its film; the end is exclusive.
        first, last: frames of the copy, inclusive.
    """

    film: Id
    start_frame: int
    end_frame: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The finished copy: its number of frames, exact seconds, size in pixels, frames a second, and clips."""

    frames: int
    duration: Fraction
    width: int
    height: int
    rate: Fraction
    clips: tuple[RenderedClip, ...]


def render(
    cuts: CutList,
    sources: Mapping[Id, Source],
    out: BinaryIO,
    settings: RenderSettings | None = None,
    *,
    report: Report = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Rendered:
    """Make the copy of a reel.

    Args:
        cuts: the reel, placed.
        sources: every film that it shows.
        out: empty, seekable and readable. Whoever opened it closes it, and throws it away after any error.
        settings: how it is made.
        report: told (frames done, frames in all) every few frames.
        cancelled: asked before each frame.

    Raises:
        FilmMissing: where a film is not among `sources` or can no longer be read; other `FilmError`s of its reader.
        InvalidRecord: where a caption leaves no room for the picture.
        Cancelled: where `cancelled` says so.
        CannotWrite: where `out` takes no more, or what came out holds more than picture and sound.
    """
    settings = settings or RenderSettings()
    if any(cut.film not in sources for cut in cuts.cuts):
        raise FilmMissing("a film that this reel shows is not there", "bring the film in again, or take its clips out")
    films = [sources[film].facts for film in dict.fromkeys(cut.film for cut in cuts.cuts)]
    words = [caption_lines(cut.captions) for cut in cuts.cuts]
    form = arrange([(film.width, film.height) for film in films], words, (settings.width, settings.height))
    shape = Shape(width=form.width, height=form.height, rate=cuts.rate, frames=cuts.frames)
    track = soundtrack(cuts, sources, shape.samples, cancelled)
    job = _Job(cuts, sources, form, track, report, cancelled)
    try:
        job.run(Encoder(out, shape, crf=settings.crf, preset=settings.preset))
    except HeadTooLarge:  # not seen yet; should a muxer need more than its format can ask for, there is more
        out.seek(0)
        out.truncate()
        job.run(Encoder(out, shape, crf=settings.crf, preset=settings.preset, room=8 * room_for_head(shape)))
    require_clean(out)
    return _rendered(cuts, form)


def soundtrack(
    cuts: CutList, sources: Mapping[Id, Source], samples: int, cancelled: Callable[[], bool] = lambda: False
) -> Callable[[], Generator[Sound, None, None]]:
    """What gives the copy's whole sound, at one calm loudness, which is measured here.

    Each clip is heard from its exact second on, and never beyond its end.

    Returns:
        What begins anew with each call: blocks of float32, shape (2, n), together `samples`.
    """
    parts = []
    for cut in cuts.cuts:
        source = sources[cut.film]
        first, last = (_sample(n, cuts.rate) for n in (cut.out_first, cut.out_last + 1))
        count = min(last - first, int((cut.end - cut.start) * SOUND_RATE))
        if source.facts.audio is not None and count:
            stream = source.facts.audio.stream
            hear = partial(film_sound, source.opener, stream, cut.start, count, cancelled=cancelled)
            parts.append(Part(first=first, samples=count, hear=hear))
    with closing(laid_out(parts, samples)) as track:
        gain = gain_for(_watched(track, cancelled)) if parts else 1.0
    return lambda: levelled(laid_out(parts, samples), gain)


def _watched(track: Iterable[Sound], cancelled: Callable[[], bool]) -> Iterator[Sound]:
    """The blocks of a track until the person stops the work."""
    for block in track:
        if cancelled():
            raise Cancelled
        yield block


def expected_size(cuts: CutList, settings: RenderSettings | None = None) -> int:
    """About how many bytes the copy will have, on the generous side."""
    settings = settings or RenderSettings()
    picture = settings.width * settings.height * cuts.frames * _BITS_A_PIXEL / 8
    return int(picture + cuts.duration * 24_000) + 65_536


class _Job:
    """One run of the renderer: asks for each picture, and feeds the encoder."""

    def __init__(
        self,
        cuts: CutList,
        sources: Mapping[Id, Source],
        form: Arrangement,
        track: Callable[[], Generator[Sound, None, None]],
        report: Report,
        cancelled: Callable[[], bool],
    ) -> None:
        self._cuts = cuts
        self._sources = sources
        self._form = form
        self._track = track
        self._sound: Supply  # of the run under way
        self._report = report
        self._cancelled = cancelled

    def run(self, encoder: Encoder) -> None:
        """Render everything into `encoder` and end it."""
        done = False
        try:
            with ExitStack() as readers:
                self._sound = Supply(readers.enter_context(closing(self._track())))
                self._title(encoder)
                open_films: dict[Id, FrameReader] = {}
                for cut in self._cuts.cuts:
                    if cut.film not in open_films:
                        source = self._sources[cut.film]
                        open_films[cut.film] = readers.enter_context(FrameReader(source.opener, source.index))
                    self._clip(encoder, cut, open_films[cut.film])
            encoder.finish()
            done = True
        finally:
            if not done:
                encoder.abandon()
        self._report(self._cuts.frames, self._cuts.frames)

    def _title(self, encoder: Encoder) -> None:
        """The frames before the first clip."""
        if not self._cuts.title_frames:
            return
        card = title_card(self._form, self._cuts.title)
        for number in range(self._cuts.title_frames):
            self._add(encoder, number, card, None, None)

    def _clip(self, encoder: Encoder, cut: Cut, reader: FrameReader) -> None:
        """The frames of one clip."""
        source = self._sources[cut.film]
        ground = clip_ground(self._form, cut.captions)
        box = self._form.film_box(source.facts.width, source.facts.height)
        shown = -1
        picture: av.VideoFrame | None = None
        for number in range(cut.out_first, cut.out_last + 1):
            wanted = film_frame(cut, number, self._cuts.rate, source.index)
            if wanted != shown:
                picture = reader.get(wanted).upright_yuv(box.width, box.height)
                shown = wanted
            self._add(encoder, number, ground, picture, box)

    def _add(
        self, encoder: Encoder, number: int, ground: Planes, picture: av.VideoFrame | None, box: Box | None
    ) -> None:
        """One frame of the copy with its share of the sound."""
        if self._cancelled():
            raise Cancelled
        if number % _REPORT_EVERY == 0:
            self._report(number, self._cuts.frames)
        frame, planes = encoder.picture()
        planes.put(ground)
        if picture is not None and box is not None:
            planes.part(box.left, box.top, box.width, box.height).put(planes_of(picture))
        encoder.add_picture(frame)
        first, last = (_sample(n, self._cuts.rate) for n in (number, number + 1))
        for piece in self._sound.take(last - first):
            encoder.add_sound(piece)


def _sample(number: int, rate: Fraction) -> int:
    """The sample at which a frame of the copy begins."""
    return int(number * SOUND_RATE / rate + Fraction(1, 2))


def _rendered(cuts: CutList, form: Arrangement) -> Rendered:
    """What the copy holds, for the receipt."""
    clips = tuple(
        RenderedClip(
            film=cut.film, start_frame=cut.first, end_frame=cut.last + 1, first=cut.out_first, last=cut.out_last
        )
        for cut in cuts.cuts
    )
    return Rendered(
        frames=cuts.frames, duration=cuts.duration, width=form.width, height=form.height, rate=cuts.rate, clips=clips
    )
