"""How far a sealed file came; the number stands in the table of footage."""

from __future__ import annotations

from enum import IntEnum


class FootageState(IntEnum):
    """Announced before its first byte is written, kept in the transaction that adds its film."""

    ANNOUNCED = 1
    KEPT = 2
