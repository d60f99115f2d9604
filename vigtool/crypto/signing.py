"""Who wrote it: Ed25519 signatures (RFC 8032).

Ed25519 takes no randomness when signing, so a machine with a poor source of it cannot give the key away. What is signed
always begins with a label that ends in a zero byte (see `layout`): a signature made for a grant is none for a record.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SEED_SIZE = PUBLIC_SIZE = 32
SIGNATURE_SIZE = 64


class Signer:
    """Signs in one user's name. Shows nothing of its key."""

    __slots__ = ("_key", "public")

    def __init__(self, seed: bytes) -> None:
        """Take the 32-byte seed, RFC 8032's private key."""
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public: bytes = self._key.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        """The 64-byte signature of `data`."""
        return self._key.sign(data)


def verify(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether `signature` is that of `data` under `public`. Malformed keys and signatures are simply wrong ones."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True
