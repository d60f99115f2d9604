"""The manners of the command line where something goes wrong: stops, faults, odd files, odd words, lost listeners."""

from __future__ import annotations

import getpass
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import makers
from vigtool.cli import film_commands, look_commands, reel_commands, vault_commands
from vigtool.cli.answer import Answer, said
from vigtool.cli.main import parse, run
from vigtool.cli.stopping import stoppable
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.vault.vault import Vault

WORDS = "six words that nobody would guess here"
Call = Callable[..., tuple[int, str, str]]

posix = pytest.mark.skipif(os.name != "posix", reason="signals, pipes and devices of POSIX")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    Vault.create(tmp_path / "vault", WORDS, cost=LEAST_COST).close()
    (tmp_path / "words").write_text(WORDS + "\n", encoding="utf-8")
    (tmp_path / "film.mp4").write_bytes(makers.make(makers.Film(frames=60, gop=30)))
    return tmp_path


@pytest.fixture
def call(place: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command on the vault with --json: exit status, standard output, standard error."""

    def command(*arguments: object) -> tuple[int, str, str]:
        general = ["--json", "--vault", place / "vault", "--passphrase-file", place / "words"]
        try:
            status = run(parse([str(word) for word in (*general, *arguments)]))
        except SystemExit as left:
            status = int(left.code or 0)
        told = capsys.readouterr()
        return status, told.out, told.err

    return command


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the surroundings ignore (nohup, a job in the background) is ignored by the program; here it shall hear."""
    monkeypatch.setattr(signal, "getsignal", lambda _number: signal.SIG_DFL)


def begin_family(call: Call) -> None:
    assert call("family", "add", "--name", "The Parks", "--parent", "Nadia", "--baby", "Mina")[0] == 0
    assert call("consent", "give", "--family", "F-0001", "--scope", "film,copy,therapy")[0] == 0


def stop(number: int) -> Callable[[str], Callable[[int, int], None]]:
    """A reporter of progress that asks the program to stop when it is first told something."""

    def made(_what: str) -> Callable[[int, int], None]:
        return lambda _done, _total: os.kill(os.getpid(), number)

    return made


@pytest.mark.usefixtures("heard")
@posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_stop_leaves_nothing_half_made_and_says_so(
    place: Path, call: Call, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    begin_family(call)
    number = getattr(signal, name)
    with monkeypatch.context() as patch:
        patch.setattr(film_commands, "progress", stop(number))
        status, out, err = call("film", "add", place / "film.mp4", "--family", "F-0001")
    assert (status, json.loads(out)["error"]) == (130, "Cancelled")
    assert "Traceback" not in err
    assert [path for path in (place / "vault" / "footage").rglob("*") if path.is_file()] == []
    film = json.loads(call("film", "add", place / "film.mp4", "--family", "F-0001")[1])["film"]
    mark = json.loads(call("mark", "add", "--film", film, "--from", "f1", "--to", "f30")[1])["mark"]
    reel = json.loads(call("reel", "new", film)[1])["reel"]
    assert call("reel", "add", reel, mark)[0] == 0
    (place / "stick").mkdir()
    monkeypatch.setattr(reel_commands, "progress", stop(number))
    status, out, _ = call("reel", "render", reel, "--out", place / "stick" / "blue.mp4")
    assert (status, json.loads(out)["error"]) == (130, "Cancelled")
    assert list((place / "stick").iterdir()) == []
    monkeypatch.setattr(vault_commands, "progress", stop(number))
    assert call("vault", "verify")[0] == 130


@posix
def test_what_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    ended = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        with stoppable() as asked:
            os.kill(os.getpid(), signal.SIGHUP)
            assert not asked()
            os.kill(os.getpid(), signal.SIGTERM)
            assert asked()
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, before)
        signal.signal(signal.SIGTERM, ended)


def test_a_fault_of_the_program_tells_where_and_nothing_else(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*_: object, **__: object) -> None:
        message = "Nadia in /home/someone"
        raise ZeroDivisionError(message)

    monkeypatch.setattr(film_commands, "opened", faulty)
    status, out, err = call("film", "list")
    assert (status, json.loads(out)["error"]) == (1, "Fault")
    assert "ZeroDivisionError" in err
    assert "film_commands.py:" in err
    assert not any(word in out + err for word in ("Nadia", "/home", "Traceback"))


@pytest.mark.parametrize("arguments", [["nonsense"], ["mark", "add"], ["film", "list", "--nonsense"]])
def test_wrong_usage_is_json_too_where_that_was_asked(call: Call, arguments: list[str]) -> None:
    status, out, err = call(*arguments)
    assert (status, json.loads(out)["error"]) == (2, "UsageError")
    assert err.startswith("vigtool: ")


@posix
def test_a_pipe_is_no_film(place: Path, call: Call) -> None:
    begin_family(call)
    os.mkfifo(place / "pipe")
    for words in (["probe", place / "pipe"], ["film", "add", place / "pipe", "--family", "F-0001"]):
        status, out, _ = call(*words)
        assert (status, json.loads(out)["error"]) == (1, "FilmMissing")
        assert "folder" not in out


def test_numbers_without_end_are_no_time(place: Path, call: Call) -> None:
    for at in ("9" * 5000, "f" + "9" * 5000, "9" * 5000 + ":00:00"):
        status, out, _ = call("frame", place / "film.mp4", at, "--out", place / "x.png")
        assert (status, json.loads(out)["error"]) == (2, "UsageError")


def test_what_is_named_by_nothing_is_not_passed_over(place: Path, call: Call) -> None:
    begin_family(call)
    assert call("film", "add", place / "film.mp4", "--family", "F-0001", "--session", "")[0] == 1
    assert json.loads(call("film", "list")[1]) == []
    film = json.loads(call("film", "add", place / "film.mp4", "--family", "F-0001")[1])["film"]
    assert call("consent", "give", "--family", "F-0001", "--scope", "")[0] == 2
    export = ["mark", "export", film, "--to", "Ruth", "--purpose", "therapy", "--out", place]
    for forms in ("", "csv,xlsx"):
        assert call(*export, "--format", forms)[0] == 2
        assert list(place.glob("marks-*")) == []
    assert len(json.loads(call(*export, "--format", "csv,csv")[1])) == 1


def test_a_passphrase_file_as_windows_writes_it(place: Path, call: Call) -> None:
    (place / "words").write_bytes(b"\xef\xbb\xbf" + WORDS.encode() + b"\r\n")
    assert call("family", "list")[0] == 0


def test_a_new_passphrase_is_typed_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter([WORDS, WORDS + "x"])
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: next(typed))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.delenv("VIGTOOL_PASSPHRASE_FILE", raising=False)
    assert run(parse(["vault", "create", str(tmp_path / "new")])) == 2
    assert not (tmp_path / "new").exists()
    assert "not the same" in capsys.readouterr().err


