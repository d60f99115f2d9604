"""A new passphrase and a recovery key on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vigtool.cli.main import parse, run
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.vault import ways_in
from vigtool.vault.vault import Vault

OLD, NEW = "six words that nobody would guess here", "six other words that come out of nothing"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways_in, "fitting_cost", lambda: LEAST_COST)


@pytest.fixture
def there(tmp_path: Path) -> list[str]:
    Vault.create(tmp_path / "vault", OLD, cost=LEAST_COST).close()
    (tmp_path / "old").write_text(OLD + "\n")
    (tmp_path / "new").write_text(NEW + "\n")
    return ["--vault", str(tmp_path / "vault")]


def test_a_new_passphrase(there: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = str(tmp_path / "old"), str(tmp_path / "new")
    change = ["vault", "passphrase", *there, "--passphrase-file", old, "--new-passphrase-file", new]
    assert run(parse(change)) == 0
    assert run(parse(change)) == 1, "the old one is no longer the one"
    assert run(parse(["vault", "info", *there, "--passphrase-file", new])) == 0
    assert NEW not in capsys.readouterr().out


def test_a_recovery_key_opens_what_a_forgotten_passphrase_locked(
    there: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new, paper = (str(tmp_path / name) for name in ("old", "new", "paper"))
    assert run(parse(["vault", "recovery", "--json", *there, "--passphrase-file", old])) == 0
    words = json.loads(capsys.readouterr().out)["words"]
    assert len(words.split()) == 24
    Path(paper).write_text("\n".join(words.split()))
    change = ["vault", "passphrase", *there, "--recovery-file", paper, "--new-passphrase-file", new]
    assert run(parse(change)) == 0
    assert run(parse(["vault", "info", *there, "--passphrase-file", new])) == 0
    Path(paper).write_text(" ".join(["zoo"] * 24))
    assert run(parse(change)) == 1
    assert "word" in capsys.readouterr().err


def test_the_words_are_shown_with_their_numbers(
    there: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(parse(["vault", "recovery", *there, "--passphrase-file", str(tmp_path / "old")])) == 0
    out = capsys.readouterr().out
    assert " 1. " in out
    assert "24. " in out
