"""A keyslot: a user's secret, locked with something that the user knows. One slot for each way of unlocking.

    kdf      CBOR map (RFC 8949, 4.2.1) {"alg": "argon2id-13", "m": KiB, "p": lanes, "salt": 16 bytes, "t": passes}
    commit   last 32 of the 64 stretched bytes; the first 32 are the key
    wrapped  nonce 12 | AES-256-GCM(key, nonce, CBOR map {"kem": kind, "kem_seed": 32, "sig_seed": 32}, bound) | sum 8
    bound    "vig/slot/1" 00 | vault 16 | user 16 | slot 16 | kind u16 | kdf
    sum      the first 8 bytes of SHA-256("vig/slot-sum/1" 00 | bound | commit | wrapped without sum)

The sum is no defence: anybody can compute it. It is there for the person who is told "wrong passphrase" and cannot
know that a disk has lost a bit. With it, every accident to a slot is told apart from a wrong passphrase, and before the
stretching is paid for. Those who change a slot on purpose meet `bound`: neither the cost nor the slot's place can be
changed under a seal.

`commit` is compared before anything is decrypted. It tells a wrong passphrase from a changed seal, and, since AES-GCM
does not commit to its key, it keeps one slot from opening under two passphrases. It gives nothing away that the seal
itself does not: both are one Argon2id away from a guess, and the two halves of its output are independent.
"""

from __future__ import annotations

import enum
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.constant_time import bytes_eq

from vigtool.crypto.aead import InvalidTag, open_aes, seal_aes
from vigtool.crypto.kem import KemKind
from vigtool.crypto.keys import UserSecret
from vigtool.crypto.layout import id_field, number_field
from vigtool.crypto.passphrase import SALT_SIZE, StretchCost, normalise, stretch
from vigtool.errors import SealBroken, VaultDamaged, WrongPassphrase
from vigtool.ids import Id, new_id

_ALGORITHM = "argon2id-13"
_LABEL = b"vig/slot/1\x00"
_SUM_LABEL = b"vig/slot-sum/1\x00"
_KEY_SIZE = 32
_NONCE_SIZE = 12
_SUM_SIZE = 8
_MOST_BYTES = 1024


class SlotKind(enum.IntEnum):
    """What unlocks a slot. Number 3 (the system's keyring) is spoken for."""

    PASSPHRASE = 1
    RECOVERY = 2


@dataclass(frozen=True, slots=True)
class Keyslot:
    """One keyslot, as it is stored.

    Attributes:
        slot: its identity.
        user: whose secret it holds.
        kind: what unlocks it (`SlotKind`).
        kdf: how the passphrase is stretched.
        commit: 32 bytes that the right passphrase leads to.
        wrapped: the secret.
    """

    slot: Id
    user: Id
    kind: int
    kdf: bytes
    commit: bytes = field(repr=False)
    wrapped: bytes = field(repr=False)


def make_keyslot(
    vault: Id,
    user: Id,
    passphrase: str,
    secret: UserSecret,
    cost: StretchCost,
    kind: SlotKind = SlotKind.PASSPHRASE,
) -> Keyslot:
    """Lock `secret` with `passphrase`. How strong that must be is for the caller to ask (`check_strength`).

    Raises:
        VaultDamaged: `cost` is outside its bounds.
        UsageError: `passphrase` is not text.
    """
    slot, salt = new_id(), secrets.token_bytes(SALT_SIZE)
    kdf = write_map(
        {"alg": _ALGORITHM, "m": cost.memory_kib, "p": cost.lanes, "salt": salt, "t": cost.passes},
    )
    return seal_slot(vault, Place(user, slot, kind, kdf), *_stretched(passphrase, salt, cost), secret)


@dataclass(frozen=True, slots=True)
class Place:
    """What a slot's seal is bound to, besides the vault."""

    user: Id
    slot: Id
    kind: SlotKind
    kdf: bytes


def seal_slot(vault: Id, place: Place, key: bytes, commit: bytes, secret: UserSecret) -> Keyslot:
    """Lock `secret` with a key of 32 bytes that is used for nothing else, and that `commit` goes with."""
    bound = _bound(vault, place.user, place.slot, place.kind, place.kdf)
    inner = write_map({"kem": int(secret.kem_kind), "kem_seed": secret.kem_seed, "sig_seed": secret.sig_seed})
    nonce = secrets.token_bytes(_NONCE_SIZE)
    sealed = nonce + seal_aes(key, nonce, inner, bound)
    whole = sealed + _sum(bound, commit, sealed)
    return Keyslot(place.slot, place.user, int(place.kind), place.kdf, commit, whole)


