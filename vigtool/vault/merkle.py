"""The tree hash of RFC 6962 (2.1): one hash that stands for a list of any length, and for its order.

A leaf is hashed behind a byte 00 and a node behind a byte 01, so that neither can be taken for the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

HASH_SIZE = 32


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one entry of the list, 32 bytes."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The hash of the list with these leaf hashes, 32 bytes; for an empty list that of nothing.

    Worked out from the left, as the leaves come: whole trees of equal size are joined, and what is left over at the
    end is joined from the right, which is the shape that the RFC's recursion describes.
    """
    stack: list[tuple[int, bytes]] = []
    for leaf in leaves:
        size, here = 1, leaf
        while stack and stack[-1][0] == size:
            here = _node(stack.pop()[1], here)
            size *= 2
        stack.append((size, here))
    if not stack:
        return hashlib.sha256(b"").digest()
    here = stack.pop()[1]
    while stack:
        here = _node(stack.pop()[1], here)
    return here


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
