"""Interlaced films: the half picture of a frame's own time shows its number, the later one shows another number."""

from __future__ import annotations

import io
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import cast

import av
import numpy as np
from av.filter import Graph
from av.packet import Packet
from av.video.stream import VideoStream

from makers import Rgb, upright_picture

RATE = 25
LATER = 5_000


@dataclass(frozen=True, kw_only=True)
class InterlacedFilm:
    """What film to make.

    Attributes:
        bottom_first: whether the lower lines are the earlier ones.
        options: for the encoder, without those that make it interlaced.
        frames: how many.
        still: whether both half pictures show the same.
    """

    codec: str
    container: str
    pixel_format: str = "yuv420p"
    size: tuple[int, int] = (192, 128)
    bottom_first: bool = False
    options: tuple[tuple[str, str], ...] = ()
    frames: int = 26
    still: bool = False


_MPEG2 = (("qmin", "1"), ("qmax", "2"), ("b", "20M"), ("flags", "+ildct+ilme"))
FILMS = {
    "mpeg-2, upper first": InterlacedFilm(codec="mpeg2video", container="mpegts", options=_MPEG2),
    "mpeg-2, lower first": InterlacedFilm(codec="mpeg2video", container="mpeg", options=_MPEG2, bottom_first=True),
    "h264, upper first": InterlacedFilm(
        codec="libx264", container="mp4", options=(("x264-params", "tff=1:keyint=12"),)
    ),
    "h264, lower first": InterlacedFilm(
        codec="libx264", container="mpegts", options=(("x264-params", "bff=1:keyint=12"),), bottom_first=True
    ),
    "dv, 25 a second": InterlacedFilm(
        codec="dvvideo", container="avi", size=(720, 576), bottom_first=True, frames=8
    ),
    "prores, ten bits": InterlacedFilm(
        codec="prores_ks", container="mov", pixel_format="yuv422p10le", options=(("flags", "+ildct"),)
    ),
}  # fmt: skip


@cache
def make(film: InterlacedFilm) -> bytes:
    """The film's bytes."""
    out = io.BytesIO()
    with av.open(out, "w", format=film.container) as container:
        stream = _stream(container, film)
        pictures = [woven(film, number) for number in range(film.frames)]
        for number, frame in enumerate(_flagged(pictures, film)):
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


@cache
def mixed(kinds: tuple[bool, ...]) -> bytes:
    """An MPEG-2 film of stretches of 6 frames, interlaced (True) or not."""
    out = io.BytesIO()
    with av.open(out, "w", format="mpegts") as container:
        stream: VideoStream | None = None
        for place, interlaced in enumerate(kinds):
            film = InterlacedFilm(codec="mpeg2video", container="mpegts", options=_MPEG2 if interlaced else _MPEG2[:3])
            numbers = range(6 * place, 6 * place + 6)
            packets, template = _stretch(film, numbers, interlaced=interlaced)
            stream = stream or container.add_stream_from_template(template)
            for packet in packets:
                packet.stream = stream
                container.mux(packet)
    return out.getvalue()


def woven(film: InterlacedFilm, number: int) -> Rgb:
    """Both half pictures of a frame, line by line."""
    picture = upright_picture(number, *film.size)
    if not film.still:
        late = 0 if film.bottom_first else 1
        picture[late::2] = upright_picture(number + LATER, *film.size)[late::2]
    return picture


def _stretch(
    film: InterlacedFilm, numbers: range, *, interlaced: bool
) -> tuple[list[Packet[VideoStream]], VideoStream]:
    """Packets of some frames, at their place in the whole film."""
    container = av.open(io.BytesIO(), "w", format="mpegts")
    stream = _stream(container, film)
    pictures = [woven(film, number) if interlaced else upright_picture(number, *film.size) for number in numbers]
    frames = [_frame(picture, film) for picture in pictures]
    packets: list[Packet[VideoStream]] = []
    for number, frame in zip(numbers, _flagged(pictures, film) if interlaced else frames, strict=True):
        frame.pts, frame.time_base = number, Fraction(1, RATE)
        packets += stream.encode(frame)
    packets += stream.encode(None)
    return packets, stream


def _stream(container: av.container.OutputContainer, film: InterlacedFilm) -> VideoStream:
    stream = cast("VideoStream", container.add_stream(film.codec, rate=RATE, options=dict(film.options)))
    stream.width, stream.height = film.size
    stream.pix_fmt = film.pixel_format
    stream.codec_context.max_b_frames = 0
    return stream


def _frame(picture: Rgb, film: InterlacedFilm) -> av.VideoFrame:
    """A picture in the film's format; its half pictures are not mixed by halving the chroma."""
    width, height = film.size
    frame = av.VideoFrame(width, height, film.pixel_format)
    halves = [
        av.VideoFrame.from_ndarray(np.ascontiguousarray(picture[part::2]), format="rgb24").reformat(
            format=film.pixel_format
        )
        for part in (0, 1)
    ]
    for place, plane in enumerate(frame.planes):
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        for part, half in enumerate(halves):
            mine = np.frombuffer(memoryview(half.planes[place]), np.uint8).reshape(-1, half.planes[place].line_size)
            wide = min(plane.line_size, half.planes[place].line_size)
            rows[part::2, :wide] = mine[: len(rows[part::2]), :wide]
    return frame


def _flagged(pictures: list[Rgb], film: InterlacedFilm) -> list[av.VideoFrame]:
    """The pictures, flagged as interlaced in their order."""
    graph = Graph()
    source = graph.add_buffer(
        width=film.size[0], height=film.size[1], format=av.VideoFormat(film.pixel_format), time_base=Fraction(1, RATE)
    )
    order, sink = graph.add("setfield", "bff" if film.bottom_first else "tff"), graph.add("buffersink")
    source.link_to(order)
    order.link_to(sink)
    graph.configure()
    made = []
    for picture in pictures:
        source.push(_frame(picture, film))
        made.append(cast("av.VideoFrame", sink.pull()))
    return made
