"""How much memory decoded pictures may take."""

from __future__ import annotations

import os

_MOST_MB, _UNKNOWN_MB = 1024, 384


def cache_bytes(wished_mb: int) -> int:
    """Bytes: what the person wishes; for 0 a quarter of the machine's memory, but no more than a gigabyte."""
    return (wished_mb or min(_quarter_mb(), _MOST_MB)) << 20


def _quarter_mb() -> int:
    """A quarter of the machine's memory in MiB, where the system tells."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 22
    except (AttributeError, ValueError, OSError):
        return _UNKNOWN_MB
