"""A worker that has everything imported, and divides: each child does one flow, and is killed or starved amid it.

    python tests/soak_zygote.py

Each line of standard input is a JSON object: `flow`; `root`, the ground's folder; `skip`, a map of system calls to how
often each is made in vain before the flow begins, so that a tracer that counts calls meets the flow's n-th; `plant`,
one of the faults below, for tests of the tests; `stretched`, see `soak_ground`. Standard output has lines `pid N`, then
what the child says (`begun`, `said …`, `error NAME`, `bug …`, `done`), then `end STATUS`; all are written by writev,
which no tracer breaks.
"""

from __future__ import annotations

import gc
import itertools
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from soak_flows import FLOWS
from soak_ground import STRETCHED, Ground, stretch_once
from vigtool.crypto import keyslot
from vigtool.errors import VigtoolError


def tell(line: str) -> None:
    os.writev(1, [f"{line}\n".encode()])


def in_vain(calls: Mapping[str, int]) -> None:
    """Make system calls that do nothing."""
    nothing = os.open("/dev/null", os.O_WRONLY)
    makers: dict[str, Callable[[], object]] = {
        "write": lambda: os.write(nothing, b"x"),
        "pwrite64": lambda: os.pwrite(nothing, b"x", 0),
        "fsync": lambda: os.fsync(nothing),
        "fdatasync": lambda: os.fdatasync(nothing),
        "ftruncate": lambda: os.ftruncate(nothing, 0),
        "rename": lambda: Path("/nowhere/a").rename("/nowhere/b"),
    }
    for name, count in calls.items():
        for _ in range(count):
            with suppress(OSError):
                makers[name]()


def without_fsync_of_folders() -> None:
    """The planted fault: names that are not on the disk yet when it is said that they are."""
    from vigtool.vault import folder, footage

    for module in (folder, footage):
        module.sync_folder = lambda _: None  # type: ignore[attr-defined]  # a fault on purpose


def without_synchronous() -> None:
    """The planted fault: SQLite says that it has kept what the disk has not yet."""
    from vigtool.vault import sqlite_engine

    sqlite_engine.PRAGMAS["synchronous"] = 0


def without_fsync_of_films() -> None:
    """The planted fault: a film's bytes are not on the disk when its record is."""
    from vigtool.vault import footage_passes

    class Careless:
        def __getattr__(self, name: str) -> Any:
            return (lambda _: None) if name == "fsync" else getattr(os, name)

    vars(footage_passes)["os"] = Careless()


def said_too_early() -> None:
    """The planted fault: "kept" is said before the commit."""
    from vigtool.vault import storage

    real = storage.Storage.writing

    def writing(self: Any) -> Any:
        tell("said mark " + "ab" * 16)
        return real(self)

    storage.Storage.writing = writing  # type: ignore[method-assign]  # a fault on purpose


def without_names() -> None:
    """The planted fault: what the database says goes through as it is."""
    from vigtool.vault import storage

    storage.Storage._naming_errors = lambda _: nullcontext()  # type: ignore[method-assign,assignment,return-value]


def dying_at(statement: int) -> None:
    """Not a fault of the program: a battery that dies just before so many statements to the database were made."""
    made = itertools.count(1)

    @event.listens_for(Engine, "before_cursor_execute")
    def count(*_: object) -> None:
        if next(made) == statement:
            os.kill(os.getpid(), signal.SIGKILL)


PLANTS: dict[str, Callable[[], None]] = {
    "folders": without_fsync_of_folders,
    "synchronous": without_synchronous,
    "films": without_fsync_of_films,
    "early": said_too_early,
    "names": without_names,
}


def child(asked: dict[str, Any]) -> None:
    """Do one flow; never returns."""
    try:
        name, _, number = (asked.get("plant") or "").partition(" ")
        if name:
            PLANTS.get(name, lambda: dying_at(int(number)))()
        in_vain(asked.get("skip") or {})
        tell("begun")
        FLOWS[asked["flow"]].act(Ground(Path(asked["root"])), lambda line: tell(f"said {line}"))
        tell("done")
    except VigtoolError as error:
        tell(f"error {error.name}")
    except BaseException as error:  # noqa: BLE001 - whatever has no name is a fault of the program
        import traceback

        place = traceback.extract_tb(error.__traceback__)[-1]
        tell(f"bug {type(error).__name__} at {Path(place.filename).name}:{place.lineno}: {str(error)[:80]!r}")
    os._exit(0)


def main() -> None:
    vars(keyslot)["stretch"] = stretch_once
    gc.freeze()
    for line in sys.stdin:
        asked = json.loads(line)
        STRETCHED.update(asked["stretched"])
        pid = os.fork()
        if pid == 0:
            child(asked)
        tell(f"pid {pid}")
        _, status = os.waitpid(pid, 0)
        tell(f"end {status}")


main()
