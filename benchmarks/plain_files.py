"""What the vault is measured beside: SQLite and files as a program without sealing would use them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from statistics import median
from typing import Any

import pysqlite3.dbapi2 as sqlite

from benchmarks.rounds import ratio
from benchmarks.table import Cell
from vigtool.vault.sqlite_engine import PRAGMAS


def database(file: Path) -> Any:
    """SQLite as the vault uses it, with one table of texts."""
    connection = sqlite.connect(os.fspath(file), isolation_level=None)
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}")
    connection.execute("CREATE TABLE IF NOT EXISTS mark (id BLOB PRIMARY KEY, layer BLOB, text TEXT)")
    connection.execute("CREATE INDEX IF NOT EXISTS mark_layer ON mark (layer)")
    return connection


def uncached(path: Path) -> int:
    """Have the system forget what it holds of a file, so that it is read from the disk; its size."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return path.stat().st_size


def copied_folder(folder: Path, to: Path) -> None:
    """A copy of a folder that is on the disk when this returns."""
    shutil.copytree(folder, to)
    for file in to.rglob("*"):
        if file.is_file():
            with file.open("rb") as opened:
                os.fsync(opened.fileno())


def compared(what: str, unit: str, scale: float, taken: dict[str, list[float]], beside: str) -> list[Cell]:
    """A row of times: the middle of each, and the middle ratio. `taken` has "vigtool" and "plain"."""
    ours, theirs = taken["vigtool"], taken["plain"]
    said = [f"{scale * median(values):.3g} {unit}" for values in (ours, theirs)]
    return [what, said[0], beside, said[1], ratio(ours, theirs)]
