"""A whole working day in the window, seen by the system: nothing readable is written, and nothing outlives the lock.

The day runs in a process of its own under strace. What is looked for: names, notes, captions, passphrases and file
names in every writing, the bytes of the film, and one frame of it, a known pattern. Where: in all that any process of
the program handed to the system, in the names of files, in arguments and environments, on everything a disk could
hold, and, once the vault is locked, in the memory of every process that still lives.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

import memory_of
import tracing
from canary_film import canary_film, canary_pixels
from leaks import FilmRuns, files_under, find_leaks, word_leaks, writings

DAY = Path(__file__).parent / "window_day.py"
ROOT = Path(__file__).parents[2]
WORDS = {
    "family": "Wéllington-Ñandú",
    "parent": "Quetzalcóatl-Mama",
    "baby": "مینا-ژاله-کوچک",
    "note": 'kettle-whistled-at-dawn "$HOME"',
    "place": "Hollyhock-Lane-Seventeen",
    "file": "IMG_Zanzibar_4711",
    "title": "kitchen-with-marmalade",
    "caption": "She-looked-up-and-laughed",
    "colleague": "Vera-Klingenthal-Oyelaran",
    "draft": "half-a-thought-of-lavender",
    "passphrase": "Zwölf Boxkämpfer jagen Viktor quer",
    "other": "another quite long passphrase of hers",
}
SECRET = list(WORDS.values())
PLACE = "+51.5007-000.1246/"
PATIENCE = 240

pytestmark = [
    pytest.mark.skipif(bool(tracing.missing()), reason=tracing.missing() or "it can be traced"),
    pytest.mark.timeout(900),
]


@dataclass
class House:
    """Everything a laptop's disk could hold, and a stick, onto which alone something readable may go."""

    root: Path

    def __getattr__(self, name: str) -> Path:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.root / name

    @property
    def disk(self) -> list[Path]:
        return [self.root / name for name in ("vault", "home", "temporary", "working")]

    def environment(self) -> dict[str, str]:
        dropped = ("XDG_", "VIGTOOL_", "DBUS_", "PYTEST_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
        return {
            **kept,
            "HOME": str(self.root / "home"),
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.root / "temporary")),
            "DAY_VAULT": str(self.root / "vault"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
        }


@pytest.fixture
def house(tmp_path: Path) -> House:
    for name in ("home", "temporary", "working", "stick"):
        (tmp_path / name).mkdir()
    return House(tmp_path)


@pytest.fixture(scope="module")
def film() -> bytes:
    return canary_film({"location": PLACE, "title": WORDS["title"], "make": "Canary Phone"})


