"""vigtool doctor: every look is told of, and the exit status says whether something has to be mended."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vigtool.cli import doctor_command
from vigtool.cli.main import parse, run
from vigtool.practice.doctor.finding import Finding, in_order, look_at, not_in_order


def doctor(*words: str) -> int:
    return run(parse(["doctor", *words]))


def found(monkeypatch: pytest.MonkeyPatch, *findings: Finding) -> list[Path]:
    places: list[Path] = []

    def examine(place: Path, *_rest: object) -> list[Finding]:
        places.append(place)
        return list(findings)

    monkeypatch.setattr(doctor_command, "examine_machine", examine)
    return places


def test_what_is_in_order_is_said_and_the_status_is_0(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], own_home: Path
) -> None:
    places = found(monkeypatch, in_order("clock", "it is right"), look_at("sound", "there is none", "plug some in"))
    assert doctor() == 0
    said = capsys.readouterr().out
    assert "in order      clock: it is right" in said
    assert "look at this  sound: there is none" in said
    assert "→ plug some in" in said
    assert places == [own_home]


def test_what_is_not_in_order_makes_the_status_1_and_the_document_is_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    places = found(monkeypatch, not_in_order("clock", "it is behind", "set it"))
    assert doctor("--json", "--vault", str(tmp_path)) == 1
    assert json.loads(capsys.readouterr().out) == {
        "in_order": False,
        "findings": [{"name": "clock", "state": "not in order", "sentence": "it is behind", "advice": "set it"}],
    }
    assert places == [tmp_path]


def test_this_machine(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status = doctor("--json", "--vault", str(tmp_path / "vault"))
    told = json.loads(capsys.readouterr().out)
    assert status == int(not told["in_order"])
    names = [finding["name"] for finding in told["findings"]]
    assert len(names) == len(set(names)) == 16
    for finding in told["findings"]:
        assert finding["sentence"]
        assert bool(finding["advice"]) == (finding["state"] != "in order")
    assert not (tmp_path / "vault").exists()
