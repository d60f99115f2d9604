"""Sealed records: padding, the envelope, and that it opens nowhere else."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vigtool.crypto import item
from vigtool.crypto.item import associated, digest, epoch_of, open_sealed, pad, padded_size, seal, unpad
from vigtool.errors import SealBroken
from vigtool.ids import new_id

KEY = bytes(range(32))
COLUMNS = {
    "vault": "11" * 16,
    "kind": 8,
    "domain": "22" * 16,
    "parent": "33" * 16,
    "owner": "44" * 16,
    "id": "55" * 16,
    "revision": 7,
    "device": "66" * 16,
    "previous": b"\x77" * 32,
}
BOUND = associated(**COLUMNS)  # type: ignore[arg-type]  # a map of mixed values stands for the keywords


def test_associated_data_is_what_the_format_says() -> None:
    fields = (
        b"vig/item/1\x00",
        b"\x11" * 16,
        b"\x00\x08",
        b"\x22" * 16,
        b"\x33" * 16,
        b"\x44" * 16,
        b"\x55" * 16,
        b"\x00\x00\x00\x00\x00\x00\x00\x07",
        b"\x66" * 16,
        b"\x77" * 32,
    )
    assert b"".join(fields) == BOUND
    assert len(BOUND) == 149


@pytest.mark.parametrize("column", list(COLUMNS))
def test_a_record_opens_only_where_it_was_sealed(column: str) -> None:
    other = {"kind": 9, "revision": 8, "previous": bytes(32)}.get(column, "99" * 16)
    moved = associated(**{**COLUMNS, column: other})  # type: ignore[arg-type]  # as above
    envelope = seal(KEY, b"a note", BOUND, 1)
    assert open_sealed(KEY, envelope, BOUND) == b"a note"
    with pytest.raises(SealBroken):
        open_sealed(KEY, envelope, moved)


@pytest.mark.parametrize(
    ("column", "impossible"),
    [
        ("vault", ""),
        ("domain", "22" * 15),
        ("parent", "33" * 17),
        ("owner", "zz" * 16),
        ("id", "AA" * 16),
        ("kind", -1),
        ("kind", 1 << 16),
        ("revision", -1),
        ("revision", 1 << 64),
        ("previous", b""),
        ("previous", bytes(33)),
    ],
)
def test_a_column_that_cannot_be_is_a_broken_seal(column: str, impossible: object) -> None:
    with pytest.raises(SealBroken):
        associated(**{**COLUMNS, column: impossible})  # type: ignore[arg-type]  # as above


@given(st.binary(max_size=5000), st.integers(0, 2**32 - 1))
@example(b"", 0)
def test_round_trip(payload: bytes, epoch: int) -> None:
    envelope = seal(KEY, payload, BOUND, epoch)
    assert open_sealed(KEY, envelope, BOUND) == payload
    assert epoch_of(envelope) == epoch
    assert len(envelope) == 34 + padded_size(len(payload))
    assert envelope[:2] == b"\x01\x01"


@given(st.binary(max_size=3000))
@example(b"")
@example(b"\x80")
@example(b"\x00" * 63)
@example(b"\x80" + b"\x00" * 62)
@example(bytes(1023))
@example(bytes(1024))
def test_padding_comes_off_again(payload: bytes) -> None:
    padded = pad(payload)
    assert unpad(padded) == payload
    assert len(padded) == padded_size(len(payload)) > len(payload)


@given(st.integers(0, 1 << 33))
def test_padding_tells_little_and_costs_little(size: int) -> None:
    padded = padded_size(size)
    assert padded > size
    assert padded % 64 == 0
    assert padded_size(padded - 1) == padded
    if size >= 1024:
        assert padded <= (size + 1) * 1.12
    else:
        assert padded <= size + 64


def test_padme_is_that_of_the_paper() -> None:
    """Values computed by hand: L, then E = floor(log2 L), S = floor(log2 E) + 1, rounded up to 2^(E-S)."""
    assert [padded_size(size - 1) for size in (1025, 2049, 9000, 1_000_000)] == [1088, 2176, 9216, 1_015_808]


@given(st.binary(max_size=300))
def test_unpadding_takes_only_what_padding_gives(padded: bytes) -> None:
    try:
        payload = unpad(padded)
    except SealBroken:
        return
    assert pad(payload) == padded


def test_every_bit_counts() -> None:
    envelope = seal(KEY, b"a note", BOUND, 3)
    for at in range(len(envelope) * 8):
        changed = bytearray(envelope)
        changed[at // 8] ^= 1 << at % 8
        with pytest.raises(SealBroken):
            open_sealed(KEY, bytes(changed), BOUND)


def test_every_cut_is_seen() -> None:
    envelope = seal(KEY, b"a note", BOUND, 3)
    for size in range(len(envelope)):
        with pytest.raises(SealBroken):
            open_sealed(KEY, envelope[:size], BOUND)
    with pytest.raises(SealBroken):
        open_sealed(KEY, envelope + b"\x00", BOUND)


@given(st.binary(max_size=400))
def test_any_bytes_are_at_worst_a_broken_seal(envelope: bytes) -> None:
    with pytest.raises(SealBroken):
        open_sealed(KEY, envelope, BOUND)
    with pytest.raises(SealBroken):
        open_sealed(KEY, b"\x01\x01" + envelope, BOUND)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(SealBroken):
        open_sealed(bytes(32), seal(KEY, b"a note", BOUND, 3), BOUND)


def test_an_authentic_record_that_was_never_padded_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(item, "pad", lambda payload: payload + bytes(64 - len(payload)))
    envelope = seal(KEY, b"a note", BOUND, 3)
    with pytest.raises(SealBroken):
        open_sealed(KEY, envelope, BOUND)


def test_nonces_do_not_repeat() -> None:
    envelopes = [seal(KEY, b"", BOUND, 1) for _ in range(10_000)]
    assert len({envelope[6:18] for envelope in envelopes}) == 10_000


def test_the_check_of_nonces_would_see_a_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "token_bytes", bytes)
    assert len({seal(KEY, b"", BOUND, 1)[6:18] for _ in range(10)}) == 1


def test_the_digest_names_the_envelope() -> None:
    assert digest(b"abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_ids_fit() -> None:
    assert len(associated(**{**COLUMNS, "id": new_id()})) == 149  # type: ignore[arg-type]  # as above
