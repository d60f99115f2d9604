"""How the program calls itself again: not with whatever lies in the folder it was started in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from vigtool.ui.restart import PROGRAM, next_words


def test_the_folder_it_was_started_in_is_no_place_for_modules(tmp_path: Path) -> None:
    assert next_words(["/usr/bin"], lambda: tmp_path) == ["-P", *PROGRAM]
    assert next_words([], lambda: tmp_path) == ["-P", *PROGRAM]
    (tmp_path / "json.py").write_text("print('owned')", encoding="utf-8")
    words = next_words(["/usr/bin"], lambda: tmp_path)
    found = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, *words, "--version"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(found)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "owned" not in done.stdout
    assert "vigtool" in done.stdout


def test_who_chose_that_folder_keeps_it(tmp_path: Path) -> None:
    assert next_words([str(tmp_path), "/usr/lib"], lambda: tmp_path) == PROGRAM
    assert next_words(["", "/usr/lib"], lambda: tmp_path) == PROGRAM
