"""The program is killed amid each act that changes much: what was acknowledged is there, and nothing is left over."""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from soak_flows import FLOWS, built, copied
from soak_ground import Ground
from soak_worker import Zygote, zygote

SHORT = 2
LONG = int(os.environ.get("VIGTOOL_SOAK_ROUNDS", "1000"))


def length_of(worker: Zygote, name: str, ground: Ground, folder: Path) -> float:
    """How long the flow takes when nobody cuts it short; the first time, much is still to be loaded."""
    lengths = []
    for number in range(2):
        trial = copied(ground, folder / f"trial-{number}")
        begin = time.monotonic()
        run = worker.end(worker.begin(name, trial))
        lengths.append(time.monotonic() - begin)
        assert (run.done, run.error, run.bug) == (True, "", "")
        assert FLOWS[name].whole(trial, run.said) == []
    return min(lengths)


def rounds(folder: Path, names: list[str], count: int, seed: int, plant: str = "") -> tuple[Counter[str], list[str]]:
    """Kill `count` times each flow; how often it was, what was acknowledged, and all that was wrong."""
    dice = np.random.default_rng(seed)
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    with zygote() as worker:
        for name in names:
            place = folder / name.replace(" ", "-")
            place.mkdir()
            ground = built(place / "base", name)
            length = length_of(worker, name, ground, place)
            for number in range(count):
                cut = copied(ground, place / str(number))
                run = worker.begin(name, cut, plant=plant)
                time.sleep(float(dice.uniform(0, length * 1.05)))
                worker.kill(run)
                worker.end(run)
                counts += Counter({f"{name}: killed": int(not run.done), f"{name}: acknowledged": len(run.said)})
                wrong += [f"{name}: {bad}" for bad in (run.bug, *FLOWS[name].whole(cut, run.said)) if bad]
                counts["rounds"] += 1
    return counts, wrong


def test_a_flow_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    counts, wrong = rounds(tmp_path, list(FLOWS), SHORT, int.from_bytes(os.urandom(4), "big"))
    assert wrong == []
    assert counts["rounds"] == SHORT * len(FLOWS)


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_flows_that_are_killed_many_times_lose_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts, wrong = rounds(tmp_path, list(FLOWS), -(-LONG // len(FLOWS)), 2026)
    with capsys.disabled():
        print(f"\nkill -9 amid flows: {dict(counts)}, lost or spoilt {len(wrong)}")
    assert wrong == []
    assert all(counts[f"{name}: killed"] for name in FLOWS), "none was always quicker than its end"


def test_what_was_said_too_early_is_missed(tmp_path: Path) -> None:
    """The planted fault: a mark is acknowledged before its commit."""
    _, wrong = rounds(tmp_path, ["annotate"], 3, 5, plant="early")
    assert any("lost" in bad for bad in wrong)
