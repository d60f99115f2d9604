"""The machine as the doctor sees it: files of the system, a few of its own programs, and nothing of the network."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_PATIENCE: Final = 20.0


def answer_of(words: Sequence[str]) -> str | None:
    """What a program of the system says; none where it is not there, fails, or takes too long."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed words, and at most the letter of a drive
            list(words), stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Where the doctor reads.

    Attributes:
        platform: as `sys.platform` names it.
        root: below it lie `proc`, `sys` and `dev`.
        environment: names of folders that services for copying files put there.
        home: of the person.
        ask: what a program of the system says, or none.
    """

    platform: str = sys.platform
    root: Path = Path("/")
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    home: Path = field(default_factory=Path.home)
    ask: Callable[[Sequence[str]], str | None] = answer_of

    @property
    def is_linux(self) -> bool:
        """Whether there is /proc to read."""
        return self.platform.startswith("linux")

    def text(self, *parts: str) -> str | None:
        """A small file of the system; none where it cannot be read."""
        try:
            return self.root.joinpath(*parts).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None

    def mounts(self) -> str:
        """Linux's list of what is mounted where; empty where there is none."""
        return self.text("proc", "self", "mountinfo") or ""


def nearest(folder: Path) -> Path:
    """The folder itself where it is there, else the nearest one above it that is, links followed."""
    found = folder.absolute()
    while not found.exists() and found != found.parent:
        found = found.parent
    return found.resolve()
