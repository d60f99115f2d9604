"""The meter of passphrases: what is common is told from what is not, and nothing of the text is kept."""

from __future__ import annotations

import gc
import logging

import pytest

from vigtool.practice.opening import passphrase_strength, suggest_passphrase


@pytest.mark.parametrize(
    "weak", ["", "password", "passwordpassword", "1234567890123456", "qwertyuiopasdfgh", "a" * 200]
)
def test_what_many_people_take_is_weak(weak: str) -> None:
    assert passphrase_strength(weak).score <= 2


def test_six_offered_words_are_very_strong() -> None:
    for _ in range(5):
        found = passphrase_strength(suggest_passphrase())
        assert found.score == 4
        assert found.guesses_log10 > 14


def test_more_is_never_said_to_be_less_than_its_beginning_of_72_letters() -> None:
    words = " ".join(suggest_passphrase() for _ in range(4))
    assert passphrase_strength(words) == passphrase_strength(words[:72])


@pytest.mark.parametrize("text", ["مفتاح البيت القديم جدا", "\u0301" * 20, "😀" * 30, "\x00\n\t" * 9])
def test_every_script_is_weighed(text: str) -> None:
    assert 0 <= passphrase_strength(text).score <= 4


def test_nothing_of_it_is_kept_or_logged(caplog: pytest.LogCaptureFixture) -> None:
    canary = "Quetzalpappelkuchennebel"
    with caplog.at_level(logging.DEBUG):
        passphrase_strength(canary)
    assert caplog.text == ""
    gc.collect()
    assert not [held for held in gc.get_objects() if type(held) in (dict, list) and holds(held, canary)]
    planted = {"password": canary}
    assert holds(planted, canary)


def holds(container: dict[str, str] | list[object], text: str) -> bool:
    inside = list(container.values()) if isinstance(container, dict) else container
    return any(isinstance(value, str) and value == text for value in inside)
