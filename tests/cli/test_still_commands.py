"""film still and film stills, as a script sees them."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import makers
from vigtool.cli.main import parse, run
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.vault.vault import Vault

WORDS = "six words that nobody would guess here"
UNEVEN = makers.Film(times=makers.vary(40, (40, 30, 110)), time_base=Fraction(1, 1000), last=40, gop=10)


@pytest.fixture
def film(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    Vault.create(tmp_path / "vault", WORDS, cost=LEAST_COST).close()
    (tmp_path / "words").write_text(WORDS + "\n", encoding="utf-8")
    (tmp_path / "film.mp4").write_bytes(makers.make(UNEVEN))
    call(tmp_path, capsys, "family", "add", "--name", "Nadia and Mina", "--baby", "Mina")
    added = call(tmp_path, capsys, "film", "add", str(tmp_path / "film.mp4"), "--family", "F-0001")
    name: str = added[1]["film"]
    return name


def call(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    general = ["--json", "--vault", str(folder / "vault"), "--passphrase-file", str(folder / "words")]
    status = run(parse([*words, *general]))
    return status, json.loads(capsys.readouterr().out)


def test_a_still_is_kept_and_listed_and_leaves_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], film: str
) -> None:
    status, later = call(tmp_path, capsys, "film", "still", film[:10], "f31", "--words", "she looks up")
    assert (status, later["frame"], later["film"]) == (0, 31, film)
    _, sooner = call(tmp_path, capsys, "film", "still", film, "0.05")
    assert sooner["frame"] == 1
    assert call(tmp_path, capsys, "film", "stills", film) == (0, [sooner, later])
    assert later["words"] == "she looks up"
    assert {path.name for path in tmp_path.iterdir()} == {"vault", "words", "film.mp4"}


def test_a_frame_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], film: str) -> None:
    status, told = call(tmp_path, capsys, "film", "still", film, "f40")
    assert (status, told["error"]) == (1, "NoSuchFrame")
    assert call(tmp_path, capsys, "film", "stills", film) == (0, [])
