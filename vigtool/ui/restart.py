"""Ending the program and beginning it again at its lock screen, so that nothing decrypted lives on in any process.

Where the system can, the process takes the new program in the place of the old one (execve): its memory is gone before
the new one begins, no thread and no child is left that could hold on to it, and whoever started the program still has
the one they started. On Windows a new process is started and this one ends.

The new program is told the vault's folder and nothing else, by its environment, which other users cannot read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QProcess, QProcessEnvironment

PROGRAM = ["-m", "vigtool"]
_SAFE_PATH = "-P"
_TAKES_OVER = os.name == "posix"
_FOLDER, _PASSPHRASE = "VIGTOOL_VAULT", "VIGTOOL_PASSPHRASE_FILE"


def next_environment(before: Mapping[str, str], folder: Path | None) -> dict[str, str]:
    """What the new program finds: as before, with the vault to open, and nothing that would open it by itself."""
    kept = {name: value for name, value in before.items() if name not in (_FOLDER, _PASSPHRASE)}
    return kept if folder is None else {**kept, _FOLDER: str(folder.absolute())}


def next_words(path: Sequence[str], here: Callable[[], Path]) -> list[str]:
    """How the interpreter is called for the new program.

    Without -P it would look for modules in the folder that it was started in first: a stick with films, say, on which
    somebody has put a json.py. Only who began it there with -m has chosen that folder for it.
    """
    with suppress(OSError):
        if PROGRAM[0] != "-m" or (path and path[0] in ("", str(here()))):
            return list(PROGRAM)
    return [_SAFE_PATH, *PROGRAM]


def restart(folder: Path | None) -> None:
    """Begin again; does not return where the process is taken over.

    Args:
        folder: the vault whose lock screen shall be shown; None for the first page.
    """
    environment = next_environment(os.environ, folder)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # a window program may have none
            stream.flush()
    words = next_words(sys.path, Path.cwd)
    if _TAKES_OVER:
        os.execve(sys.executable, [sys.executable, *words], environment)  # noqa: S606 - our own interpreter
    process = QProcess()
    process.setProgram(sys.executable)
    process.setArguments(words)
    wanted = QProcessEnvironment()
    for name, value in environment.items():
        wanted.insert(name, value)
    process.setProcessEnvironment(wanted)
    process.startDetached()
