"""What left the vault: the register of copies, and exits that were begun."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from vigtool.ids import Id


class CopyKind(Enum):
    """What was given out."""

    REEL = "reel"
    STILL = "still"
    MARKS = "marks"
    FILM = "film"
    LETTER = "letter"


class CopyOutcome(Enum):
    """What became of a copy. The value is the word of the command line."""

    GIVEN_BACK = "given back"
    DELETED = "deleted"
    STAYS = "stays"
    UNKNOWN = "unknown"


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
        target: the path it was written to; empty where it was printed.
        sha256: of the file's bytes.
        persons: who is seen or heard in it.
        made: when, UTC.
        given_by: the user who made it.
        whole: false for a copy that was found after the program had been stopped in the middle of handing it over.
        safe: what was said when asked whether it is safe to have at home; none where that was not asked.
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
    safe: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopySettled:
    """What became of one copy, as far as anybody knows: appended and never changed; a later one takes its place.

    Attributes:
        entered: a number that orders them: higher is later.
        by: the user who entered it.
    """

    id: Id
    family: Id
    copy: Id
    outcome: CopyOutcome
    on: date
    entered: int = 0
    note: str = field(default="", repr=False)
    by: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """An exit that was begun: written before the first byte leaves, so that a stop half-way is seen at the next start.

    Attributes:
        act: the name of the act, for instance "reel render".
        target: the path that is being written to; empty where it is being printed.
        to_words, purpose, persons, safe: as the register will say them.
        sha256, size: of the finished file, entered before it takes its place; empty while it is being written.
        folder: by what the folder it is written to is known again; empty where nobody can tell.
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
    to_words: str = ""
    purpose: str = ""
    persons: tuple[Id, ...] = ()
    safe: bool | None = None
    sha256: bytes = b""
    size: int = 0
    folder: bytes = b""
