"""Several keys from one: HKDF-SHA256 (RFC 5869)."""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

DERIVED_SIZE = 32


def derive(secret: bytes, label: bytes, salt: bytes | None = None) -> bytes:
    """32 bytes from `secret`, independent of those of any other label.

    Args:
        secret: a key or a shared secret, with all the entropy there is; never a passphrase.
        label: what the result is for (HKDF's info).
        salt: HKDF's salt; none is right where the secret is uniformly random already (RFC 5869, 3.1).
    """
    return HKDF(algorithm=SHA256(), length=DERIVED_SIZE, salt=salt, info=label).derive(secret)
