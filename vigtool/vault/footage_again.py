"""Sealing a film of the vault once more, for another epoch, whether all of it can still be read or not.

There are two ways. Under a new header alone, the film keeps its file key, and its sealed chunks are copied as they
lie, damaged ones too; that is for giving up an epoch's key whose holders may go on reading the film. Chunk by chunk
under a fresh file key, what cannot be opened becomes a hole of the same length; that is for shutting somebody out.
Either way the film's own bytes stay at their places, so that damage stays the same seconds of the film.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from vigtool.casework.film import SealedFootage
from vigtool.crypto.age.chunks import CHUNK, SEALED_CHUNK, write_all
from vigtool.crypto.age.identity import Identity
from vigtool.crypto.age.resealing import ChunkWriter, read_front, rewrapped
from vigtool.crypto.age.stream import AgeReader
from vigtool.errors import Cancelled as WasCancelled
from vigtool.errors import SealBroken, StorageFailed, VaultDamaged
from vigtool.ids import Id
from vigtool.vault.footage import epoch_of, into_place, open_sealed
from vigtool.vault.reading_back import forget_cached, opened_afresh
from vigtool.vault.regular import open_regular, open_regular_raw
from vigtool.vault.storage import Cancelled, Report, naming_disk_errors
from vigtool.vault.vault import Vault

_HINT = "check the vault, or fetch the film from a backup"
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EINVAL, errno.ENXIO, errno.ELOOP, errno.EIO})
"""What is said of a file that is not there, is none, or lies where the disk is spoilt. Anything else passes."""


class Way(Enum):
    """How much of a film is made anew."""

    HEADER = "its header, around the same file key and the same sealed chunks"
    CHUNKS = "every chunk, under a fresh file key"


def seal_again(
    vault: Vault,
    sealed: SealedFootage,
    domain: Id,
    identity: Identity,
    *,
    way: Way,
    report: Report,
    cancelled: Cancelled,
) -> SealedFootage:
    """Seal a film of the vault once more, for another identity, and check it. The film itself stays as it is.

    Args:
        vault: where it lies.
        sealed: as its record has it; `sha256` empty where no record of it can be read.
        domain: the family.
        identity: of an epoch that is about to begin.
        way: how much of it is made anew.
        report: told bytes done of twice the film's size.
        cancelled: asked between chunks.

    Raises:
        SealBroken: its beginning is not what was written (`is_beyond_reach`).
        VaultDamaged: all of it opens, and it is another film.
        StorageFailed, Cancelled, NoKey: as for `footage.seal_in`.
    """
    own = vault.core.keyring.key(domain, epoch_of(vault, sealed.file, domain)).footage
    path, done = vault.core.folder.footage_file(sealed.file), 0

    def step(size: int) -> None:
        nonlocal done
        if cancelled():
            raise WasCancelled
        done += size
        report(min(done, 2 * sealed.size), 2 * sealed.size)

    def put(part: Path) -> SealedFootage:
        if way is Way.HEADER:
            return _with_header(path, part, sealed, (own, identity), step)
        return _with_chunks(path, part, sealed, (own, identity), step)

    return into_place(vault, sealed.sealed_size, domain, put)


def is_beyond_reach(vault: Vault, sealed: SealedFootage, domain: Id) -> bool:
    """Whether nothing at all of a film can be read: its file is gone, or its beginning is not what was written.

    Raises:
        StorageFailed: the system does not give it just now. NoKey, SealBroken: its key cannot be had.
    """
    own = vault.core.keyring.key(domain, epoch_of(vault, sealed.file, domain)).footage
    path = vault.core.folder.footage_file(sealed.file)
    try:
        open_regular(path).close()
        open_sealed(path, sealed, own, around=True).close()
    except OSError as error:
        if error.errno in _GONE:
            return True
        with naming_disk_errors():
            raise
    except SealBroken:
        return True
    except StorageFailed as error:
        if not _is_spoilt(error.__cause__):
            raise
        return True
    return False


def unnamed(vault: Vault, file: Id, sealed_size: int) -> SealedFootage:
    """What a sealed file says of itself of which no record can be read; without a digest where it says nothing.

    Args:
        vault: where it lies.
        file: its name.
        sealed_size: bytes that it had when it was kept.
    """
    try:
        with open_regular(vault.core.folder.footage_file(file)) as source:
            front = read_front(source)
        size, digest = front.content_size(sealed_size), front.digest
    except (OSError, SealBroken):
        size, digest = 0, b""
    return SealedFootage(file=file, size=size, sealed_size=sealed_size, sha256=b"", seal_digest=digest)


def _with_header(
    path: Path, part: Path, sealed: SealedFootage, identities: tuple[Identity, Identity], step: Callable[[int], None]
) -> SealedFootage:
    """Write a new header before the chunks as they lie; then read back both."""
    own, new = identities
    copied = hashlib.sha256()
    with open_regular_raw(path) as source, _new_file(part) as out:
        front = read_front(source)
        if front.digest != sealed.seal_digest:
            raise _another()
        beginning = rewrapped(front, [own], new.recipient())
        write_all(out, beginning)
        for chunk in _as_they_lie(source, len(front.raw), sealed.sealed_size):
            write_all(out, chunk)
            copied.update(chunk)
            step(CHUNK)
    with opened_again(part) as again:
        written = read_front(again)
        if written.raw != beginning:
            raise _given_back_otherwise()
        rewrapped(written, [new], new.recipient())
        found = hashlib.sha256()
        while piece := again.read(SEALED_CHUNK):
            found.update(piece)
            step(CHUNK)
    if found.digest() != copied.digest():
        raise _given_back_otherwise()
    size = sealed.sealed_size - len(front.raw) + len(beginning)
    return SealedFootage(
        file="", size=sealed.size, sealed_size=size, sha256=sealed.sha256, seal_digest=written.digest
    )  # its name comes last


def _as_they_lie(source: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    """The sealed chunks from `start` to `end`, or to where the file was cut off; zeros for what the disk has lost."""
    lost = False
    for at in range(start, end, SEALED_CHUNK):
        size = min(SEALED_CHUNK, end - at)
        try:
            chunk = _read(source, at, size)
        except OSError as error:
            if not _is_spoilt(error):
                raise
            chunk, lost = bytes(size), True
        if chunk:
            yield chunk
        if len(chunk) < size:
            break
    if lost:
        _require_disk(source)


def _read(source: BinaryIO, at: int, size: int) -> bytes:
    """Up to `size` bytes from `at`, fewer only at the end of the file."""
    source.seek(at)
    data = b""
    while len(data) < size and (more := source.read(size - len(data))):
        data += more
    return data


def _with_chunks(
    path: Path, part: Path, sealed: SealedFootage, identities: tuple[Identity, Identity], step: Callable[[int], None]
) -> SealedFootage:
    """Open each chunk and seal it anew, where it opens; then do the same with what was written, and compare."""
    own, new = identities
    with open_sealed(path, sealed, own, around=True) as reader, _new_file(part) as out:
        writer = ChunkWriter(out, new.recipient())
        written = _Told()
        for chunk, size, last in _opened(reader):
            if chunk is None:
                writer.hole(size)
            else:
                writer.chunk(chunk, last=last)
            written.tell(chunk)
            step(size)
    if written.holes:
        with open_regular_raw(path) as source:
            _require_disk(source)
    if not written.holes and sealed.sha256 and written.plain.digest() != sealed.sha256:
        message = "a film's bytes are not those that were brought in"
        raise VaultDamaged(message, _HINT)
    found = _Told()
    try:
        with AgeReader(opened_again(part), [new], size=sealed.size) as again:
            digest = again.digest
            for chunk, size, _ in _opened(again):
                found.tell(chunk)
                step(size)
    except SealBroken:
        raise _given_back_otherwise() from None
    if (found.all.digest(), found.holes) != (written.all.digest(), written.holes):
        raise _given_back_otherwise()
    return SealedFootage(
        file="", size=sealed.size, sealed_size=part.stat().st_size, sha256=sealed.sha256, seal_digest=digest
    )  # its name comes last


class _Told:
    """What was read of a film: its bytes, and where there are none.

    Attributes:
        plain: SHA-256 of the bytes alone. all: of the bytes, with a sign before each chunk and each hole.
        holes: how many chunks are none.
    """

    def __init__(self) -> None:
        self.plain, self.all, self.holes = hashlib.sha256(), hashlib.sha256(), 0

    def tell(self, chunk: bytes | None) -> None:
        """One chunk more, or a hole."""
        self.all.update(b"\x00" if chunk is None else b"\x01" + chunk)
        if chunk is None:
            self.holes += 1
        else:
            self.plain.update(chunk)


def _opened(reader: AgeReader) -> Iterator[tuple[bytes | None, int, bool]]:
    """Each chunk, or none where it does not open; its size; whether it is the last."""
    for start in range(0, max(1, reader.size), CHUNK):
        size = min(CHUNK, reader.size - start)
        chunk: bytes | None
        try:
            reader.seek(start)
            chunk = reader.read(size)
        except SealBroken:
            chunk = None
        except StorageFailed as error:
            if not _is_spoilt(error.__cause__):
                raise
            chunk = None
        yield chunk, size, start + CHUNK >= reader.size


def opened_again(part: Path) -> BinaryIO:
    """What was just written, to be read back from the disk."""
    return opened_afresh(part)


@contextmanager
def _new_file(part: Path) -> Iterator[BinaryIO]:
    """A file that was not there before; it is on the disk when the block ends."""
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())


def _require_disk(source: BinaryIO) -> None:
    """A disk that was pulled out gives the file's beginning no more: then it was not its chunks that were spoilt."""
    forget_cached(source)
    read_front(source)


def _is_spoilt(error: BaseException | None) -> bool:
    """Whether it is the disk itself that cannot give something, and not a passing hindrance."""
    return isinstance(error, OSError) and error.errno == errno.EIO


def _another() -> SealBroken:
    message = "the film's sealed file is not the one its record was written for"
    return SealBroken(message, _HINT)


def _given_back_otherwise() -> StorageFailed:
    message = "the disk gave back something else than was written"
    return StorageFailed(message, "this disk should not be trusted: move the vault to another")
