"""film check: a verdict for files and for films of the vault, and an exit status that a script can rely on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import makers
import remaking
from vigtool.cli.main import parse, run
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.player.frame import Frame
from vigtool.player.frame_reader import FrameReader
from vigtool.vault.vault import Vault

WORDS = "six words that nobody would guess here"
KEYS = {"exact", "reasons", "damage", "frames", "compared", "questions", "wrong", "refused"}


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(makers.make(makers.Film(frames=40)))
    return path


def told(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, object]]:
    status = run(parse([str(word) for word in (*words, "--json")]))
    return status, json.loads(capsys.readouterr().out)


def test_a_film_that_is_exact(film: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = told(capsys, "film", "check", film)
    assert (status, said["exact"], said["wrong"], said["compared"]) == (0, True, 0, 40)
    assert set(said) >= KEYS
    assert run(parse(["film", "check", str(film)])) == 0
    assert capsys.readouterr().out.startswith("exact: all 40 frames are at their place\n")


def test_a_film_that_is_broken_says_from_when_to_when(film: Path, capsys: pytest.CaptureFixture[str]) -> None:
    film.write_bytes(remaking.holed(film.read_bytes(), 20))
    status, said = told(capsys, "film", "check", film)
    assert (status, said["exact"], said["wrong"]) == (1, False, 0)
    assert "pictures are damaged from 0:00.8 to " in str(said["reasons"])
    assert run(parse(["film", "check", str(film)])) == 1
    assert capsys.readouterr().out.startswith("not exact\n  pictures are damaged from 0:00.8")


def test_what_is_no_film_is_refused(film: Path, capsys: pytest.CaptureFixture[str]) -> None:
    film.write_bytes(b"Dear diary")
    status, said = told(capsys, "film", "check", film)
    assert (status, said["error"]) == (1, "NotAFilm")


def test_a_reader_that_is_one_off_is_found_out(
    film: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    true = FrameReader.get

    def one_off(self: FrameReader, number: int, passed: Callable[[Frame], None] | None = None) -> Frame:
        frame = true(self, min(self.index.check(number) + 1, self.index.frames - 1), passed)
        return Frame(number, self.index.pts(number), frame.picture, self.index.picture)

    monkeypatch.setattr(FrameReader, "get", one_off)
    status, said = told(capsys, "film", "check", film)
    assert status == 1
    assert said["wrong"]
    assert "answers were not the picture" in str(said["reasons"])


def test_a_film_of_the_vault_is_named_by_its_id(film: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    Vault.create(tmp_path / "vault", WORDS, cost=LEAST_COST).close()
    (tmp_path / "words").write_text(WORDS, encoding="utf-8")
    general = ("--vault", tmp_path / "vault", "--passphrase-file", tmp_path / "words")
    told(capsys, "family", "add", "--name", "A family", "--baby", "B", "--parent", "P", *general)
    _, brought = told(capsys, "film", "add", film, "--family", "F-0001", *general)
    status, said = told(capsys, "film", "check", str(brought["film"])[:8], *general)
    assert (status, said["exact"], said["frames"]) == (0, True, 40)
