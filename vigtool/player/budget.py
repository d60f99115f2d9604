"""How much memory decoded pictures may take, whoever holds them: one budget, in shares for those that hold some."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Budget:
    """Bytes that all holders of pictures may take together. For any thread."""

    def __init__(self, total: int) -> None:
        self._total = max(0, total)
        self._shares: list[Share] = []
        self._lock = threading.Lock()

    def resize(self, total: int) -> None:
        """Another number of bytes from now on."""
        with self._lock:
            self._total = max(0, total)
            shares = list(self._shares)
        for share in shares:
            share.shrink()

    def join(self, most: int, shrink: Callable[[], None]) -> Share:
        """A share for one more holder.

        Args:
            most: bytes; less while all who hold something want more together than there is.
            shrink: called, in any thread, when the share has become smaller: what is above it has to be let go before
                this returns.
        """
        share = Share(self, most, shrink)
        with self._lock:
            others = list(self._shares)
            self._shares.append(share)
        for other in others:
            other.shrink()
        return share

    def part(self, most: int) -> int:
        """Bytes of a share that would like to be so large."""
        with self._lock:
            wanted = sum(share.most for share in self._shares)
            return most if wanted <= self._total else self._total * most // wanted

    def leave(self, share: Share) -> None:
        """The others may have this share from now on."""
        with self._lock:
            if share in self._shares:
                self._shares.remove(share)


class Share:
    """One holder's part of a budget.

    Attributes:
        most: bytes it would like to have.
        shrink: the holder's own way to let go of what has become too much.
    """

    def __init__(self, budget: Budget, most: int, shrink: Callable[[], None]) -> None:
        self.most = max(1, most)
        self.shrink = shrink
        self._budget = budget

    @property
    def bytes(self) -> int:
        """How much may be held now."""
        return self._budget.part(self.most)

    def leave(self) -> None:
        """Hold nothing any more."""
        self._budget.leave(self)
