"""Writing and reading age files (C2SP age.md). Only a few chunks are ever held: a film of any length goes through."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO

from vigtool.crypto.aead import ChaCha, InvalidTag
from vigtool.crypto.age.chunks import (
    CHUNK,
    NONCE_SIZE,
    SEALED_CHUNK,
    TAG,
    chunk_count,
    chunk_nonce,
    payload_broken,
    payload_key,
    read_exactly,
    write_all,
)
from vigtool.crypto.age.header import read_header, write_header
from vigtool.crypto.age.stanzas import FILE_KEY_SIZE, Sealer, Unsealer, unwrap, wrap_for
from vigtool.errors import StorageFailed

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

_CHUNKS_KEPT = 4


class AgeWriter(io.RawIOBase):
    """Seals what is written to it into `out`, which it does not close.

    Only `close()`, or leaving a `with` block well, writes the last chunk: before that, and for ever after an error,
    what lies in `out` is no whole file to anybody. A file that was left half-made cannot be taken up again: going on
    with other bytes would use a nonce twice.
    """

    def __init__(self, out: BinaryIO, recipients: Sequence[Sealer]) -> None:
        """Write the header.

        Raises:
            ValueError: recipients that do not go together (`stanzas.wrap_for`).
            OSError: from `out`; the same holds for `write` and `close`.
        """
        super().__init__()
        self._whole = False
        file_key, nonce = secrets.token_bytes(FILE_KEY_SIZE), secrets.token_bytes(NONCE_SIZE)
        self._out = out
        self._index = 0
        self._held = bytearray()
        self._cipher = ChaCha(payload_key(file_key, nonce))
        write_all(out, write_header(wrap_for(recipients, file_key), file_key) + nonce)
        self._whole = True

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        """Take all of `data`."""
        if self.closed:
            message = "write to a sealed file that is closed"
            raise ValueError(message)
        view = memoryview(data).cast("B")
        size = len(view)
        try:
            while len(view):
                view = view[self._take(view) :]
        except BaseException:
            self.abandon()
            raise
        return size

    def _take(self, view: memoryview) -> int:
        """Seal or hold the first bytes of `view`; how many.

        A chunk goes out only once more follows it: whether it is the last stands in its nonce, and the last one of a
        payload that is a whole number of chunks is a full one.
        """
        if len(self._held) == CHUNK:
            self._seal(self._held, last=False)
            self._held = bytearray()
        if not self._held and len(view) > CHUNK:
            self._seal(view[:CHUNK], last=False)
            return CHUNK
        taken = view[: CHUNK - len(self._held)]
        self._held += taken
        return len(taken)

    def _seal(self, chunk: bytearray | memoryview, *, last: bool) -> None:
        nonce = chunk_nonce(self._index, last=last)
        self._index += 1
        write_all(self._out, self._cipher.seal(nonce, chunk))

    def close(self) -> None:
        """Write the last chunk. What was written is whole then, though perhaps not yet on the disk."""
        if self.closed:
            return
        try:
            if self._whole:
                self._seal(self._held, last=True)
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Close without the last chunk, so that nobody takes what is there for the whole."""
        self._whole = False
        self._held = bytearray()
        super().close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the file, unless something went wrong."""
        if kind is not None:
            self.abandon()
        self.close()

    def __del__(self) -> None:
        """Being forgotten is not being finished (`IOBase` would call `close`)."""
        self.abandon()


class AgeReader(io.RawIOBase):
    """The plaintext of an age file: readable, seekable, and of known length.

    No byte is given out that was not authenticated, and the end of the file is authenticated first, unless its size is
    known: a file that was cut short does not open. One thread at a time; other threads open a reader of their own on a
    source of their own.

    Attributes:
        size: of the plaintext, in bytes.
        digest: SHA-256 over header and payload nonce, as `seal_digest` gives it.
    """

    def __init__(self, source: BinaryIO, openers: Sequence[Unsealer], *, size: int | None = None) -> None:
        """Open `source`, which now belongs to the reader: it is closed with it, and when it does not open.

        Args:
            source: the sealed file.
            openers: identities, or a passphrase, one of which opens it.
            size: of the plaintext, where the caller knows it. A file whose end is damaged or gone opens then.

        Raises:
            SealBroken: the file was changed or cut, or is not for any of `openers`.
            WrongPassphrase: it is sealed with another passphrase.
            StorageFailed: the system cannot read it.
        """
        super().__init__()
        self._source = source
        self._at = 0
        self._kept: OrderedDict[int, bytes] = OrderedDict()
        try:
            self._open(openers, size)
        except OSError as error:
            self.close()
            raise _unreadable() from error
        except BaseException:
            self.close()
            raise

    def _open(self, openers: Sequence[Unsealer], size: int | None) -> None:
        header = read_header(self._source)
        file_key = unwrap(header, openers)
        self._source.seek(len(header.raw))
        nonce = read_exactly(self._source, NONCE_SIZE)
        self._cipher = ChaCha(payload_key(file_key, nonce))
        self._start = len(header.raw) + NONCE_SIZE
        self.digest = hashlib.sha256(header.raw + nonce).digest()
        if size is not None:
            self.size, self._count = size, max(1, -(-size // CHUNK))
            return
        sealed = self._source.seek(0, os.SEEK_END) - self._start
        self._count = chunk_count(sealed)
        self.size = sealed - self._count * TAG
        self._chunk(self._count - 1)

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Where the next read begins."""
        self._check_open()
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go somewhere; beyond the end is allowed, and nothing is there."""
        self._check_open()
        origins = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}
        if whence not in origins or (whence == os.SEEK_SET and offset < 0):
            message = "there is no such place in a file"
            raise ValueError(message)
        self._at = max(0, origins[whence] + offset)
        return self._at

    def read(self, size: int | None = -1, /) -> bytes:
        """Up to `size` bytes, fewer only at the end.

        Raises:
            SealBroken: a chunk among them was changed. Chunks before and after it can still be read.
            StorageFailed: the system cannot read it.
        """
        self._check_open()
        end = self.size if size is None or size < 0 else min(self._at + size, self.size)
        data = b"".join(self._pieces(self._at, end))
        self._at += len(data)
        return data

    def readall(self) -> bytes:
        """Everything from here to the end."""
        return self.read()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill `buffer`, but for the end of the file. Raises what `read` raises."""
        self._check_open()
        view = memoryview(buffer).cast("B")
        done = 0
        for piece in self._pieces(self._at, min(self._at + len(view), self.size)):
            view[done : done + len(piece)] = piece
            done += len(piece)
        self._at += done
        return done

    def close(self) -> None:
        """Close the source too, and forget what was opened."""
        if not self.closed:
            self._kept.clear()
            self._source.close()
            super().close()

    def _check_open(self) -> None:
        if self.closed:
            message = "read from a sealed file that is closed"
            raise ValueError(message)

    def _pieces(self, start: int, end: int) -> Iterator[memoryview]:
        """The plaintext from `start` to `end`, chunk by chunk; views, so that it is copied once only."""
        while start < end:
            index, skip = divmod(start, CHUNK)
            piece = memoryview(self._chunk(index))[skip : skip + end - start]
            yield piece
            start += len(piece)

    def _chunk(self, index: int) -> bytes:
        """One chunk's plaintext, from among the last few or from the source."""
        if index in self._kept:
            self._kept.move_to_end(index)
            return self._kept[index]
        last = index == self._count - 1
        size = self.size - index * CHUNK + TAG if last else SEALED_CHUNK
        try:
            self._source.seek(self._start + index * SEALED_CHUNK)
            sealed = read_exactly(self._source, size)
        except OSError as error:
            raise _unreadable() from error
        try:
            chunk = self._cipher.open(chunk_nonce(index, last=last), sealed)
        except InvalidTag as error:
            raise payload_broken() from error
        self._kept[index] = chunk
        if len(self._kept) > _CHUNKS_KEPT:
            self._kept.popitem(last=False)
        return chunk


def seal_digest(source: BinaryIO) -> bytes:
    """SHA-256 over an age file's header and its payload nonce: 32 bytes that stand for this file and no other.

    age binds a file to nothing but its key, so two films of one family could be exchanged unseen. Whoever keeps this
    digest and the file's size sees it: both keys hang on these bytes, so every chunk of another file, and every chunk
    that is missing, fails. Reads only the beginning, and needs no key.

    Raises:
        SealBroken: it does not begin like an age file.
        StorageFailed: the system cannot read it.
    """
    try:
        header = read_header(source)
        source.seek(len(header.raw))
        return hashlib.sha256(header.raw + read_exactly(source, NONCE_SIZE)).digest()
    except OSError as error:
        raise _unreadable() from error


def _unreadable() -> StorageFailed:
    return StorageFailed(
        "a sealed file cannot be read from its disk", "Look whether the disk is plugged in, and try again."
    )
