"""Each write, sync, rename and cut of a file fails once, at every place of every flow: nothing kept is lost."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from soak_flows import FLOWS, Flow, built, copied
from soak_ground import Ground
from soak_worker import STRACE, Run, Zygote, zygote
from vigtool.errors import VigtoolError

CALLS = ("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename")
ERRORS = ("ENOSPC", "EIO", "ENOSPC+")
"""What a call fails with: once, or with a plus, it and every later one of its sort."""
SHORT = 1

needs_strace = pytest.mark.skipif(STRACE is None, reason="strace is not installed, or not allowed: it makes calls fail")


def counted(folder: Path, grounds: dict[str, Ground]) -> dict[str, dict[str, int]]:
    """How often each call is made in each flow."""
    assert STRACE is not None
    trace = folder / "trace"
    options = ["-f", "-qq", "--seccomp-bpf", "-e", f"trace=writev,{','.join(CALLS)}", "-s", "40", "-o", str(trace)]
    runs: dict[int, str] = {}
    with zygote([STRACE, *options]) as worker:
        for name, ground in grounds.items():
            run = worker.end(worker.begin(name, copied(ground, folder / f"counted-{name}")))
            assert (run.done, run.error, run.bug) == (True, "", "")
            runs[run.pid] = name
    calls: dict[str, Counter[str]] = {name: Counter() for name in grounds}
    begun: set[int] = set()
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        found = re.match(r"(\d+) +(\w+)\((.*)", line)
        if not found or (pid := int(found[1])) not in runs:
            continue
        if found[2] == "writev":
            begun |= {pid} if "begun" in found[3] else set()
        elif pid in begun:
            calls[runs[pid]][found[2]] += 1
    assert all(calls.values())
    return {name: dict(count) for name, count in calls.items()}


@dataclass(frozen=True)
class Failure:
    """The n-th call of one sort."""

    call: str
    number: int


def places(calls: dict[str, int], most: int | None) -> list[Failure]:
    """Every one; or some, drawn evenly."""
    every = [Failure(call, number) for call, count in sorted(calls.items()) for number in range(1, count + 1)]
    if most is None or len(every) <= most:
        return every
    begin = int.from_bytes(os.urandom(2), "big") % len(every)
    return [every[(begin + place * len(every) // most) % len(every)] for place in range(most)]


def tried(worker: Zygote, name: str, ground: Ground, call: str, in_vain: int, plant: str = "") -> tuple[Run, list[str]]:
    """Let it fail there, look at the ground, then do it again on a disk that is well."""
    flow = FLOWS[name]
    run = worker.end(worker.begin(name, ground, skip={call: in_vain}, plant=plant))
    wrong = [run.bug] if run.bug else []
    if run.error == "TracesLeft":
        run.said.append(flow.done)
    wrong += flow.whole(ground, run.said)
    if not run.done and not wrong and run.error != "TracesLeft":
        wrong += [f"done again: {bad}" for bad in again(flow, ground, run.said)]
    return run, wrong


def again(flow: Flow, ground: Ground, said: list[str]) -> list[str]:
    """Do it once more on a disk that is well."""
    more: list[str] = []
    try:
        flow.act(ground, more.append)
    except VigtoolError as error:
        return [f"{error.name}: {error.message}"]
    return flow.whole(ground, said + more)


def failing(
    folder: Path, names: Iterable[str], most: int | None, plant: str = ""
) -> tuple[dict[str, Counter[str]], list[str]]:
    """What became of each failure, by flow and name, and all that was wrong."""
    assert STRACE is not None
    wrong: list[str] = []
    grounds = {name: built(folder / "before", name) for name in names}
    calls = counted(folder, grounds)
    # A tracer is told once which call of a child fails: this one. Those before the flow's n-th are made in vain.
    far = 1 + max(count for counts in calls.values() for count in counts.values())
    became: dict[str, Counter[str]] = {name: Counter() for name in grounds}
    for error in ERRORS:
        how = f"error={error.rstrip('+')}:when={far}{'+' * error.count('+')}"
        inject = [part for call in CALLS for part in ("-e", f"inject={call}:{how}")]
        tracer = [STRACE, "-f", "-qq", "--seccomp-bpf", "-e", f"trace={','.join(CALLS)}", *inject, "-o", "/dev/null"]
        with zygote(tracer) as worker:
            for name, ground in grounds.items():
                for failure in places(calls[name], most):
                    trial = copied(ground, folder / "trial")
                    run, bad = tried(worker, name, trial, failure.call, far - failure.number, plant)
                    became[name][run.error or ("done all the same" if run.done else "died")] += 1
                    wrong += [f"{name}: {failure.call} {failure.number} {error}: {each}" for each in bad]
                    shutil.rmtree(trial.root)
    return became, wrong


NAMES = {"StorageFailed", "TracesLeft", "done all the same"}


@needs_strace
def test_a_disk_that_fails_loses_nothing(tmp_path: Path) -> None:
    became, wrong = failing(tmp_path, FLOWS, SHORT)
    assert wrong == []
    assert {name for counts in became.values() for name in counts} <= NAMES


@needs_strace
@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_a_disk_that_fails_anywhere_loses_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    became, wrong = failing(tmp_path, FLOWS, None)
    with capsys.disabled():
        for name, counts in became.items():
            print(f"\nfailing disk, {name}: {dict(counts)}", end="")
        print(f"\nlost or spoilt: {len(wrong)}")
    assert wrong == []
    assert {name for counts in became.values() for name in counts} <= NAMES


@needs_strace
def test_a_failure_without_a_name_is_found_out(tmp_path: Path) -> None:
    """The planted fault: errors of the database that nobody names."""
    _, wrong = failing(tmp_path, ["annotate"], 3, plant="names")
    assert any("OperationalError" in bad for bad in wrong)
