"""Looking through the audit log, and proving that it is whole, on the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import makers
from vigtool.cli.main import parse, run
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.practice.families import add_family
from vigtool.vault.vault import Vault

WORDS = "six words that nobody would guess here"


@pytest.fixture
def there(tmp_path: Path) -> list[str]:
    """Options that name a vault with one family."""
    with Vault.create(tmp_path / "vault", WORDS, cost=LEAST_COST) as vault:
        add_family(vault, name="Nadia and Mina", on=date(2026, 11, 22))
    (tmp_path / "words").write_text(WORDS + "\n")
    return ["--vault", str(tmp_path / "vault"), "--passphrase-file", str(tmp_path / "words")]


def told(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_the_log_is_shown_and_filtered_and_names_nobody(there: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(parse(["audit", "show", "--json", *there])) == 0
    out = told(capsys)
    acts = [entry["act"] for entry in json.loads(out)]
    assert acts == ["vault create", "unlock", "family add", "lock", "unlock"]
    assert "Nadia" not in out
    assert run(parse(["audit", "show", "--json", "--act", "family", *there])) == 0
    (entry,) = json.loads(told(capsys))
    assert run(parse(["audit", "show", "--json", "--about", entry["objects"][0], "--until", "2000-01-01", *there])) == 0
    assert json.loads(told(capsys)) == []
    assert run(parse(["audit", "show", *there])) == 0
    assert "family add" in told(capsys)


def test_a_whole_log_is_said_to_be_whole_and_a_broken_one_names_its_first_broken_entry(
    there: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import sqlite3

    assert run(parse(["audit", "verify", "--json", *there])) == 0
    assert json.loads(told(capsys))["findings"] == []
    database = sqlite3.connect(tmp_path / "vault" / "vault.db")
    with database:
        database.execute("DELETE FROM audit WHERE seq = 2")
    database.close()
    assert run(parse(["audit", "verify", *there])) == 1
    assert "entry 3 of the audit log" in capsys.readouterr().err


def test_a_checkpoint_shows_a_vault_that_was_put_back(
    there: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import shutil

    shutil.copytree(tmp_path / "vault", tmp_path / "older", copy_function=shutil.copy2)
    assert run(parse(["audit", "checkpoint", *there])) == 0
    (tmp_path / "note").write_text(told(capsys))
    assert run(parse(["audit", "verify", "--checkpoint", str(tmp_path / "note"), *there])) == 0
    shutil.rmtree(tmp_path / "vault")
    (tmp_path / "older").rename(tmp_path / "vault")
    assert run(parse(["audit", "verify", *there])) == 0
    assert run(parse(["audit", "verify", "--checkpoint", str(tmp_path / "note"), *there])) == 1
    assert run(parse(["audit", "verify", "--checkpoint", str(tmp_path / "nowhere"), *there])) == 2


def test_the_newest_alone_and_a_table_of_what_is_asked_for(
    there: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(parse(["audit", "show", "--json", "--newest", "2", *there])) == 0
    assert [entry["act"] for entry in json.loads(told(capsys))] == ["lock", "unlock"]
    assert run(parse(["audit", "show", "--json", "--newest", "1", "--act", "family", *there])) == 0
    (entry,) = json.loads(told(capsys))
    table = tmp_path / "log.csv"
    beginning = entry["objects"][0][:6].upper()
    assert run(parse(["audit", "export", "--json", "--about", beginning, "--out", str(table), *there])) == 0
    assert json.loads(told(capsys))["entries"] == 1
    assert "Nadia" not in table.read_text(encoding="utf-8-sig")
    assert run(parse(["audit", "export", "--out", str(table), *there])) == 1
    assert "of that name already" in capsys.readouterr().err


def test_a_checkpoint_is_written_where_it_is_wanted(
    there: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "note.txt"
    assert run(parse(["audit", "checkpoint", "--out", str(note), *there])) == 0
    assert run(parse(["audit", "verify", "--checkpoint", str(note), *there])) == 0
    assert run(parse(["audit", "show", "--json", "--act", "audit", *there])) == 0
    capsys.readouterr()


def test_reading_on_the_command_line_is_entered_and_stands_on_the_film_s_page(
    there: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    film = tmp_path / "IMG_0001.mp4"
    film.write_bytes(makers.make(makers.Film(frames=12, gop=6)))
    assert run(parse(["film", "add", "--json", str(film), "--family", "F-0001", *there])) == 0
    record = json.loads(told(capsys))["film"]
    assert run(parse(["reel", "new", "--json", record, *there])) == 0
    reel = json.loads(told(capsys))["reel"]
    for command in (["family", "show", "F-0001"], ["consent", "show", "--family", "F-0001"], ["mark", "list", record]):
        assert run(parse([*command, *there])) == 0
    assert run(parse(["reel", "show", reel, *there])) == 0
    assert run(parse(["film", "check", record, *there])) == 0
    assert run(parse(["audit", "show", "--json", "--act", "f", *there])) == 0
    shown = told(capsys)
    acts = [entry["act"] for entry in json.loads(shown[shown.index("[\n") :])]
    assert acts == ["family add", "film add", *["family open"] * 4, "film open"]
    assert run(parse(["film", "history", "--json", record, *there])) == 0
    history = json.loads(told(capsys))
    assert [(seen["act"], seen["times"], seen["agreed"]) for seen in history["seen"]] == [("film open", 1, False)]
    assert history["lacking"] == ["no rule is set for it"]
    assert run(parse(["film", "history", record, *there])) == 0
    assert "it is not written down who is seen or heard in it" in told(capsys)
