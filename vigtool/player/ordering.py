"""Putting the pictures of a film in order: which are shown, when each begins, and when the last one ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vigtool.player.frame_index import UNKNOWN, KeyTable, Ticks
from vigtool.player.packets import Packets
from vigtool.player.showing import Showing

Naming: TypeAlias = Literal["pts", "dts", "pos"]
_Rows = NDArray[np.int64]
_SHORT: Final = 0.6
# Of a damaged film one picture in so many may lack a usable time before all of them are distrusted.
_FEW_STRAYS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Order:
    """The frames of a film.

    Attributes:
        rows: for each, the packet it comes from.
        shown: the tick at which each begins.
        naming: how a decoded picture is known: by its own time ("pts") where that can be relied on; else by when its
            packet is decoded ("dts"), or by where its packet stands in the film ("pos").
        restarts: frames with which the film's clock starts anew; times were counted on from there.
        untimed: how many pictures come out and have no place, since nothing tells when they are shown.
    """

    rows: _Rows
    shown: Ticks
    naming: Naming = "pts"
    restarts: tuple[int, ...] = ()
    untimed: int = 0

    @property
    def named(self) -> bool:
        """Whether frames must be known by their packets, since their own times are of no use."""
        return self.naming != "pts"

    def names(self, packets: Packets) -> Ticks | None:
        """The name of each frame, where it is not its time."""
        return {"pts": None, "dts": packets.dts[self.rows], "pos": packets.pos[self.rows]}[self.naming]


def as_promised(packets: Packets) -> Order:
    """What the packets promise, for a film whose pictures all have a time of their own."""
    seen = np.flatnonzero(~packets.hidden)
    rows = seen[np.argsort(packets.pts[seen], kind="stable")]
    return Order(rows=rows, shown=packets.pts[rows])


def seams(packets: Packets, second: int) -> _Rows:
    """Rows of packets with which the clock jumps back by more than a second, as where recordings were joined.

    Args:
        packets: in the order in which they are decoded.
        second: ticks of a second.
    """
    known = np.flatnonzero(packets.dts != UNKNOWN)
    return known[1:][np.diff(packets.dts[known]) < -second]


def as_decoded(packets: Packets, showing: Showing, *, anew: bool = False) -> Order:
    """What came out when the film was decoded, and after that what was promised, where the time was too short.

    Args:
        packets: of the film.
        showing: what came out.
        anew: whether the film's clock starts anew on the way.
    """
    rows = np.array(showing.origins, np.int64)
    pts = np.array([UNKNOWN if tick is None else tick for tick in showing.pts], np.int64)
    timed = bool(np.all(pts != UNKNOWN))
    if not len(pts) or (timed and np.all(np.diff(pts) > 0)):
        return _with_unseen(packets, showing, Order(rows=rows, shown=pts))
    if timed and not anew and not showing.sound:
        strays = _without_strays(rows, pts)
        if strays.untimed * _FEW_STRAYS <= len(rows):
            return _with_unseen(packets, showing, strays)
    if np.all(rows >= 0) and not anew and _distinct(packets.dts[rows]):
        times = np.sort(pts if timed else packets.dts[rows])
        steps = np.maximum(np.diff(times), 1)
        return Order(rows=rows, shown=times[0] + np.concatenate([[0], np.cumsum(steps)]), naming="dts")
    if np.all(rows >= 0) and _distinct(packets.pos[rows]):
        shown, restarts = counted_on(pts, _usual(packets, pts))
        return Order(rows=rows, shown=shown, naming="pos", restarts=restarts)
    return _without_strays(rows, pts)


def _distinct(names: Ticks) -> bool:
    """Whether these tell pictures apart."""
    return not np.any(names == UNKNOWN) and len(np.unique(names)) == len(names)


def _usual(packets: Packets, pts: Ticks) -> int:
    """Ticks from picture to picture."""
    known = pts[pts != UNKNOWN]
    gaps = np.diff(known)
    gaps = gaps[gaps > 0]
    lengths = packets.duration[packets.duration > 0]
    found = gaps if len(gaps) else lengths
    return max(1, int(np.median(found))) if len(found) else 1


def counted_on(pts: Ticks, usual: int) -> tuple[Ticks, tuple[int, ...]]:
    """Rising times for pictures in the order in which they come, and the places at which their clock starts anew.

    A time that is unknown follows the one before it. Where the clock starts anew, what follows is moved to the end
    of what came before. A single time that lies ahead of all around it counts as unknown.

    Args:
        pts: as they come, `UNKNOWN` where there is none.
        usual: ticks from picture to picture.
    """
    ticks = pts.copy()
    ahead = np.flatnonzero((pts[1:-1] > pts[2:]) & (pts[2:] > pts[:-2]) & (pts[:-2] != UNKNOWN)) + 1
    ticks[ahead] = UNKNOWN
    known = np.flatnonzero(ticks != UNKNOWN)
    lead = int(known[0]) if len(known) else 0
    last = (int(ticks[lead]) if len(known) else 0) - (lead + 1) * usual
    moved, shown, restarts = 0, [], []
    for place, tick in enumerate(ticks.tolist()):
        at = last + usual if tick == UNKNOWN else tick + moved
        if at <= last:
            moved += last + usual - at
            at = last + usual
            restarts.append(place)
        shown.append(at)
        last = at
    return np.array(shown, np.int64), tuple(restarts)


def _with_unseen(packets: Packets, showing: Showing, order: Order) -> Order:
    """Add the promised pictures after the last one that was decoded."""
    if showing.unseen_from is None:
        return order
    rest = as_promised(packets)
    later = rest.shown > (order.shown[-1] if len(order.shown) else UNKNOWN)
    return replace(
        order,
        rows=np.concatenate([order.rows, rest.rows[later]]),
        shown=np.concatenate([order.shown, rest.shown[later]]),
    )


def _without_strays(rows: _Rows, pts: Ticks) -> Order:
    """Only the pictures whose times rise; the clock of the rest is beyond repair.

    Left out are those earlier than one before them, or those later than one after them, whichever leaves more.
    """
    known = pts != UNKNOWN
    before = np.maximum.accumulate(pts)
    rising = known & np.concatenate([[True], pts[1:] > before[:-1]])
    ahead = np.where(known, pts, np.iinfo(np.int64).max)
    after = np.minimum.accumulate(ahead[::-1])[::-1]
    falling = known & np.concatenate([pts[:-1] < after[1:], [True]])
    keep = rising if np.count_nonzero(rising) > np.count_nonzero(falling) else falling
    return Order(rows=rows[keep], shown=pts[keep], untimed=int(np.count_nonzero(~keep)))


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


def key_table(packets: Packets, order: Order, unsound: NDArray[np.bool_]) -> KeyTable:
    """Where decoding can begin, in the order in which it is shown.

    Args:
        packets: of the film.
        order: its frames.
        unsound: rows of packets whose pictures are damaged. What a decoder makes up for what is missing depends on
            what it saw before, so that decoding never begins there.
    """
    keys = np.flatnonzero(packets.key & ((packets.pts != UNKNOWN) | order.named) & ~unsound)
    shown = packets.pts[keys]
    if order.named:
        place = dict(zip(order.rows.tolist(), order.shown.tolist(), strict=True))
        keys = np.array([key for key in keys.tolist() if key in place], np.int64)
        shown = np.array([place[key] for key in keys.tolist()], np.int64)
    by_time = np.argsort(shown, kind="stable")
    keys, shown = _complete(packets, keys[by_time], shown[by_time])
    if not len(keys):  # a place that is later than every frame: all are decoded from the film's beginning
        keys, shown = np.zeros(1, np.int64), order.shown[-1:] + 1
    return KeyTable(pts=shown, dts=packets.dts[keys], pos=packets.pos[keys])


def _complete(packets: Packets, keys: _Rows, shown: Ticks) -> tuple[_Rows, Ticks]:
    """Put the time of gradual keys to when pictures are whole for certain: after two rounds, with the key after next.

    One round ought to be enough; encoders were seen whose first round leaves traces that the second wipes away.
    """
    gradual = packets.gradual[keys]
    if not np.any(gradual):
        return keys, shown
    later = np.append(shown[2:], [np.iinfo(np.int64).max] * min(2, len(shown)))
    whole = np.where(gradual, later, shown)
    kept = whole < np.iinfo(np.int64).max
    by_time = np.argsort(whole[kept], kind="stable")
    return keys[kept][by_time], whole[kept][by_time]


def reorder_of(packets: Packets) -> int:
    """Most ticks by which a packet is decoded before its picture is shown."""
    both = (packets.pts != UNKNOWN) & (packets.dts != UNKNOWN)
    return max(0, int((packets.pts - packets.dts)[both].max(initial=0)))
