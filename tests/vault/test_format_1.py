"""The vault that a program of format 1 left is brought to the newest, on both engines, also where that is cut short."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config

from postgres import Server
from soak_flows import FLOWS, built, copied
from soak_ground import Ground, stretch_once
from soak_worker import Zygote, zygote
from vigtool.crypto import keyslot
from vigtool.vault.folder import VaultFolder
from vigtool.vault.postgres_engine import on_server
from vigtool.vault.storage import Storage
from vigtool.vault.upgrading import SCRIPTS

TABLES = (
    "vault", "device", "user_card", "keyslot", "domain_epoch", "domain_grant", "revision", "head", "footage", "audit"
)  # fmt: skip
"""Of format 1, those that others refer to first."""
PLACES_SHORT = 6


@pytest.fixture(autouse=True)
def _stretched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyslot, "stretch", stretch_once)


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Ground:
    """The vault of format 1, closed."""
    ground = built(tmp_path / "before", "upgrade")
    if request.param == "postgresql":
        put_on_server(ground, request.getfixturevalue("server"))
    return ground


@pytest.fixture
def worker() -> Iterator[Zygote]:
    with zygote() as running:
        yield running


def put_on_server(ground: Ground, server: Server) -> None:
    """Its tables on a server, as they would be if an older program had kept them there."""
    server.records(VaultFolder(ground.vault))
    say_where(ground, server)
    storage = Storage(on_server(ground.known["server"])(VaultFolder(ground.vault)))
    with storage.writing() as connection:
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    storage.close()
    kept = sqlite3.connect(ground.vault / "vault.db")
    with server.connect(server.database_of(ground.vault)) as there:
        for table in TABLES:
            found = kept.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in found.description]
            places = ", ".join(["%s"] * len(names))
            with there.cursor() as cursor:
                cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", found.fetchall())
        there.execute("SELECT setval(pg_get_serial_sequence('revision', 'n'), (SELECT max(n) FROM revision))")
    kept.close()
    for file in ground.vault.glob("vault.db*"):
        file.unlink()


def say_where(ground: Ground, server: Server) -> None:
    known = {**ground.known, "server": server.url(server.database_of(ground.vault))}
    (ground.root / "known.json").write_text(json.dumps(known), encoding="ascii")


def another(ground: Ground, to: Path, request: pytest.FixtureRequest) -> Ground:
    """A copy, records and all."""
    trial = copied(ground, to)
    if "server" in ground.known:
        server: Server = request.getfixturevalue("server")
        server.copy(ground.vault, trial.vault)
        say_where(trial, server)
    return trial


def test_it_is_upgraded_once_and_whole(old: Ground) -> None:
    said: list[str] = []
    FLOWS["upgrade"].act(old, said.append)
    FLOWS["upgrade"].act(old, said.append)
    assert said == ["upgraded True", "upgraded False"]
    assert FLOWS["upgrade"].whole(old, said) == []


def test_an_upgrade_that_is_killed_is_done_at_the_next_opening(
    old: Ground, worker: Zygote, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Killed just before one statement after another; some of them here, every one by `make soak`."""
    places = range(1, 400, 9)
    killed = killed_before(places, PLACES_SHORT, old, worker, tmp_path, request)
    assert killed >= 3


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_an_upgrade_that_is_killed_anywhere_is_done_at_the_next_opening(
    old: Ground, worker: Zygote, tmp_path: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    killed = killed_before(range(1, 400), 400, old, worker, tmp_path, request)
    with capsys.disabled():
        print(f"\nupgrade killed before each of {killed} statements: opened and whole each time")
    assert killed > 20


def killed_before(
    places: range, most: int, old: Ground, worker: Zygote, tmp_path: Path, request: pytest.FixtureRequest
) -> int:
    """How often it was killed: until it comes to its end before the statement that would be its last."""
    for number, place in enumerate(places[:most]):
        trial = another(old, tmp_path / f"trial-{place}", request)
        run = worker.end(worker.begin("upgrade", trial, plant=f"die {place}"))
        assert (run.error, run.bug) == ("", "")
        if run.done:
            return number
        assert FLOWS["upgrade"].whole(trial, run.said) == [], place
    return most


def test_half_an_upgrade_would_be_noticed(old: Ground, request: pytest.FixtureRequest) -> None:
    """The planted fault: one record of the older vault is lost on the way."""
    lost = min(old.known["heads"])
    if "server" in old.known:
        with psycopg.connect(old.known["server"], autocommit=True) as there:
            there.execute("DELETE FROM head WHERE id = %s", [bytes.fromhex(lost)])
            there.execute("DELETE FROM revision WHERE id = %s", [bytes.fromhex(lost)])
    else:
        kept = sqlite3.connect(old.vault / "vault.db")
        with kept:
            kept.execute("DELETE FROM head WHERE id = ?", [bytes.fromhex(lost)])
            kept.execute("DELETE FROM revision WHERE id = ?", [bytes.fromhex(lost)])
        kept.close()
    assert "a record of the older vault is lost" in FLOWS["upgrade"].whole(old, [])
