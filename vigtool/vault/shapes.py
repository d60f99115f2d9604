"""What the vault hands out: stored records, its own few records, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from vigtool.casework.film import SealedFootage
from vigtool.ids import Id

T = TypeVar("T")

NOTHING_BEFORE = bytes(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored(Generic[T]):
    """One revision of one record, as it was read from the vault.

    Attributes:
        value: the record itself; of a removed record what it was when it was removed.
        id, kind: which record, and its number in the table of kinds.
        revision: 1 for the first, one more for each that replaces it.
        device: the copy of the vault that wrote it.
        previous: digest of the revision that this one replaces, 32 bytes; zeros for the first.
        domain: the key domain it is sealed for, usually a family.
        parent: the record it belongs to; the vault itself for a family.
        owner: the user who began it; for layers, marks and reels the only one who may change it.
        digest: SHA-256 of its envelope: the name of exactly this revision, 32 bytes.
        writer: the user who signed this revision.
        created, edited: when the first revision and when this one was written, UTC.
        removed: whether this revision says that the record is gone.
        others: where the record has more than one newest revision, the rest of them (`Vault.get` alone fills it).
    """

    value: T = field(repr=False)
    id: Id
    kind: int
    revision: int
    device: Id
    previous: bytes = field(repr=False)
    domain: Id
    parent: Id
    owner: Id
    digest: bytes = field(repr=False)
    writer: Id
    created: datetime
    edited: datetime
    removed: bool = False
    others: tuple[Stored[T], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmIndex:
    """The frame index of one film, in the bytes of the player's own format."""

    id: Id
    film: Id
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmPeaks:
    """How loud one film is, in the bytes of the player's own format.

    Attributes:
        fingerprint: of the frame index that it was made by, 32 bytes.
    """

    id: Id
    film: Id
    fingerprint: bytes = field(repr=False)
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmStrip:
    """Small pictures of one film, in the bytes of the player's own format.

    Attributes:
        fingerprint: of the frame index that it was made by, 32 bytes.
    """

    id: Id
    film: Id
    fingerprint: bytes = field(repr=False)
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmStandIn:
    """The small film that stands in for a heavy one, sealed in a file of its own.

    Attributes:
        fingerprint: of the film's frame index that it was made by, 32 bytes.
        footage: the sealed file.
        index: its own frame index, in the bytes of the player's own format.
    """

    id: Id
    film: Id
    fingerprint: bytes = field(repr=False)
    footage: SealedFootage
    index: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a user is called. Its id is the user's."""

    id: Id
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing that was decided for the whole vault."""

    id: Id
    name: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What an interrupted run had left, counted when the vault was opened.

    Attributes:
        parts: half-written footage files, deleted.
        unfinished: footage that was sealed but never entered, deleted.
        strangers: sealed files the vault knows nothing of, moved to footage/orphans.
    """

    parts: int = 0
    unfinished: int = 0
    strangers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it was written.

    Attributes:
        object: the record or file it is about; the vault's own id where it is about the whole.
        what: a plain sentence without a full stop.
        hint: what to do next.
    """

    object: Id
    what: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultInfo:
    """The vault in numbers.

    Attributes:
        format: number of the format it is written in.
        users: who may unlock it.
        families, films: that this user can open.
        records, revisions: of all kinds, removed ones included, as far as this user can open them.
        footage_files, footage_bytes: sealed files and their size on disk, of families that this user can open.
        argon_memory_kib, argon_passes, argon_lanes: what trying one passphrase costs.
        key_kind: how grants and footage keys are wrapped.
        database: name and version of the database in use.
    """

    vault: Id
    format: int
    users: int
    families: int
    films: int
    records: int
    revisions: int
    footage_files: int
    footage_bytes: int
    argon_memory_kib: int
    argon_passes: int
    argon_lanes: int
    key_kind: str
    database: str
