from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from vigtool.casework.film import Film
from vigtool.casework.still import in_order
from vigtool.errors import InvalidRecord, NoSuchFrame, RecordChanged
from vigtool.practice.films import open_film
from vigtool.practice.stills import keep_still, remove_still, stills_of, word_still
from vigtool.vault.vault import Vault


def test_a_still_names_exactly_the_frame(vault: Vault, film: Film) -> None:
    index = open_film(vault, film.id).index
    later, sooner = (keep_still(vault, film.id, index.pts(n), f" at {n}\n") for n in (70, 3))
    assert [(s.number, s.tick, s.words, s.by) for s in stills_of(vault, film.id)] == [
        (3, index.pts(3), "at 3", vault.user_id),
        (70, index.pts(70), "at 70", vault.user_id),
    ]
    assert abs(later.kept - datetime.now(UTC)) < timedelta(minutes=1)
    assert stills_of(vault, film.id) == in_order([later, sooner])


@pytest.mark.parametrize("beside", [-1, 1])
def test_a_time_between_two_frames_is_no_frame(vault: Vault, film: Film, beside: int) -> None:
    index = open_film(vault, film.id).index
    with pytest.raises(NoSuchFrame):
        keep_still(vault, film.id, index.pts(5) + beside)
    with pytest.raises(NoSuchFrame):
        keep_still(vault, film.id, index.end)
    assert stills_of(vault, film.id) == []


def test_words_change_by_whoever_saw_them_last(vault: Vault, film: Film) -> None:
    first = keep_still(vault, film.id, film.start, "a look")
    second = word_still(vault, first, "  Blick zurück 名 ")
    assert stills_of(vault, film.id) == [second]
    assert second.words == "Blick zurück 名"
    with pytest.raises(RecordChanged):
        word_still(vault, first, "from an old screen")
    with pytest.raises(InvalidRecord):
        word_still(vault, second, "x" * 201)
    with pytest.raises(RecordChanged):
        remove_still(vault, first)
    remove_still(vault, second)
    assert stills_of(vault, film.id) == []


def test_nothing_is_written_outside_and_no_footage_either(vault: Vault, film: Film, tmp_path: Path) -> None:
    def files() -> list[str]:
        return sorted(str(p) for p in tmp_path.rglob("*") if p.is_file() and not p.name.startswith("vault.db"))

    before = files()
    keep_still(vault, film.id, film.start, "kept inside")
    assert files() == before


def test_what_is_said_of_it_is_in_no_repr(vault: Vault, film: Film) -> None:
    assert "Mina" not in repr(keep_still(vault, film.id, film.start, "Mina looks"))
