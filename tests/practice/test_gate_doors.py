"""The window's desk and the command line go through the gate of the table: with nothing agreed to, each is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import gate_case
from gate_case import SIGNED, WORDS, Case
from vigtool.casework.consent import Scope
from vigtool.casework.copy import Copy, Intent
from vigtool.cli.main import parse, run
from vigtool.errors import ConsentMissing
from vigtool.practice.opening import Opened
from vigtool.practice.progress import never, silent
from vigtool.practice.records import values
from vigtool.practice.withdrawal import withdraw
from vigtool.ui.vault_desk import VaultDesk
from vigtool.vault.vault import Vault


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    built = gate_case.build(tmp_path_factory.mktemp("doors"))
    with Vault.open(built.folder, WORDS["sam"], built.users["sam"]) as vault:
        both = (built.nadia, built.mina)
        withdraw(vault, family=built.family, signed_by=built.nadia, for_persons=both, scopes=[Scope.FILM], on=SIGNED)
    return built


DESK: dict[str, Callable[[VaultDesk, Case, Path], object]] = {
    "parent's copy": lambda desk, case, out: desk.make_copy(case.reel, case.nadia, out, silent, never),
    "still": lambda desk, case, out: desk.give_still(case.film, 3, out, to=case.nadia, safe=True),
    "film for a parent": lambda desk, case, out: desk.export_film(
        case.film, out, to=case.nadia, to_words="", purpose="", safe=True, report=silent, cancelled=never
    ),
    "film for research": lambda desk, case, out: desk.export_film(
        case.film, out, to=None, to_words="Dr Lee", purpose="research", safe=None, report=silent, cancelled=never
    ),
    "share with supervisor": lambda desk, case, _: desk.share_with(case.family, case.users["ruth"]),
    "share with peer": lambda desk, case, _: desk.share_with(case.family, case.users["kim"]),
}


@pytest.mark.parametrize("act", DESK)
def test_the_windows_desk_is_refused(act: str, case: Case, tmp_path: Path) -> None:
    with gate_case.opened(case, tmp_path / "own") as trying:
        desk = VaultDesk(Opened(trying.vault, ()))
        with pytest.raises(ConsentMissing):
            DESK[act](desk, case, tmp_path / "out")
        assert not values(trying.vault, Copy)
        assert not values(trying.vault, Intent)
    assert not (tmp_path / "out").exists()


def commands(case: Case, out: Path) -> dict[str, tuple[object, ...]]:
    """Each act that asks, as somebody types it."""
    return {
        "parent's copy": ("reel", "render", case.reel, "--out", out, "--for", "Nadia"),
        "still": ("film", "frame", case.film, "f3", "--out", out, "--for", "Nadia"),
        "film for a parent": ("film", "export", case.film, "--out", out, "--for", "Nadia"),
        "film for training": ("film", "export", case.film, "--out", out, "--to", "Dr Lee", "--purpose", "training"),
        "marks for therapy": (
            "mark",
            "export",
            case.film,
            "--out",
            out.parent,
            "--to",
            "Dr Lee",
            "--purpose",
            "therapy",
        ),
        "share with supervisor": ("family", "share", "--family", "F-0001", "--with", "Ruth"),
    }  # fmt: skip


TYPED = (
    "parent's copy", "still", "film for a parent", "film for training", "marks for therapy", "share with supervisor",
)  # fmt: skip


@pytest.mark.parametrize("act", TYPED)
def test_the_command_line_is_refused(act: str, case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with gate_case.opened(case, tmp_path / "own"):
        pass
    (tmp_path / "words").write_text(WORDS["sam"], encoding="utf-8")
    out = tmp_path / "out" / "one"
    out.parent.mkdir()
    general = ["--json", "--vault", tmp_path / "own" / "vault", "--passphrase-file", tmp_path / "words"]
    status = run(parse([str(word) for word in (*commands(case, out)[act], *general)]))
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (status, told["error"]) == (1, "ConsentMissing")
    assert list(out.parent.iterdir()) == []
