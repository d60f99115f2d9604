"""Identities of records: 16 random bytes, written as 32 lowercase hex digits."""

from __future__ import annotations

import re
import secrets
from typing import TypeAlias

Id: TypeAlias = str

_SHAPE = re.compile(r"[0-9a-f]{32}")


def new_id() -> Id:
    """A fresh identity. Random, never from a clock, so that it tells nothing about when or in which order."""
    return secrets.token_hex(16)


def is_id(text: str) -> bool:
    """Whether `text` has the shape of a whole identity."""
    return _SHAPE.fullmatch(text) is not None
