"""One imported recording: what is known of it besides its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from vigtool.casework.session import Session
from vigtool.ids import Id


class FilmKind(Enum):
    """An interaction belongs to the parent; a shared review shows the practitioner and stays in supervision."""

    INTERACTION = "interaction"
    SHARED_REVIEW = "shared review"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFootage:
    """The sealed file that holds the film's bytes, bound to its record.

    Attributes:
        file: random name of the file in the vault.
        size: bytes of the film itself.
        sealed_size: bytes of the sealed file.
        sha256: of the film's own bytes, 32 bytes.
        seal_digest: SHA-256 of the sealed file's header and nonce, 32 bytes: no other file fits this record.
    """

    file: Id
    size: int
    sealed_size: int
    sha256: bytes
    seal_digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmSound:
    """The sound of a film.

    Attributes:
        stream: index of its stream in the film's container.
        codec: short name, such as `aac`.
        rate: samples a second.
        channels: how many.
        start: seconds on the film's own clock (that of its ticks) at which it begins.
    """

    stream: int
    codec: str
    rate: int
    channels: int
    start: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """One recording.

    Attributes:
        title: for people, for instance "kitchen"; the name of the file it came from is not kept in it.
        original_name: the file's own name when it was brought in (sealed like everything else).
        persons: who is seen or heard in it.
        someone_else: whether anybody is seen or heard who is not among the family's persons.
        frames: how many frames it shows.
        time_base: seconds of one tick of its clock.
        start, end: first tick shown, and the tick at which the last frame ends.
        width, height: upright, in square pixels.
        sound: none where there is none that can be decoded.
        damage: plain sentences about what is broken in it.
    """

    id: Id
    family: Id
    footage: SealedFootage
    kind: FilmKind = FilmKind.INTERACTION
    title: str = ""
    original_name: str = ""
    session: Id | None = None
    cycle: Id | None = None
    filmed_on: date | None = None
    persons: tuple[Id, ...] = ()
    someone_else: bool = False
    frames: int
    time_base: Fraction
    start: int
    end: int
    width: int
    height: int
    sound: FilmSound | None = None
    damage: tuple[str, ...] = ()

    @property
    def duration(self) -> Fraction:
        """Exact length in seconds."""
        return (self.end - self.start) * self.time_base


@dataclass(frozen=True, slots=True)
class TitleParts:
    """What a film is called by, for instance "12 Nov, kitchen": the day is written in the reader's own manner.

    Attributes:
        on: the day it was filmed; none where nobody knows.
        words: its title, or the place of its session; may be empty.
    """

    on: date | None
    words: str


def title_parts(film: Film, session: Session | None = None) -> TitleParts:
    """What to call `film`; its session, where it has one, fills what was not said."""
    place, day = (session.place, session.on) if session is not None else ("", None)
    return TitleParts(film.filmed_on or day, film.title or place)
