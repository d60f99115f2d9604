"""After a withdrawal the command line names who still has the key, with the very command that takes it back."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

import gate_case
from gate_case import SIGNED, WORDS, Case
from vigtool.cli.main import parse, run
from vigtool.practice.sharing import shared_with
from vigtool.vault.vault import Vault


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return gate_case.build(tmp_path_factory.mktemp("withdrawing"))


def test_it_says_whom_and_what_to_type(case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with gate_case.opened(case, tmp_path) as trying:
        folder = trying.vault.folder
    (tmp_path / "words").write_text(WORDS["sam"], encoding="utf-8")
    general = ["--vault", str(folder), "--passphrase-file", str(tmp_path / "words")]
    withdraw = ["consent", "withdraw", "--family", "F-0001", "--signed-by", "Nadia", "--scope", "supervision"]
    assert run(parse([*withdraw, "--on", SIGNED.isoformat(), *general])) == 0
    lines = capsys.readouterr().out.splitlines()
    place = next(number for number, line in enumerate(lines) if "Ruth" in line)
    assert place == 1, "it stands right below what was taken back"
    assert "still has the key" in lines[place]
    assert not any("Kim" in line for line in lines), "a peer sees it as before"
    program, *typed = shlex.split(lines[place + 1])
    assert program == "vigtool"
    assert run(parse([*typed, *general])) == 0
    capsys.readouterr()
    with Vault.open(folder, WORDS["sam"], case.users["sam"]) as vault:
        assert [share.name for share in shared_with(vault, case.family)] == ["Kim"]
    assert run(parse(["--json", *withdraw, "--on", SIGNED.isoformat(), *general])) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["shares"] == []
