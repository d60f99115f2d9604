"""Rules, what is due, holds and erasing on the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import vault_case
from vigtool.casework.family import Family, Role
from vigtool.cli.main import parse, run
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.practice.families import PersonWords, add_family
from vigtool.vault.vault import Vault

WORDS = "six words that nobody would guess here"
Calls = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Calls:
    """Run a command on a vault with one family; status, JSON document and what was said."""
    with Vault.create(tmp_path / "vault", WORDS, cost=LEAST_COST) as vault:
        people = [
            PersonWords(name="Nadia", role=Role.PARENT),
            PersonWords(name="Mina", role=Role.BABY, born=date(2024, 2, 29)),
        ]
        add_family(vault, name="Nadia and Mina", people=people, on=date(2026, 1, 5))
    (tmp_path / "words").write_text(WORDS + "\n")
    general = ["--json", "--vault", str(tmp_path / "vault"), "--passphrase-file", str(tmp_path / "words")]

    def command(*arguments: str) -> tuple[int, Any, str]:
        try:
            status = run(parse([*arguments, *general]))
        except SystemExit as left:
            status = int(left.code or 0)
        said = capsys.readouterr()
        return status, json.loads(said.out) if said.out else None, said.err

    return command


def test_without_a_rule_nothing_is_due_and_offers_are_words(call: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    status, shown, _ = call("retention", "show")
    assert (status, shown["rules"]) == (0, [])
    assert len(shown["offers"]) >= 3
    call("family", "close", "F-0001", "--on", "2026-08-31")
    assert call("retention", "due", "--on", "2200-01-01")[1] == {"due": [], "undated": []}


def test_a_rule_is_set_changed_and_taken_away_and_what_is_due_follows(call: Calls) -> None:
    _, rule, _ = call("retention", "set", "--months", "2")
    _, found, _ = call("retention", "due", "--undated", "--on", "2030-01-01")
    assert found["due"] == []
    assert found["undated"][0]["lacking"] == ["the family is not closed yet"]
    call("family", "close", "F-0001", "--on", "2026-08-31")
    assert call("retention", "due", "--on", "2026-10-30")[1]["due"] == []
    (due,) = call("retention", "due", "--on", "2026-10-31")[1]["due"]
    assert (due["on"], due["film"], due["rule"], due["held"]) == ("2026-10-31", None, rule["rule"], None)
    call("retention", "set", "--until-age", "25", "--rule", rule["rule"][:8])
    assert len(call("retention", "show")[1]["rules"]) == 1
    assert call("retention", "due", "--on", "2049-02-27")[1]["due"] == []
    assert call("retention", "due", "--on", "2049-02-28")[1]["due"] != []
    call("family", "close", "F-0001", "--reopen")
    call("retention", "remove", rule["rule"][:8])
    assert call("retention", "show")[1]["rules"] == []


@pytest.mark.parametrize("options", [[], ["--months", "-1"], ["--months", "2", "--on-word"], ["--until-age", "0"]])
def test_a_rule_that_cannot_be_is_refused(call: Calls, options: list[str]) -> None:
    status, said, _ = call("retention", "set", *options)
    assert (status, said["error"]) == (1, "InvalidRecord")


def test_a_hold_shows_in_what_is_due_and_stops_erasing_until_it_is_lifted(call: Calls) -> None:
    call("retention", "set", "--months", "0")
    call("family", "close", "F-0001", "--on", "2026-08-31")
    _, placed, _ = call("retention", "hold", "--family", "F-0001", "--reason", "proceedings", "--on", "2026-09-01")
    assert call("retention", "due")[1]["due"][0]["held"] == placed["hold"]
    status, said, _ = call("erase", "family", "F-0001", "--reason", "it is due", "--yes-erase", "F-0001")
    assert (status, said["error"]) == (1, "UnderHold")
    call("retention", "lift", placed["hold"][:8], "--reason", "they are over", "--on", "2026-09-20")
    (story,) = call("retention", "holds", "--family", "F-0001")[1]
    assert (story["on"], story["lifted"], story["lifted_for"]) == ("2026-09-01", "2026-09-20", "they are over")
    assert call("retention", "lift", placed["hold"][:8], "--reason", "again")[1]["error"] == "RecordChanged"


@pytest.mark.parametrize("typed", [[], ["--yes-erase", "F-0002"], ["--yes-erase", "yes"]])
def test_without_the_code_nothing_is_erased(call: Calls, typed: list[str]) -> None:
    status, said, _ = call("erase", "family", "F-0001", "--reason", "it is due", *typed)
    assert (status, said["error"]) == (2, "UsageError")
    assert len(call("family", "list")[1]) == 1


def test_erasing_leaves_a_certificate_without_names(call: Calls) -> None:
    status, made, _ = call("erase", "family", "F-0001", "--reason", "it is due", "--yes-erase", "f-0001")
    assert status == 0
    assert call("family", "list")[1] == []
    (listed,) = call("erase", "list")[1]
    assert (listed["erasure"], listed["what"], listed["records"]) == (made["erasure"], made["family"], 3)
    _, again, _ = call("erase", "certificate", made["erasure"][:8])
    assert made["family"] in again["text"]
    assert "it is due" in again["text"]
    for name in ("Nadia", "Mina", "F-0001"):
        assert name not in again["text"]
    assert call("audit", "verify")[1]["findings"] == []
    assert call("vault", "verify")[0] == 0


def test_a_reason_that_names_somebody_is_refused(call: Calls) -> None:
    status, said, _ = call("erase", "family", "F-0001", "--reason", "Nadia asked", "--yes-erase", "F-0001")
    assert (status, said["error"]) == (1, "InvalidRecord")
    assert "Nadia" not in json.dumps(said)


def test_a_film_is_erased_and_an_older_database_is_told_of(call: Calls, tmp_path: Path) -> None:
    with Vault.open(tmp_path / "vault", WORDS) as vault:
        family = vault.all(Family)[0].id
        film = vault_case.add_film(vault, bytes(range(256)) * 300, family)
    shutil.copy2(tmp_path / "vault" / "vault.db", tmp_path / "older.db")
    sealed = film.footage.file
    older = (tmp_path / "vault" / "footage" / sealed[:2] / f"{sealed}.age").read_bytes()
    assert call("erase", "film", film.id[:8], "--reason", "a person asked", "--yes-erase", "F-0002")[0] == 2
    status, made, said = call("erase", "film", film.id[:8], "--reason", "a person asked", "--yes-erase", "F-0001")
    assert (status, made["what"], made["files"]) == (0, film.id, 1)
    assert "erases 1 film for good" in said
    assert call("film", "list", "--family", "F-0001")[1] == []
    shutil.copy2(tmp_path / "older.db", tmp_path / "vault" / "vault.db")
    (tmp_path / "vault" / "footage" / sealed[:2]).mkdir(exist_ok=True)
    (tmp_path / "vault" / "footage" / sealed[:2] / f"{sealed}.age").write_bytes(older)
    _, listed, said = call("erase", "list")
    assert "here again: 1" in said
    assert [each["back_again"] for each in listed] == [True]
    status, again, _ = call("erase", "again")
    assert (status, [each["what"] for each in again["erased"]], again["left"]) == (0, [film.id], [])
    assert call("erase", "again")[1] == {"erased": [], "left": []}
    assert call("vault", "verify")[0] == 0
