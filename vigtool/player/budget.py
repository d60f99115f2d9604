"""How much memory decoded pictures may take, whoever holds them: one budget, in shares for the films in view."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Budget:
    """Bytes that all holders of pictures may take together. For any thread.

    Attributes:
        total: bytes.
    """

    def __init__(self, total: int) -> None:
        self.total = max(0, total)
        self._shares: list[Share] = []
        self._lock = threading.Lock()

    def join(self, smaller: Callable[[], None], weight: int = 1) -> Share:
        """A share for one more holder.

        Args:
            weight: how many times larger than a share of weight 1 it is.
            smaller: called, in the thread of whoever joins later, when the share has become smaller: what is above it
                has to be let go before this returns.
        """
        share = Share(self, smaller, weight)
        with self._lock:
            others = list(self._shares)
            self._shares.append(share)
        for other in others:
            other.smaller()
        return share

    def part(self, weight: int) -> int:
        """Bytes of a share of that weight now."""
        with self._lock:
            return self.total * weight // max(weight, sum(share.weight for share in self._shares))

    def leave(self, share: Share) -> None:
        """The others may have this share from now on."""
        with self._lock:
            if share in self._shares:
                self._shares.remove(share)


class Share:
    """One holder's part of a budget.

    Attributes:
        smaller: the holder's own way to let go of what has become too much.
        weight: its size beside the others'.
    """

    def __init__(self, budget: Budget, smaller: Callable[[], None], weight: int) -> None:
        self.smaller = smaller
        self.weight = weight
        self._budget = budget

    @property
    def bytes(self) -> int:
        """How much may be held now."""
        return self._budget.part(self.weight)

    def leave(self) -> None:
        """Hold nothing any more."""
        self._budget.leave(self)
