"""A command loads what it needs and no more, and every command still stands in the help."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import makers
from vigtool.cli.main import COMMANDS, parse

HEAVY = {"sqlalchemy", "alembic", "cryptography", "PySide6"}


def loaded_after(*arguments: str) -> set[str]:
    script = (
        "import sys\nfrom vigtool.__main__ import main\n"
        "try:\n    status = main()\nexcept SystemExit as left:\n    status = left.code\n"
        "print(','.join(sys.modules), file=sys.stderr)\nsys.exit(status)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split(","))


def test_the_version_loads_neither_pictures_nor_records() -> None:
    assert not loaded_after("--version") & {*HEAVY, "numpy", "av", "cv2"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_no_memory_is_written_down_when_the_program_crashes(tmp_path: Path) -> None:
    script = (
        "import os, resource, sys\nmost = resource.getrlimit(resource.RLIMIT_CORE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (most, most))\n"
        "from vigtool.__main__ import main\nsys.argv = ['vigtool', 'probe', 'nothing']\nmain()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0], flush=True)\nos.abort()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stdout.splitlines()[-1:] == ["0"], done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_probe_loads_pictures_but_no_records_and_no_letters(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(makers.make(makers.Film(frames=10, gop=10)))
    loaded = loaded_after("probe", str(film))
    assert "numpy" in loaded
    assert not loaded & HEAVY


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse(["--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    for command, _, purpose in COMMANDS:
        assert f"    {command}" in said
        assert purpose in said


@pytest.mark.parametrize("command", [command for command, _, _ in COMMANDS])
def test_every_command_tells_its_own_options(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse([command, "--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith(f"usage: vigtool {command} ")
    assert "--passphrase-file" in said


def test_options_may_stand_before_a_command_or_after_it() -> None:
    before = parse(["--json", "--vault", "there", "probe", "film.mp4"])
    after = parse(["probe", "film.mp4", "--vault", "there", "--json"])
    assert vars(before) == vars(after)


@pytest.mark.parametrize("wrong", [["probe", "film.mp4", "--colour"], ["prob", "film.mp4"], ["mark"]])
def test_what_is_not_understood_is_wrong_usage(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse(wrong)
    assert left.value.code == 2
    assert "usage: vigtool" in capsys.readouterr().err
