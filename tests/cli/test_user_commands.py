"""Colleagues on the command line: added, their card checked, a family shared and taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vigtool.cli.main import parse, run
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.vault import users
from vigtool.vault.vault import Vault

LEA, BO = "six words that nobody would guess here", "six other words that come out of nothing"


class Line:
    """The command line with the vault and one's passphrase already on it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def __call__(self, who: str, *words: str, fails: bool = False) -> Any:
        place = ["--vault", str(self.folder / "vault"), "--passphrase-file", str(self.folder / who), "--json"]
        status = run(parse([*words, *place]))
        said = self._capsys.readouterr()
        assert (status != 0) is fails, said.err
        return json.loads(said.out)


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setattr(users, "fitting_cost", lambda: LEAST_COST)
    Vault.create(tmp_path / "vault", LEA, name="Lea", cost=LEAST_COST).close()
    (tmp_path / "lea").write_text(LEA + "\n")
    (tmp_path / "bo").write_text(BO + "\n")
    return Line(tmp_path, capsys)


def add_bo(line: Line) -> str:
    bo = str(line.folder / "bo")
    made = line(
        "lea", "user", "add", "--name", "Bo", "--role", "practitioner", "--label", "B", "--new-passphrase-file", bo
    )
    assert len(made["card_words"]) == 6
    user: str = made["user"]
    return user


def test_a_colleague_from_the_first_key_to_the_last(line: Line) -> None:
    line("lea", "family", "add", "--name", "Nadia", "--parent", "Nadia")
    assert [each["self"] for each in line("lea", "user", "list")] == [True]
    bo = add_bo(line)
    assert line("lea", "user", "list", "--picker")[0] == {"user": bo, "label": "B"}
    assert line("bo", "family", "list", "--user", "b") == []
    line("lea", "family", "list", "--user", bo[:6], fails=True)
    (share,) = line("lea", "family", "share", "--family", "F-0001", "--with", "Bo")
    assert (share["user"], share["role"]) == (bo, "opens")
    assert [each["code"] for each in line("bo", "family", "list", "--user", "B")] == ["F-0001"]
    assert line("lea", "family", "unshare", "--family", "F-0001", "--with", "B", "--deep") == []
    assert line("bo", "family", "list") == []
    line("lea", "user", "remove", "Bo")
    assert line("bo", "family", "list", fails=True)["error"] == "WrongPassphrase"
    assert line("lea", "audit", "verify")["findings"] == []


def test_cards_are_checked_by_words_and_by_what_was_scanned(line: Line, tmp_path: Path) -> None:
    add_bo(line)
    card = line("lea", "user", "card")
    wrong = " ".join(reversed(card["words"]))
    assert line("bo", "user", "check", "Lea", "--words", wrong, fails=True)["error"] == "CardMismatch"
    assert line("bo", "user", "check", "Lea", "--words", " ".join(card["words"]).upper())["card"] == "words"
    (tmp_path / "scan").write_text(card["text"] + "\n")
    assert line("bo", "user", "check", "Lea", "--text-file", str(tmp_path / "scan"))["card"] == "qr"
    line("bo", "user", "check", "Lea", fails=True)


def test_somebody_in_a_team_changes_their_own_name(line: Line) -> None:
    add_bo(line)
    assert line("bo", "user", "name", "LEA", fails=True)["error"] == "InvalidRecord"
    changed = line("bo", "user", "name", "Bo Berg")
    assert (changed["name"], changed["entered_as"]) == ("Bo Berg", "Bo")
    theirs = {each["name"]: each["entered_as"] for each in line("lea", "user", "list")}
    assert theirs == {"Lea": "Lea", "Bo Berg": "Bo"}
    assert line("lea", "audit", "verify")["findings"] == []


def test_the_organisations_key_and_what_is_in_care(line: Line) -> None:
    assert line("lea", "user", "organisation") == {"state": "unasked"}
    assert line("lea", "user", "organisation", "--refuse")["state"] == "refused"
    made = line("lea", "user", "organisation", "--make")
    assert (made["state"], len(made["words"].split())) == ("held", 24)
    assert line("lea", "family", "care") == [], "what one opens oneself is not in care"
    add_bo(line)
    line("bo", "family", "add", "--name", "Omar")
    assert line("bo", "family", "care", fails=True)["error"] == "NotAllowed"
    (kept,) = line("lea", "family", "care")
    assert (kept["code"], list(kept["holders"].values())) == ("F-0001", ["Bo"])
    assert line("lea", "family", "list") == []
    line("lea", "family", "reassign", "--family", "F-0001", "--to", "Lea", "--reason", "long illness")
    assert [each["name"] for each in line("lea", "family", "list")] == ["Omar"]


def test_a_label_and_other_roles(line: Line) -> None:
    add_bo(line)
    line("bo", "user", "label", "Bo of Monday")
    assert line("bo", "user", "list", "--picker", "--user", "bo of monday")[0]["label"] == "Bo of Monday"
    assert line("bo", "user", "roles", "Bo", "--role", "lead", fails=True)["error"] == "NotAllowed"
    assert line("lea", "user", "roles", "Bo", "--role", "supervisor,lead")["roles"] == ["lead", "supervisor"]
    assert line("lea", "user", "roles", "Bo", "--role", "king", fails=True)["error"] == "UsageError"
