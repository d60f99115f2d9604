"""Consent, withdrawal, disclosure, safety at home and films given out, as a script sees them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import makers
from vigtool.casework.copy import CopyKind, Intent
from vigtool.casework.film import Film
from vigtool.cli.main import parse, run
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.ids import new_id
from vigtool.vault.vault import Vault

WORDS = "six words that nobody would guess here"
Says = Callable[..., Any]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    Vault.create(tmp_path / "vault", WORDS, cost=LEAST_COST).close()
    (tmp_path / "words").write_text(WORDS + "\n", encoding="utf-8")
    (tmp_path / "film.mp4").write_bytes(makers.make(makers.Film(frames=12, gop=6)))
    return tmp_path


@pytest.fixture
def does(place: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any, str]]:
    """Run a command on the vault: its status, its JSON document, and what it said on standard error."""

    def command(*arguments: object) -> tuple[int, Any, str]:
        general = ["--json", "--vault", place / "vault", "--passphrase-file", place / "words"]
        status = run(parse([str(argument) for argument in (*arguments, *general)]))
        said = capsys.readouterr()
        return status, json.loads(said.out), said.err

    return command


@pytest.fixture
def says(does: Callable[..., tuple[int, Any, str]]) -> Says:
    def command(*arguments: object) -> Any:
        status, told, err = does(*arguments)
        assert status == 0, err
        return told

    return command


@pytest.fixture
def film(place: Path, says: Says) -> str:
    says("family", "add", "--name", "Willow Lane", "--baby", "Mina", "--parent", "Nadia", "--parent", "Tomas")
    told = says("film", "add", place / "film.mp4", "--family", "F-0001", "--person", "Nadia", "--person", "Mina")
    identity: str = told["film"]
    return identity


def agree(says: Says, *more: object, scopes: str = "film,copy,supervision,photographs") -> None:
    for signer in ("Nadia", "Tomas"):
        says(
            "consent", "give", "--family", "F-0001", "--scope", scopes, "--signed-by", signer, "--recipient", "Nadia",
            *more,
        )  # fmt: skip


def test_a_film_leaves_for_who_was_named_and_shows_safety_at_home(
    place: Path, says: Says, does: Any, film: str
) -> None:
    out = place / "blue.mp4"
    status, told, _ = does("film", "export", film, "--out", out, "--for", "Nadia")
    assert (status, told["error"]) == (1, "ConsentMissing")
    assert len(says("film", "show", film)["consent_missing"]) == 2
    assert [one["consent_is_missing"] for one in says("film", "list")] == [True]
    agree(says)
    assert says("film", "show", film)["consent_missing"] == []
    assert [one["consent_is_missing"] for one in says("film", "list")] == [False]
    says("family", "safety", "F-0001", "--contact", "mornings", "--not-to", "Tomas", "--copies-safe", "no")
    status, told, _ = does("film", "export", film, "--out", out, "--for", "Nadia")
    assert (status, told["error"]) == (1, "UnsafeRecipient")
    told = says("film", "export", film, "--out", out, "--for", "Nadia", "--safe-at-home")
    assert told["safe_at_home"] is True
    assert told["safety"]["contact"] == "mornings"
    assert out.exists()
    status, told, _ = does("film", "export", film, "--out", place / "b.mp4", "--for", "Tomas", "--safe-at-home")
    assert (status, told["error"]) == (1, "UnsafeRecipient")
    says("film", "export", film, "--out", place / "c.mp4", "--to", "Dr Lee", "--purpose", "supervision")
    for wrong in (["--for", "Nadia", "--to", "x"], [], ["--to", "x"]):
        status, _, _ = does("film", "export", film, "--out", place / "d.mp4", *wrong)
        assert status == 2


def test_scopes_may_be_named_in_one_word_or_in_several(does: Any, says: Says) -> None:
    says("family", "add", "--name", "Family", "--parent", "Nadia", "--baby", "Mina")
    said = says(
        "consent", "give", "--family", "F-0001", "--scope", "film,therapy", "--scope", "copy", "--scope", "film"
    )
    assert [each["scope"] for each in said] == ["film", "therapy", "copy"]
    back = says(
        "consent", "withdraw", "--family", "F-0001", "--signed-by", "Nadia", "--scope", "copy", "--scope", "therapy"
    )
    assert back["scopes"] == ["copy", "therapy"]
    status, _, _ = does(
        "consent", "decide", "--family", "F-0001", "--child", "Mina", "--scope", "copy", "--scope", "film",
        "--answer", "yes", "--reason", "both heard",
    )  # fmt: skip
    assert status == 2, "about one at a time"


def test_taking_back_lists_copies_and_writes_the_letter(place: Path, says: Says, does: Any, film: str) -> None:
    agree(says)
    copy = says("film", "frame", film, "f3", "--out", place / "one.png", "--for", "Nadia")["copy"]
    told = says(
        "consent", "withdraw", "--family", "F-0001", "--signed-by", "Nadia", "--scope", "film,copy", "--letter",
        place / "letter.txt", "--safe-at-home",
    )  # fmt: skip
    assert [(one["copy"], one["what_to_do"]) for one in told["copies"]] == [(copy, "delete")]
    assert (place / "letter.txt").read_text(encoding="utf-8") == told["letter"]
    status, refused, _ = does("film", "frame", film, "f3", "--out", place / "two.png", "--for", "Nadia")
    assert (status, refused["error"]) == (1, "ConsentMissing")
    (place / "one.png").unlink()
    assert says("consent", "settle", copy, "deleted")["outcome"] == "deleted"
    shown = says("consent", "show", "--family", "F-0001")
    assert [one["scopes"] for one in shown["withdrawals"]] == [["film", "copy"]]
    assert says("consent", "letter", told["withdrawal"], "--out", place / "again.txt")["file"]


def test_review_days_capacity_and_a_leads_decision(place: Path, says: Says, does: Any, film: str) -> None:
    agree(says, "--on", "2020-01-01", "--review", "2020-06-01")
    shown = says("consent", "show", "--family", "F-0001")
    assert {row["film"] for row in shown["standing"].values()} == {None}
    assert shown["answers"][0]["review"] == "2020-06-01"
    agree(says)
    says(
        "consent", "give", "--family", "F-0001", "--scope", "supervision", "--answer", "no", "--signed-by", "Tomas",
        "--person", "Mina",
    )  # fmt: skip
    export = ("film", "export", film, "--out", place / "a.mp4", "--to", "Dr Lee", "--purpose", "supervision")
    status, refused, _ = does(*export)
    assert (status, len(refused["reasons"])) == (1, 1)
    says(
        "consent", "decide", "--family", "F-0001", "--child", "Mina", "--scope", "supervision", "--answer", "yes",
        "--reason", "agreed at the meeting of 3 November",
    )  # fmt: skip
    says("consent", "capacity", "--family", "F-0001", "--person", "Nadia", "--has", "unsure", "--note", "very tired")
    says(*export)
    shown = says("consent", "show", "--family", "F-0001")
    assert [one["answer"] for one in shown["decisions"]] == ["yes"]
    assert [one["has"] for one in shown["capacity"]] == [None]


def test_the_second_door(place: Path, says: Says, film: str) -> None:
    ground = ("--recipient", "the court", "--reason", "an order", "--basis", "court")
    told = says("disclose", "film", film, "--out", place / "a.mp4", *ground, "--hold")
    assert (place / "a.mp4").read_bytes() == (place / "film.mp4").read_bytes()
    says("disclose", "film", film, "--out", place / "b.mp4", *ground, "--cleansed")
    assert (place / "b.mp4").read_bytes() != (place / "film.mp4").read_bytes()
    says("disclose", "marks", film, "--out", place / "c.csv", *ground)
    shown = says("consent", "show", "--family", "F-0001")
    assert [one["what"] for one in shown["disclosures"]] == ["film", "film", "marks"]
    assert shown["disclosures"][0]["copy"] == told["copy"]


def test_a_log_of_standard_error_names_nobody_and_a_terminal_does(
    place: Path, does: Any, film: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    export = ("film", "export", film, "--out", place / "a.mp4", "--for", "Nadia")
    status, told, err = does(*export)
    assert status == 1
    assert "Nadia" in told["hint"]
    assert "Nadia" not in err
    assert "Mina" not in err
    assert "person " in err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    _, _, err = does(*export)
    assert "Nadia" in err
    capsys.readouterr()


def test_safety_at_home_is_changed_bit_by_bit(says: Says, film: str) -> None:
    assert film
    assert says("family", "safety", "F-0001") == {}
    says("family", "safety", "F-0001", "--not-to", "Tomas", "--not-to-be-told", "the neighbours")
    told = says("family", "safety", "F-0001", "--contact", "by day")
    assert (len(told["not_to"]), told["not_to_be_told"], told["contact"]) == (1, "the neighbours", "by day")
    told = says("family", "safety", "F-0001", "--not-to", "", "--copies-safe", "yes")
    assert (told["not_to"], told["copies_safe"]) == ([], True)
    assert says("consent", "show", "--family", "F-0001")["safety"] == told


def test_a_handover_whose_stick_is_lost_is_listed_and_settled(place: Path, says: Says, does: Any, film: str) -> None:
    assert says("stray", "unfinished") == []
    with Vault.open(place / "vault", WORDS) as vault:
        record = vault.get(Film, film).value
        lost = Intent(
            id=new_id(), family=record.family, act="film export", source=film, kind=CopyKind.FILM,
            target=str(place / "no such stick" / "film.mp4"), begun=datetime.now(UTC),
        )  # fmt: skip
        with vault.transaction("film export: begin", [lost.id]) as writer:
            writer.add(lost)
    status, (told,), err = does("stray", "unfinished")
    assert (status, told["exit"], told["file"]) == (0, lost.id, lost.target)
    assert "vigtool stray settle" in err
    settled = says("stray", "settle", lost.id[:8])
    assert settled["state"] == "done"
    assert settled["copy"] in [each.get("copy") for each in says("stray", "list")]
    status, told, err = does("stray", "unfinished")
    assert (status, told, err) == (0, [], "")
    assert does("stray", "settle", lost.id)[1]["error"] == "InvalidRecord"
