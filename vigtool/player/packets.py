"""The packets of a film's picture stream: read once through, before anything is decoded."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass

import av.error
import numpy as np
from av.packet import Packet
from av.video.stream import VideoStream
from numpy.typing import NDArray

from vigtool.player.fields import FieldReader
from vigtool.player.footage import Footage
from vigtool.player.frame_index import MAX_FRAMES, UNKNOWN, Ticks
from vigtool.player.problems import Problem

_EVERY = 512
_LOST = bytes(8)
_PADDING = 64


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Packets:
    """One row a packet, in the order in which they are decoded.

    Attributes:
        pts, dts, pos: shown at, decoded at, byte in the film; `UNKNOWN` where the container does not tell.
        duration: ticks it is shown, 0 where the container does not tell.
        size: bytes.
        key: whether decoding can begin with it.
        hidden: whether it gives no picture of its own: an edit of the container says so, or it is the second field of
            the frame that the packet before began (whose duration then is that of both).
        torn: whether the bytes are not whole: told by the container, by their own inner lengths, or by zeros amid them.
        gradual: whether it is a key packet of which no picture is whole, only some pictures later one is.
        broken_off: whether the container could not be read to its end.
    """

    pts: Ticks
    dts: Ticks
    pos: Ticks
    duration: Ticks
    size: Ticks
    key: NDArray[np.bool_]
    hidden: NDArray[np.bool_]
    torn: NDArray[np.bool_]
    gradual: NDArray[np.bool_]
    broken_off: bool

    @property
    def count(self) -> int:
        """How many packets there are."""
        return len(self.pts)

    @property
    def plain(self) -> bool:
        """Whether every picture that is shown has a time of its own."""
        seen = self.pts[~self.hidden]
        return not np.any(seen == UNKNOWN) and len(np.unique(seen)) == len(seen)


def read_packets(footage: Footage, stream: VideoStream, report: Callable[[int, int], None]) -> Packets:
    """Read the whole film once.

    Args:
        footage: standing at its beginning.
        stream: the film's picture.
        report: bytes read, bytes in all.

    Raises:
        FilmTooDemanding: where there are more packets than any film has.
        FilmMissing, Cancelled: from the source of the bytes.
    """
    times = {name: array("q") for name in ("pts", "dts", "pos", "duration", "size")}
    flags = {name: bytearray() for name in ("key", "hidden", "torn", "gradual")}
    whole = _wholeness(stream)
    fields = FieldReader(stream.codec_context.extradata or b"") if stream.codec_context.name == "h264" else None
    broken_off = False
    try:
        for packet in footage.packets(stream):
            if not packet.size:
                continue
            data = bytes(packet)
            _note(packet, times, flags, whole=whole(data))
            if fields is not None and fields.is_second(data):
                flags["hidden"][-1] = True
                times["duration"][-2] += times["duration"][-1]
            flags["gradual"].append(fields is not None and fields.gradual)
            if len(times["pts"]) % _EVERY == 0:
                report(min(footage.size, packet.pos or 0), footage.size)
            if len(times["pts"]) > 2 * MAX_FRAMES:
                raise Problem.TOO_LONG.error()
    except av.error.FFmpegError:
        broken_off = True
    report(footage.size, footage.size)
    return Packets(
        pts=np.array(times["pts"], np.int64),
        dts=np.array(times["dts"], np.int64),
        pos=np.array(times["pos"], np.int64),
        duration=np.array(times["duration"], np.int64),
        size=np.array(times["size"], np.int64),
        key=np.frombuffer(bytes(flags["key"]), np.bool_),
        hidden=np.frombuffer(bytes(flags["hidden"]), np.bool_),
        torn=np.frombuffer(bytes(flags["torn"]), np.bool_),
        gradual=np.frombuffer(bytes(flags["gradual"]), np.bool_),
        broken_off=broken_off,
    )


def _note(
    packet: Packet[VideoStream], times: dict[str, array[int]], flags: dict[str, bytearray], *, whole: bool
) -> None:
    """Add one row."""
    times["pts"].append(UNKNOWN if packet.pts is None else packet.pts)
    times["dts"].append(UNKNOWN if packet.dts is None else packet.dts)
    times["pos"].append(UNKNOWN if packet.pos is None else packet.pos)
    times["duration"].append(packet.duration or 0)
    times["size"].append(packet.size)
    flags["key"].append(packet.is_keyframe)
    flags["hidden"].append(packet.is_discard)
    flags["torn"].append(packet.is_corrupt or not whole)


def _wholeness(stream: VideoStream) -> Callable[[bytes], bool]:
    """A look whether a packet is whole, without decoding it, for the codecs whose packets say their inner lengths.

    H.264 and H.265 in MP4 and Matroska are rows of units, each after its length; how many bytes that length has
    stands in the stream's header (ISO/IEC 14496-15, 5.3.3.1 and 8.3.3.1).
    """
    header = stream.codec_context.extradata or b""
    if stream.codec_context.name == "h264" and len(header) > 6 and header[0] == 1:
        return lambda data: _units_fit(data, (header[4] & 3) + 1)
    if stream.codec_context.name == "hevc" and len(header) > 22 and header[0] == 1:
        return lambda data: _units_fit(data, (header[21] & 3) + 1)
    return lambda _: True


def _units_fit(data: bytes, width: int) -> bool:
    """Whether units, each after its length of `width` bytes, fill the packet exactly, and are not full of zeros.

    Three zeros in a row never stand amid a unit (ITU-T H.264, 7.4.1; H.265, 7.4.2), yet some writers put start codes
    there, which have three. A longer row is what is left where a card or a copy lost its bytes.
    """
    place, end = 0, len(data)
    while place + width <= end:
        begin = place + width
        place = begin + int.from_bytes(data[place:begin], "big")
        zeros = data.find(_LOST, begin, min(place, end))
        if zeros >= 0 and (min(place, end) - zeros > _PADDING or data[zeros : min(place, end)].strip(b"\0")):
            return False
    return place == end
