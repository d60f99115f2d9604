"""What a command answers, and how it is said: plain lines, or one JSON document."""

from __future__ import annotations

import io
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, TextIO

from vigtool.cli.plain_text import for_json, for_terminal
from vigtool.errors import ConsentMissing, VigtoolError

Json = dict[str, Any] | list[Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found or made.

    Attributes:
        data: the JSON document.
        lines: the same for a person's eyes.
        good: whether what was looked at is as it should be; where it is not, the exit status is that of a failure.
    """

    data: Json
    lines: Sequence[str] = field(default_factory=tuple)
    good: bool = True


def say(answer: Answer, *, as_json: bool, out: TextIO | None = None) -> None:
    """Print an answer on standard output."""
    out = out or sys.stdout
    if as_json:
        print(_document(answer.data), file=out)
        return
    for line in answer.lines:
        print(for_terminal(line), file=out)


def said(answer: Answer, *, as_json: bool) -> bool:
    """Print an answer; whether all of it went out. Whoever listened may have gone, or the disk may be full."""
    try:
        say(answer, as_json=as_json)
        sys.stdout.flush()
    except OSError as failed:
        with suppress(OSError):  # what is still held back must not be tried again at the program's end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(failed, BrokenPipeError):
            print("vigtool: it was done, but the answer could not be written out", file=sys.stderr)
            print("   hint: look whether the disk it was sent to is full", file=sys.stderr)
        return False
    return True


def speak_unicode() -> None:
    """Names are in every script, also where the system still has one of few letters (Windows, into a file)."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def fault(error: Exception, *, as_json: bool) -> None:
    """Tell of a fault of the program: what kind and where, and nothing of what it had in its hands."""
    steps = [f"{PurePath(step.filename).name}:{step.lineno}" for step in traceback.extract_tb(error.__traceback__)]
    if as_json:
        known = {"error": "Fault", "message": "a fault of the program", "hint": type(error).__name__, "steps": steps}
        print(_document(known))
    print(f"vigtool: a fault of the program stopped this ({type(error).__name__})", file=sys.stderr)
    print(f"   hint: tell those who make it: {' '.join(steps)}", file=sys.stderr)


def fail(error: VigtoolError, *, as_json: bool) -> None:
    """Say what went wrong: one plain line and a hint on standard error, and the same as JSON where that was asked.

    Who has not agreed is named in the JSON and on a terminal, to whoever unlocked the vault. Standard error that goes
    anywhere else may be a log: there, ids stand for names.
    """
    if as_json:
        said: dict[str, Any] = {"error": error.name, "message": error.message, "hint": error.hint}
        if isinstance(error, ConsentMissing):
            said["reasons"] = list(error.reasons)
        print(_document(said))
    print(f"vigtool: {for_terminal(error.message)}", file=sys.stderr)
    hint = error.hint
    if isinstance(error, ConsentMissing) and not sys.stderr.isatty():
        hint = "; ".join(error.nameless)
    if hint:
        print(f"   hint: {for_terminal(hint)}", file=sys.stderr)


def _document(data: Json) -> str:
    return for_json(json.dumps(data, ensure_ascii=False, indent=2))


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
