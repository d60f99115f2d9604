"""Recovery keys: 24 words that are read back however people write them, and slips of the pen that are told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.crypto import keyslot
from vigtool.crypto.kem import KemKind
from vigtool.crypto.keys import UserSecret
from vigtool.crypto.keyslot import Keyslot, SlotKind, open_keyslot
from vigtool.crypto.recovery import RecoveryKey, make_recovery_slot, open_recovery_slot, recovery_key
from vigtool.errors import VaultDamaged, WrongPassphrase

VAULT, USER = "11" * 16, "33" * 16
SECRET = UserSecret(bytes(range(32)), bytes(range(32, 64)), KemKind.X_WING)
KEY = RecoveryKey(bytes(range(100, 132)))
SLOT = make_recovery_slot(VAULT, USER, KEY, SECRET)


@pytest.mark.parametrize(
    ("secret", "words"),
    [
        # Two of the vectors of BIP 39, https://github.com/trezor/python-mnemonic/blob/master/vectors.json
        (bytes(32), "abandon " * 23 + "art"),
        (b"\xff" * 32, "zoo " * 23 + "vote"),
        (b"\x7f" * 32, "legal winner thank year wave sausage worth useful " * 2
         + "legal winner thank year wave sausage worth title"),
    ],
)  # fmt: skip
def test_the_words_are_those_of_the_standard(secret: bytes, words: str) -> None:
    assert RecoveryKey(secret).words() == words
    assert recovery_key(words) == RecoveryKey(secret)


@given(st.binary(min_size=32, max_size=32), st.sampled_from([" ", "\n", "  \t", " \r\n"]), st.booleans(), st.booleans())
def test_they_are_read_however_they_are_written(secret: bytes, between: str, short: bool, numbered: bool) -> None:
    words = RecoveryKey(secret).words().split()
    written = [word[:4] if short else word.capitalize() for word in words]
    if numbered:
        written = [f"{place}. {word}" for place, word in enumerate(written, 1)]
    assert recovery_key(f" {between.join(written)}{between}") == RecoveryKey(secret)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda words: words[:-1], "these are 23"),
        (lambda _: [], "these are 0"),
        (lambda words: [*words[:4], "qwertz", *words[5:]], "word 5 is none"),
        (lambda words: [words[1], words[0], *words[2:]], "must be another"),
        (lambda words: ["zoo", *words[1:]], "must be another"),
    ],
)
def test_slips_of_the_pen_are_told(harm: object, said: str) -> None:
    words = KEY.words().split()
    with pytest.raises(WrongPassphrase, match=said) as refused:
        recovery_key(" ".join(harm(words)))  # type: ignore[operator]  # a function of the words
    assert not any(word in str(refused.value) for word in words if len(word) > 5), "the key itself is not repeated"
    assert refused.value.__cause__ is None


def test_the_right_key_opens_it_and_another_is_called_wrong() -> None:
    assert open_recovery_slot(VAULT, SLOT, KEY) == SECRET
    assert SLOT.kind == SlotKind.RECOVERY
    with pytest.raises(WrongPassphrase):
        open_recovery_slot(VAULT, SLOT, RecoveryKey.generate())


@pytest.mark.parametrize("name", ["kdf", "commit", "wrapped"])
def test_damage_is_not_called_a_wrong_key(name: str) -> None:
    whole: bytes = getattr(SLOT, name)
    for place in range(len(whole)):
        harmed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        with pytest.raises(VaultDamaged):
            open_recovery_slot(VAULT, replace(SLOT, **{name: harmed}), KEY)  # type: ignore[arg-type]  # bytes each


def test_a_slot_is_bound_to_its_place() -> None:
    for changed in (replace(SLOT, user="44" * 16), replace(SLOT, slot="44" * 16), replace(SLOT, kind=1)):
        with pytest.raises(VaultDamaged):
            open_recovery_slot(VAULT, _resummed(changed), KEY)
    with pytest.raises(VaultDamaged):
        open_recovery_slot("22" * 16, _resummed(SLOT, "22" * 16), KEY)
    with pytest.raises(VaultDamaged):
        open_keyslot(VAULT, SLOT, KEY.words())


def test_nothing_shows_the_key() -> None:
    assert "secret" not in repr(KEY)
    assert KEY.words().split()[0] not in repr(KEY)


def _resummed(slot: Keyslot, vault: str = VAULT) -> Keyslot:
    """What somebody writes who changes a slot on purpose: the sum is right again."""
    bound = keyslot._bound(vault, slot.user, slot.slot, slot.kind, slot.kdf)
    sealed = slot.wrapped[:-8]
    return replace(slot, wrapped=sealed + keyslot._sum(bound, slot.commit, sealed))
