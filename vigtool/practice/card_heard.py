"""What a colleague says or shows of their own card, compared with the card that lies in this vault.

Words that are read out and the code that a scanner types arrive in the same way: as text.
"""

from __future__ import annotations

import re

from vigtool.casework.member import CardCheck
from vigtool.errors import CardMismatch
from vigtool.ids import Id
from vigtool.practice.colleagues import check_card, check_card_text
from vigtool.vault import user_list
from vigtool.vault.vault import Vault

__all__ = ["CardCheck", "compare_heard", "enter_heard", "is_code", "is_enough", "is_own_card", "words_heard"]

_WORDS = 6
# A scanner types as if its keys were those of an American keyboard: under another layout other signs stand between.
_CODE = re.compile(r"VIG.CARD.1.([0-9A-F]{32}).([0-9A-F]{64})", re.IGNORECASE)
_BEGINS_CODE = re.compile(r"VIG[^A-Z]", re.IGNORECASE)


def words_heard(said: str) -> int:
    """How many words were typed so far; numbers before them and commas between do not count."""
    return sum(any(sign.isalpha() for sign in word) for word in said.replace(",", " ").split())


def is_code(said: str) -> bool:
    """Whether it is, or begins as, the code of a card; no word of a card begins like that."""
    return _BEGINS_CODE.match(said.strip()) is not None


def is_enough(said: str) -> bool:
    """Whether there is something to compare: six words, or a whole code."""
    return _CODE.fullmatch(said.strip()) is not None if is_code(said) else words_heard(said) >= _WORDS


def compare_heard(vault: Vault, user: Id, said: str) -> CardCheck:
    """How a colleague's card would be known by this. Nothing is written down.

    Args:
        vault: open.
        user: whose card it is to be.
        said: six words, or what scanning the code gave.

    Raises:
        CardMismatch: it is not that card. NoSuchRecord.
    """
    if is_code(said):
        user_list.compare_text(vault, user, _as_scanned(said))
        return CardCheck.QR
    user_list.compare_words(vault, user, _spaced(said))
    return CardCheck.WORDS


def enter_heard(vault: Vault, user: Id, said: str) -> CardCheck:
    """The same, and it is written down that the card was compared.

    Raises:
        CardMismatch: it is not that card. NoSuchRecord.
    """
    if is_code(said):
        check_card_text(vault, user, _as_scanned(said))
        return CardCheck.QR
    check_card(vault, user, _spaced(said))
    return CardCheck.WORDS


def is_own_card(vault: Vault, said: str) -> bool:
    """Whether somebody read out or scanned the card of whoever opened the vault, and not their own."""
    try:
        compare_heard(vault, vault.user_id, said)
    except CardMismatch:
        return False
    return True


def _as_scanned(said: str) -> str:
    found = _CODE.fullmatch(said.strip())
    return f"VIG-CARD:1:{found[1].upper()}:{found[2].upper()}" if found else said


def _spaced(said: str) -> str:
    return said.replace(",", " ")
