"""No process of the program leaves its memory on the disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
from vigtool.dumps import is_dumpable, write_no_dumps
before = is_dumpable()
write_no_dumps()
print(before, is_dumpable())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be asked")
def test_a_process_is_not_dumpable_once_it_said_so() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be asked")
def test_the_window_and_the_process_for_strange_films_say_so() -> None:
    for module in ("__main__", "player/examine_child"):
        text = (Path(__file__).parents[1] / "vigtool" / f"{module}.py").read_text(encoding="utf-8")
        assert "    write_no_dumps()\n" in text
