"""A sealed file behind another header, or under another file key: the same film for somebody else, and nobody else."""

from __future__ import annotations

import io

import pyrage
import pytest

from vigtool.crypto import kem
from vigtool.crypto.age.chunks import CHUNK, SEALED_CHUNK, TAG
from vigtool.crypto.age.identity import Identity
from vigtool.crypto.age.resealing import ChunkWriter, read_front, rewrapped
from vigtool.crypto.age.stream import AgeReader, AgeWriter
from vigtool.crypto.kem import KemKind
from vigtool.errors import SealBroken

SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 5]
KINDS = [KemKind.X25519, *([KemKind.X_WING] if kem.kem_available() else [])]


def sealed(data: bytes, to: Identity) -> bytes:
    out = io.BytesIO()
    with AgeWriter(out, [to.recipient()]) as writer:
        writer.write(data)
    return out.getvalue()


def opened(file: bytes, by: Identity) -> bytes:
    with AgeReader(io.BytesIO(file), [by]) as reader:
        return reader.read()


def content(size: int) -> bytes:
    return (bytes(range(251)) * (size // 251 + 1))[:size]


@pytest.mark.parametrize("new_kind", KINDS)
@pytest.mark.parametrize("old_kind", KINDS)
@pytest.mark.parametrize("size", SIZES)
def test_behind_another_header_the_same_chunks_are_whole_for_the_other_alone(
    size: int, old_kind: KemKind, new_kind: KemKind
) -> None:
    old, new = Identity.generate(old_kind), Identity.generate(new_kind)
    file = sealed(content(size), old)
    front = read_front(io.BytesIO(file))
    assert front.content_size(len(file)) == size
    other = rewrapped(front, [old], new.recipient()) + file[len(front.raw) :]
    assert opened(other, new) == content(size)
    with pytest.raises(SealBroken):
        opened(other, old)
    with AgeReader(io.BytesIO(other), [new]) as reader:
        assert reader.digest == read_front(io.BytesIO(other)).digest != front.digest


def test_another_program_opens_it_too() -> None:
    old, new = Identity.generate(KINDS[-1]), Identity.generate(KemKind.X25519)
    file = sealed(content(CHUNK + 9), old)
    front = read_front(io.BytesIO(file))
    other = rewrapped(front, [old], new.recipient()) + file[len(front.raw) :]
    assert pyrage.decrypt(other, [pyrage.x25519.Identity.from_str(new.text())]) == content(CHUNK + 9)


def test_a_header_that_was_changed_or_is_for_another_is_not_wrapped_anew() -> None:
    old, new = Identity.generate(), Identity.generate()
    file = sealed(b"film", old)
    with pytest.raises(SealBroken):
        rewrapped(read_front(io.BytesIO(file)), [new], new.recipient())
    end = read_front(io.BytesIO(file)).header.raw.rindex(b"--- ")
    changed = bytearray(file)
    changed[end + 6] = ord("A") if changed[end + 6] != ord("A") else ord("B")
    with pytest.raises(SealBroken):
        rewrapped(read_front(io.BytesIO(bytes(changed))), [old], new.recipient())
    with pytest.raises(SealBroken):
        read_front(io.BytesIO(file[:40]))


@pytest.mark.parametrize("size", SIZES)
def test_chunk_by_chunk_it_is_the_same_film(size: int) -> None:
    new, data, out = Identity.generate(), content(size), io.BytesIO()
    writer = ChunkWriter(out, new.recipient())
    for at in range(0, max(1, size), CHUNK):
        writer.chunk(data[at : at + CHUNK], last=at + CHUNK >= size)
    assert opened(out.getvalue(), new) == data


@pytest.mark.parametrize("hole", [0, 1, 2])
def test_a_hole_is_damage_where_it_is_and_nowhere_else(hole: int) -> None:
    new, data, out = Identity.generate(), content(2 * CHUNK + 7), io.BytesIO()
    writer = ChunkWriter(out, new.recipient())
    for n in range(3):
        chunk = data[n * CHUNK : (n + 1) * CHUNK]
        if n == hole:
            writer.hole(len(chunk))
        else:
            writer.chunk(chunk, last=n == 2)
    front = read_front(io.BytesIO(out.getvalue()))
    assert len(out.getvalue()) == len(front.raw) + 2 * SEALED_CHUNK + 7 + TAG
    with AgeReader(io.BytesIO(out.getvalue()), [new], size=len(data)) as reader:
        for n in range(3):
            reader.seek(n * CHUNK)
            if n == hole:
                with pytest.raises(SealBroken):
                    reader.read(CHUNK)
            else:
                assert reader.read(CHUNK) == data[n * CHUNK : (n + 1) * CHUNK]
