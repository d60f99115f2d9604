"""Putting the pictures of a film in order: which are shown, when each begins, and when the last one ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vigtool.player.frame_index import UNKNOWN, KeyTable, Ticks
from vigtool.player.packets import Packets
from vigtool.player.showing import Showing

_Rows = NDArray[np.int64]
_SHORT: Final = 0.6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Order:
    """The frames of a film.

    Attributes:
        rows: for each, the packet it comes from.
        shown: the tick at which each begins.
        named: whether frames must be known by their packets' decoding times, since their own times are of no use.
    """

    rows: _Rows
    shown: Ticks
    named: bool = False


def as_promised(packets: Packets) -> Order:
    """What the packets promise, for a film whose pictures all have a time of their own."""
    seen = np.flatnonzero(~packets.hidden)
    rows = seen[np.argsort(packets.pts[seen], kind="stable")]
    return Order(rows=rows, shown=packets.pts[rows])


def as_decoded(packets: Packets, showing: Showing) -> Order:
    """What came out when the film was decoded, and after that what was promised, where the time was too short."""
    rows = np.array(showing.origins, np.int64)
    pts = np.array([UNKNOWN if tick is None else tick for tick in showing.pts], np.int64)
    if not len(pts) or (np.all(pts != UNKNOWN) and np.all(np.diff(pts) > 0)):
        return _with_unseen(packets, showing, Order(rows=rows, shown=pts))
    names = packets.dts[rows]
    if np.any(rows < 0) or np.any(names == UNKNOWN) or len(np.unique(names)) < len(names):
        return _rising(rows, pts)
    times = np.sort(pts if np.all(pts != UNKNOWN) else names)
    steps = np.maximum(np.diff(times), 1)
    return Order(rows=rows, shown=times[0] + np.concatenate([[0], np.cumsum(steps)]), named=True)


def _with_unseen(packets: Packets, showing: Showing, order: Order) -> Order:
    """Add the promised pictures after the last one that was decoded."""
    if showing.unseen_from is None:
        return order
    rest = as_promised(packets)
    later = rest.shown > (order.shown[-1] if len(order.shown) else UNKNOWN)
    return Order(
        rows=np.concatenate([order.rows, rest.rows[later]]), shown=np.concatenate([order.shown, rest.shown[later]])
    )


def _rising(rows: _Rows, pts: Ticks) -> Order:
    """Only the pictures that are later than all before them; the clock of the rest is beyond repair."""
    best = np.maximum.accumulate(pts)
    keep = (pts != UNKNOWN) & np.concatenate([[True], pts[1:] > best[:-1]])
    return Order(rows=rows[keep], shown=pts[keep])


def end_of(packets: Packets, order: Order, frame_ticks: int) -> int:
    """The tick at which the last frame ends.

    Its own duration counts, unless it is none, or so short that it must be that of a single field or of the place
    in decoding order (which differs where pictures are reordered); then the film's usual one does.

    Args:
        packets: of the film.
        order: its frames.
        frame_ticks: what a film of a single frame without a duration gets.
    """
    gaps = np.diff(order.shown)
    usual = int(np.median(gaps)) if len(gaps) else frame_ticks
    own = int(packets.duration[order.rows[-1]])
    least = int(gaps.min() * _SHORT) if len(gaps) else 0
    return int(order.shown[-1]) + max(1, own if own > least else usual)


def key_table(packets: Packets, order: Order) -> KeyTable:
    """Where decoding can begin, in the order in which it is shown."""
    keys = np.flatnonzero(packets.key & ((packets.pts != UNKNOWN) | order.named))
    shown = packets.pts[keys]
    if order.named:
        place = dict(zip(order.rows.tolist(), order.shown.tolist(), strict=True))
        keys = np.array([key for key in keys.tolist() if key in place], np.int64)
        shown = np.array([place[key] for key in keys.tolist()], np.int64)
    if not len(keys):
        keys, shown = np.zeros(1, np.int64), order.shown[:1]
    by_time = np.argsort(shown, kind="stable")
    keys = keys[by_time]
    return KeyTable(pts=shown[by_time], dts=packets.dts[keys], pos=packets.pos[keys])


def reorder_of(packets: Packets) -> int:
    """Most ticks by which a packet is decoded before its picture is shown."""
    both = (packets.pts != UNKNOWN) & (packets.dts != UNKNOWN)
    return max(0, int((packets.pts - packets.dts)[both].max(initial=0)))
