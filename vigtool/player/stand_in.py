"""A small film that stands in for one that is too heavy to be shown at once: same frames, same times, fewer pixels.

It has no sound, and nothing of the film but its pictures: upright, in the colours of an ordinary screen. Frame n of the
one is frame n of the other, and begins at the very same time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import BinaryIO, Final, cast

import av
import numpy as np
from av.codec.context import Flags
from av.video.codeccontext import VideoCodecContext

from vigtool.errors import Cancelled, FilmChanged, FrameUnreadable
from vigtool.player.footage import Opener
from vigtool.player.frame import Frame, fitted
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.picture import Picture
from vigtool.player.picture_file import PictureFile, can_hold

LONG, SHORT = 1280, 720
"""The longer and the shorter side that a stand-in's pictures fit into."""

GROUP: Final = 12
_LONGEST_GROUP: Final = 60
_MOST_PIXELS: Final = 1920 * 1088
_HEAVY: Final = ("hevc", "av1", "vp9", "vvc")
_HEAVY_PIXELS: Final = 1280 * 720
_THREADS: Final = 2
_ENCODING: Final = {
    # This preset takes half the time of the next, and its pictures half the time to decode.
    "preset": "ultrafast",
    "crf": "22",
    "maxrate": "8M",
    "bufsize": "8M",
    "g": str(GROUP),
    "bf": "0",
    # Units are preceded by their lengths, and pictures come out at once.
    "x264-params": "annexb=0:rc-lookahead=0:sync-lookahead=0:mbtree=0",
}


@dataclass(frozen=True, slots=True)
class StandIn:
    """A stand-in that was found to fit its film.

    Attributes:
        opener: gives the stand-in's own bytes; each thread opens its own.
        index: the stand-in's own frames, to read it by. Frame n is the film's frame n.
    """

    opener: Opener
    index: FrameIndex


def wants_stand_in(index: FrameIndex) -> bool:
    """Whether a film is so heavy that a stand-in makes a difference, and can have one.

    Heavy are long groups, large pictures, high dynamic range, and the codecs of high efficiency from 720 lines on. A
    damaged film gets none, since chance decides which of its frames come out; nor does one whose times no such file
    can hold.
    """
    picture = index.picture
    pixels = picture.stored_width * picture.stored_height
    heavy = (
        longest_group(index) > _LONGEST_GROUP
        or pixels > _MOST_PIXELS
        or picture.hdr
        or (picture.codec in _HEAVY and pixels >= _HEAVY_PIXELS)
    )
    return heavy and not index.fragile and can_hold(index.time_base, index.shown.tolist(), index.end)


def longest_group(index: FrameIndex) -> int:
    """How many frames lie at most from one place where decoding can begin to the next."""
    firsts = np.searchsorted(index.shown, index.keys.pts)
    return int(np.diff(np.concatenate([[0], firsts, [index.frames]])).max())


def make_stand_in(
    opener: Opener,
    index: FrameIndex,
    out: BinaryIO,
    report: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Write a film's stand-in: H.264 without B-frames in an MP4, its groups of at most 12 frames.

    Args:
        opener: of the film.
        index: its frames.
        out: where to; it is written straight through, and not closed.
        report: frames done, frames in all.
        cancelled: whether to stop.

    Raises:
        FilmMissing, FilmChanged: where the film cannot be read, or is another.
        FrameUnreadable: where one of its frames does not come out.
        Cancelled: when stopped. What lies in `out` is then no film.
    """
    width, height = small_size(index.picture)
    encoder = _encoder(width, height, index)
    film = PictureFile(out, width, height, index.time_base)
    with FrameReader(opener, index, threads=_THREADS, cancelled=cancelled) as reader:
        for frame in _every(reader):
            if cancelled():
                raise Cancelled
            picture = frame.upright_yuv(width, height)
            picture.pts, picture.time_base = frame.pts, index.time_base
            _take(film, encoder, picture)
            report(frame.number + 1, index.frames)
    _take(film, encoder, None)
    film.finish(index.end, encoder.extradata or b"")


def stand_in(opener: Opener, film: FrameIndex, own: FrameIndex) -> StandIn:
    """A stand-in, if every frame of it begins exactly when the film's frame of that number does.

    Args:
        opener: of the stand-in.
        film: the film's frames.
        own: the stand-in's own.

    Raises:
        FilmChanged: where they do not agree.
    """
    if not _agree(film, own):
        message = "the small copy of this film is not of this film as it is now"
        raise FilmChanged(message, "a new one is made while the film is open")
    return StandIn(opener, own)


def small_size(picture: Picture) -> tuple[int, int]:
    """Width and height of a stand-in's pictures: even, of the film's shape, never larger than the film's own."""
    box = (LONG, SHORT) if picture.width >= picture.height else (SHORT, LONG)
    width, height = fitted(picture.width, picture.height, *(min(box[0], picture.width), min(box[1], picture.height)))
    return max(2, width // 2 * 2), max(2, height // 2 * 2)


def _agree(film: FrameIndex, own: FrameIndex) -> bool:
    """Whether both have the same times; where a file cannot hold the film's ticks as they are, finer ones do."""
    finer = film.time_base / own.time_base
    if film.frames != own.frames or finer.denominator != 1 or own.fragile or own.names is not None:
        return False
    times = film.shown * finer.numerator
    return bool(np.array_equal(times, own.shown)) and film.end * finer.numerator == own.end


def _every(reader: FrameReader) -> Iterator[Frame]:
    """All frames of the film, none left out."""
    expected = 0
    for frame in reader.run(0):
        if frame.number != expected:
            break
        yield frame
        expected += 1
    if expected != reader.index.frames:
        message = "a frame of this film is damaged: no small copy of it can be made"
        raise FrameUnreadable(message, "the film itself can be looked at all the same")


def _encoder(width: int, height: int, index: FrameIndex) -> VideoCodecContext:
    """x264, made for being decoded quickly and from anywhere."""
    encoder = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.time_base = index.time_base
    encoder.framerate = Fraction(1) / (index.usual * index.time_base)
    encoder.color_range, encoder.colorspace, encoder.color_trc, encoder.color_primaries = 1, 1, 1, 1
    encoder.thread_count = 1  # the decoder has the others
    encoder.flags |= Flags.global_header
    encoder.options = dict(_ENCODING)
    encoder.open()
    return encoder


def _take(film: PictureFile, encoder: VideoCodecContext, picture: av.VideoFrame | None) -> None:
    for packet in encoder.encode(picture):
        film.add(cast("int", packet.pts), bytes(packet), key=packet.is_keyframe)
