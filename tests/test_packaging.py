"""Both kinds of install find what travels with the program: the checkout, and a wheel made from the source archive."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from vigtool import resources

ROOT = Path(__file__).parent.parent
LOOK = """
import sys
import vigtool
from vigtool import resources
from vigtool.annotate.scheme_file import built_in
print(vigtool.__file__)
print(resources.root())
print(len(built_in().codes), len(resources.names("icons", ".svg")))
"""


def what_it_finds(where: Path, folder: Path) -> tuple[str, str, str]:
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(where)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    program, root, counts = done.stdout.splitlines()
    return program, root, counts


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the source archive, not from the checkout."""
    source = tmp_path_factory.mktemp("source") / "vigtool"
    ignored = shutil.ignore_patterns(".venv", ".git", "__pycache__", ".mypy_cache", ".ruff_cache", "demo", "dist")
    shutil.copytree(ROOT, source, ignore=ignored)
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", str(source)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = (source / "dist").glob("*.whl")
    return made


def test_the_checkout_finds_its_resources(tmp_path: Path) -> None:
    _, root, counts = what_it_finds(ROOT, tmp_path)
    assert Path(root) == ROOT / "resources"
    assert min(map(int, counts.split())) > 20


def test_the_wheel_from_the_source_archive_finds_its_resources(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    program, root, counts = what_it_finds(installed, tmp_path)
    assert Path(program).is_relative_to(installed)
    assert Path(root).is_relative_to(installed)
    assert counts == what_it_finds(ROOT, tmp_path)[2]


def test_the_wheel_holds_the_licence_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "tools/", "benchmarks/"))]
    assert "vigtool/py.typed" in names


def test_a_resource_that_is_missing_is_not_made_up() -> None:
    with pytest.raises(FileNotFoundError):
        resources.read_text("schemes", "none.toml")
