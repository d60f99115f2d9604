"""What looking at a film's packets and pictures brought to light, and what follows of it for its damage."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from vigtool.player import zones
from vigtool.player.damage import Damage
from vigtool.player.ordering import Order
from vigtool.player.packets import Packets
from vigtool.player.showing import Showing


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Findings:
    """What is known of a film's frames.

    Attributes:
        packets: of its picture stream.
        order: its frames.
        showing: what came out of decoding it wholly; none where its packets can be taken at their word.
        seams: packets with which its clock starts anew.
        lacking: how many pictures it tells of that lie beyond its end.
        cut: whether it is shorter than it says itself.
    """

    packets: Packets
    order: Order
    showing: Showing | None
    seams: NDArray[np.int64]
    lacking: int
    cut: bool

    @property
    def broken(self) -> bool:
        """Whether anything was seen to be wrong with its pictures."""
        sound = self.showing is None or self.showing.sound
        return not sound or bool(self.packets.torn.any()) or self.packets.broken_off or self.lacking > 0

    def lost(self) -> set[int]:
        """Rows of packets of which a picture should have come and did not."""
        if self.showing is None or not self.broken:
            return set()
        seen = np.flatnonzero(~self.packets.hidden[: self.showing.unseen_from])
        return set(seen.tolist()) - set(self.showing.origins)

    def marred(self) -> set[int]:
        """Rows of packets of which a broken picture came."""
        if self.showing is None:
            return set()
        return (self.showing.hurt | self._torn()) & set(self.showing.origins) - self._beside_seams()

    def hurt(self) -> set[int]:
        """Rows of packets that are broken, whatever came of them."""
        refused = set() if self.showing is None else {row for row in self.showing.hurt if row >= 0}
        rows = (self.lost() | refused | self._torn()) - self._beside_seams()
        return {row for row in rows if row < self.packets.count}

    def _torn(self) -> set[int]:
        """Rows of packets that are not whole, of pictures that are shown."""
        return set(np.flatnonzero(self.packets.torn & ~self.packets.hidden).tolist())

    def _beside_seams(self) -> set[int]:
        """Rows beside a seam between two recordings: there a container misses what never was."""
        return {row for seam in self.seams.tolist() for row in (seam - 2, seam - 1, seam)}

    def unsound(self) -> NDArray[np.bool_]:
        """Rows of packets with which decoding is not to begin."""
        return zones.unsound(self.packets, self.hurt())

    def damage(self, end: int, time_base: Fraction) -> Damage:
        """What is broken.

        Args:
            end: the tick at which the last frame ends.
            time_base: seconds of a tick.
        """
        start = int(self.order.shown[0])
        return Damage(
            lost=len(self.lost()),
            marred=len(self.marred()),
            spans=zones.stretches(self.packets, self.order, self.hurt(), end, time_base),
            lacking=self.lacking,
            cut=self.cut,
            broken_off=self.packets.broken_off,
            untimed=self.order.untimed,
            unseen=self.showing is not None and self.showing.unseen_from is not None,
            seen_until=self._seen_until(start, time_base),
            restamped=self.order.named and not self.order.restarts,
            restarts=tuple((tick - start) * time_base for tick in self._restarts(end)),
            end=(end - start) * time_base,
        )

    def _restarts(self, end: int) -> list[int]:
        """The ticks at which the film's clock starts anew: the frames that begin then, or what is left out."""
        if self.order.restarts or not len(self.seams) or not self.order.untimed:
            return [int(self.order.shown[place]) for place in self.order.restarts]
        before = self.order.shown[self.order.rows < self.seams[0]]
        return [int(before.max()) if len(before) else end]

    def _seen_until(self, start: int, time_base: Fraction) -> Fraction:
        """How far it was decoded, in seconds from the first frame, where not to its end."""
        if self.showing is None or self.showing.unseen_from is None:
            return Fraction(0)
        seen = self.order.shown[self.order.rows < self.showing.unseen_from]
        return (int(seen.max()) - start) * time_base if len(seen) else Fraction(0)
