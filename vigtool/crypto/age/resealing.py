"""A sealed file for somebody else: under another header alone, or under another file key as well.

The file key is 16 random bytes made for one file. A header only wraps it, and has a MAC under it; the chunks hang on
the file key, the payload nonce and their own number, and on nothing else (C2SP age.md, "Header", "Payload"). So the
same chunks are a whole file behind any header that wraps their file key: nothing of them has to be opened, and what is
damaged among them stays as it is. Nobody else is shut out by it who knows the file key already.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from vigtool.crypto.aead import ChaCha
from vigtool.crypto.age.chunks import (
    NONCE_SIZE,
    TAG,
    chunk_count,
    chunk_nonce,
    payload_key,
    read_exactly,
    write_all,
)
from vigtool.crypto.age.header import Header, read_header, write_header
from vigtool.crypto.age.identity import Recipient
from vigtool.crypto.age.stanzas import FILE_KEY_SIZE, Unsealer, unwrap, wrap_for


@dataclass(frozen=True, slots=True)
class Front:
    """What lies before the chunks of a sealed file.

    Attributes:
        header: well written; authentic once it was unwrapped.
        nonce: the payload's, 16 bytes.
    """

    header: Header
    nonce: bytes

    @property
    def raw(self) -> bytes:
        """Its bytes."""
        return self.header.raw + self.nonce

    @property
    def digest(self) -> bytes:
        """What a film's record knows the file by: SHA-256 of these bytes."""
        return hashlib.sha256(self.raw).digest()

    def content_size(self, sealed_size: int) -> int:
        """Bytes of plaintext in a file of this size, were all of it whole.

        Raises:
            SealBroken: no sealed file with this header has that size.
        """
        sealed = sealed_size - len(self.raw)
        return sealed - chunk_count(sealed) * TAG


def read_front(source: BinaryIO) -> Front:
    """The beginning of a sealed file; `source` stands at its first chunk afterwards.

    Raises:
        SealBroken: it does not begin like one. OSError: it cannot be read.
    """
    header = read_header(source)
    source.seek(len(header.raw))
    return Front(header, read_exactly(source, NONCE_SIZE))


def rewrapped(front: Front, openers: Sequence[Unsealer], to: Recipient) -> bytes:
    """The beginning of the same file for somebody else: its file key stays, and so can every sealed chunk.

    Raises:
        SealBroken: the header was changed, or is not for any of `openers`.
    """
    file_key = unwrap(front.header, openers)
    return write_header(wrap_for([to], file_key), file_key) + front.nonce


class ChunkWriter:
    """Seals a file chunk by chunk under a fresh file key, where some chunks may not be known any more."""

    def __init__(self, out: BinaryIO, to: Recipient) -> None:
        """Write header and nonce.

        Raises:
            OSError: from `out`; the same holds for the other methods.
        """
        file_key, nonce = secrets.token_bytes(FILE_KEY_SIZE), secrets.token_bytes(NONCE_SIZE)
        self._out, self._index = out, 0
        self._cipher = ChaCha(payload_key(file_key, nonce))
        write_all(out, write_header(wrap_for([to], file_key), file_key) + nonce)

    def chunk(self, plain: bytes, *, last: bool) -> None:
        """Seal the next chunk; all but the last are full ones."""
        write_all(self._out, self._cipher.seal(chunk_nonce(self._index, last=last), plain))
        self._index += 1

    def hole(self, size: int) -> None:
        """Leave out a chunk of `size` bytes: zeros, which open under no key, and stay as damage where they were."""
        write_all(self._out, bytes(size + TAG))
        self._index += 1
