"""Keyslots: the right passphrase, the wrong one, and damage, are three different things."""

from __future__ import annotations

from dataclasses import replace

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.crypto import keyslot, passphrase
from vigtool.crypto.kem import KemKind
from vigtool.crypto.keys import UserSecret
from vigtool.crypto.keyslot import Keyslot, SlotKind, cost_of, make_keyslot, open_keyslot
from vigtool.crypto.passphrase import LEAST_COST, StretchCost
from vigtool.errors import UsageError, VaultDamaged, WrongPassphrase

VAULT, USER = "11" * 16, "33" * 16
WORDS = "six words that do not belong"
SECRET = UserSecret(bytes(range(32)), bytes(range(32, 64)), KemKind.X_WING)
SLOT = make_keyslot(VAULT, USER, WORDS, SECRET, LEAST_COST)


@pytest.fixture
def never_stretched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails the test when Argon2id is asked for anything."""

    def never(**_: object) -> None:
        pytest.fail("memory would have been taken")

    monkeypatch.setattr(passphrase, "Argon2id", never)


def with_field(name: str, value: bytes) -> Keyslot:
    """The slot with one of its byte fields replaced."""
    return replace(SLOT, **{name: value})  # type: ignore[arg-type]  # the name is that of a field of bytes


def resummed(slot: Keyslot) -> Keyslot:
    """What somebody writes who changes a slot on purpose: the sum is right again."""
    bound = keyslot._bound(VAULT, slot.user, slot.slot, slot.kind, slot.kdf)
    sealed = slot.wrapped[:-8]
    return replace(slot, wrapped=sealed + keyslot._sum(bound, slot.commit, sealed))


@pytest.mark.parametrize("kind", list(KemKind))
def test_the_right_passphrase_opens_it(kind: KemKind) -> None:
    secret = replace(SECRET, kem_kind=kind)
    slot = make_keyslot(VAULT, USER, "Zo\u00eb und f\u00fcnf W\u00f6rter", secret, LEAST_COST)
    assert open_keyslot(VAULT, slot, "Zoe\u0308 und fu\u0308nf Wo\u0308rter") == secret
    assert (len(slot.commit), slot.kind, slot.user) == (32, SlotKind.PASSPHRASE, USER)
    assert cost_of(slot) == LEAST_COST


@pytest.mark.parametrize("wrong", ["", WORDS.upper(), WORDS + " ", WORDS[:-1], "entirely something else"])
def test_a_wrong_passphrase_is_called_wrong(wrong: str) -> None:
    with pytest.raises(WrongPassphrase):
        open_keyslot(VAULT, SLOT, wrong)


def test_half_a_character_is_no_passphrase() -> None:
    with pytest.raises(UsageError):
        open_keyslot(VAULT, SLOT, "\udc80")


@pytest.mark.usefixtures("never_stretched")
@pytest.mark.parametrize("field", ["kdf", "commit", "wrapped"])
def test_every_lost_bit_is_damage_and_costs_nothing_to_see(field: str) -> None:
    whole: bytes = getattr(SLOT, field)
    for at in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[at // 8] ^= 1 << at % 8
        with pytest.raises(VaultDamaged):
            open_keyslot(VAULT, with_field(field, bytes(changed)), WORDS)
    for size in range(len(whole)):
        with pytest.raises(VaultDamaged):
            open_keyslot(VAULT, with_field(field, whole[:size]), WORDS)


@pytest.mark.usefixtures("never_stretched")
@pytest.mark.parametrize(
    "moved",
    [
        {"slot": "99" * 16},
        {"user": "99" * 16},
        {"user": "not an id"},
        {"slot": ""},
        {"kind": 2},
        {"kind": -1},
        {"kind": 1 << 20},
    ],
)
def test_a_slot_that_was_moved_is_damage(moved: dict[str, object]) -> None:
    with pytest.raises(VaultDamaged):
        open_keyslot(VAULT, replace(SLOT, **moved), WORDS)  # type: ignore[arg-type]  # mixed values


@pytest.mark.usefixtures("never_stretched")
def test_a_slot_of_another_vault_is_damage() -> None:
    with pytest.raises(VaultDamaged):
        open_keyslot("99" * 16, SLOT, WORDS)


def changed_kdf(**changes: object) -> bytes:
    return cbor2.dumps({**cbor2.loads(SLOT.kdf), **changes}, canonical=True)


FOREIGN_KDFS = [
    changed_kdf(m=64 * 1024 * 1024),
    changed_kdf(m=2**64),
    changed_kdf(m=1024),
    changed_kdf(m=-5),
    changed_kdf(m=True),
    changed_kdf(m=65536.0),
    changed_kdf(m="65536"),
    changed_kdf(t=0),
    changed_kdf(t=17),
    changed_kdf(p=17),
    changed_kdf(alg="md5"),
    changed_kdf(salt=bytes(8)),
    changed_kdf(salt="0123456789abcdef"),
    changed_kdf(more=1),
    cbor2.dumps([1, 2]),
    cbor2.dumps({}),
    cbor2.dumps({1: {}}),
    cbor2.dumps({"alg": [[[[]]]]}),
    b"",
    b"\x00",
    b"\x81" * 900,
    b"\x5b\x7f\xff\xff\xff\xff\xff\xff\xff",
    b"\x9b\x7f\xff\xff\xff\xff\xff\xff\xff",
    b"\xd8\x23\x61\x28",
    b"\xc0\x61x",
    b"\xbf\xff",
    SLOT.kdf + b"\x00",
    bytes(5000),
]


@pytest.mark.usefixtures("never_stretched")
@pytest.mark.parametrize("kdf", FOREIGN_KDFS, ids=range(len(FOREIGN_KDFS)))
def test_no_parameters_but_ours_reach_the_stretching(kdf: bytes) -> None:
    """Even where the sum was made right again."""
    with pytest.raises(VaultDamaged):
        open_keyslot(VAULT, resummed(replace(SLOT, kdf=kdf)), WORDS)
    with pytest.raises(VaultDamaged):
        cost_of(replace(SLOT, kdf=kdf))


@pytest.mark.usefixtures("never_stretched")
def test_another_spelling_of_the_same_parameters_is_refused() -> None:
    fields = cbor2.loads(SLOT.kdf)
    backwards = cbor2.dumps(dict(reversed(list(fields.items()))))
    assert cbor2.loads(backwards) == fields
    with pytest.raises(VaultDamaged):
        open_keyslot(VAULT, resummed(replace(SLOT, kdf=backwards)), WORDS)


def test_the_cost_cannot_be_lowered_under_the_seal() -> None:
    """Changing an allowed cost leads to another commitment; putting that in too still meets the seal."""
    lowered = replace(SLOT, kdf=changed_kdf(t=2))
    with pytest.raises(WrongPassphrase):
        open_keyslot(VAULT, resummed(lowered), WORDS)
    salt = cbor2.loads(SLOT.kdf)["salt"]
    commit = passphrase.stretch(WORDS.encode(), salt, StretchCost(65536, 2, 4))[32:]
    with pytest.raises(VaultDamaged):
        open_keyslot(VAULT, resummed(replace(lowered, commit=commit)), WORDS)


def test_a_changed_seal_under_the_right_passphrase_is_damage() -> None:
    flipped = SLOT.wrapped[:20] + bytes([SLOT.wrapped[20] ^ 1]) + SLOT.wrapped[21:]
    with pytest.raises(VaultDamaged):
        open_keyslot(VAULT, resummed(replace(SLOT, wrapped=flipped)), WORDS)
    for cut in (b"", SLOT.wrapped[:5], SLOT.wrapped[:20]):
        with pytest.raises(VaultDamaged):
            open_keyslot(VAULT, resummed(replace(SLOT, wrapped=cut + bytes(8))), WORDS)


SHORT = {"kem_seed": replace(SECRET, kem_seed=bytes(31)), "sig_seed": replace(SECRET, sig_seed=bytes(31))}


@pytest.mark.parametrize("name", list(SHORT))
def test_a_sealed_secret_of_the_wrong_length_is_damage(name: str) -> None:
    slot = make_keyslot(VAULT, USER, WORDS, SHORT[name], LEAST_COST)
    with pytest.raises(VaultDamaged):
        open_keyslot(VAULT, slot, WORDS)


@given(kdf=st.binary(max_size=80), commit=st.binary(max_size=40), wrapped=st.binary(max_size=150), summed=st.booleans())
def test_any_bytes_are_at_worst_damage(kdf: bytes, commit: bytes, wrapped: bytes, summed: bool) -> None:
    slot = Keyslot("22" * 16, USER, 1, kdf, commit, wrapped)
    with pytest.raises(VaultDamaged):
        open_keyslot(VAULT, resummed(slot) if summed else slot, WORDS)


def test_two_slots_of_one_secret_share_nothing() -> None:
    other = make_keyslot(VAULT, USER, WORDS, SECRET, LEAST_COST)
    assert other.slot != SLOT.slot
    assert other.commit != SLOT.commit
    assert cbor2.loads(other.kdf)["salt"] != cbor2.loads(SLOT.kdf)["salt"]
    assert SECRET.kem_seed not in SLOT.wrapped
    assert open_keyslot(VAULT, other, WORDS) == SECRET


def test_a_cost_outside_the_bounds_makes_no_slot() -> None:
    with pytest.raises(VaultDamaged):
        make_keyslot(VAULT, USER, WORDS, SECRET, StretchCost(1024, 1, 1))


def test_a_slot_made_long_ago_still_opens() -> None:
    """Frozen bytes: vaults in the field depend on them."""
    slot = Keyslot(
        "5a" * 16,
        USER,
        1,
        bytes.fromhex(
            "a5616d1a0001000061700461740163616c676b6172676f6e3269642d31336473616c74506b5f7968b009be015ce0bb876700699d"
        ),
        bytes.fromhex("67947026995d82ab7e132630ee6f1b43edfd6d0b3809f5116227459a279f586b"),
        bytes.fromhex(
            "e075fcefdd4cd70ee843d10a908a6967974317538d02ade9dfcc8599a0ee7ac1568ac6526d1f3d973475cec08a3ef359a633f1631c52ddc942dcea68d13d296a5306cdee275dad80601c4d18a8c0adb95a388887a82f5fcea04f5afda9e4b51a48b0c62f3f35cb5ec5d52531effe9dbd832b53613166b982b4d10d2659db4411d788"
        ),
    )
    assert open_keyslot(VAULT, slot, WORDS) == SECRET
