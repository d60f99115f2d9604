"""The commands as a script sees them: JSON alone on standard output, exit statuses, hints on standard error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import makers
from vigtool.cli.main import parse, run, wants_window
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.practice.families import add_family
from vigtool.vault.vault import Vault

WORDS = "six words that nobody would guess here"
Says = Callable[..., Any]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    Vault.create(tmp_path / "vault", WORDS, cost=LEAST_COST).close()
    (tmp_path / "words").write_text(WORDS + "\nsecond line\n", encoding="utf-8")
    (tmp_path / "film.mp4").write_bytes(makers.make(makers.Film(frames=60, gop=30)))
    return tmp_path


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    try:
        status = run(parse([str(argument) for argument in arguments]))
    except SystemExit as left:
        status = int(left.code or 0)
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.fixture
def says(place: Path, capsys: pytest.CaptureFixture[str]) -> Says:
    """Run a command on the vault and give its JSON document."""

    def command(*arguments: object) -> Any:
        general = ["--json", "--vault", place / "vault", "--passphrase-file", place / "words"]
        status, out, err = call(capsys, *arguments, *general)
        assert status == 0, err
        return json.loads(out)

    return command


@pytest.fixture
def family(says: Says) -> dict[str, Any]:
    made: dict[str, Any] = says("family", "add", "--name", "Nadia and Mina", "--baby", "Mina", "--parent", "Nadia")
    return made


def test_the_whole_way_in_commands(says: Says, family: dict[str, Any], place: Path) -> None:
    assert family["code"] == "F-0001"
    nadia = next(p["person"] for p in family["persons"] if p["role"] == "parent")
    says("consent", "give", "--family", "F-0001", "--scope", "film,therapy,copy,photographs,supervision")
    session = says("session", "add", "--family", "F-0001", "--on", "2026-11-12", "--place", "home")
    film = says("film", "add", place / "film.mp4", "--family", "F-0001", "--session", session["session"][:8])
    assert film["frames"] == 60
    assert len(film["sha256"]) == 64
    assert film["consent_missing"] == []
    beginning = film["film"][:8]
    first = says("mark", "add", "--film", beginning, "--from", "f10", "--to", "f20", "--code", "b.voice", "--star")
    says("mark", "add", "--film", beginning, "--from", "0:00:01.000", "--note", "a moment")
    says("mark", "move", first["mark"][:10], "--to", "f25")
    moved, moment = says("mark", "list", beginning)
    assert (moved["start_frame"], moved["end_frame"], moved["star"], moved["code"]) == (10, 25, True, "b.voice")
    assert set(moved) >= {
        *("mark", "film", "lane", "code", "start", "end", "start_frame", "end_frame", "note", "star", "chain", "author")
    }
    assert moment["start"] == moment["end"]
    assert moment["start_frame"] == moment["end_frame"] == 25
    reel = says("reel", "new", beginning)
    says("reel", "add", reel["reel"], first["mark"], "--caption", "You waited.")
    made = says("reel", "render", reel["reel"], "--out", place / "out.mp4", "--for", nadia)
    assert Path(made["file"]).stat().st_size > 0
    (clip,) = made["clips"]
    assert (clip["start_frame"], clip["end_frame"]) == (10, 25)
    assert clip["last"] - clip["first"] + 1 <= made["frames"]
    says("mark", "remove", first["mark"])
    assert len(says("mark", "list", beginning)) == 1
    assert says("vault", "verify") == {"findings": []}
    assert says("vault", "key", "--family", "F-0001")["identity"].startswith("AGE-SECRET-KEY-")
    tables = says(
        "mark", "export", beginning, "--format", "csv,json", "--to", "Ruth", "--purpose", "supervision", "--out", place
    )
    assert [Path(table["file"]).exists() for table in tables] == [True, True]


def test_probe_and_frame_need_no_vault(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import cv2
    import numpy as np

    status, out, _ = call(capsys, "--json", "probe", place / "film.mp4")
    facts = json.loads(out)
    assert status == 0
    assert set(facts) >= {
        *(
            "frames",
            "duration",
            "time_base",
            "vfr",
            "rotation",
            "width",
            "height",
            "codec",
            "container",
            "audio",
            "damage",
        )
    }
    status, out, _ = call(capsys, "frame", place / "film.mp4", "f31", "--out", place / "f.png", "--json")
    assert status == 0
    picture = cv2.imdecode(np.frombuffer((place / "f.png").read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert makers.read_number(np.ascontiguousarray(picture[..., ::-1])) == 31 == json.loads(out)["frame"]


def test_general_options_stand_before_or_after(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    general = ["--json", "--vault", place / "vault", "--passphrase-file", place / "words"]
    before = call(capsys, *general, "family", "list")
    after = call(capsys, "family", "list", *general)
    between = call(capsys, *general[:1], "family", *general[1:], "list")
    assert before == after == between == (0, "[]\n", "")


def test_a_refusal_is_one_plain_line_a_hint_and_json(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = call(capsys, "probe", "--json", place / "words")
    assert status == 1
    assert set(json.loads(out)) == {"error", "message", "hint"}
    assert json.loads(out)["error"] == "NotAFilm"
    line, hint = err.strip().splitlines()
    assert line.startswith("vigtool: ")
    assert hint.strip().startswith("hint: ")


def test_a_wrong_passphrase_and_no_vault_have_their_own_names(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "wrong").write_text("not the words at all here\n", encoding="utf-8")
    status, out, _ = call(
        capsys, "family", "list", "--json", "--vault", place / "vault", "--passphrase-file", place / "wrong"
    )
    assert (status, json.loads(out)["error"]) == (1, "WrongPassphrase")
    status, out, _ = call(
        capsys, "family", "list", "--json", "--vault", place / "words", "--passphrase-file", place / "words"
    )
    assert (status, json.loads(out)["error"]) == (1, "NotAVault")


def test_a_vault_that_is_held_says_so(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Vault.open(place / "vault", WORDS):
        status, out, _ = call(
            capsys, "family", "list", "--json", "--vault", place / "vault", "--passphrase-file", place / "words"
        )
    assert (status, json.loads(out)["error"]) == (1, "VaultHeld")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["probe"],
        ["mark", "add", "--film", "x"],
        ["session", "add", "--family", "x", "--on", "yesterday"],
        ["consent", "give", "--family", "F-0001", "--scope", "everything"],
        ["mark", "add", "--film", "FILM", "--from", "f20", "--to", "f10"],
        ["mark", "add", "--film", "FILM", "--from", "soon"],
    ],
)
def test_wrong_usage_is_2(
    place: Path, says: Says, family: dict[str, Any], capsys: pytest.CaptureFixture[str], arguments: Sequence[str]
) -> None:
    if "FILM" in arguments:
        film = says("film", "add", place / "film.mp4", "--family", family["code"])["film"]
        arguments = [film if word == "FILM" else word for word in arguments]
    general = ["--vault", place / "vault", "--passphrase-file", place / "words"]
    status, out, err = call(capsys, *arguments, *general)
    assert status == 2
    assert out == ""
    assert err


@pytest.mark.parametrize("at", ["f60", "00:00:02.400", "9999"])
def test_a_place_outside_the_film_is_refused(
    place: Path, says: Says, family: dict[str, Any], capsys: pytest.CaptureFixture[str], at: str
) -> None:
    film = says("film", "add", place / "film.mp4", "--family", family["code"])["film"]
    general = ["--json", "--vault", place / "vault", "--passphrase-file", place / "words"]
    status, out, _ = call(capsys, "mark", "add", "--film", film, "--from", at, *general)
    assert (status, json.loads(out)["error"]) == (1, "NoSuchFrame")
    assert says("mark", "list", film) == []


def test_consent_and_its_reasons(
    place: Path, says: Says, family: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    film = says("film", "add", place / "film.mp4", "--family", family["code"])
    assert film["consent_missing"] != []
    mark = says("mark", "add", "--film", film["film"], "--from", "f1", "--to", "f9")
    reel = says("reel", "new", film["film"])["reel"]
    says("reel", "add", reel, mark["mark"])
    general = ["--json", "--vault", place / "vault", "--passphrase-file", place / "words"]
    status, out, _ = call(capsys, "reel", "render", reel, "--out", place / "out.mp4", *general)
    refused = json.loads(out)
    assert (status, refused["error"]) == (1, "ConsentMissing")
    assert any("Mina" in reason for reason in refused["reasons"])
    assert not (place / "out.mp4").exists()
    says("consent", "give", "--family", family["code"], "--person", "Nadia", "--scope", "copy", "--answer", "no")
    assert says("consent", "show", "--family", family["code"])["answers"][0]["answer"] == "no"


def test_without_a_command_the_window_is_meant() -> None:
    assert wants_window(parse([]))
    assert wants_window(parse(["--vault", "x"]))
    assert not wants_window(parse(["family", "list"]))


def test_the_passphrase_may_come_from_standard_input(place: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "vigtool",
            "family",
            "list",
            "--json",
            "--vault",
            place / "vault",
            "--passphrase-file",
            "-",
        ],
        input=WORDS + "\n",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "VIGTOOL_VAULT": ""},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


def test_the_command_line_loads_no_widgets_even_after_a_render(place: Path) -> None:
    with Vault.open(place / "vault", WORDS) as vault:
        add_family(vault, name="x", on=date(2026, 11, 22))
    script = (
        "import sys\nfrom vigtool.cli.main import run, parse\n"
        f"general = ['--vault', {str(place / 'vault')!r}, '--passphrase-file', {str(place / 'words')!r}]\n"
        f"for line in [['film', 'add', {str(place / 'film.mp4')!r}, '--family', 'F-0001'], ['family', 'list']]:\n"
        "    assert run(parse(line + general)) == 0\n"
        "from vigtool.export.drawing import TextLine, ensure_gui, text_picture\n"
        "ensure_gui(); text_picture([TextLine('You waited. انتظرتِ')], 400, 32)\n"
        "assert 'PySide6.QtGui' in sys.modules\n"
        "assert 'PySide6.QtWidgets' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
