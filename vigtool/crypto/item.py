"""One sealed record: padding, the envelope, and what it is bound to.

    envelope = 01 | algorithm 01 | epoch u32 | nonce 12 | AES-256-GCM(key, nonce, pad(payload), bound)
    bound    = associated | the envelope's first 6 bytes

The tag (16 bytes) stands at the end; 34 bytes come on top of the padded payload. Numbers have the highest byte first.

Why AES-256-GCM with random nonces is enough: a key belongs to one epoch of one family. After 2^20 records the chance
that any two nonces were ever equal is 2^40 / 2^97, after 2^30 (where a new epoch must begin) 2^60 / 2^97; NIST SP
800-38D, 8.3 asks for less than 2^-32 and stops at 2^32. GCM does not commit to its key, which matters where somebody
else chooses keys; here a key only ever comes out of a grant signed by somebody known.

What the seal is bound to (the associated data) is every column that stands beside it in the clear. A record that is
moved to another family, put under another parent, given to another owner, or numbered anew no longer opens.
"""

from __future__ import annotations

import hashlib
import secrets

from vigtool.crypto.aead import InvalidTag, open_aes, seal_aes
from vigtool.crypto.layout import bytes_field, id_field, number_field
from vigtool.errors import SealBroken
from vigtool.ids import Id

KEY_SIZE = 32
DIGEST_SIZE = 32
MOST_SEALS = 1 << 30
"""After so many seals under one key a new epoch must begin."""

_VERSION_AND_ALGORITHM = b"\x01\x01"
_EPOCH_SIZE = 4
_HEAD_SIZE = len(_VERSION_AND_ALGORITHM) + _EPOCH_SIZE
_NONCE_SIZE = 12
_TAG_SIZE = 16
_LABEL = b"vig/item/1\x00"
_STEP, _STEPS_END = 64, 1024
_LEAST_SIZE = _HEAD_SIZE + _NONCE_SIZE + _STEP + _TAG_SIZE


def padded_size(size: int) -> int:
    """How long `size` bytes become: at least one more, in steps of 64 up to 1 KiB, by Padme above.

    Padme (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", PETS 2019,
    section 4): the lower half of the length's digits become zero, so that a length of L gives away O(log log L) bits
    and costs at most 12 percent.
    """
    least = size + 1
    if least <= _STEPS_END:
        return -(-least // _STEP) * _STEP
    exponent = least.bit_length() - 1
    zeros = exponent - exponent.bit_length()
    mask = (1 << zeros) - 1
    return (least + mask) & ~mask


def pad(payload: bytes) -> bytes:
    """Put 80 and as many 00 as needed behind it (ISO/IEC 7816-4, also padding method 2 of ISO/IEC 9797-1)."""
    return payload + b"\x80" + bytes(padded_size(len(payload)) - len(payload) - 1)


def unpad(padded: bytes) -> bytes:
    """What was padded.

    Only ever sees bytes whose tag was right, so what it says about bad padding is no oracle.

    Raises:
        SealBroken: it was not padded in this way, to exactly this length.
    """
    body = padded.rstrip(b"\x00")
    if not body.endswith(b"\x80") or padded_size(len(body) - 1) != len(padded):
        raise _broken()
    return body[:-1]


def associated(
    *,
    vault: Id,
    kind: int,
    domain: Id,
    parent: Id,
    owner: Id,
    id: Id,  # noqa: A002 - the name of the column
    revision: int,
    device: Id,
    previous: bytes,
) -> bytes:
    """What a record's seal is bound to: every clear column, in 149 bytes. The envelope's own first six come on top.

    `"vig/item/1" 00 | vault 16 | kind u16 | domain 16 | parent 16 | owner 16 | id 16 | revision u64 | device 16 |
    previous 32`, where `previous` is the digest of the envelope it replaces, or zeros.

    Raises:
        SealBroken: a column holds what it cannot hold.
    """
    return b"".join(
        (
            _LABEL,
            id_field(vault),
            number_field(kind, 2),
            id_field(domain),
            id_field(parent),
            id_field(owner),
            id_field(id),
            number_field(revision, 8),
            id_field(device),
            bytes_field(previous, DIGEST_SIZE),
        )
    )


def seal(key: bytes, payload: bytes, associated: bytes, epoch: int) -> bytes:
    """The envelope of `payload`.

    Args:
        key: 32 bytes, of the family's `epoch`.
        payload: anything; only its padded size shows.
        associated: what it is bound to.
        epoch: which key it is under; stands in the clear.
    """
    head = _VERSION_AND_ALGORITHM + number_field(epoch, _EPOCH_SIZE)
    nonce = secrets.token_bytes(_NONCE_SIZE)
    return head + nonce + seal_aes(key, nonce, pad(payload), associated + head)


def open_sealed(key: bytes, envelope: bytes, associated: bytes) -> bytes:
    """The payload.

    Raises:
        SealBroken: the envelope or anything it is bound to is not what was written.
    """
    epoch_of(envelope)
    head, nonce = envelope[:_HEAD_SIZE], envelope[_HEAD_SIZE : _HEAD_SIZE + _NONCE_SIZE]
    try:
        padded = open_aes(key, nonce, envelope[_HEAD_SIZE + _NONCE_SIZE :], associated + head)
    except InvalidTag as error:
        raise _broken() from error
    return unpad(padded)


def epoch_of(envelope: bytes) -> int:
    """Which epoch's key opens it. Not yet authentic: opening with that key is what shows whether it was true.

    Raises:
        SealBroken: it is too short to be an envelope, or does not begin like one. (That a vault is of a later version
            is said by the vault's own number, long before a record of it is read.)
    """
    if len(envelope) < _LEAST_SIZE or envelope[:2] != _VERSION_AND_ALGORITHM:
        raise _broken()
    return int.from_bytes(envelope[2:_HEAD_SIZE], "big")


def digest(envelope: bytes) -> bytes:
    """SHA-256 of the envelope: the name by which a later revision says which one it replaces."""
    return hashlib.sha256(envelope).digest()


def _broken() -> SealBroken:
    return SealBroken(
        "a record was changed, cut short, or does not belong where it stands",
        "Nothing was opened. Run `vigtool vault verify`, and bring the record back from a copy of the vault.",
    )
