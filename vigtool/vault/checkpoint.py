"""Checkpoints: a few lines of text that say how long the audit log was and what was in it, signed.

The form is that of C2SP's tlog-checkpoint (https://c2sp.org/tlog-checkpoint), which is a signed note
(https://c2sp.org/signed-note):

    vigtool/<vault>/<device>         the origin: which log
    1042                             how many entries
    <base64>                         the tree hash of RFC 6962 over them

    — <key name> <base64>            see `signed_note`

A copy of a checkpoint that lies elsewhere (with a backup, with a colleague, on paper) is what shows that its log was
cut.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, replace

from vigtool.crypto.signing import Signer
from vigtool.errors import InvalidRecord
from vigtool.ids import Id
from vigtool.vault.merkle import HASH_SIZE
from vigtool.vault.signed_note import SignedNote, parse_note, sign_note

_ORIGIN = re.compile(r"vigtool/([0-9a-f]{32})/([0-9a-f]{32})")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
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
    note: SignedNote

    @property
    def user(self) -> Id:
        """Who is said to have signed it."""
        return self.note.user

    def is_signed_by(self, public: bytes) -> bool:
        """Whether the user's public key, 32 bytes, made the signature."""
        return self.note.is_signed_by(public)


def sign(checkpoint: Checkpoint, user: Id, signer: Signer) -> str:
    """The note, as it is stored and handed on."""
    return sign_note(checkpoint.text(), user, signer)


def parse(note: str) -> SignedCheckpoint:
    """What a note says; nothing of it is believed yet. Lines of other signers are passed over.

    Raises:
        InvalidRecord: it is no checkpoint of a vault.
    """
    found = parse_note(note) if len(note) <= _LONGEST else None
    lines = [] if found is None else found.text.removesuffix("\n").split("\n")
    if found is None or len(lines) != 3:
        raise _no_checkpoint()
    origin, size, root = _ORIGIN.fullmatch(lines[0]), _SIZE.fullmatch(lines[1]), _decoded(lines[2])
    if origin is None or size is None or len(root) != HASH_SIZE:
        raise _no_checkpoint()
    checkpoint = Checkpoint(origin[1], origin[2], int(size[0]), root)
    return SignedCheckpoint(checkpoint, replace(found, text=checkpoint.text()))


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
