"""Passphrases: what is accepted, and what a guess costs."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.crypto import passphrase
from vigtool.crypto.passphrase import LEAST_COST, StretchCost, calibrate, check_strength, normalise, stretch, suggest
from vigtool.errors import UsageError, VaultDamaged, VaultError, WeakPassphrase

MIB = 1024


def test_argon2id_is_that_of_rfc_9106() -> None:
    """64 MiB, one pass, four lanes; the answer is that of the reference code (argon2-cffi 25.1)."""
    assert stretch(b"correct horse", bytes(range(16)), LEAST_COST).hex() == (
        "2aaf964302b1a04abbd98a1184d66b4560fe54cea894f4e1384a33d57102d9c3"
        "42f3eb77e30a08a1aea13ced66cefb0553df4da192636d05f1394a22ecf857e8"
    )


@pytest.mark.parametrize(
    "cost",
    [
        StretchCost(64 * MIB - 1, 3, 4),
        StretchCost(2048 * MIB + 1, 3, 4),
        StretchCost(64 * 1024 * MIB, 3, 4),
        StretchCost(2**64, 3, 4),
        StretchCost(-1, 3, 4),
        StretchCost(64 * MIB, 0, 4),
        StretchCost(64 * MIB, 17, 4),
        StretchCost(64 * MIB, 3, 0),
        StretchCost(64 * MIB, 3, 17),
    ],
)
def test_a_cost_outside_its_bounds_is_refused_before_anything_is_spent(
    cost: StretchCost, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(**_: object) -> None:
        pytest.fail("memory would have been taken")

    monkeypatch.setattr(passphrase, "Argon2id", never)
    with pytest.raises(VaultDamaged):
        stretch(b"x", bytes(16), cost)


def test_the_bounds_themselves_are_inside() -> None:
    StretchCost(64 * MIB, 1, 1).check()
    StretchCost(2048 * MIB, 16, 16).check()


@pytest.mark.parametrize("size", [0, 8, 15, 17])
def test_a_salt_of_another_length_is_damage(size: int) -> None:
    with pytest.raises(VaultDamaged):
        stretch(b"x", bytes(size), LEAST_COST)


def test_too_little_memory_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    class Starved:
        def __init__(self, **_: object) -> None: ...

        def derive(self, _: bytes) -> bytes:
            raise MemoryError

    monkeypatch.setattr(passphrase, "Argon2id", Starved)
    with pytest.raises(VaultError, match="64 MB"):
        stretch(b"x", bytes(16), LEAST_COST)


@pytest.mark.parametrize(
    ("seconds_for_64_mib", "memory_mib"), [(0.25, 256), (0.3, 192), (0.0, 1024), (0.01, 1024), (1.0, 64), (30.0, 64)]
)
def test_calibration_follows_the_clock_within_its_bounds(
    seconds_for_64_mib: float, memory_mib: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passphrase, "stretch", lambda *_: b"")
    ticks = iter([0.0, 99.0, 100.0, 100.0 + seconds_for_64_mib])
    assert calibrate(1.0, clock=lambda: next(ticks)) == StretchCost(memory_mib * MIB, 3, 4)


def test_what_is_calibrated_is_accepted() -> None:
    calibrate(0.0).check()


def test_two_ways_of_typing_a_letter_are_one() -> None:
    assert normalise("caf\u00e9") == normalise("cafe\u0301") == "caf\u00e9".encode()


def test_what_only_looks_alike_stays_different() -> None:
    assert normalise("x²") != normalise("x2")
    assert normalise(" a") != normalise("a")
    assert normalise("A") != normalise("a")


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text).decode()) == normalise(text) == normalise(unicodedata.normalize("NFD", text))


def test_half_a_character_is_refused_without_repeating_the_rest() -> None:
    with pytest.raises(UsageError) as raised:
        normalise("a secret \ud800")
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__
    assert "secret" not in str(raised.value)


def test_strength_counts_characters_not_bytes() -> None:
    check_strength("é" * 15)
    check_strength("e\u0301" * 15)
    for weak in ("", "é" * 14, "e\u0301" * 14, "fourteen chars"):
        with pytest.raises(WeakPassphrase):
            check_strength(weak)


def test_a_suggestion_is_strong_and_fresh() -> None:
    drawn = {suggest() for _ in range(50)}
    assert len(drawn) == 50
    for words in drawn:
        assert len(words.split()) == 6
        check_strength(words)
    assert len(suggest(5).split()) == 5
