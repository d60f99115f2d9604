"""What a command answers, and how it is said: plain lines, or one JSON document."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TextIO

from vigtool.errors import ConsentMissing, VigtoolError

Json = dict[str, Any] | list[Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found or made.

    Attributes:
        data: the JSON document.
        lines: the same for a person's eyes.
    """

    data: Json
    lines: Sequence[str] = field(default_factory=tuple)


def say(answer: Answer, *, as_json: bool, out: TextIO | None = None) -> None:
    """Print an answer on standard output."""
    out = out or sys.stdout
    if as_json:
        print(json.dumps(answer.data, ensure_ascii=False, indent=2), file=out)
        return
    for line in answer.lines:
        print(line, file=out)


def fail(error: VigtoolError, *, as_json: bool) -> None:
    """Say what went wrong: one plain line and a hint on standard error, and the same as JSON where that was asked."""
    if as_json:
        said: dict[str, Any] = {"error": error.name, "message": error.message, "hint": error.hint}
        if isinstance(error, ConsentMissing):
            said["reasons"] = list(error.reasons)
        print(json.dumps(said, ensure_ascii=False, indent=2))
    print(f"vigtool: {error.message}", file=sys.stderr)
    if error.hint:
        print(f"   hint: {error.hint}", file=sys.stderr)


def progress(what: str) -> Callable[[int, int], None]:
    """A reporter that keeps one line of standard error up to date; silent where that is no terminal."""
    if not sys.stderr.isatty():
        return lambda _done, _total: None
    shown = -1

    def report(done: int, total: int) -> None:
        nonlocal shown
        percent = 100 * done // total if total else 100
        if percent != shown:
            shown = percent
            end = "\n" if done >= total else ""
            print(f"\r{what}: {percent:3d} %", end=end, file=sys.stderr, flush=True)

    return report
