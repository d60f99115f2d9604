"""Signed notes (https://c2sp.org/signed-note): a text, an empty line, and a line for each signature.

    — vigtool/<user> <Base64 of the first 4 bytes of the key's name, and of the Ed25519 signature of the text>

The name of a key is SHA-256(`vigtool/<user>` 0A 01 | public key). The text ends with a line end and has no empty line.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field

from vigtool.crypto.signing import PUBLIC_SIZE, SIGNATURE_SIZE, Signer, verify
from vigtool.ids import Id

_ED25519 = b"\x01"
_NAME_SIZE = 4
_SIGNED = re.compile(r"— vigtool/([0-9a-f]{32}) ([A-Za-z0-9+/]+={0,2})")


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A note as it was found; nothing of it is believed yet.

    Attributes:
        text: what was signed.
        user: who is said to have signed it.
        key: the first bytes of the key's name.
    """

    text: str = field(repr=False)
    user: Id
    key: bytes
    signature: bytes = field(repr=False)

    def is_signed_by(self, public: bytes) -> bool:
        """Whether the user's public key, 32 bytes, made the signature."""
        if len(public) != PUBLIC_SIZE or self.key != _key_name(self.user, public):
            return False
        return verify(public, self.signature, self.text.encode())


def sign_note(text: str, user: Id, signer: Signer) -> str:
    """The note: `text` with the user's signature under it.

    Raises:
        ValueError: the text does not end with a line end, or has an empty line.
    """
    if not text.endswith("\n") or "\n\n" in text:
        message = "the text of a note ends with a line end and has no empty line"
        raise ValueError(message)
    signed = _key_name(user, signer.public) + signer.sign(text.encode())
    return f"{text}\n— vigtool/{user} {base64.b64encode(signed).decode()}\n"


def parse_note(note: str) -> SignedNote | None:
    """The note, by its first signature of a user of a vault; none where it is no such note."""
    body, blank, signatures = note.partition("\n\n")
    signed = next((found for line in signatures.split("\n") if (found := _SIGNED.fullmatch(line))), None)
    if not blank or signed is None:
        return None
    try:
        raw = base64.b64decode(signed[2], validate=True)
    except binascii.Error:
        return None
    if len(raw) != _NAME_SIZE + SIGNATURE_SIZE:
        return None
    return SignedNote(f"{body}\n", signed[1], raw[:_NAME_SIZE], raw[_NAME_SIZE:])


def _key_name(user: Id, public: bytes) -> bytes:
    return hashlib.sha256(f"vigtool/{user}\n".encode() + _ED25519 + public).digest()[:_NAME_SIZE]
