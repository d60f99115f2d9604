"""A sample family that was not finished leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from vigtool.crypto.passphrase import LEAST_COST
from vigtool.errors import Cancelled, UsageError
from vigtool.sample.family import make_sample_family
from vigtool.vault import creation


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(creation, "fitting_cost", lambda: LEAST_COST)


@pytest.mark.parametrize("there", [True, False])
def test_a_stop_leaves_nothing(tmp_path: Path, *, there: bool) -> None:
    folder = tmp_path / "above" / "demo"
    if there:
        folder.mkdir(parents=True)
    with pytest.raises(Cancelled):
        make_sample_family(folder, cancelled=lambda: True)
    assert folder.exists() is there
    assert [path for path in tmp_path.rglob("*") if path not in (folder, folder.parent)] == []


@pytest.mark.parametrize("seconds", [0, -5])
def test_a_film_of_no_length_is_refused_before_anything_is_made(tmp_path: Path, seconds: int) -> None:
    with pytest.raises(UsageError):
        make_sample_family(tmp_path / "demo", seconds=seconds)
    assert list(tmp_path.iterdir()) == []
