"""What left the vault: the register of copies, and exits that were begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from vigtool.ids import Id


class CopyKind(Enum):
    """What was given out."""

    REEL = "reel"
    STILL = "still"
    MARKS = "marks"


class ExitState(Enum):
    """How far an exit came."""

    BEGUN = "begun"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One readable copy that was made: an entry in the register of copies.

    Attributes:
        source: the reel or film it was made of.
        to: the person it is for, where that is a person of the family.
        to_words: who it is for, where it is anybody else.
        purpose: what it is for.
        target: the path it was written to.
        sha256: of the file's bytes.
        persons: who is seen or heard in it.
        made: when, UTC.
        given_by: the user who made it.
        whole: false for a copy that was found after the program had been stopped in the middle of handing it over.
    """

    id: Id
    family: Id
    kind: CopyKind
    source: Id
    to: Id | None = None
    to_words: str = ""
    purpose: str = ""
    target: str
    sha256: bytes
    size: int
    persons: tuple[Id, ...] = ()
    made: datetime
    given_by: Id
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """An exit that was begun: written before the first byte leaves, so that a stop half-way is seen at the next start.

    Attributes:
        act: the name of the act, for instance "reel render".
        target: the path that is being written to.
    """

    id: Id
    family: Id
    act: str
    source: Id
    kind: CopyKind
    to: Id | None = None
    target: str
    state: ExitState = ExitState.BEGUN
    begun: datetime
