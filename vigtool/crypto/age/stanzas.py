"""Wrapping a file's key for those who may open it. Source: C2SP age.md, "Native recipient types".

A file key is 16 random bytes, made for one file and never used again. Every wrap is an AEAD under a key of its own: it
comes from a fresh ephemeral share (X25519), a fresh encapsulation (X-Wing), or a fresh salt (scrypt), so the nonce that
age fixes to zeros never meets the same key twice.

A body's length is checked before it is decrypted. Otherwise somebody could send one long ciphertext that opens under
many keys (ChaCha20-Poly1305 does not commit to its key) and learn from the answers which key is used, thousands at a
time: a partitioning oracle.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from typing import TypeAlias

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from vigtool.crypto import kem
from vigtool.crypto.aead import ChaCha, InvalidTag
from vigtool.crypto.age.header import Header, Stanza, check_mac, decode_base64, encode_base64, header_broken
from vigtool.crypto.age.identity import Identity, Passphrase, Recipient
from vigtool.crypto.derive import derive
from vigtool.crypto.kem import KemKind
from vigtool.crypto.passphrase import normalise
from vigtool.errors import SealBroken, VigtoolError, WrongPassphrase

FILE_KEY_SIZE = 16
SCRYPT_LOG_N = 16
"""What is written: 64 MiB and a third of a second. Fixed, not measured: a fast machine must not lock out a phone."""
MOST_SCRYPT_LOG_N = 18
"""What is read: 256 MiB. The number stands in the clear, and one more doubles what it takes."""

Unsealer: TypeAlias = Identity | Passphrase
Sealer: TypeAlias = Recipient | Passphrase

_X25519, _X_WING, _SCRYPT = "X25519", "mlkem768x25519", "scrypt"
_X25519_LABEL = b"age-encryption.org/v1/X25519"
_X_WING_LABEL = b"age-encryption.org/mlkem768x25519"
_SCRYPT_LABEL = b"age-encryption.org/v1/scrypt"
_BODY_SIZE = FILE_KEY_SIZE + 16
_SHARE_SIZE = 32
_SALT_SIZE = 16
_ZERO_NONCE = bytes(12)
_DECIMAL = re.compile(r"[1-9][0-9]{0,2}")


def wrap_for(recipients: Sequence[Sealer], file_key: bytes) -> list[Stanza]:
    """One stanza for each recipient.

    Raises:
        ValueError: nobody; a passphrase beside anything else (whoever opens a file with a passphrase takes it to come
            from somebody who knew it); or classic keys beside post-quantum ones (the file would be as weak as they).
        SealBroken: a recipient's key is no key.
    """
    kinds = {recipient.kind if isinstance(recipient, Recipient) else None for recipient in recipients}
    if len(kinds) != 1 or (None in kinds and len(recipients) > 1):
        message = "a file is sealed to one passphrase, or to keys of one kind"
        raise ValueError(message)
    return [_wrap(recipient, file_key) for recipient in recipients]


def unwrap(header: Header, openers: Sequence[Unsealer]) -> bytes:
    """The file key, and with it the certainty that the header is whole.

    Raises:
        SealBroken: the header was changed, or was never meant for any of `openers`.
        WrongPassphrase: only a passphrase was tried, and it is another.
    """
    scrypts = sum(stanza.args[0] == _SCRYPT for stanza in header.stanzas)
    if scrypts and len(header.stanzas) > 1:
        raise header_broken()
    for opener in openers:
        for stanza in header.stanzas:
            file_key = _unwrap_passphrase(opener, stanza) if isinstance(opener, Passphrase) else _unwrap(opener, stanza)
            if file_key is not None:
                check_mac(header, file_key)
                return file_key
    raise no_match(openers, passphrase_asked=bool(scrypts))


def no_match(openers: Sequence[Unsealer], *, passphrase_asked: bool) -> VigtoolError:
    """Nobody who tried can open it."""
    if passphrase_asked and any(isinstance(opener, Passphrase) for opener in openers):
        return WrongPassphrase("this passphrase does not open the file", "Look at capitals, spaces and the keyboard.")
    return SealBroken("this sealed file is not for this key", "It may have been exchanged for another. Bring it back.")


def _wrap(recipient: Sealer, file_key: bytes) -> Stanza:
    if isinstance(recipient, Passphrase):
        return _wrap_passphrase(recipient, file_key)
    if recipient.kind is KemKind.X25519:
        return _wrap_x25519(recipient, file_key)
    sealed = kem.seal(recipient.kind, recipient.public, file_key, _X_WING_LABEL)
    size = kem.enc_size(recipient.kind)
    return Stanza((_X_WING, encode_base64(sealed[:size])), sealed[size:])


def _unwrap(identity: Identity, stanza: Stanza) -> bytes | None:
    """The file key; none where the stanza is of another kind, or for somebody else.

    Raises:
        SealBroken: it is of this kind and could not have been written by anybody honest.
    """
    kind = _X25519 if identity.kind is KemKind.X25519 else _X_WING
    if stanza.args[0] != kind:
        return None
    if len(stanza.args) != 2 or len(stanza.body) != _BODY_SIZE:
        raise header_broken()
    enc = decode_base64(stanza.args[1])
    if len(enc) != kem.enc_size(identity.kind) or kem.leads_nowhere(identity.kind, identity.seed, enc):
        raise header_broken()
    if identity.kind is KemKind.X25519:
        return _unwrap_x25519(identity, enc, stanza.body)
    try:
        return kem.unseal(identity.kind, identity.seed, enc + stanza.body, _X_WING_LABEL)
    except SealBroken:
        return None


def _wrap_x25519(recipient: Recipient, file_key: bytes) -> Stanza:
    ephemeral = X25519PrivateKey.generate()
    share = ephemeral.public_key().public_bytes_raw()
    try:
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(recipient.public))
    except ValueError as error:
        raise SealBroken("a public key is not a key", "Ask its owner for it again.") from error
    body = _x25519_cipher(shared, share, recipient.public).seal(_ZERO_NONCE, file_key)
    return Stanza((_X25519, encode_base64(share)), body)


def _unwrap_x25519(identity: Identity, share: bytes, body: bytes) -> bytes | None:
    private = X25519PrivateKey.from_private_bytes(identity.seed)
    shared = private.exchange(X25519PublicKey.from_public_bytes(share))
    cipher = _x25519_cipher(shared, share, private.public_key().public_bytes_raw())
    try:
        return cipher.open(_ZERO_NONCE, body)
    except InvalidTag:
        return None


def _x25519_cipher(shared: bytes, share: bytes, public: bytes) -> ChaCha:
    """Both public values go into the key: the wrap is good for this share and this recipient, and no other pair."""
    return ChaCha(derive(shared, _X25519_LABEL, salt=share + public))


def _wrap_passphrase(passphrase: Passphrase, file_key: bytes) -> Stanza:
    salt = secrets.token_bytes(_SALT_SIZE)
    body = _scrypt_cipher(passphrase, salt, SCRYPT_LOG_N).seal(_ZERO_NONCE, file_key)
    return Stanza((_SCRYPT, encode_base64(salt), str(SCRYPT_LOG_N)), body)


def _unwrap_passphrase(passphrase: Passphrase, stanza: Stanza) -> bytes | None:
    if stanza.args[0] != _SCRYPT:
        return None
    if len(stanza.args) != 3 or len(stanza.body) != _BODY_SIZE or not _DECIMAL.fullmatch(stanza.args[2]):
        raise header_broken()
    salt, log_n = decode_base64(stanza.args[1]), int(stanza.args[2])
    if len(salt) != _SALT_SIZE or log_n > MOST_SCRYPT_LOG_N:
        raise header_broken()
    try:
        return _scrypt_cipher(passphrase, salt, log_n).open(_ZERO_NONCE, stanza.body)
    except InvalidTag:
        return None


def _scrypt_cipher(passphrase: Passphrase, salt: bytes, log_n: int) -> ChaCha:
    """RFC 7914, with r = 8 and p = 1."""
    stretched = Scrypt(salt=_SCRYPT_LABEL + salt, length=32, n=1 << log_n, r=8, p=1).derive(normalise(passphrase.text))
    return ChaCha(stretched)
