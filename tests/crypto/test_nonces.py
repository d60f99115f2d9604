"""No nonce is ever used twice under one key: in records, keyslots, and every chunk and stanza of sealed films."""

from __future__ import annotations

import io
import os
import secrets
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.crypto import aead, item, keyslot
from vigtool.crypto.age import stanzas, stream
from vigtool.crypto.age.chunks import CHUNK
from vigtool.crypto.age.identity import Identity
from vigtool.crypto.age.stream import AgeWriter
from vigtool.crypto.kem import KemKind
from vigtool.crypto.keys import UserSecret
from vigtool.crypto.recovery import RecoveryKey, make_recovery_slot
from vigtool.errors import SealBroken
from vigtool.ids import new_id

SHORT, LONG = 10_000, int(os.environ.get("VIGTOOL_SEALS", "1000000"))


class Watch:
    """Notes every key and nonce that the ciphers are given to seal with."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.used: set[bytes] = set()
        self.seals = 0
        watch = self

        class Watched(aead.ChaCha):
            def __init__(self, key: bytes) -> None:
                super().__init__(key)
                self.key = key

            def seal(self, nonce: bytes, plaintext: Any, bound: bytes | None = None) -> bytes:
                watch.note(self.key, nonce)
                return super().seal(nonce, plaintext, bound)

        def seal_aes(key: bytes, nonce: bytes, plaintext: bytes, bound: bytes) -> bytes:
            watch.note(key, nonce)
            return aead.seal_aes(key, nonce, plaintext, bound)

        monkeypatch.setattr(item, "seal_aes", seal_aes)
        monkeypatch.setattr(keyslot, "seal_aes", seal_aes)
        monkeypatch.setattr(stream, "ChaCha", Watched)
        monkeypatch.setattr(stanzas, "ChaCha", Watched)

    def note(self, key: bytes, nonce: bytes) -> None:
        self.seals += 1
        self.used.add(key + nonce)

    def repeated(self) -> int:
        return self.seals - len(self.used)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    return Watch(monkeypatch)


def seal_much(seals: int) -> None:
    """Records under one key, as many keyslots as people have, and films of up to four chunks under one identity."""
    key, vault, user, secret = os.urandom(32), new_id(), new_id(), UserSecret.generate(KemKind.X25519)
    slots = seals // 100
    films = seals // 200
    identity = Identity.generate(KemKind.X25519)
    piece = bytes(CHUNK)
    for number in range(films):
        with AgeWriter(io.BytesIO(), [identity.recipient()]) as writer:
            for _ in range(number % 4):
                writer.write(piece)
    recovery = RecoveryKey.generate()
    for _ in range(slots):
        make_recovery_slot(vault, user, recovery, secret)
    for _ in range(seals):
        item.seal(key, b"a note", b"bound", 1)


def test_no_nonce_is_used_twice(watch: Watch) -> None:
    seal_much(SHORT)
    assert watch.seals > SHORT
    assert watch.repeated() == 0


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_no_nonce_is_used_twice_in_a_million_seals(watch: Watch, capsys: pytest.CaptureFixture[str]) -> None:
    seal_much(LONG)
    with capsys.disabled():
        print(f"\nnonces: {watch.seals} seals, {watch.repeated()} repeated")
    assert watch.seals > LONG
    assert watch.repeated() == 0


def test_a_nonce_that_comes_again_is_found(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: a source of randomness that stands still."""
    monkeypatch.setattr(secrets, "token_bytes", bytes)
    item.seal(bytes(32), b"a note", b"", 1)
    item.seal(bytes(32), b"another", b"", 1)
    assert watch.repeated() == 1
    for _ in range(2):
        with AgeWriter(io.BytesIO(), [Identity.generate(KemKind.X25519).recipient()]) as writer:
            writer.write(b"a film")
    assert watch.repeated() == 2


ID = st.binary(min_size=16, max_size=16).map(bytes.hex)
COLUMNS: dict[str, st.SearchStrategy[Any]] = {
    "vault": ID,
    "kind": st.integers(0, 2**16 - 1),
    "domain": ID,
    "parent": ID,
    "owner": ID,
    "id": ID,
    "revision": st.integers(0, 2**64 - 1),
    "device": ID,
    "previous": st.binary(min_size=32, max_size=32),
}


@given(
    columns=st.fixed_dictionaries(COLUMNS),
    column=st.sampled_from(sorted(COLUMNS)),
    epoch=st.integers(0, 2**32 - 1),
    data=st.data(),
)
def test_a_change_of_any_one_column_breaks_the_seal(
    columns: dict[str, Any], column: str, epoch: int, data: st.DataObject
) -> None:
    key = bytes(range(32))
    other = data.draw(COLUMNS[column].filter(lambda value: value != columns[column]))
    envelope = item.seal(key, b"a note", item.associated(**columns), epoch)
    assert item.open_sealed(key, envelope, item.associated(**columns)) == b"a note"
    with pytest.raises(SealBroken):
        item.open_sealed(key, envelope, item.associated(**{**columns, column: other}))
    renumbered = envelope[:2] + (epoch ^ 1).to_bytes(4, "big") + envelope[6:]
    with pytest.raises(SealBroken):
        item.open_sealed(key, renumbered, item.associated(**columns))


@given(columns=st.fixed_dictionaries(COLUMNS), others=st.fixed_dictionaries(COLUMNS))
def test_different_columns_never_give_the_same_bytes(columns: dict[str, Any], others: dict[str, Any]) -> None:
    assert (item.associated(**columns) == item.associated(**others)) == (columns == others)