def open_keyslot(vault: Id, slot: Keyslot, passphrase: str) -> UserSecret:
    """Unlock the secret.

    Raises:
        WrongPassphrase: the slot is whole and this passphrase does not open it.
        VaultDamaged: the slot is not as it was written.
        VaultError: the machine has not the memory that the stretching takes.
    """

    def stretched() -> tuple[bytes, bytes]:
        cost, salt = _read_kdf(slot.kdf)
        return _stretched(passphrase, salt, cost)

    wrong = WrongPassphrase(
        "this passphrase does not open the vault", "Look at capitals, spaces and the keyboard's language."
    )
    return open_slot(vault, slot, stretched, wrong)


def open_slot(vault: Id, slot: Keyslot, made: Callable[[], tuple[bytes, bytes]], wrong: WrongPassphrase) -> UserSecret:
    """Unlock the secret with what a person knows.

    Args:
        vault: whose slot it is.
        slot: as it is stored.
        made: gives the key and the commitment; called once it is certain that the slot is whole.
        wrong: raised where the commitment is not the slot's.

    Raises:
        WrongPassphrase: `wrong`. VaultDamaged: the slot is not as it was written. And what `made` raises.
    """
    try:
        bound = _bound(vault, slot.user, slot.slot, slot.kind, slot.kdf)
    except SealBroken as error:
        raise _damaged() from error
    sealed, written_sum = slot.wrapped[:-_SUM_SIZE], slot.wrapped[-_SUM_SIZE:]
    if _sum(bound, slot.commit, sealed) != written_sum:
        raise _damaged()
    key, commit = made()
    # In constant time: how many bytes of a guess were right must not be read from a clock.
    if not bytes_eq(commit, slot.commit):
        raise wrong
    try:
        inner = open_aes(key, sealed[:_NONCE_SIZE], sealed[_NONCE_SIZE:], bound)
    except (InvalidTag, ValueError) as error:
        raise _damaged() from error
    return _read_secret(inner)


def cost_of(slot: Keyslot) -> StretchCost:
    """How costly a guess at this slot is.

    Raises:
        VaultDamaged: it cannot be read, or is outside its bounds.
    """
    return _read_kdf(slot.kdf)[0]


def _stretched(passphrase: str, salt: bytes, cost: StretchCost) -> tuple[bytes, bytes]:
    """The key, and the commitment."""
    stretched = stretch(normalise(passphrase), salt, cost)
    return stretched[:_KEY_SIZE], stretched[_KEY_SIZE:]


def _bound(vault: Id, user: Id, slot: Id, kind: int, kdf: bytes) -> bytes:
    """Only the last field has no fixed width, so there is still one way to read it."""
    return _LABEL + id_field(vault) + id_field(user) + id_field(slot) + number_field(kind, 2) + kdf


def _sum(bound: bytes, commit: bytes, sealed: bytes) -> bytes:
    return hashlib.sha256(_SUM_LABEL + bound + commit + sealed).digest()[:_SUM_SIZE]


def _read_kdf(kdf: bytes) -> tuple[StretchCost, bytes]:
    """The cost, within its bounds, and the salt."""
    fields = read_map(kdf, {"alg": str, "m": int, "p": int, "salt": bytes, "t": int})
    if fields["alg"] != _ALGORITHM or len(fields["salt"]) != SALT_SIZE:
        raise _damaged()
    cost = StretchCost(fields["m"], fields["t"], fields["p"])
    cost.check()
    return cost, fields["salt"]


def _read_secret(inner: bytes) -> UserSecret:
    fields = read_map(inner, {"kem": int, "kem_seed": bytes, "sig_seed": bytes})
    if (
        len(fields["kem_seed"]) != _KEY_SIZE
        or len(fields["sig_seed"]) != _KEY_SIZE
        or fields["kem"] not in set(KemKind)
    ):
        raise _damaged()
    return UserSecret(fields["kem_seed"], fields["sig_seed"], KemKind(fields["kem"]))


def write_map(fields: dict[str, Any]) -> bytes:
    """A CBOR map in its one canonical spelling."""
    return cbor2.dumps(fields, canonical=True)


def read_map(data: bytes, shape: dict[str, type]) -> dict[str, Any]:
    """A CBOR map of exactly these keys and types, in its one canonical spelling.

    Raises:
        VaultDamaged: it is none.
    """
    if len(data) > _MOST_BYTES:
        raise _damaged()
    try:
        fields: dict[str, Any] = cbor2.loads(data)
        # A map that is spelled in another way would mean the same and be bound differently.
        whole = type(fields) is dict and write_map(fields) == data
    except Exception as error:
        # CBOR's tags reach into dates, fractions and patterns, each with errors of its own.
        raise _damaged() from error
    if not whole or {key: type(value) for key, value in fields.items()} != shape:
        raise _damaged()
    return fields


def _damaged() -> VaultDamaged:
    return VaultDamaged(
        "the part of the vault that checks the passphrase is damaged",
        "The passphrase may well be right. Bring back the last good copy of the vault.",
    )
