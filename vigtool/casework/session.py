"""One dated meeting with a family."""

from __future__ import annotations

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
