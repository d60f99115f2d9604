"""What two people compare to know that a card is the other's own: six words said aloud, or a code that is scanned.

    digest   SHA-256("vig/card-words/1" 00 | the card's statement), 32 bytes
    words    its first 66 bits, eleven for each of six words of BIP 39's English list
    text     "VIG-CARD:1:", then user and digest in capital hexadecimal with a colon between, as QR codes take compactly

Somebody who wants to pass another card off needs one with the same words: about 2^65 tries for one person's, each a
hash of more than a kilobyte for a card of their own making. The text carries the whole digest.
"""

from __future__ import annotations

import hashlib
from typing import Final

from mnemonic import Mnemonic

from vigtool.crypto.keys import UserPublic
from vigtool.errors import CardMismatch
from vigtool.ids import Id, is_id

CARD_WORDS: Final = 6

_LABEL = b"vig/card-words/1\x00"
_BITS_OF_WORD = 11
_DIGEST_SIZE = 32
_TEXT = "VIG-CARD:1:"


def card_digest(public: UserPublic, vault: Id, user: Id) -> bytes:
    """The name of exactly this card of exactly this user in exactly this vault, 32 bytes."""
    return hashlib.sha256(_LABEL + public.statement(vault, user)).digest()


def card_words(digest: bytes) -> tuple[str, ...]:
    """Its six words."""
    listed = Mnemonic("english").wordlist
    bits = int.from_bytes(digest, "big") >> (8 * len(digest) - CARD_WORDS * _BITS_OF_WORD)
    places = [bits >> _BITS_OF_WORD * place & (1 << _BITS_OF_WORD) - 1 for place in reversed(range(CARD_WORDS))]
    return tuple(listed[place] for place in places)


def same_words(digest: bytes, typed: str) -> bool:
    """Whether what was typed are its words: capitals, commas and endings after four letters do not matter."""
    said = [word.strip(".,:;)(") for word in typed.lower().split()]
    said = [word for word in said if word and not word.isdigit()]
    return [word[:4] for word in said] == [word[:4] for word in card_words(digest)]


def card_text(user: Id, digest: bytes) -> str:
    """What its QR code holds."""
    return f"{_TEXT}{user.upper()}:{digest.hex().upper()}"


def parse_card_text(text: str) -> tuple[Id, bytes]:
    """Whose card a scanned code is of, and its digest.

    Raises:
        CardMismatch: it is no card's code.
    """
    body = text.strip().upper()
    user, _, digest = body.removeprefix(_TEXT).lower().partition(":")
    try:
        found = bytes.fromhex(digest)
    except ValueError:
        found = b""
    if not body.startswith(_TEXT) or not is_id(user) or len(found) != _DIGEST_SIZE:
        message = "this is not the code of a card"
        raise CardMismatch(message, "scan the code that the program shows on your colleague's screen")
    return user, found
