"""The two ciphers, each with keys of 32 bytes and nonces of 12, and with nothing else.

The library beneath also takes AES keys of 128 bits and nonces of 8 to 128 bytes, which are hashed to what GCM needs: a
key or a nonce that was cut short somewhere would go on working, and be weaker. Here it is a fault at once. AES-256-GCM
(NIST SP 800-38D) seals records and keyslots, ChaCha20-Poly1305 (RFC 8439) the chunks and stanzas of age files.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

KEY_SIZE = 32
NONCE_SIZE = 12
TAG_SIZE = 16

__all__ = ["KEY_SIZE", "NONCE_SIZE", "TAG_SIZE", "ChaCha", "InvalidTag", "open_aes", "seal_aes"]


def seal_aes(key: bytes, nonce: bytes, plaintext: bytes, bound: bytes) -> bytes:
    """AES-256-GCM: the ciphertext and, behind it, the tag of 16 bytes.

    Args:
        key: 32 bytes.
        nonce: 12 bytes, never used with this key before.
        plaintext: what is sealed.
        bound: what it must be opened beside.

    Raises:
        ValueError: the key or the nonce has another length.
    """
    _check(key, nonce)
    return AESGCM(key).encrypt(nonce, plaintext, bound)


def open_aes(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    """What `seal_aes` was given.

    Raises:
        InvalidTag: it was not sealed with this key, this nonce and beside this. ValueError: as for `seal_aes`.
    """
    _check(key, nonce)
    return AESGCM(key).decrypt(nonce, sealed, bound)


class ChaCha:
    """ChaCha20-Poly1305 under one key. Shows nothing of it."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        """Take the key, 32 bytes.

        Raises:
            ValueError: it has another length.
        """
        self._cipher = ChaCha20Poly1305(key)

    def seal(self, nonce: bytes, plaintext: bytes | bytearray | memoryview, bound: bytes | None = None) -> bytes:
        """The ciphertext and the tag of 16 bytes. `nonce` has 12 bytes and was never used with this key before."""
        return self._cipher.encrypt(nonce, plaintext, bound)

    def open(self, nonce: bytes, sealed: bytes, bound: bytes | None = None) -> bytes:
        """What `seal` was given.

        Raises:
            InvalidTag: it was not sealed with this key, this nonce and beside this.
            ValueError: a nonce of another length.
        """
        return self._cipher.decrypt(nonce, sealed, bound)


def _check(key: bytes, nonce: bytes) -> None:
    if len(key) != KEY_SIZE or len(nonce) != NONCE_SIZE:
        message = f"a key has {KEY_SIZE} bytes and a nonce {NONCE_SIZE}"
        raise ValueError(message)
