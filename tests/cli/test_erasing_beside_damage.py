"""Erasing a film on the command line while another is lost, or records of its family cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import vault_case
from damage_case import file_of, spoil_row
from vault_case import PASSPHRASE, Case
from vigtool.casework.film import Film
from vigtool.cli.main import parse, run
from vigtool.ids import Id
from vigtool.vault.vault import Vault

Erase = Callable[[Id, str], tuple[int, Any, str]]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return vault_case.build(tmp_path / "vault")


@pytest.fixture
def erase(case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Erase:
    """Erase a film with a code; status, JSON document and what was said."""
    (tmp_path / "words").write_text(PASSPHRASE + "\n")
    general = ["--json", "--vault", str(tmp_path / "vault"), "--passphrase-file", str(tmp_path / "words")]

    def command(film: Id, code: str) -> tuple[int, Any, str]:
        status = run(parse(["erase", "film", film, "--reason", "asked for", "--yes-erase", code, *general]))
        said = capsys.readouterr()
        return status, json.loads(said.out) if said.out else None, said.err

    return command


def test_a_film_that_is_lost_is_told_before(case: Case, erase: Erase, tmp_path: Path) -> None:
    with Vault.open(tmp_path / "vault", PASSPHRASE) as vault:
        other = vault_case.add_film(vault, b"other" * 900, case.family.id)
        file_of(vault, other.id).unlink()
    status, made, said = erase(case.film.id, case.family.code)
    assert (status, made["what"]) == (0, case.film.id)
    assert f"nothing can be read of 1 other film of this family ({other.id[:8]})" in said
    with Vault.open(tmp_path / "vault", PASSPHRASE) as vault:
        assert [stored.id for stored in vault.all(Film)] == [other.id]


def test_records_that_cannot_be_read_are_passed_over(case: Case, erase: Erase, tmp_path: Path) -> None:
    with Vault.open(tmp_path / "vault", PASSPHRASE) as vault:
        for record in (case.family.id, case.film.id, case.mother.id):
            spoil_row(vault, record)
    assert erase(case.film.id, case.family.code)[0] == 2, "the code cannot be read, so it is not what is asked for"
    status, _, said = erase(case.film.id, case.family.id[:8])
    assert status == 0
    assert case.family.id[:8] in said
    with Vault.open(tmp_path / "vault", PASSPHRASE) as vault:
        assert vault.all(Film) == []
        assert not any(vault.core.folder.footage.rglob("*.age"))
