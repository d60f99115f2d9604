"""Checkpoints: a few lines of text that say how long the audit log was and what was in it, signed.

The form is that of C2SP's tlog-checkpoint (https://c2sp.org/tlog-checkpoint), which is a signed note
(https://c2sp.org/signed-note):

    vigtool/<vault>/<device>         the origin: which log
    1042                             how many entries
    <base64>                         the tree hash of RFC 6962 over them

    — <key name> <base64>            4 bytes of the key's name, and the Ed25519 signature of the text above

The name of a key is `vigtool/<user>`; its four bytes are the first of SHA-256(name | 0A | 01 | public key). A copy of
a checkpoint that lies elsewhere (with a backup, with a colleague, on paper) is what shows that its log was cut.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from vigtool.crypto.signing import PUBLIC_SIZE, SIGNATURE_SIZE, Signer, verify
from vigtool.errors import InvalidRecord
from vigtool.ids import Id, is_id
from vigtool.vault.merkle import HASH_SIZE

_ED25519 = b"\x01"
_ORIGIN = re.compile(r"vigtool/([0-9a-f]{32})/([0-9a-f]{32})")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_SIGNED = re.compile(r"— vigtool/([0-9a-f]{32}) ([A-Za-z0-9+/]+={0,2})")
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of one device's log at some moment.

    Attributes:
        vault, device: whose log.
        size: how many entries it had.
        root: the tree hash over them, 32 bytes.
    """

    vault: Id
    device: Id
    size: int
    root: bytes

    def text(self) -> str:
        """What is signed; it ends with a line end."""
        return f"vigtool/{self.vault}/{self.device}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint and who signed it."""

    checkpoint: Checkpoint
    user: Id
    key: bytes
    signature: bytes

    def is_signed_by(self, public: bytes) -> bool:
        """Whether the user's public key, 32 bytes, made the signature."""
        if len(public) != PUBLIC_SIZE or self.key != _key_name(self.user, public):
            return False
        return verify(public, self.signature, self.checkpoint.text().encode())


def sign(checkpoint: Checkpoint, user: Id, signer: Signer) -> str:
    """The note, as it is stored and handed on."""
    text = checkpoint.text()
    signed = base64.b64encode(_key_name(user, signer.public) + signer.sign(text.encode())).decode()
    return f"{text}\n— vigtool/{user} {signed}\n"


def parse(note: str) -> SignedCheckpoint:
    """What a note says; nothing of it is believed yet. Lines of other signers are passed over.

    Raises:
        InvalidRecord: it is no checkpoint of a vault.
    """
    body, blank, signatures = note.partition("\n\n")
    lines = body.split("\n")
    if len(note) > _LONGEST or not blank or len(lines) < 3:
        raise _no_checkpoint()
    origin, size = _ORIGIN.fullmatch(lines[0]), _SIZE.fullmatch(lines[1])
    signed = next((found for line in signatures.split("\n") if (found := _SIGNED.fullmatch(line))), None)
    if len(lines) != 3 or origin is None or size is None or signed is None:
        raise _no_checkpoint()
    root, signature = _decoded(lines[2]), _decoded(signed[2])
    if len(root) != HASH_SIZE or len(signature) != 4 + SIGNATURE_SIZE or not is_id(origin[1]):
        raise _no_checkpoint()
    checkpoint = Checkpoint(origin[1], origin[2], int(size[0]), root)
    return SignedCheckpoint(checkpoint, signed[1], signature[:4], signature[4:])


def _key_name(user: Id, public: bytes) -> bytes:
    return hashlib.sha256(f"vigtool/{user}\n".encode() + _ED25519 + public).digest()[:4]


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise _no_checkpoint() from None


def _no_checkpoint() -> InvalidRecord:
    message = "this is no checkpoint of a vault's audit log"
    return InvalidRecord(
        message, "a checkpoint has three lines, an empty one, and a signature; take the file as it was made"
    )
