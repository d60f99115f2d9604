"""The search for leaks finds what was planted, in every writing and at every offset."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from leaks import RUN, FilmRuns, find_leaks, writings

FILM = np.random.default_rng(7).integers(0, 256, 50_000, dtype=np.uint8).tobytes()
WORD = "Ñandú-Wéllington"


@pytest.mark.parametrize("writing", writings(WORD))
def test_a_word_is_found_in_every_writing(tmp_path: Path, writing: str) -> None:
    (tmp_path / "noise").write_bytes(b"\x00\x01" + writings(WORD)[writing] + b"\xff")
    assert find_leaks([tmp_path], [WORD], {}) != []


@pytest.mark.parametrize("offset", [0, 1, 7, 12_345])
def test_a_run_of_the_film_is_found_at_any_offset(tmp_path: Path, offset: int) -> None:
    (tmp_path / "noise").write_bytes(bytes(offset % 5) + FILM[offset : offset + RUN] + bytes(3))
    assert find_leaks([tmp_path], [], {"film": FILM}) == ["noise: a run of film"]


def test_a_shorter_run_and_padding_are_not_taken_for_one(tmp_path: Path) -> None:
    film = FILM + bytes(4096)
    (tmp_path / "noise").write_bytes(film[100 : 100 + RUN - 1] + bytes(4096))
    assert FilmRuns(film).found_in((tmp_path / "noise").read_bytes()) is None


def test_a_name_of_a_file_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / f"notes {WORD}.txt").write_bytes(b"")
    assert find_leaks([tmp_path], [WORD], {}) != []


def test_nothing_is_found_where_there_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "noise").write_bytes(np.random.default_rng(8).integers(0, 256, 200_000, dtype=np.uint8).tobytes())
    assert find_leaks([tmp_path], [WORD], {"film": FILM}) == []
