"""Films spoilt in every way: the first look names what is wrong, and what it lets through never harms the window."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import mutations
from mutation_rounds import Round, Window, rounds, table

SHORT = 55
LONG = int(os.environ.get("VIGTOOL_SPOILT_FILMS", "2000"))


def bad(found: list[Round]) -> list[tuple[int, str, tuple[str, ...], list[str]]]:
    return [
        (told.seed, told.name, told.blows, told.faults) for told in found if told.crashed or told.hung or told.faults
    ]


def test_spoilt_films_neither_hang_nor_kill_the_window(tmp_path: Path) -> None:
    found = rounds(range(SHORT), tmp_path)
    assert bad(found) == []
    looks = Counter(told.look.split(":")[0] for told in found)
    assert looks["let in as whole"] > 5
    assert looks["let in, damage is told of"] > 5
    assert sum(looks.values()) - looks["let in as whole"] - looks["let in, damage is told of"] > 5


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_thousands_of_spoilt_films(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = rounds(range(LONG), tmp_path)
    with capsys.disabled():
        print("\n" + "\n".join(table(found)))
    assert bad(found) == []


def test_a_film_is_spoilt_the_same_way_each_time() -> None:
    made = [mutations.spoilt(seed) for seed in range(60)]
    assert made == [mutations.spoilt(seed) for seed in range(60)]
    assert len({film.data for film in made}) == len(made)
    assert {film.name for film in made} == set(mutations.SOURCES)


@pytest.mark.parametrize("blow", list(mutations.BLOWS))
@pytest.mark.parametrize("name", list(mutations.SOURCES))
def test_each_blow_changes_a_film_of_each_kind(name: str, blow: str) -> None:
    whole = mutations.source(name)
    dice = np.random.default_rng(1)
    changed = [mutations.BLOWS[blow](whole.data, whole, dice) != whole.data for _ in range(6)]
    assert any(changed)


@pytest.mark.parametrize(
    ("fault", "crashed"),
    [("import ctypes; ctypes.string_at(8)", True), ("time.sleep(3)", False), ("1 / 0", False)],
)
def test_what_is_searched_for_is_found(
    tmp_path: Path, fault: str, crashed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: a window's process that dies, hangs or fails without a name while it uses a film."""
    import mutation_rounds

    worker = mutation_rounds.WORKER.read_text(encoding="utf-8")
    spot = '    with told.step("peaks"):\n'
    assert spot in worker
    planted = tmp_path / "planted.py"
    planted.write_text(worker.replace(spot, f"{spot}        {fault}\n"), encoding="utf-8")
    monkeypatch.setattr(mutation_rounds, "WORKER", planted)
    monkeypatch.setattr(mutation_rounds, "LONGEST", 2.9)
    window = Window(tmp_path)
    told = next(
        made for seed in range(99) if (made := mutation_rounds.one(seed, tmp_path, window)).look.startswith("let")
    )
    window.close()
    assert told.crashed == crashed
    assert (told.seconds[1] > 2.9, bool(told.faults)) == ("sleep" in fault, "/ 0" in fault)
    if crashed:
        assert "Segmentation fault" in window.last_words.read_text(encoding="utf-8")
    assert bad([told])
