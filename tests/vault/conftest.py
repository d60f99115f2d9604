"""The small vault, closed and open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import vault_case
from vault_case import PASSPHRASE, Case
from vigtool.vault.vault import Vault


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Case]:
    folder = tmp_path_factory.mktemp("made") / "vault"
    return folder, vault_case.build(folder)


@pytest.fixture
def case(made: tuple[Path, Case]) -> Case:
    return made[1]


@pytest.fixture
def folder(made: tuple[Path, Case], tmp_path: Path) -> Path:
    """A copy of the small vault, closed."""
    return vault_case.copy(made[0], tmp_path / "vault")


@pytest.fixture
def vault(folder: Path) -> Iterator[Vault]:
    """The same, open."""
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as opened:
        yield opened
