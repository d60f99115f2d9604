"""The payload of an age file: chunks of 64 KiB, each sealed by itself. Source: C2SP age.md, "Payload".

    payload = nonce 16 | chunk 0 | chunk 1 | … | last chunk        each chunk with its tag of 16 bytes

This is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár, 2015). A chunk's nonce is its number and whether it is the last.
The key is fresh for every file (file key and payload nonce are both random), so counting from zero never repeats a
nonce under a key; chunks that are exchanged, repeated or taken from another file carry the wrong number or the wrong
key; and a file that was cut has no last chunk.
"""

from __future__ import annotations

from typing import BinaryIO

from vigtool.crypto.derive import derive
from vigtool.errors import SealBroken

CHUNK = 64 * 1024
TAG = 16
SEALED_CHUNK = CHUNK + TAG
NONCE_SIZE = 16


def payload_key(file_key: bytes, nonce: bytes) -> bytes:
    """The key of the chunks."""
    return derive(file_key, b"payload", salt=nonce)


def chunk_nonce(index: int, *, last: bool) -> bytes:
    """Eleven bytes that count and one that says "this is the end"."""
    return index.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def chunk_count(sealed: int) -> int:
    """How many chunks lie in `sealed` bytes.

    Raises:
        SealBroken: they cannot be whole: the last chunk has not even a tag, or is empty and not the only one (there
            would be two files for one content).
    """
    count = -(-sealed // SEALED_CHUNK)
    last = sealed - (count - 1) * SEALED_CHUNK
    if sealed < TAG or last < TAG or (last == TAG and count > 1):
        raise payload_broken()
    return count


def read_exactly(source: BinaryIO, size: int) -> bytes:
    """`size` bytes; an unbuffered source may give them in parts.

    Raises:
        SealBroken: there are not so many.
    """
    data = source.read(size)
    while len(data) < size:
        more = source.read(size - len(data))
        if not more:
            raise payload_broken()
        data += more
    return data


def write_all(out: BinaryIO, data: bytes) -> None:
    """All of `data`; an unbuffered `out` may take it in parts."""
    written = out.write(data)
    while written < len(data):
        written += out.write(data[written:])


def payload_broken() -> SealBroken:
    """A chunk is not what was written, or chunks are missing or too many."""
    return SealBroken(
        "a sealed file was changed or cut short",
        "What is left of it stays as it is. Bring it back from a copy of the vault.",
    )
