"""How far a sealed file came; the number stands in the table of footage."""

from __future__ import annotations

from enum import IntEnum


class FootageState(IntEnum):
    """Announced before its first byte is written, kept in the transaction that adds its film.

    Erased in the transaction that destroys its family's key: what is left of the file goes after that.
    """

    ANNOUNCED = 1
    KEPT = 2
    ERASED = 3
