"""What a colleague says or shows of their card, typed by a person or by a scanner."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vigtool.casework.member import CardCheck, StaffRole
from vigtool.errors import CardMismatch
from vigtool.ids import Id
from vigtool.practice.card_heard import compare_heard, enter_heard, is_code, is_enough, is_own_card, words_heard
from vigtool.practice.colleagues import add_colleague, card_text, card_words, colleagues
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault

WORDS, THEIRS = "six words that nobody would guess here", "six other words that come out of nothing"


def checked(vault: Vault, user: Id) -> CardCheck | None:
    return next(one.checked for one in colleagues(vault) if one.user == user)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Id, Id]:
    """Two who were never there when the other's keys were made, as far as the second's own notes go."""
    with Vault.create(tmp_path / "vault", WORDS, name="Lea", cost=LEAST_COST) as vault:
        bo, mia = (
            add_colleague(
                vault,
                name=name,
                roles=[StaffRole.PRACTITIONER],
                passphrase=words,
                on=date(2026, 11, 22),
                cost=LEAST_COST,
            ).user
            for name, words in (("Bo", THEIRS), ("Mia", THEIRS + " and one"))
        )
    return tmp_path / "vault", bo, mia


def test_words_and_codes_are_compared_without_writing_and_written_when_they_agree(pair: tuple[Path, Id, Id]) -> None:
    folder, bo, mia = pair
    with Vault.open(folder, THEIRS, user=bo) as vault:
        before = checked(vault, mia)
        words, code = " ".join(card_words(vault, mia)), card_text(vault, mia)
        assert compare_heard(vault, mia, words) is CardCheck.WORDS
        assert compare_heard(vault, mia, code) is CardCheck.QR
        assert checked(vault, mia) is before, "only looked at"
        assert enter_heard(vault, mia, words.replace(" ", ", ").upper()) is CardCheck.WORDS
        assert checked(vault, mia) is CardCheck.WORDS
        assert enter_heard(vault, mia, f"  {code.lower()}\n") is CardCheck.QR
        assert checked(vault, mia) is CardCheck.QR


@pytest.mark.parametrize("german", ["VIGßCARDÖ1Ö{0}Ö{1}", "vig/card>1>{0}>{1}"])
def test_a_scanner_under_another_keyboard_layout_is_understood(pair: tuple[Path, Id, Id], german: str) -> None:
    folder, bo, mia = pair
    with Vault.open(folder, THEIRS, user=bo) as vault:
        typed = german.format(*card_text(vault, mia).split(":")[2:])
        assert is_code(typed)
        assert is_enough(typed)
        assert compare_heard(vault, mia, typed) is CardCheck.QR


def test_another_card_is_refused_and_nothing_is_written(pair: tuple[Path, Id, Id]) -> None:
    folder, bo, mia = pair
    with Vault.open(folder, THEIRS, user=bo) as vault:
        before, words = checked(vault, mia), card_words(vault, mia)
        own, code = " ".join(card_words(vault)), card_text(vault, mia)
        last = "0" if code[-1] != "0" else "1"
        others = (
            " ".join(reversed(words)),
            " ".join(words[:5]),
            own,
            card_text(vault),
            code[:-1] + last,
            code[:-1],
            "",
        )
        for heard in others:
            with pytest.raises(CardMismatch):
                enter_heard(vault, mia, heard)
        assert checked(vault, mia) is before
        assert [is_own_card(vault, heard) for heard in others] == [False, False, True, True, False, False, False]


@pytest.mark.parametrize(
    ("typed", "count", "enough"),
    [
        ("", 0, False),
        ("marsh copper,violin", 3, False),
        ("1 marsh 2 copper 3 violin 4 lantern 5 plum", 5, False),
        ("1. marsh 2. copper 3. violin 4. lantern 5. plum 6. otter", 6, True),
        ("village view video vintage vicious victory", 6, True),
    ],
)
def test_words_are_counted_as_they_are_typed(typed: str, count: int, enough: bool) -> None:
    assert (words_heard(typed), is_enough(typed), is_code(typed)) == (count, enough, False)


def test_half_a_code_is_not_enough() -> None:
    assert is_code("VIG-CARD:1:00")
    assert not is_enough("VIG-CARD:1:00")
