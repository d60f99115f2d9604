"""What is said when something goes wrong, and where the program's own faults go.

A named error becomes the words of a panel beside its thing. Anything else is a fault of the program: a report without
names, paths, notes or values is kept in memory, for the person to read and hand on if they wish; nothing of it is
written to disk or sent anywhere, and the log gets the report's number alone.
"""

from __future__ import annotations

import logging
import platform
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from types import TracebackType

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QCoreApplication

from vigtool import __version__
from vigtool.errors import VigtoolError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Notice:
    """The words of an error panel.

    Attributes:
        title: what happened.
        kept: what was kept; may be empty.
        hint: what to do next; may be empty.
    """

    title: str
    kept: str = ""
    hint: str = ""

    @property
    def spoken(self) -> str:
        """All of it as one text, for a screen reader."""
        return " ".join(part for part in (f"{self.title}.", self.kept, self.hint) if part)


@dataclass(frozen=True, slots=True)
class Report:
    """A fault of the program, told without anything that was typed or filmed.

    Attributes:
        number: counted from 1 since the program started.
        text: the kind of each exception and the program's own lines it passed through.
    """

    number: int
    text: str


class Faults:
    """The reports since the program started, and the hooks that make them."""

    def __init__(self) -> None:
        self.reports: list[Report] = []
        self._listeners: list[Callable[[Report], None]] = []
        self._lock = threading.Lock()

    def listen(self, listener: Callable[[Report], None]) -> None:
        """Call `listener` with each report, on the thread on which the fault was seen."""
        self._listeners.append(listener)

    def keep(self, error: BaseException) -> Report:
        """Make and keep a report of `error`."""
        with self._lock:
            report = Report(len(self.reports) + 1, describe(error))
            self.reports.append(report)
        log.error("fault %d of this run: %s", report.number, type(error).__name__)
        for listener in self._listeners:
            listener(report)
        return report

    def install(self) -> None:
        """Take everything that nobody caught, on every thread."""
        sys.excepthook = self._hook
        threading.excepthook = lambda caught: self._hook(caught.exc_type, caught.exc_value, caught.exc_traceback)

    def _hook(self, kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
        if error is not None and not issubclass(kind, KeyboardInterrupt):
            self.keep(error)


def describe(error: BaseException) -> str:
    """A report's text: kinds of exceptions and places in the code. No message, no value, no path."""
    lines = [f"vigtool {__version__} · Python {platform.python_version()} · Qt {qt_version} · {platform.system()}"]
    shown: BaseException | None = error
    while shown is not None:
        lines.append(type(shown).__name__)
        trace = shown.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            module = trace.tb_frame.f_globals.get("__name__", PurePath(code.co_filename).stem)
            lines.append(f"  {module}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        shown = shown.__cause__ or (None if shown.__suppress_context__ else shown.__context__)
    return "\n".join(lines)


def words_of(error: BaseException, *, kept: str = "") -> Notice:
    """What a panel says of `error`. `kept` is the sentence of the place that knows what was kept.

    A fault of the program gets words that do not blame the person; its report is the caller's to keep.
    """
    if isinstance(error, VigtoolError):
        return Notice(_sentence(error.message), _sentence(kept, full=True), _sentence(error.hint, full=True))
    say = QCoreApplication.translate
    return Notice(
        say("Notices", "Something in the program went wrong"),
        _sentence(kept or say("Notices", "what was saved is kept"), full=True),
        say("Notices", "Try again. A report without names or film is under Help, if you wish to hand it on."),
    )


def _sentence(text: str, *, full: bool = False) -> str:
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if not full or text.endswith((".", "!", "?", "…")) else text + "."
