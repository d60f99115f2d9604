"""How far damage reaches: from a broken picture to the next one with which decoding can begin."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vigtool.player.damage import Stretch, joined
from vigtool.player.frame_index import UNKNOWN, Ticks
from vigtool.player.ordering import Order
from vigtool.player.packets import Packets

# What a decoder makes up for what is missing depends on what lies in its memory of earlier pictures. After so many
# packets that is the same wherever decoding began (with 12 it was seen to differ, with 24 not).
_SETTLED: Final = 40


def groups(packets: Packets, hurt: Iterable[int]) -> list[tuple[int, int, int]]:
    """For each hurt packet: the key packet its group begins with, itself, and the key packet after it (or the end)."""
    keys = np.flatnonzero(packets.key)
    found = []
    for row in sorted(hurt):
        place = int(np.searchsorted(keys, row, side="right"))
        begin = int(keys[place - 1]) if place else 0
        found.append((begin, row, int(keys[place]) if place < len(keys) else packets.count))
    return found


def unsound(packets: Packets, hurt: Iterable[int]) -> NDArray[np.bool_]:
    """Rows of packets with which decoding is not to begin: of hurt groups, and of those too shortly before them."""
    rows = np.zeros(packets.count, np.bool_)
    for begin, _, end in groups(packets, hurt):
        rows[max(0, begin - _SETTLED) : end] = True
    return rows


def stretches(
    packets: Packets, order: Order, hurt: Iterable[int], end: int, time_base: Fraction
) -> tuple[Stretch, ...]:
    """From when to when pictures are damaged or missing, in seconds from the first frame.

    A picture that is decoded after a broken one may be made of it, also where it is shown earlier.

    Args:
        packets: of the film.
        order: its frames.
        hurt: rows of packets that are broken.
        end: the tick at which the film ends.
        time_base: seconds of a tick.
    """
    times = _times(packets, order)
    start = int(order.shown[0])
    found = []
    for _, row, following in groups(packets, hurt):
        inside = times[row:following]
        known = inside[inside != UNKNOWN]
        until = int(times[following]) if following < packets.count and times[following] != UNKNOWN else end
        begin = min(max(start, int(known.min())), end) if len(known) else until
        if begin < until:
            found.append(((begin - start) * time_base, (min(until, end) - start) * time_base))
    return joined(found)


def _times(packets: Packets, order: Order) -> Ticks:
    """When the picture of each packet is shown, or would be."""
    times = np.full(packets.count, UNKNOWN) if order.named else packets.pts.copy()
    times[order.rows] = order.shown
    return times
