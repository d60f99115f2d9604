"""The truth about a film's pictures: decoded straight on from its beginning, without ever seeking.

Of a long film some stretches are decoded, yet all of it is read: nothing that seeks is trusted here. A stretch is
decoded from some groups before it, so that what comes is the same as if all had been decoded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

import av
import av.error
import numpy as np
from av.packet import Packet
from av.video.stream import VideoStream

from vigtool.player.decoder import picture_stream
from vigtool.player.footage import Footage, Opener
from vigtool.player.frame_index import UNKNOWN, FrameIndex

_EARLIER: Final = 3  # groups before a stretch
_BEYOND: Final = 48  # packets after its last frame that may still be needed for it


@dataclass(slots=True)
class PlainReading:
    """What came.

    Attributes:
        sums: the checksum of each frame's picture, by its number.
        order: frames in the order in which they came.
        strange: pictures that are no frame of the index.
        marred: pictures that came with visible damage, by number.
    """

    sums: dict[int, bytes] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    strange: int = 0
    marred: set[int] = field(default_factory=set)


def picture_sum(picture: av.VideoFrame) -> bytes:
    """A checksum of what is seen of a decoded picture, before any colour is made of it."""
    found = hashlib.blake2b(f"{picture.width} {picture.height} {picture.format.name}".encode(), digest_size=16)
    wide = (picture.format.components[0].bits + 7) // 8
    for plane in picture.planes:
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[: plane.height]
        found.update(np.ascontiguousarray(rows[:, : min(plane.line_size, plane.width * wide)]).tobytes())
    return found.digest()


def read_plainly(
    opener: Opener,
    index: FrameIndex,
    stretches: list[tuple[int, int]],
    report: Callable[[int], None],
    cancelled: Callable[[], bool],
) -> PlainReading:
    """Decode stretches of a film.

    Args:
        opener: of the film.
        index: its frames: they name what comes.
        stretches: first and last frame of each, in order, apart from each other.
        report: frames that came so far.
        cancelled: asked at every read of the film; where it says so, `Cancelled` is raised.

    Raises:
        FilmMissing, NotAFilm, NoPicture: where it cannot be opened.
        Cancelled: when stopped.
    """
    found = PlainReading()
    with Footage(opener, cancelled) as footage:
        stream = picture_stream(footage, index.picture.stream)
        context = stream.codec_context
        context.thread_type, context.thread_count = "AUTO", 1 if index.fragile else 2
        context.copy_opaque = True
        packets = _packets(footage, stream)
        for first, last in stretches:
            for number, picture in _stretch(packets, stream, index, first, last):
                if number is None:
                    found.strange += 1
                elif first <= number <= last:
                    found.sums[number] = picture_sum(picture)
                    found.order.append(number)
                    found.marred |= {number} if picture.is_corrupt else set()
                    report(len(found.order))
    return found


def _packets(footage: Footage, stream: VideoStream) -> Iterator[Packet[VideoStream]]:
    """All packets from the film's beginning, whatever is damaged."""
    try:
        yield from (packet for packet in footage.packets(stream) if packet.size)
    except av.error.FFmpegError:
        return


def _stretch(
    packets: Iterator[Packet[VideoStream]], stream: VideoStream, index: FrameIndex, first: int, last: int
) -> Iterator[tuple[int | None, av.VideoFrame]]:
    """Pictures from some groups before frame `first` to `last`, each with its number."""
    numbers = None if index.names is None else {name: number for number, name in enumerate(index.names.tolist())}
    row = index.key_before(first) - _EARLIER
    begun = row < 0 or first == 0
    spare = _BEYOND
    for packet in packets:
        begun = begun or _is_key(packet, index, row)
        if not begun:
            continue
        name = packet.pos if index.by_place else packet.dts
        packet.opaque = (name,)
        for picture in _decoded(packet):
            number = _number(picture, index, numbers)
            yield number, picture
            spare = spare if number is None or number < last else min(spare, 0)
        if last < index.frames - 1 and packet.pts is not None and packet.pts > index.pts(last):
            spare -= 1
        if spare < 0:
            break
    try:
        for picture in stream.codec_context.decode(None):
            yield _number(picture, index, numbers), picture
    except av.error.FFmpegError:
        pass
    stream.codec_context.flush_buffers()


def _decoded(packet: Packet[VideoStream]) -> list[av.VideoFrame]:
    try:
        return packet.decode()
    except av.error.FFmpegError:
        return []


def _is_key(packet: Packet[VideoStream], index: FrameIndex, row: int) -> bool:
    """Whether decoding can begin with a packet that stands at, or after, a row of the key table."""
    if not packet.is_keyframe or packet.dts is None or index.keys.dts[row] == UNKNOWN:
        return packet.is_keyframe and packet.pts is not None and packet.pts >= int(index.keys.pts[row])
    return packet.dts >= int(index.keys.dts[row])


def _number(picture: av.VideoFrame, index: FrameIndex, numbers: dict[int, int] | None) -> int | None:
    """Which frame a picture is."""
    if numbers is None:
        return None if picture.pts is None else index.number_of(picture.pts)
    return numbers.get(picture.opaque[0]) if isinstance(picture.opaque, tuple) else None
