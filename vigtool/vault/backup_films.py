"""The sealed films of a backup: each is copied once, and read back from the disk before it gets its name.

A film whose key this user has is decrypted while it is read back, every chunk of it; others are compared by SHA-256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, select

from vigtool.casework.film import Film, SealedFootage
from vigtool.crypto.age.identity import Identity
from vigtool.crypto.age.stream import AgeReader
from vigtool.errors import Cancelled as WasCancelled
from vigtool.errors import SealBroken, StorageFailed, VigtoolError
from vigtool.ids import Id
from vigtool.vault import reading
from vigtool.vault.backup_manifest import Part
from vigtool.vault.backup_place import BackupPlace
from vigtool.vault.core import Core
from vigtool.vault.folder import make_private_folder, sync_folder
from vigtool.vault.footage_states import FootageState
from vigtool.vault.reading_back import PIECE, Step, copy_file, opened_afresh, sha256_of
from vigtool.vault.schema import footage
from vigtool.vault.shapes import FilmStandIn
from vigtool.vault.storage import Cancelled


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One sealed file that belongs to the vault.

    Attributes:
        size: bytes of the sealed file.
        record: the film, or the stand-in, that it is of.
        sealed: what its film's record says of it; none where this user has no key of the film's family.
        identity: what opens it.
    """

    file: Id
    size: int
    record: Id | None = None
    sealed: SealedFootage | None = None
    identity: Identity | None = field(default=None, repr=False)


@dataclass(slots=True)
class Brought:
    """What became of the films.

    Attributes:
        parts: every film that is in the place now.
        damaged: those of them that are not whole, in the vault neither.
        missing: films that are gone from the vault, and are not in the place.
        copied: how many were copied this time.
    """

    parts: dict[Id, Part] = field(default_factory=dict)
    damaged: set[Id] = field(default_factory=set)
    missing: set[Id] = field(default_factory=set)
    copied: int = 0


def kept_files(core: Core, connection: Connection) -> list[KeptFile]:
    """Every sealed file that belongs to the vault as it stands in `connection`, in the order of their names."""
    query = select(footage).where(footage.c.state == FootageState.KEPT).order_by(footage.c.file)
    known = dict(_records(core, connection))
    found = []
    for row in connection.execute(query).all():
        file, identity = row.file.hex(), None
        if file in known:
            with suppress(VigtoolError):
                identity = core.keyring.key(row.domain.hex(), row.epoch).footage
        record, sealed = known[file] if identity else (None, None)
        found.append(KeptFile(file, row.sealed_size, record, sealed, identity))
    return found


def _records(core: Core, connection: Connection) -> Iterator[tuple[Id, tuple[Id, SealedFootage]]]:
    for film in reading.every(core, connection, Film, readable=True):
        yield film.value.footage.file, (film.id, film.value.footage)
    for small in reading.every(core, connection, FilmStandIn, readable=True):
        yield small.value.footage.file, (small.id, small.value.footage)


@dataclass(slots=True)
class FilmCopier:
    """Brings films from a vault to a place of backups; inside `naming_disk_errors`.

    Attributes:
        source: where the sealed file of a name lies in the vault.
        place: where to.
        known: films that lie there already, as a manifest of an earlier backup vouches for them.
        whole: read every film there again, instead of looking at sizes.
        step: told of bytes read or written.
        cancelled: asked between pieces.
    """

    source: Callable[[Id], Path]
    place: BackupPlace
    known: dict[Id, Part]
    whole: bool
    step: Step
    cancelled: Cancelled
    brought: Brought = field(default_factory=Brought)

    def lacking(self, kept: Iterable[KeptFile]) -> list[KeptFile]:
        """The films that are not in the place yet, going by names and sizes."""
        return [each for each in kept if not self._is_there(each)]

    def bring(self, kept: Iterable[KeptFile]) -> None:
        """See that each film lies in the place; copy what does not.

        Raises:
            StorageFailed: the place gave back something else than was written. OSError: it could not be written.
            Cancelled.
        """
        for each in kept:
            if each.file not in self.brought.parts and each.file not in self.brought.missing:
                self._bring(each)

    def _bring(self, kept: KeptFile) -> None:
        target = self.place.films.footage_file(kept.file)
        if self._is_there(kept):
            part, whole = self._looked_at(target, kept)
            if whole:
                self.brought.parts[kept.file] = part
                return
        source = self.source(kept.file)
        if not source.is_file():
            self.brought.missing.add(kept.file)
            return
        make_private_folder(target.parent)
        half = self.place.films.footage_part(kept.file)
        half.unlink(missing_ok=True)
        try:
            part, whole = self._copied(source, half, kept)
            half.replace(target)
            sync_folder(target.parent)
        except BaseException:
            with suppress(OSError):
                half.unlink(missing_ok=True)
            raise
        self.brought.parts[kept.file] = part
        self.brought.copied += 1
        if not whole:
            self.brought.damaged.add(kept.file)

    def _is_there(self, kept: KeptFile) -> bool:
        try:
            return self.place.films.footage_file(kept.file).stat().st_size == kept.size
        except OSError:
            return False

    def _looked_at(self, target: Path, kept: KeptFile) -> tuple[Part, bool]:
        """A film that lies there already: what it is, and whether it can stay. One of an earlier backup was read."""
        part = self.known.get(kept.file)
        if part is not None and part.size == kept.size and not self.whole:
            return part, True
        found = Part(kept.size, sha256_of(target, self.step, self.cancelled)[0])
        if part is not None:
            return part, found == part
        if kept.sealed is not None and kept.identity is not None:
            return found, decrypts(target, kept.sealed, kept.identity, self.step, self.cancelled)
        source = self.source(kept.file)
        return found, source.is_file() and sha256_of(source, self.step, self.cancelled)[0] == found.sha256

    def _copied(self, source: Path, half: Path, kept: KeptFile) -> tuple[Part, bool]:
        sha256, size = copy_file(source, half, self.step, self.cancelled)
        whole = size == kept.size
        if whole and kept.sealed is not None and kept.identity is not None:
            whole = decrypts(half, kept.sealed, kept.identity, self.step, self.cancelled)
        return Part(size, sha256), whole


def decrypts(file: Path, sealed: SealedFootage, identity: Identity, step: Step, cancelled: Cancelled) -> bool:
    """Whether a sealed file, read from the disk, is the one that its film's record was written for, every byte.

    Raises:
        OSError, StorageFailed: it cannot be read. Cancelled.
    """
    sha256 = hashlib.sha256()
    try:
        with AgeReader(opened_afresh(file), [identity]) as reader:
            if (reader.digest, reader.size) != (sealed.seal_digest, sealed.size):
                return False
            while piece := reader.read(PIECE):
                if cancelled():
                    raise WasCancelled
                sha256.update(piece)
                step(len(piece))
    except SealBroken:
        return False
    except StorageFailed as error:
        if isinstance(error.__cause__, OSError):
            raise error.__cause__ from None
        raise
    return sha256.digest() == sealed.sha256
