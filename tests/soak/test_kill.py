"""The battery dies while a mark is made and a film is brought in: whatever was acknowledged is there afterwards."""

from __future__ import annotations

import os
import queue
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

import makers
from vigtool.annotate.mark import Mark
from vigtool.casework.family import Role
from vigtool.casework.film import Film
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.practice.families import PersonWords, add_family
from vigtool.practice.films import FilmWords, bring_in
from vigtool.practice.marking import marks_of
from vigtool.practice.opening import check_vault, open_vault
from vigtool.practice.records import values
from vigtool.vault.vault import Vault

WORKER = Path(__file__).parent / "kill_worker.py"
WORDS = "six words that nobody would guess here"
SHORT_ROUNDS = 6
LONG_ROUNDS = int(os.environ.get("VIGTOOL_KILL_ROUNDS", "100"))


@dataclass
class Ground:
    """A vault with one film, and the file that is brought in again and again."""

    folder: Path
    family: str
    film: str
    file: Path


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    from datetime import date

    file = tmp_path / "film.mp4"
    file.write_bytes(makers.make(makers.Film(frames=60, gop=30)))
    vault = Vault.create(tmp_path / "vault", WORDS, cost=LEAST_COST)
    with vault:
        people = [PersonWords(name="A", role=Role.PARENT), PersonWords(name="B", role=Role.BABY)]
        family = add_family(vault, name="A and B", people=people, on=date(2026, 11, 22)).family
        film = bring_in(vault, file, family.id, FilmWords())
    return Ground(tmp_path / "vault", family.id, film.id, file)


@contextmanager
def worker(ground: Ground, *, early: bool) -> Iterator[tuple[subprocess.Popen[str], queue.Queue[str]]]:
    words = [str(ground.folder), WORDS, ground.family, ground.film, str(ground.file), str(int(early))]
    process = subprocess.Popen([sys.executable, str(WORKER), *words], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            lines.put(line.strip())

    reading = threading.Thread(target=read)
    reading.start()
    try:
        yield process, lines
    finally:
        process.kill()
        process.wait()
        reading.join()
        process.stdout.close()


def round_of_killing(ground: Ground, rng: np.random.Generator, *, early: bool = False) -> tuple[set[str], set[str]]:
    """Let it work until some marks are acknowledged, then kill it just after it began a write. What it acknowledged."""
    wanted = int(rng.integers(2, 26))  # the first of them is acknowledged before the last begins
    with worker(ground, early=early) as (process, lines):
        said: list[str] = []
        while sum(line.startswith("begin") for line in said) < wanted:
            said.append(lines.get(timeout=60))
        time.sleep(float(rng.uniform(0, 0.006)))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        time.sleep(0.02)
    while not lines.empty():
        said.append(lines.get())
    marks = {line.split()[1] for line in said if line.startswith("mark ")}
    return marks, {line.split()[1] for line in said if line.startswith("film ")}


def lost_after(ground: Ground, marks: set[str], films: set[str]) -> set[str]:
    """Open the vault again as the next start would; what was acknowledged and is not there. Also: nothing left over."""
    opened = open_vault(ground.folder, WORDS)
    with opened.vault as vault:
        there = {mark.id for mark in marks_of(vault, ground.film)}
        found = {film.id for film in values(vault, Film)}
        kept = {film.footage.file for film in values(vault, Film)}
        assert vault.all(Mark) is not None
    leftovers = [p for p in (ground.folder / "footage").rglob("*") if p.is_file() and p.stem not in kept]
    assert leftovers == [], "files that nothing refers to"
    return (marks - there) | (films - found)


def rounds(ground: Ground, count: int, seed: int) -> tuple[list[int], int]:
    rng = np.random.default_rng(seed)
    acknowledged: list[int] = []
    lost = 0
    all_marks: set[str] = set()
    all_films: set[str] = set()
    for _ in range(count):
        marks, films = round_of_killing(ground, rng)
        acknowledged.append(len(marks) + len(films))
        all_marks |= marks
        all_films |= films
        lost += len(lost_after(ground, all_marks, all_films))
    with open_vault(ground.folder, WORDS).vault as vault:
        assert check_vault(vault) == []
    return acknowledged, lost


def test_nothing_acknowledged_is_lost(ground: Ground) -> None:
    acknowledged, lost = rounds(ground, SHORT_ROUNDS, secrets.randbits(32))
    assert sum(acknowledged) > 0
    assert lost == 0


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_nothing_acknowledged_is_lost_in_many_rounds(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    acknowledged, lost = rounds(ground, LONG_ROUNDS, 2026)
    with capsys.disabled():
        print(f"\nkill -9: {LONG_ROUNDS} rounds, acknowledged per round {acknowledged}, lost {lost}")
    assert min(acknowledged) > 0
    assert lost == 0


def test_acknowledging_too_early_is_found_out(ground: Ground) -> None:
    """The planted fault: saying "kept" before the commit loses marks that were acknowledged."""
    rng = np.random.default_rng(11)
    for _ in range(25):
        marks, films = round_of_killing(ground, rng, early=True)
        if lost_after(ground, marks, films):
            return
    pytest.fail("a mark acknowledged before its commit was never missed")