@contextmanager
def day(house: House, film: bytes, *plants: str) -> Iterator[subprocess.Popen[bytes]]:
    """The traced day, begun; whatever of it still lives at the end is ended."""
    (house.stick / "words.json").write_text(json.dumps(WORDS), encoding="utf-8")
    (house.stick / f"{WORDS['file']}.mp4").write_bytes(film)
    words = [*tracing.command(house.root / "trace"), sys.executable, str(DAY), "begin", str(house.stick), *plants]
    with (house.root / "said").open("wb") as said:
        running = subprocess.Popen(
            words, cwd=house.working, env=house.environment(), stdout=said, stderr=said, start_new_session=True
        )
    try:
        yield running
    finally:
        for process in reversed(memory_of.family_of(running.pid)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        running.wait()


def wait_for(running: subprocess.Popen[bytes], house: House, ready: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not ready():
        assert running.poll() is None, (house.root / "said").read_text(encoding="utf-8", errors="replace")[-3000:]
        assert time.monotonic() < end, "the day does not go on"
        time.sleep(0.1)


def living(running: subprocess.Popen[bytes]) -> list[int]:
    """Every process of the program that lives; strace itself, which has read all of it, is none of them."""
    return [process for process in memory_of.family_of(running.pid) if process != running.pid]


def samples(film: bytes) -> dict[str, list[bytes]]:
    """Runs of 32 bytes from all over the film and its frame, such as stand nowhere else."""
    found: dict[str, list[bytes]] = {}
    for name, data in {"the film": film, **canary_pixels(film)}.items():
        step = len(data) // 12
        runs = [data[start : start + 32] for start in range(step, len(data) - 32, step)]
        found[name] = [run for run in runs if len(set(run)) >= 12]
        assert len(found[name]) > 3
    return found


def remembered(processes: list[int], film: bytes, words: list[str] = SECRET) -> list[str]:
    """What of it all stands in the memory, the arguments or the environment of these processes."""
    runs, found = samples(film), set()
    for process in processes:
        parts = [memory_of.environment(process), *memory_of.pieces(process)]
        for part in parts:
            found.update(word_leaks(part, words))
            found.update(name for name, known in runs.items() if any(run in part for run in known))
    return sorted(found)


def on_the_wire(house: House, film: bytes) -> list[str]:
    """What of it all was handed to the system, except onto the stick."""
    traffic = tracing.read(house.root / "trace")
    assert traffic.total > 500_000, "the trace holds no writes"
    assert any("vault.db" in target for target in traffic.written)
    pixels = FilmRuns(b"".join((film, *canary_pixels(film).values())))
    found = [f"a name: {leak}" for name in traffic.names if str(house.stick) not in name for leak in named(name)]
    found += [f"begun with: {leak}" for leak in word_leaks(b"\0".join(traffic.begun), SECRET)]
    for target, data in traffic.written.items():
        if target.startswith(str(house.stick)):
            continue
        for piece in (bytes(data), *tracing.inflated(data)):
            found += [f"{Path(target).name}: {leak}" for leak in word_leaks(piece, [*SECRET, PLACE])]
        if not target.startswith("pipe:"):  # the process that looks at a new film tells of it through one
            found += [f"{Path(target).name}: the film"] if pixels.found_in(bytes(data)) else []
        found += [f"{Path(target).name}: a picture"] * tracing.pictures(data)
    return found


def named(name: str) -> list[str]:
    return word_leaks(name.encode("utf-8", "surrogateescape"), SECRET)


def lock(running: subprocess.Popen[bytes], house: House) -> None:
    (house.stick / "lock").touch()
    wait_for(running, house, (house.stick / "locked").exists)


def test_a_day_leaves_nothing_readable_and_the_lock_ends_what_was_known(house: House, film: bytes) -> None:
    shared = in_shared_memory()
    with day(house, film) as running:
        wait_for(running, house, (house.stick / "working").exists)
        known = remembered(living(running), film, [WORDS["family"], WORDS["note"]])
        assert {leak.split(" as ")[0] for leak in known} >= {"word 0", "word 1", "the film"}, "the search finds nothing"
        lock(running, house)
        assert remembered(living(running), film) == []
        (house.stick / "unlock").touch()
        wait_for(running, house, (house.stick / "result.json").exists)
        assert running.wait(PATIENCE) == 0, (house.root / "said").read_text(encoding="utf-8", errors="replace")[-3000:]
    told = json.loads((house.stick / "result.json").read_text(encoding="utf-8"))
    tick = int((house.stick / "tick").read_text(encoding="ascii"))
    assert told == {"room": "film", "tick": tick, "family": True, "drafts": 1}
    assert on_the_wire(house, film) == []
    copy = (house.stick / "moments.mp4").read_bytes()
    shown = {"the film": b"".join((film, *canary_pixels(film).values())), "the copy": copy}
    everywhere = [*house.disk, house.stick / "backup"]
    assert find_leaks(everywhere, [*SECRET, PLACE], shown) == []
    assert [path for path in files_under(everywhere) if tracing.pictures(path.read_bytes())] == []
    assert not any(pattern in copy for word in [*SECRET, PLACE] for pattern in writings(word).values())
    assert not (house.vault / "vault.holder").exists()
    assert shared_leaks(shared) == []


SHARED = Path("/dev/shm")


def in_shared_memory() -> set[Path]:
    """What lies in the memory that looks like files, but for the servers of other tests."""
    return {path for path in SHARED.glob("*") if not path.name.startswith("vig-pg-")}


def shared_leaks(before: set[Path]) -> list[str]:
    """What stands in files that came there since."""
    found: list[str] = []
    for path in in_shared_memory() - before:
        with suppress(OSError):
            found += [f"{path}: {leak}" for leak in word_leaks(path.read_bytes(), SECRET)]
    return found


def test_three_planted_leaks_are_each_caught(house: House, film: bytes) -> None:
    with day(house, film, "file", "log", "memory") as running:
        wait_for(running, house, (house.stick / "working").exists)
        lock(running, house)
        kept = remembered(living(running), film)
        assert {leak.split(" as ")[0] for leak in kept} == {"word 3"}, "the note, in a process that outlived the lock"
    caught = on_the_wire(house, film)
    assert any(leak.startswith("etilqs_x: word 3 as utf-16-le") for leak in caught), "a temporary file"
    assert any(leak.startswith("said: word 0 ") for leak in caught), "a line in the log"
    assert {leak.split(":")[0] for leak in caught} == {"etilqs_x", "said"} | pipes(caught)
    assert find_leaks(house.disk, SECRET, {}) != []


def pipes(caught: list[str]) -> set[str]:
    """The pipe through which the planted process was told the note."""
    return {name for leak in caught if (name := leak.split(":")[0]).startswith(("pipe", "["))}


@pytest.mark.slow
def test_the_program_itself_stands_at_the_lock_screen_and_knows_nothing(house: House, film: bytes) -> None:
    """The same lock without the test's own second half: what is begun is `python -m vigtool`; it ends when asked."""
    with day(house, film, "bare") as running:
        wait_for(running, house, (house.stick / "working").exists)
        (worker,) = [process for process in living(running) if process != running.pid][:1]
        (house.stick / "lock").touch()
        wait_for(running, house, lambda: b"-m\0vigtool\0" in memory_of.environment(worker))
        time.sleep(20)
        assert f"VIGTOOL_VAULT={house.vault}".encode() in memory_of.environment(worker)
        assert remembered(living(running), film) == []
        os.kill(worker, signal.SIGTERM)
        assert running.wait(PATIENCE) == 0
    assert on_the_wire(house, film) == []
    assert not (house.vault / "vault.holder").exists()
