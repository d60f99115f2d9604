"""One dated meeting with a family."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from vigtool.ids import Id


class SessionKind(Enum):
    """What the meeting was for."""

    FIRST_MEETING = "first meeting"
    FILMING = "filming"
    SHARED_REVIEW = "shared review"
    WATCHING = "watching"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One dated meeting: its number in the work, how long, where, who was there, what for."""

    id: Id
    family: Id
    number: int
    on: date
    kind: SessionKind = SessionKind.FILMING
    minutes: int | None = None
    place: str = ""
    present: tuple[Id, ...] = ()


def next_number(sessions: Iterable[Session]) -> int:
    """The number of a family's next session. Numbers follow the order of entry: none is ever given twice."""
    return max((session.number for session in sessions), default=0) + 1
