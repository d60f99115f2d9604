"""Copies of a film that lie where the program cannot reach: listed until a person says that they are gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from vigtool.ids import Id


class StrayPlace(Enum):
    """What kind of place a stray copy lies in."""

    PHONE = "phone"
    BIN = "bin"
    CLOUD = "cloud"
    DOWNLOADS = "downloads"
    CARD = "card"
    MAIL = "mail"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class StrayCopy:
    """One readable copy of a film outside the vault that no handover made.

    Attributes:
        film: which film.
        words: more about the place, as the person or the program named it.
        noted: the day it was written down.
        source: whether it is the very file that the film was brought in from, and `words` its path.
        gone: the day on which a person said that it is gone, or the program erased it.
    """

    id: Id
    family: Id
    film: Id
    where: StrayPlace
    words: str = ""
    noted: date
    source: bool = False
    gone: date | None = None
