"""From the command to its answer, and from the command to the first window, in multiples of an empty Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks import footage
from benchmarks.rounds import ratio, take_turns
from benchmarks.table import Cell, Table

_ROUNDS: Final = 5
_EMPTY: Final = "python -c pass"

_EMPTY_WINDOW: Final = """
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
window = QWidget()
window.show()
window.grab()
"""

_WINDOW: Final = """
from vigtool.ui.application import make_application, make_window
from vigtool.ui.rooms import rooms
from vigtool.ui.vault_desk import VaultPractice
application = make_application()
window = make_window(VaultPractice(), rooms)
window.show()
application.processEvents()
window.grab()
window.close()
"""


def measure(films: Path, work: Path) -> Table:
    """Each command in a fresh process, in turns; the compiled modules of all of them are there already."""
    film = str(footage.film(films, footage.UNEVEN))
    python = sys.executable
    commands = {
        _EMPTY: [python, "-c", "pass"],
        "vigtool --version": [python, "-m", "vigtool", "--version"],
        "vigtool probe FILE": [python, "-m", "vigtool", "probe", film],
        "python -c import av, numpy": [python, "-c", "import av, numpy"],
        "vigtool, first window": [python, "-c", _WINDOW],
        "an empty Qt window": [python, "-c", _EMPTY_WINDOW],
    }
    if find_spec("vigtool.app") is None:
        del commands["vigtool, first window"]
    if shutil.which("ffprobe"):
        commands["ffprobe -count_packets FILE"] = ["ffprobe", "-v", "error", "-count_packets", "-show_streams", film]
    works: dict[str, Callable[[], object]] = {
        name: partial(_run, words, _surroundings(work)) for name, words in commands.items()
    }
    taken = take_turns(works, _ROUNDS, warm=1)
    rows: list[list[Cell]] = [
        [name, 1000 * median(values), ratio(values, taken[_EMPTY])] for name, values in taken.items()
    ]
    return Table(
        "From the command to its answer",
        ("command", "ms", "times an empty Python"),
        rows,
        [
            "a probe lists every frame of the film, in a child process of its own that may harm nothing",
            "the window is shown on Qt's offscreen platform and drawn once",
        ],
    )


def _run(words: list[str], surroundings: dict[str, str]) -> None:
    subprocess.run(
        words, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=surroundings,
    )  # fmt: skip


def _surroundings(work: Path) -> dict[str, str]:
    """The environment: settings of its own, no screen, and a place for compiled modules as an installed program has."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own = {name: str(work / "home") for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")}
    return {**kept, **own, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(work / "compiled")}
