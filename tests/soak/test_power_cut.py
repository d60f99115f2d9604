"""The power is cut: whatever the disk had not been made to keep may be gone, torn, or there before what came first.

What a worker does to its files is written down by strace; from that, possible states of the disk are made and opened.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from power_cut import SECTOR, Disk, State, sectors, states
from soak_flows import FLOWS, built, copied
from soak_ground import Ground
from soak_worker import STRACE, Run, zygote
from trace_reading import OPTIONS, Op, read_trace

SHORT = 6
LONG = int(os.environ.get("VIGTOOL_POWER_CUTS", "2000"))
"""States a flow."""

needs_strace = pytest.mark.skipif(
    STRACE is None, reason="strace is not installed, or not allowed: it writes down what is written"
)


@dataclass(frozen=True)
class Recorded:
    """What a flow did, and where it began."""

    name: str
    ground: Ground
    ops: list[Op]


def recorded(folder: Path, flows: list[tuple[str, str]]) -> Iterator[Recorded]:
    """Do flows, each with a planted fault or none."""
    assert STRACE is not None
    trace = folder / "trace"
    runs: list[tuple[str, Ground, Ground, Run]] = []
    with zygote([STRACE, *OPTIONS, "-o", str(trace)]) as worker:
        for name, plant in flows:
            ground = built(folder / "before" / plant, name)
            worked = copied(ground, folder / f"{name}-{plant}")
            runs.append((name, ground, worked, worker.end(worker.begin(name, worked, plant=plant))))
    for name, ground, worked, run in runs:
        assert (run.done, run.error, run.bug) == (True, "", "")
        ops = read_trace(trace, run.pid, worked.root)
        assert model_of(ground, ops) == there(worked), "the model knows what became of the files"
        yield Recorded(name, ground, ops)


def cut(folder: Path, flow: Recorded, most: int, seed: int) -> tuple[int, Counter[str]]:
    """Cut the power of a flow in many ways; how many, and what was wrong how often."""
    wrong: Counter[str] = Counter()
    made = states(flow.ground.root, flow.ops, np.random.default_rng(seed), most)
    for state in made:
        root = folder / "cut"
        wrong += Counter(opened(state, root, FLOWS[flow.name].whole))
        shutil.rmtree(root)
    return len(made), wrong


def opened(state: State, root: Path, whole: Callable[[Ground, list[str]], list[str]]) -> list[str]:
    state.put(root)
    try:
        return whole(Ground(root), list(state.said))
    except Exception as error:  # noqa: BLE001 - not to open is what is looked for, however that is said
        return [f"{type(error).__name__}: {error}"]


def model_of(ground: Ground, ops: list[Op]) -> dict[str, bytes]:
    """Every file, if no power is cut."""
    disk = Disk(ground.root)
    for op in ops:
        disk.do(op)
    state = next(state for number, state in enumerate(disk.states(np.random.default_rng(1), 0)) if number == 1)
    return {path: content for path, content in state.files.items() if content is not None and watched(path)}


def there(ground: Ground) -> dict[str, bytes]:
    files = {str(file.relative_to(ground.root)): file for file in ground.root.rglob("*") if file.is_file()}
    return {path: file.read_bytes() for path, file in files.items() if watched(path)}


def watched(path: str) -> bool:
    """The shared memory beside a database is mapped, never written: SQLite makes it anew after a cut."""
    return not path.endswith("-shm")


@needs_strace
def test_a_power_cut_loses_nothing(tmp_path: Path) -> None:
    seed = int.from_bytes(os.urandom(4), "big")
    for flow in recorded(tmp_path, [(name, "") for name in FLOWS]):
        assert cut(tmp_path, flow, SHORT, seed) == (SHORT, {}), flow.name


@needs_strace
@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_a_thousand_power_cuts_lose_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lost = Counter[str]()
    for flow in recorded(tmp_path, [(name, "") for name in FLOWS]):
        made, wrong = cut(tmp_path, flow, LONG, 2026)
        lost += wrong
        with capsys.disabled():
            print(
                f"\npower cuts, {flow.name}: {len(flow.ops)} ops, {made} states, lost or spoilt {sum(wrong.values())}"
            )
    assert lost == {}


PLANTED = {
    ("annotate", "synchronous"): "mark is lost",
    ("bring in", "folders"): "gone or cannot be read",
    ("bring in", "films"): "changed",
}


@needs_strace
def test_what_is_not_synced_is_found_out(tmp_path: Path) -> None:
    """The planted faults: SQLite that does not wait, a folder that is not synced, a film that is not."""
    for flow, sign in zip(recorded(tmp_path, list(PLANTED)), PLANTED.values(), strict=True):
        _, wrong = cut(tmp_path, flow, 12, 3)
        assert any(sign in bad for bad in wrong), (flow.name, sign, wrong)


def test_the_model_keeps_what_was_synced_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"old")
    ops = [
        Op("create", "new"), Op("write", "new", 0, b"a" * 9000), Op("rename", "new", to="name"),
        Op("write", "old", 1, b"LD"), Op("sync", "name"), Op("sync", "old"),
    ]  # fmt: skip
    disk = Disk(tmp_path)
    for op in ops:
        disk.do(op)
    nothing, everything, *_ = disk.states(np.random.default_rng(1), 0)
    assert nothing.files == {"old": b"oLD"}
    assert everything.files == {"old": b"oLD", "name": b"a" * 9000}
    disk.do(Op("sync", "."))
    disk.do(Op("unlink", "old"))
    nothing, everything, *_ = disk.states(np.random.default_rng(1), 0)
    assert nothing.files == {"old": b"oLD", "name": b"a" * 9000}
    assert everything.files == {"name": b"a" * 9000}


def test_the_model_tears_writes_at_the_borders_of_sectors(tmp_path: Path) -> None:
    cut = [(at, len(piece)) for at, piece in sectors(4000, bytes(9000))]
    assert cut == [(4000, 96), (4096, 4096), (8192, 4096), (12288, 712)]
    (tmp_path / "file").write_bytes(b"")
    disk = Disk(tmp_path)
    disk.do(Op("write", "file", 0, b"x" * 3 * SECTOR))
    lengths = {len((state.files["file"] or b"").strip(b"\0")) for state in disk.states(np.random.default_rng(1), 60)}
    assert lengths == {0, SECTOR, 2 * SECTOR, 3 * SECTOR}
    torn = {state.files["file"] for state in disk.states(np.random.default_rng(1), 60)}
    assert bytes(SECTOR) + b"x" * SECTOR in torn, "the later of two without the earlier"
