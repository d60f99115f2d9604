"""The two passes of sealed footage: into the file, and out of it again to see whether it is what was written."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from vigtool.crypto.age.identity import Identity
from vigtool.crypto.age.stream import AgeReader, AgeWriter
from vigtool.errors import Cancelled as WasCancelled
from vigtool.errors import FilmChanged, FilmMissing, SealBroken, StorageFailed
from vigtool.vault.reading_back import opened_afresh
from vigtool.vault.storage import Cancelled

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_PIECE = 1 << 20


class _Counted(io.RawIOBase):
    """Counts and hashes what is written on its way to be sealed."""

    def __init__(self, out: AgeWriter) -> None:
        super().__init__()
        self._out = out
        self.sha256, self.size = hashlib.sha256(), 0

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        """Take all of `data`."""
        view = memoryview(data).cast("B")
        self.sha256.update(view)
        self._out.write(view)
        self.size += len(view)
        return len(view)


def seal(part: Path, make: Callable[[BinaryIO], None], identity: Identity) -> tuple[bytes, int]:
    """Seal what `make` writes; its SHA-256 and its size. It is on the disk when this returns."""
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out, AgeWriter(out, [identity.recipient()]) as writer:
        counted = _Counted(writer)
        make(cast("BinaryIO", counted))
        writer.close()
        out.flush()
        os.fsync(out.fileno())
    return counted.sha256.digest(), counted.size


def copy_whole(source: BinaryIO, size: int, out: BinaryIO, report: Callable[[int], None], cancelled: Cancelled) -> None:
    """Copy a film from where it stands to its end.

    Args:
        source: the film.
        size: bytes that it must turn out to have.
        out: where to.
        report: told how many bytes are copied.
        cancelled: asked between pieces.

    Raises:
        FilmMissing: the source could not be read. FilmChanged: it had another size. Cancelled.
    """
    done = 0
    for piece in _pieces(source):
        if cancelled():
            raise WasCancelled
        done += len(piece)
        if done > size:
            break
        out.write(piece)
        report(done)
    if done != size:
        message = "the film changed while it was brought in; nothing was kept"
        raise FilmChanged(message, "wait until the camera or the copy has finished with it, then try again")


def check(part: Path, sha256: bytes, identity: Identity, checked: Callable[[int], None], cancelled: Cancelled) -> bytes:
    """Open what was written, from the disk, and compare it with what was read; the digest of its seal.

    Raises:
        StorageFailed: it is something else. Cancelled.
    """
    again, done = hashlib.sha256(), 0
    try:
        with AgeReader(opened_afresh(part), [identity]) as reader:
            while piece := reader.read(_PIECE):
                if cancelled():
                    raise WasCancelled
                again.update(piece)
                done += len(piece)
                checked(done)
            digest = reader.digest
    except SealBroken:
        raise _given_back_otherwise() from None
    if again.digest() != sha256:
        raise _given_back_otherwise()
    return digest


def _given_back_otherwise() -> StorageFailed:
    message = "the disk gave back something else than was written"
    return StorageFailed(message, "this disk should not be trusted: move the vault to another")


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    while True:
        with _naming_source():
            piece = source.read(_PIECE)
        if not piece:
            return
        yield piece


@contextmanager
def _naming_source() -> Iterator[None]:
    """A card that is pulled out is no fault of the vault's disk."""
    try:
        yield
    except OSError:
        message = "the film could not be read to its end; nothing was kept"
        raise FilmMissing(message, "look whether its card or phone is still connected, then try again") from None
