"""The ladder holds, and each rule of it was seen to catch the fault it is there for."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "vigtool"
LONGEST_FILE = 300

FAULTS = [
    ("ladder", "annotate/planted.py", "import vigtool.vault.vault"),
    ("ladder", "player/planted.py", "import vigtool.annotate.mark"),
    ("ladder", "export/planted.py", "import vigtool.vault.vault"),
    ("ladder", "practice/planted.py", "import vigtool.ui.theme"),
    ("ladder", "unplaced.py", ""),
    ("screenless", "cli/planted.py", "import vigtool.ui.theme"),
    ("qt", "player/planted.py", "from PySide6.QtCore import QObject"),
    ("qt", "export/planted.py", "from PySide6.QtWidgets import QWidget"),
    ("av", "ui/planted.py", "import av"),
    ("opencv", "ui/planted.py", "import cv2"),
    ("sql", "practice/planted.py", "import sqlalchemy"),
    ("ciphers", "vault/planted.py", "import cryptography"),
    ("meter", "ui/planted.py", "import zxcvbn"),
    ("squares", "practice/planted.py", "import segno"),
    ("keys", "practice/planted.py", "import vigtool.crypto.keys"),
    ("acts", "cli/planted.py", "import vigtool.vault.writing"),
    ("acts", "ui/planted.py", "import vigtool.export.handover"),
    ("plain", "casework/planted.py", "import numpy"),
]


def contracts() -> dict[str, str]:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {entry["id"]: entry["name"] for entry in declared["tool"]["importlinter"]["contracts"]}


def broken_contracts(tree: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree), "COLUMNS": "400"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts: " in done.stdout, done.stdout + done.stderr
    return [name for name, words in contracts().items() if f"{words} BROKEN" in done.stdout]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    shutil.copytree(PACKAGE, tmp_path / "vigtool", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept(tree: Path) -> None:
    assert broken_contracts(tree) == []


def test_every_contract_has_a_fault_planted_against_it() -> None:
    assert {name for name, _, _ in FAULTS} == set(contracts())


@pytest.mark.parametrize(("contract", "place", "line"), FAULTS)
def test_a_planted_fault_breaks_its_contract(tree: Path, contract: str, place: str, line: str) -> None:
    (tree / "vigtool" / place).write_text(f'"""Planted."""\n{line}\n', encoding="utf-8")
    assert contract in broken_contracts(tree)


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def test_widgets_live_in_ui_alone() -> None:
    """import-linter cannot name sub-packages of a foreign package; the syntax tree can."""
    outside = [path for path in modules() if "PySide6.QtWidgets" in imports_of(path) and "ui" not in path.parts]
    assert outside == []
    drawing = {name for name in imports_of(PACKAGE / "export" / "drawing.py") if name.startswith("PySide6.")}
    assert {".".join(name.split(".")[:2]) for name in drawing} <= {"PySide6.QtCore", "PySide6.QtGui"}


def file_dialogs(paths: Iterable[Path]) -> list[Path]:
    """Modules that ask for a file with a dialog of their own, which remembers what was chosen."""
    asking = {path for path in paths if any(name.endswith("QFileDialog") for name in imports_of(path))}
    return sorted(asking - {PACKAGE / "ui" / "choosing.py"})


def test_only_choosing_asks_for_files_and_it_leaves_no_trace(tmp_path: Path) -> None:
    assert file_dialogs(modules()) == []
    planted = tmp_path / "asking.py"
    planted.write_text("from PySide6.QtWidgets import QFileDialog, QWidget\n", encoding="utf-8")
    assert file_dialogs([planted, PACKAGE / "ui" / "choosing.py"]) == [planted]


def test_no_module_makes_temporary_files() -> None:
    assert [path for path in modules() if "tempfile" in imports_of(path)] == []


def test_files_can_be_held_in_mind() -> None:
    lengths = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}
    assert lengths[Path("vigtool/ui/main_window.py")] <= 250


def test_packages_export_nothing_of_their_own() -> None:
    """One imports from the module that defines a thing."""
    fat = [p for p in PACKAGE.rglob("__init__.py") if p.parent != PACKAGE and p.read_text(encoding="utf-8").strip()]
    assert fat == []