def test_it_is_said_whether_what_a_stop_left_is_gone(place: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_family(call)
    film = json.loads(call("film", "add", place / "film.mp4", "--family", "F-0001")[1])["film"]
    mark = json.loads(call("mark", "add", "--film", film, "--from", "f1", "--to", "f30")[1])["mark"]
    reel = json.loads(call("reel", "new", film)[1])["reel"]
    call("reel", "add", reel, mark)
    stick = place / "stick"
    stick.mkdir()

    def unplug(_what: str) -> Callable[[int, int], None]:
        def report(_done: int, _total: int) -> None:
            stick.rename(place / "away")
            raise OSError(5, "Input/output error")

        return report

    with monkeypatch.context() as patch:
        patch.setattr(reel_commands, "progress", unplug)
        assert call("reel", "render", reel, "--out", stick / "blue.mp4")[0] == 1
    assert "once that place can be reached" in call("family", "list")[2]
    (place / "away").rename(stick)
    assert "is cleaned up" in call("family", "list")[2]
    assert list(stick.iterdir()) == []
    assert call("family", "list")[2] == ""


@posix
def test_nobody_listens_any_more_or_the_disk_is_full() -> None:
    program = (
        "import sys; from vigtool.cli.answer import *; sys.exit(0 if said(Answer([1] * 9999), as_json=True) else 1)"
    )
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run([sys.executable, "-c", program], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"could not be written out" in done.stderr
    ends = os.pipe()
    os.close(ends[0])
    done = subprocess.run([sys.executable, "-c", program], stdout=ends[1], stderr=subprocess.PIPE, check=False)
    os.close(ends[1])
    assert (done.returncode, done.stderr) == (1, b"")


def test_names_of_every_script_go_out_wherever_they_go(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252"))
    parse(["probe", "film.mp4"])
    assert said(Answer({"name": "ملاك \udcff"}), as_json=True)
    assert json.loads(raw.getvalue()) == {"name": "ملاك \udcff"}


@pytest.mark.usefixtures("heard")
def test_the_look_at_a_film_can_be_stopped(place: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> None:
    monkeypatch.setattr(look_commands, "progress", stop(signal.SIGINT))
    assert call("probe", place / "film.mp4")[0] == 130
