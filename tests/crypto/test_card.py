"""What two people compare: six words and a code, both of exactly one card."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mnemonic import Mnemonic

from vigtool.crypto.card import card_digest, card_text, card_words, parse_card_text, same_words
from vigtool.crypto.kem import KemKind
from vigtool.crypto.keys import UserPublic
from vigtool.errors import CardMismatch

LISTED = Mnemonic("english").wordlist
VAULT, USER = "11" * 16, "a2" * 16
PUBLIC = UserPublic(KemKind.X25519, bytes(range(32)), bytes(range(32, 64)))
digests = st.binary(min_size=32, max_size=32)


def test_a_known_card_has_known_words() -> None:
    """Worked out by hand from the page on formats."""
    signed = b"vig/card/1\0" + bytes.fromhex(VAULT + USER) + b"\x00\x20" + bytes(range(32, 64)) + bytes(range(32))
    digest = hashlib.sha256(b"vig/card-words/1\0" + signed).digest()
    assert card_digest(PUBLIC, VAULT, USER) == digest
    bits = "".join(f"{byte:08b}" for byte in digest)
    assert card_words(digest) == tuple(LISTED[int(bits[11 * place : 11 * place + 11], 2)] for place in range(6))
    assert card_text(USER, digest) == f"VIG-CARD:1:{USER.upper()}:{digest.hex().upper()}"


@given(digests, st.integers(0, 65))
def test_each_of_its_66_bits_shows_in_the_words(digest: bytes, bit: int) -> None:
    number = int.from_bytes(digest, "big") ^ 1 << 255 - bit
    assert card_words(number.to_bytes(32, "big")) != card_words(digest)


@given(digests)
def test_words_are_taken_as_people_say_them(digest: bytes) -> None:
    words = card_words(digest)
    assert same_words(digest, " ".join(words))
    assert same_words(digest, "\n".join(f"{place}. {word.upper()}," for place, word in enumerate(words, 1)))
    assert same_words(digest, " ".join(word[:4] for word in words))
    assert not same_words(digest, " ".join(words[:5]))
    assert not same_words(digest, " ".join((*words, words[0])))
    assert not same_words(digest, "")
    if len(set(words)) == 6:
        assert not same_words(digest, " ".join((words[1], words[0], *words[2:])))


@given(digests)
def test_a_code_says_whose_it_is_and_all_of_the_digest(digest: bytes) -> None:
    text = card_text(USER, digest)
    assert parse_card_text(f"  {text.lower()}\n") == (USER, digest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "VIG-CARD:1:",
        "VIG-CARD:2:" + "A" * 32 + ":" + "B" * 64,
        "VIG-CARD:1:" + "A" * 32 + ":" + "B" * 62,
        "VIG-CARD:1:" + "A" * 31 + ":" + "B" * 64,
        "VIG-CARD:1:" + "A" * 32 + ":" + "G" * 64,
        "A" * 32 + ":" + "B" * 64,
    ],
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(CardMismatch):
        parse_card_text(text)


def test_every_part_of_a_card_counts() -> None:
    one = card_digest(PUBLIC, VAULT, USER)
    others = [
        card_digest(UserPublic(KemKind.X25519, bytes(32), PUBLIC.sig_public), VAULT, USER),
        card_digest(UserPublic(KemKind.X25519, PUBLIC.kem_public, bytes(32)), VAULT, USER),
        card_digest(PUBLIC, "12" * 16, USER),
        card_digest(PUBLIC, VAULT, "a3" * 16),
    ]
    assert len({one, *others}) == 5
