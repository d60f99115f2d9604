"""Where a film came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from vigtool.ids import Id


class VolumeKind(Enum):
    """What a film was read from, by simple facts of how it is mounted."""

    CARD = "card"
    PHONE = "phone"
    STICK = "stick"
    NETWORK = "network"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """How one film came into the vault. Written once and never changed.

    Attributes:
        from_words: the path it was read from.
        volume_kind: what that lies on.
        read_back: whether the sealed film was read from the disk again and compared with what had been read.
        brought_in: when, UTC.
        by: the user who brought it in.
    """

    id: Id
    film: Id
    from_words: str
    volume_kind: VolumeKind
    read_back: bool
    brought_in: datetime
    by: Id
