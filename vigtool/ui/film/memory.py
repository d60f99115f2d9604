"""How much memory decoded pictures may take."""

from __future__ import annotations

import os
from typing import Final

from vigtool.player.budget import Budget

_MOST_MB, _UNKNOWN_MB = 1024, 384


def cache_bytes(wished_mb: int) -> int:
    """Bytes: what the person wishes; for 0 a quarter of the machine's memory, but no more than a gigabyte.

    From now on all decoded pictures of the program together take no more than that.
    """
    wished = _bytes(wished_mb)
    PICTURES.resize(wished)
    return wished


def _bytes(wished_mb: int) -> int:
    return (wished_mb or min(_quarter_mb(), _MOST_MB)) << 20


def _quarter_mb() -> int:
    """A quarter of the machine's memory in MiB, where the system tells."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 22
    except (AttributeError, ValueError, OSError):
        return _UNKNOWN_MB


PICTURES: Final = Budget(_bytes(0))
"""What the decoded pictures of all films in all rooms may take together."""
