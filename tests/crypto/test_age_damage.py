"""Damage to age files: every bit, every cut, every exchange is seen, and nothing is lost beside it."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from age_films import BOTH, FILM, HEADER_SIZE, SEALED_FILM, opened, sealed
from vigtool.crypto.age.chunks import CHUNK, SEALED_CHUNK
from vigtool.crypto.age.identity import Identity
from vigtool.crypto.age.stream import seal_digest
from vigtool.crypto.kem import KemKind
from vigtool.errors import SealBroken, VaultDamaged


@pytest.mark.parametrize("kind", BOTH)
def test_every_cut_is_seen_when_it_is_opened(kind: KemKind) -> None:
    """At every byte of a small file."""
    identity = Identity.generate(kind)
    data = sealed(b"a small film", identity)
    assert opened(data, identity).read() == b"a small film"
    for size in range(len(data)):
        with pytest.raises(SealBroken):
            opened(data[:size], identity)


def test_every_cut_near_a_border_of_chunks_is_seen_when_it_is_opened() -> None:
    start = HEADER_SIZE + 16
    for border in range(start, len(SEALED_FILM), SEALED_CHUNK):
        for size in range(border - 18, min(border + 19, len(SEALED_FILM))):
            with pytest.raises(SealBroken):
                opened(SEALED_FILM[:size])
    for more in (b"\x00", bytes(16), bytes(17), bytes(SEALED_CHUNK), SEALED_FILM[-793:]):
        with pytest.raises(SealBroken):
            opened(SEALED_FILM + more)


@pytest.mark.parametrize("kind", BOTH)
def test_every_bit_counts(kind: KemKind) -> None:
    """Every bit of the whole small file; of a post-quantum header every 7th, it is long."""
    identity = Identity.generate(kind)
    data = sealed(b"a small film", identity)
    for at in range(0, len(data) * 8, 7 if kind is KemKind.X_WING else 1):
        changed = bytearray(data)
        changed[at // 8] ^= 1 << at % 8
        with pytest.raises(SealBroken):
            opened(bytes(changed), identity).read()


@settings(deadline=None, max_examples=200)
@given(st.integers(HEADER_SIZE * 8, len(SEALED_FILM) * 8 - 1))
def test_any_bit_of_a_long_payload_is_seen_and_nothing_else_is_lost(at: int) -> None:
    changed = bytearray(SEALED_FILM)
    changed[at // 8] ^= 1 << at % 8
    hit = (at // 8 - HEADER_SIZE - 16) // SEALED_CHUNK
    if not 0 <= hit < 3:  # the nonce, or the last chunk
        with pytest.raises(SealBroken):
            opened(bytes(changed))
        return
    reader = opened(bytes(changed))
    for index in range(4):
        reader.seek(index * CHUNK)
        if index == hit:
            with pytest.raises(SealBroken):
                reader.read(CHUNK)
            assert reader.tell() == index * CHUNK
            with pytest.raises(SealBroken):
                reader.readinto(bytearray(10))
        else:
            assert reader.read(CHUNK) == FILM[index * CHUNK : (index + 1) * CHUNK]


def test_chunks_that_change_places_are_seen() -> None:
    start = HEADER_SIZE + 16
    first, second = (slice(start + i * SEALED_CHUNK, start + (i + 1) * SEALED_CHUNK) for i in range(2))
    head, tail = SEALED_FILM[:start], SEALED_FILM[start + 2 * SEALED_CHUNK :]
    other = sealed(FILM)
    for middle in (
        SEALED_FILM[second] + SEALED_FILM[first],
        SEALED_FILM[first] * 2,
        other[first] + SEALED_FILM[second],
    ):
        reader = opened(head + middle + tail)
        with pytest.raises(SealBroken):
            reader.read()
    for shorter in (SEALED_FILM[first] + tail, tail):
        with pytest.raises(SealBroken):
            opened(head + shorter)


def test_two_films_of_one_key_have_different_digests() -> None:
    assert seal_digest(io.BytesIO(SEALED_FILM)) != seal_digest(io.BytesIO(sealed(FILM)))


@given(st.binary(max_size=400))
def test_any_bytes_are_at_worst_damage(data: bytes) -> None:
    for each in (data, SEALED_FILM[:HEADER_SIZE] + data, SEALED_FILM[:60] + data):
        with pytest.raises(VaultDamaged):
            opened(each)
    with pytest.raises(SealBroken):
        seal_digest(io.BytesIO(data))
