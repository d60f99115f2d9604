"""The memory of living processes, as the system lets root read it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PIECE = 1 << 24
_OVERLAP = 1 << 10


def family_of(root: int) -> list[int]:
    """A process and everybody who descends from it, as long as they live."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError, IndexError, ValueError):
                told = (folder / "stat").read_text()
                parents[int(folder.name)] = int(told[told.rindex(")") + 2 :].split()[1])
    found, before = {root}, 0
    while len(found) > before:
        before = len(found)
        found |= {process for process, parent in parents.items() if parent in found}
    return sorted(found)


def pieces(process: int) -> Iterator[bytes]:
    """All memory that a process could have written to, in pieces that overlap a little."""
    with Path(f"/proc/{process}/maps").open() as lines, Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in lines:
            where, rights, *_ = line.split()
            if not rights.startswith("rw") or "[vvar" in line:
                continue
            first, last = (int(edge, 16) for edge in where.split("-"))
            while first < last:
                with suppress(OSError, OverflowError):  # a part that is not there, or belongs to a device
                    memory.seek(first)
                    piece = memory.read(min(_PIECE, last - first)).strip(b"\0")  # most of it was never used
                    if piece:
                        yield piece
                first += _PIECE - _OVERLAP


def environment(process: int) -> bytes:
    """Arguments and environment that a process was begun with."""
    return b"".join(Path(f"/proc/{process}/{name}").read_bytes() for name in ("cmdline", "environ"))


def is_alive(process: int) -> bool:
    """Whether it still runs."""
    with suppress(OSError):
        os.kill(process, 0)
        return True
    return False
