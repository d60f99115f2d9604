"""To seal a few bytes to a public key: HPKE in base mode (RFC 9180), over X-Wing or over X25519.

X-Wing (draft-connolly-cfrg-xwing-kem; MLKEM768-X25519 in draft-ietf-hpke-pq) joins ML-KEM-768 with X25519 and holds as
long as one of the two does. What is sealed here must stay closed for as long as a child lives, so the quantum-safe one
is taken wherever the platform has it. KDF is HKDF-SHA256 and AEAD is ChaCha20-Poly1305 for both: with X-Wing that is
exactly the suite of age's post-quantum stanza, so one piece of code serves grants and footage.

Base mode names no sender: anybody can seal to a public key. Who it comes from is for a signature to say.
"""

from __future__ import annotations

import enum
import hashlib
from functools import cache
from typing import TypeAlias

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from vigtool.errors import SealBroken, VaultError

SEED_SIZE = 32

_X25519_SIZE = 32
_MLKEM_PUBLIC_SIZE = 1184
_MLKEM_SEED_SIZE = 64

_Private: TypeAlias = "X25519PrivateKey | hpke.MLKEM768X25519PrivateKey"
_Public: TypeAlias = "X25519PublicKey | hpke.MLKEM768X25519PublicKey"


class KemKind(enum.IntEnum):
    """Which key encapsulation; the numbers are those of the IANA registry "HPKE KEM Identifiers"."""

    X25519 = 0x0020
    X_WING = 0x647A


_ENC_SIZE = {KemKind.X25519: _X25519_SIZE, KemKind.X_WING: 1120}
_PUBLIC_SIZE = {KemKind.X25519: _X25519_SIZE, KemKind.X_WING: _MLKEM_PUBLIC_SIZE + _X25519_SIZE}


@cache
def kem_available() -> bool:
    """Whether this machine's encryption library has X-Wing. Older ones, and some builds of newer ones, have not."""
    if not (hasattr(hpke, "MLKEM768X25519PrivateKey") and hasattr(hpke.KEM, "MLKEM768_X25519")):
        return False
    try:
        MLKEM768PrivateKey.from_seed_bytes(bytes(_MLKEM_SEED_SIZE))
    except UnsupportedAlgorithm:
        return False
    return True


def best_kind() -> KemKind:
    """X-Wing where there is one."""
    return KemKind.X_WING if kem_available() else KemKind.X25519


def enc_size(kind: KemKind) -> int:
    """How many bytes of what `seal` gives are the encapsulated key; the rest is the ciphertext."""
    return _ENC_SIZE[kind]


def public_size(kind: KemKind) -> int:
    """How many bytes a public key has."""
    return _PUBLIC_SIZE[kind]


def public_key(kind: KemKind, seed: bytes) -> bytes:
    """The public key of a 32-byte seed: 32 bytes for X25519, 1216 for X-Wing (ML-KEM's first)."""
    x25519 = _x25519_private(kind, seed).public_key().public_bytes_raw()
    if kind is KemKind.X25519:
        return x25519
    return MLKEM768PrivateKey.from_seed_bytes(_expanded(seed)[0]).public_key().public_bytes_raw() + x25519


def seal(kind: KemKind, public: bytes, plaintext: bytes, info: bytes) -> bytes:
    """HPKE's `enc || ciphertext` of `plaintext`, to be opened by the owner of `public` under the same `info`.

    Each call encapsulates a key of its own, so nothing is lost by HPKE's fixed first nonce.

    Raises:
        SealBroken: `public` is no key of that kind.
        VaultError: this machine has not that kind.
    """
    suite = _suite(kind)
    try:
        return suite.encrypt(plaintext, _loaded_public(kind, public), info=info)
    except (InvalidTag, ValueError) as error:
        # InvalidTag is also how the library says that a key leads nowhere (a point of low order).
        raise SealBroken("a public key is not a key", "Ask its owner for it again.") from error


def unseal(kind: KemKind, seed: bytes, sealed: bytes, info: bytes) -> bytes:
    """What `seal` was given.

    Raises:
        SealBroken: the bytes were changed, or sealed to another key, or for another purpose. One error for all three:
            whoever sent them is told nothing about the key.
        VaultError: this machine has not that kind.
    """
    suite = _suite(kind)
    try:
        return suite.decrypt(sealed, _loaded_private(kind, seed), info=info)
    except (InvalidTag, ValueError) as error:
        raise SealBroken("a sealed key was changed, or is not for this user", "Run `vigtool vault verify`.") from error


def leads_nowhere(kind: KemKind, seed: bytes, enc: bytes) -> bool:
    """Whether the X25519 share in `enc` is a point of low order.

    Such a share gives the same all-zero secret with every key: nobody honest makes one, and age calls for a stop
    ("If the shared secret is all 0x00 bytes, the identity implementation MUST abort").
    """
    try:
        _x25519_private(kind, seed).exchange(X25519PublicKey.from_public_bytes(enc[-_X25519_SIZE:]))
    except ValueError:
        return True
    return False


def _suite(kind: KemKind) -> hpke.Suite:
    if kind is KemKind.X25519:
        kem = hpke.KEM.X25519
    elif kem_available():
        kem = hpke.KEM.MLKEM768_X25519
    else:
        raise VaultError(
            "this was sealed in a way that this computer's encryption library does not know",
            "Open it on the computer it was made on, or on any newer one.",
        )
    return hpke.Suite(kem, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


def _expanded(seed: bytes) -> tuple[bytes, bytes]:
    """X-Wing's `expandDecapsulationKey`: SHAKE-256 gives 64 bytes for ML-KEM and 32 for X25519."""
    stream = hashlib.shake_256(seed).digest(_MLKEM_SEED_SIZE + _X25519_SIZE)
    return stream[:_MLKEM_SEED_SIZE], stream[_MLKEM_SEED_SIZE:]


def _x25519_private(kind: KemKind, seed: bytes) -> X25519PrivateKey:
    if len(seed) != SEED_SIZE:
        message = f"a seed has {SEED_SIZE} bytes"
        raise ValueError(message)
    return X25519PrivateKey.from_private_bytes(seed if kind is KemKind.X25519 else _expanded(seed)[1])


def _loaded_private(kind: KemKind, seed: bytes) -> _Private:
    x25519 = _x25519_private(kind, seed)
    if kind is KemKind.X25519:
        return x25519
    return hpke.MLKEM768X25519PrivateKey(MLKEM768PrivateKey.from_seed_bytes(_expanded(seed)[0]), x25519)


def _loaded_public(kind: KemKind, public: bytes) -> _Public:
    if len(public) != _PUBLIC_SIZE[kind]:
        message = "wrong length"
        raise ValueError(message)
    x25519 = X25519PublicKey.from_public_bytes(public[-_X25519_SIZE:])
    if kind is KemKind.X25519:
        return x25519
    mlkem = MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC_SIZE])
    return hpke.MLKEM768X25519PublicKey(mlkem, x25519)
