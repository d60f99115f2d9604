"""Backups, scrubs and stray copies as a script has them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import makers
from vigtool.casework.family import Role
from vigtool.cli.main import parse, run
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.practice.families import PersonWords, add_family
from vigtool.vault.vault import Vault

WORDS = "six words that nobody would guess here"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    with Vault.create(tmp_path / "vault", WORDS, cost=LEAST_COST) as vault:
        add_family(vault, name="N", people=[PersonWords(name="N", role=Role.PARENT)], on=date(2026, 1, 1))
    (tmp_path / "words").write_text(WORDS + "\n", encoding="utf-8")
    (tmp_path / "film.mp4").write_bytes(makers.make(makers.Film(frames=30, gop=10)))
    return tmp_path


class Says:
    """The command line on one vault; what it printed as JSON."""

    def __init__(self, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.place, self.capsys = place, capsys

    def __call__(self, *words: object, status: int = 0, vault: str = "vault") -> Any:
        general = ["--json", "--passphrase-file", str(self.place / "words"), "--vault", str(self.place / vault)]
        found = run(parse([*(str(word) for word in words), *general]))
        said = self.capsys.readouterr()
        assert found == status, said
        return json.loads(said.out)


@pytest.fixture
def says(place: Path, capsys: pytest.CaptureFixture[str]) -> Says:
    return Says(place, capsys)


def test_a_day_of_it(place: Path, says: Says) -> None:
    film, stick = place / "film.mp4", place / "stick"
    added = says("film", "add", film, "--family", "F-0001")
    assert added["may_erase_source"] is True
    assert film.exists()
    (stray,) = says("stray", "list")
    assert (stray["stray"], stray["where"], stray["words"]) == (added["strays"][0], "other", str(film))
    noted = says("stray", "note", added["film"][:8], "--where", "cloud", "--words", "phone of the father")
    assert {each["where"] for each in says("stray", "list", "--family", "F-0001")} == {"other", "cloud"}
    says("stray", "gone", noted["stray"][:8])
    assert len(says("stray", "list")) == 1

    made = says("vault", "backup", stick, "--keep-days", 10)
    assert (made["films"], made["damaged"]) == (1, [])
    listed = says("vault", "backups")
    assert [each["backup"] for each in listed["backups"]] == [made["backup"]]
    assert [each["backup"] for each in says("vault", "backups", stick)] == [made["backup"]]
    assert says("vault", "check-backup", stick, "--whole", "--enter")["good"] is True
    assert says("vault", "backups")["backups"][0]["checked"]

    done = says("vault", "restore", stick, "--to", place / "again", "--instead-of", place / "vault")
    assert (done["rolled_back"], done["lost"], done["findings"]) == (True, [], [])
    assert says("vault", "verify", vault="again") == {"findings": []}
    assert says("vault", "restore", stick, "--to", place / "again", status=1)["error"] == "VaultExists"

    assert says("vault", "scrub") == {"films": 1, "damaged": [], "stand_ins": 0}
    (sealed,) = (place / "vault" / "footage").rglob("*.age")
    data = sealed.read_bytes()
    sealed.write_bytes(data[:-30] + b"wrong" + data[-25:])
    (damaged,) = says("vault", "scrub", status=1)["damaged"]
    assert damaged["film"] == added["film"]
    assert says("vault", "mend", added["film"][:8], stick) == {"film": added["film"], "whole": True}
    assert sealed.read_bytes() == data
    assert says("vault", "backups", "--gone", made["backup"][:8])["backups"] == []
    assert says("audit", "verify")["findings"] == []


def test_the_source_is_erased_where_that_is_wanted(place: Path, says: Says) -> None:
    added = says("film", "add", place / "film.mp4", "--family", "F-0001", "--erase-source")
    assert added["source_erased"] is True
    assert not (place / "film.mp4").exists()
    assert says("stray", "list") == []


def test_what_is_refused(place: Path, says: Says) -> None:
    assert says("vault", "backup", place / "vault" / "b", status=1)["error"] == "UnfitPlace"
    assert says("vault", "backups", place, status=1)["error"] == "NotABackup"
    assert says("vault", "restore", place, "--to", place / "new", status=1)["error"] == "NotABackup"
    says("vault", "backup", place / "stick")
    (place / "words").write_text("something else altogether\n", encoding="utf-8")
    assert says("vault", "check-backup", place / "stick", status=1)["error"] == "WrongPassphrase"
    assert says("vault", "restore", place / "stick", "--to", place / "new", status=1)["error"] == "WrongPassphrase"
    assert not (place / "new").exists()
