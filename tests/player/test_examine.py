"""Looking at a film in another process: the same facts, and no way to do harm."""

from __future__ import annotations

import io
import json
import os
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

import makers
from makers import Film
from vigtool.errors import Cancelled, EmptyFilm, FilmError, FilmMissing, FilmTooDemanding, FilmUnreadable, NotAFilm
from vigtool.player import examine as module
from vigtool.player.damage import Damage
from vigtool.player.examine import examine
from vigtool.player.frame_index import FrameIndex
from vigtool.player.look import look_at
from vigtool.player.probe import film_facts
from vigtool.player.problems import Problem


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / 'Ella\'s "film" $(rm) ünï \n.mp4'
    path.write_bytes(makers.make(Film(sound=True, rotation=90)))
    return path


def test_it_finds_out_what_looking_here_does(film: Path) -> None:
    here = look_at(makers.opener(film.read_bytes()))
    facts, index = examine(film)
    assert facts == film_facts(here.index, here.audio, here.damage)
    assert index.to_bytes() == here.index.to_bytes()
    with film.open("rb") as opened:
        assert examine(opened)[1].fingerprint == index.fingerprint
        assert not opened.closed


def test_progress_reaches_its_end(film: Path) -> None:
    seen: list[tuple[int, int]] = []
    examine(film, lambda done, total: seen.append((done, total)))
    assert seen[-1] == (1, 1)


def test_damage_is_told_in_the_same_words(tmp_path: Path) -> None:
    path = tmp_path / "film"
    path.write_bytes(makers.corrupted(makers.make(Film(container="matroska")), 2))
    here = look_at(makers.opener(path.read_bytes()))
    assert examine(path)[0].damage == here.damage.sentences != ()


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"Dear diary\n" * 50, NotAFilm), (makers.truncated(makers.make(Film()), 0.5), EmptyFilm), (b"", NotAFilm)],
)
def test_a_film_is_refused_by_name(tmp_path: Path, data: bytes, error: type[FilmError]) -> None:
    path = tmp_path / "film"
    path.write_bytes(data)
    with pytest.raises(error) as caught:
        examine(path)
    assert caught.value.hint
    assert "film" in caught.value.message
    assert str(tmp_path) not in str(caught.value)


def test_a_film_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(FilmMissing):
        examine(tmp_path / "gone")


def test_it_can_be_stopped_at_once(film: Path) -> None:
    began = time.monotonic()
    with pytest.raises(Cancelled):
        examine(film, cancelled=lambda: True)
    assert time.monotonic() - began < 5


def test_too_much_time_or_memory_ends_it(film: Path) -> None:
    with pytest.raises(FilmTooDemanding):
        examine(film, wall=0.0)
    if sys.platform == "linux":
        with pytest.raises((FilmTooDemanding, FilmUnreadable)):
            examine(film, memory=120 << 20)


@pytest.mark.parametrize(
    ("deed", "error"),
    [
        ("os.kill(os.getpid(), 11)", FilmUnreadable),
        ("os.abort()", FilmUnreadable),
        ("os.kill(os.getpid(), 9)", FilmTooDemanding),
        ("sys.exit(0)", FilmUnreadable),
        ("os.write(1, b'E' + struct.pack('>I', 9) + b'You won 1')", FilmUnreadable),
        ("os.write(1, b'E' + struct.pack('>I', 10) + b'NO_PICTURE')", FilmError),
        ("os.write(1, b'R' + struct.pack('>I', 4) + b'\\0\\0\\0\\0')", FilmUnreadable),
        ("os.write(1, b'R' + struct.pack('>I', 0xffffffff))", FilmUnreadable),
        ("os.write(1, b'P' + struct.pack('>I', 3) + b'abc')", FilmUnreadable),
        ("[os.write(1, b'Q' * 4000) for _ in range(9)]", FilmUnreadable),
    ],
)
def test_a_process_taken_over_says_nothing_that_is_believed(
    film: Path, monkeypatch: pytest.MonkeyPatch, deed: str, error: type[FilmError]
) -> None:
    monkeypatch.setattr(module, "_PROGRAM", f"import os, struct, sys; {deed}")
    with pytest.raises(error) as caught:
        examine(film)
    assert caught.value.message in {problem.value[1] for problem in Problem}


def spoilt(index: FrameIndex, **changes: object) -> bytes:
    """A result with other words in it."""
    facts: dict[str, object] = {"audio": None, "damage": Damage().plain()}
    head = json.dumps(facts | changes).encode()
    return struct.pack(">I", len(head)) + head + index.to_bytes()


def test_a_result_is_read_strictly(film: Path) -> None:
    index = look_at(makers.opener(film.read_bytes())).index
    read = module._parse
    assert read(spoilt(index))[0].audio is None
    sound = {"stream": 1, "codec": "aac", "rate": 48_000, "channels": 2, "start": [1, 3]}
    told = read(spoilt(index, audio=sound))[0].audio
    assert told is not None
    assert told.channels == 2
    for bad in (
        {"audio": sound | {"codec": "<b>aac</b>"}},
        {"audio": sound | {"rate": -1}},
        {"audio": sound | {"start": [1, 0]}},
        {"audio": 7},
        {"damage": {"lost": "many"}},
        {"damage": None},
    ):
        with pytest.raises((ValueError, KeyError, TypeError, ArithmeticError)):
            read(spoilt(index, **bad))


def test_the_frames_of_another_film_are_not_believed(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = look_at(makers.opener(makers.make(Film(frames=7)))).index
    run = module._Child.run

    def lying(child: module._Child, report: Callable[[int, int], None], cancelled: Callable[[], bool]) -> bytes:
        run(child, report, cancelled)
        return spoilt(other)

    monkeypatch.setattr(module._Child, "run", lying)
    with pytest.raises(FilmUnreadable):
        examine(film)


def test_the_process_knows_no_name_and_holds_nothing(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither its command line nor its environment names the film or carries what ours does."""
    monkeypatch.setenv("VIGTOOL_PASSPHRASE_FILE", "secret place")
    with patch("vigtool.player.examine.subprocess.Popen", wraps=subprocess.Popen) as spy:
        examine(film)
    command: list[str] = spy.call_args.args[0]
    environment: dict[str, str] = spy.call_args.kwargs["env"]
    assert not any("Ella" in word or str(film.parent) in word for word in command)
    assert not any("VIGTOOL" in name or "secret" in value for name, value in environment.items())


def test_nothing_is_written_and_nothing_is_left_running(film: Path, own_home: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in film.parent.iterdir()}
    examine(film)
    assert {path: path.stat().st_mtime_ns for path in film.parent.iterdir()} == before
    assert not list(own_home.iterdir())
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    assert not [thread for thread in threading.enumerate() if "_listen" in thread.name]


def test_every_problem_is_known_by_its_sentence() -> None:
    for problem in Problem:
        assert Problem.of(problem.error()) is problem
    assert Problem.of(Cancelled()) is None


def test_a_file_without_a_number_is_no_film_to_hand_over() -> None:
    with pytest.raises((OSError, io.UnsupportedOperation)):
        examine(io.BytesIO(b"x"))
