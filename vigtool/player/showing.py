"""What a film really shows: found by decoding it, wholly where that is quick or needed, else at its two ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Final

import av.error
import numpy as np
from av.packet import Packet
from av.video.stream import VideoStream

from vigtool.player.decoder import Decoder, picture_stream
from vigtool.player.footage import Footage
from vigtool.player.frame_index import UNKNOWN
from vigtool.player.packets import Packets

_HEAD: Final = 64
_TAIL: Final = 600
_TAIL_LEAST: Final = 8


@dataclass(slots=True)
class Showing:
    """Pictures as they came out of a plain decoding, in that order.

    Attributes:
        origins: for each, the row of the packet that it came from.
        pts: its timestamp; the packet's, where it carries none.
        damaged: how many were shown with visible damage.
        faults: how many packets the decoder refused.
        hurt: the packets of those pictures, and the packets that were refused.
        unseen_from: first packet that was not decoded for want of time; none if all were.
    """

    origins: list[int] = field(default_factory=list)
    pts: list[int | None] = field(default_factory=list)
    durations: list[int] = field(default_factory=list)
    damaged: int = 0
    faults: int = 0
    hurt: set[int] = field(default_factory=set)
    unseen_from: int | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing was wrong with what was decoded."""
        return not self.faults and not self.damaged


def decode_whole(
    footage: Footage, stream: int, threads: int, patience: float, report: Callable[[int], None]
) -> Showing:
    """Decode the film from its beginning, for at most `patience` seconds.

    Args:
        footage: standing at its beginning.
        stream: index of the picture stream.
        threads: how many the decoder may use.
        patience: seconds.
        report: packets decoded so far.
    """
    shown = Showing()
    rows = count()
    deadline = time.monotonic() + patience

    def watch(packet: Packet[VideoStream]) -> bool:
        row = next(rows)
        packet.opaque = (row,)
        if decoder.faults > shown.faults:  # what came before this packet was refused
            shown.faults = decoder.faults
            shown.hurt.add(row - 1)
        if row % 16 == 0:
            report(row)
            if time.monotonic() > deadline:
                shown.unseen_from = row
                return False
        return True

    decoder = Decoder(footage, stream, threads=threads, watch=watch)
    for picture in decoder.pictures():
        shown.origins.append(picture.opaque[0] if isinstance(picture.opaque, tuple) else -1)
        shown.pts.append(picture.pts)
        shown.durations.append(int(picture.duration or 0))
        if picture.is_corrupt:
            shown.damaged += 1
            shown.hurt.add(shown.origins[-1])
    if decoder.faults > shown.faults:
        shown.faults = decoder.faults
        shown.hurt.add(decoder.packets - 1)
    return shown


def head_as_told(footage: Footage, stream: int, threads: int, packets: Packets) -> bool:
    """Whether the first pictures that come out are the first that the packets promise, in order, none missing."""
    rows = count()
    decoder = Decoder(footage, stream, threads=threads, watch=lambda _: next(rows) < _HEAD)
    came = [picture.pts for picture in decoder.pictures()]
    hidden = int(np.count_nonzero(packets.hidden[:_HEAD]))
    return begins_as_promised(packets, came) and len(came) + hidden >= min(packets.count, _HEAD) // 2


def begins_as_promised(packets: Packets, came: list[int | None]) -> bool:
    """Whether pictures that came out from the beginning are those that the packets promise, none missing."""
    promised = np.sort(packets.pts[~packets.hidden])[: len(came)].tolist()
    return bool(came) and came == promised


def tail_as_told(footage: Footage, stream: int, threads: int, packets: Packets, patience: float) -> bool:
    """Whether the last pictures that come out are the last that the packets promise, decoding from a late key.

    When `patience` seconds are over, what came until then counts.
    """
    rows = np.flatnonzero(packets.key & ~packets.hidden)
    near = rows[(rows <= packets.count - _TAIL_LEAST) & (rows >= packets.count - _TAIL)]
    if not len(near):
        return True
    row = int(near[-1])
    first = packets.pts[row]
    time_to_seek = packets.dts[row] if packets.dts[row] != UNKNOWN else first
    try:
        footage.seek(int(time_to_seek), picture_stream(footage, stream))
    except av.error.FFmpegError:
        return False
    deadline = time.monotonic() + patience
    decoder = Decoder(footage, stream, threads=threads, watch=lambda _: time.monotonic() < deadline)
    came = [picture.pts for picture in decoder.pictures() if picture.pts is not None and picture.pts >= first]
    seen = packets.pts[~packets.hidden]
    promised = np.sort(seen[seen >= first]).tolist()
    if time.monotonic() >= deadline:
        promised = promised[: len(came)]
    return came == promised and not decoder.faults
