"""The small vault, closed and open, with its records where the test wants them: in its folder, or on a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import postgres
import users_case
import vault_case
from postgres import Server
from users_case import Service
from vault_case import PASSPHRASE, Case
from vigtool.vault import sqlite_engine
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault

ON_BOTH = {
    "test_audit",
    "test_backing_up",
    "test_backup_cut_off",
    "test_binding",
    "test_carrying",
    "test_epochs_told",
    "test_erased_films_back",
    "test_erased_on_disk",
    "test_erasing",
    "test_erasing_films",
    "test_erasures_listed",
    "test_forged_holds",
    "test_forged_lists",
    "test_forks",
    "test_founder",
    "test_keys_put_back",
    "test_lawful_histories",
    "test_leaving",
    "test_left_and_back",
    "test_log_memory",
    "test_records",
    "test_rekey",
    "test_rekey_ended",
    "test_roles_in_force",
    "test_restoring_backups",
    "test_sharing",
    "test_transactions",
    "test_together",
    "test_trust",
    "test_users",
    "test_verify",
}
"""Modules whose every test runs with its records on SQLite, and once more with them on PostgreSQL."""

PLACES = {"test_postgres": "postgresql"}
"""Where the records of other modules' vaults are, if not in their folder."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "place" in metafunc.fixturenames:
        module = metafunc.module.__name__.rpartition(".")[2]
        places = ["sqlite", "postgresql"] if module in ON_BOTH else [PLACES.get(module, "sqlite")]
        metafunc.parametrize("place", places, indirect=True, scope="session")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server for this run of tests."""
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed here: tools/setup.sh --tests brings it")
    with postgres.running() as running:
        yield running


@pytest.fixture(scope="session")
def place(request: pytest.FixtureRequest) -> Server | None:
    """The server that has the records; none where they lie in the vault's folder."""
    found: Server | None = request.getfixturevalue("server") if request.param == "postgresql" else None
    return found


@pytest.fixture(scope="session")
def made(place: Server | None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Case]:
    folder = tmp_path_factory.mktemp("made") / "vault"
    with pytest.MonkeyPatch.context() as patch:
        put_records(place, patch)
        return folder, vault_case.build(folder)


@pytest.fixture(autouse=True)
def records(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every vault of a test has its records in the place of the test, and takes them with it when it ends.

    A server that kept the databases of hundreds of tests would be too large to be searched whole.
    """
    place = request.getfixturevalue("place") if "place" in request.fixturenames else None
    put_records(place, monkeypatch)
    before = place.databases() if place else set()
    yield
    if place:
        place.drop(place.databases() - before)


def put_records(place: Server | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if place is not None:
        monkeypatch.setattr(sqlite_engine, "in_folder", place.records)
        monkeypatch.setattr(vault_case, "place", place)


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


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty folder to put backups in."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def fresh(tmp_path: Path, place: Server | None) -> Iterator[Vault]:
    """A vault that was never copied: nothing of it is in any other database of the server."""
    del place
    with Vault.create(tmp_path / "fresh", PASSPHRASE, cost=LEAST_COST, clock=vault_case.ticking) as vault:
        yield vault


@pytest.fixture(scope="session")
def built(place: Server | None, tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("service") / "vault"
    with pytest.MonkeyPatch.context() as patch:
        put_records(place, patch)
        return users_case.build(folder)


@pytest.fixture
def service(built: Service, tmp_path: Path) -> Service:
    """A copy of the vault of a small service, closed."""
    return built.copied(tmp_path / "service")
