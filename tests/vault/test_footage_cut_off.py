"""A program that was cut off while a film came in: the next opening clears up, and never more than that."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

import vault_case
from vault_case import PASSPHRASE, Case, announced, files
from vigtool.casework.film import Film
from vigtool.ids import new_id
from vigtool.vault import footage
from vigtool.vault.shapes import FilmStandIn, Swept
from vigtool.vault.vault import Vault

CHUNK = 65536


def test_what_a_run_that_was_cut_off_had_left_is_swept_up(folder: Path, case: Case) -> None:
    with Vault.open(folder, PASSPHRASE) as vault:
        assert vault.swept == Swept()
        before = files(vault)
        vault_case.seal(vault, b"sealed and never kept", case.family.id)
        part = folder / "footage" / "ab"
        part.mkdir(exist_ok=True)
        (part / f"{'ab' * 16}.part").write_bytes(b"half")
        stranger = folder / "footage" / "cd" / f"{'cd' * 16}.age"
        stranger.parent.mkdir(exist_ok=True)
        stranger.write_bytes(b"age-encryption.org/v1\n of an older vault.db")
        (folder / "footage" / "notes.txt").write_bytes(b"not ours")
    with Vault.open(folder, PASSPHRASE) as vault:
        assert vault.swept == Swept(parts=1, unfinished=1, strangers=1)
        assert announced(vault) == 0
        assert (folder / "footage" / "orphans" / stranger.name).exists()
        assert files(vault) == sorted([*before, "notes.txt", "orphans", stranger.name])
        with footage.opener(vault, case.film.footage, case.family.id)() as opened:
            assert opened.read() == case.bytes
    with Vault.open(folder, PASSPHRASE) as vault:
        assert vault.swept == Swept(), "a stranger is set aside once"


DIE = """
import io, os, signal, sys
from operator import attrgetter
from pathlib import Path
import vigtool.vault.footage as footage
from vigtool.vault.vault import Vault

folder, family, point, passphrase = sys.argv[1:]
vault = Vault.open(Path(folder), passphrase)

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

if point == "commit":
    Vault._witness = die
else:
    name, _, attribute = point.rpartition(".")
    setattr(attrgetter(name)(footage) if name else footage, attribute, die)
sealed = footage.seal_in(vault, io.BytesIO(bytes(200_000)), 200_000, family, lambda *_: None, lambda: False)
with vault.transaction("film add") as writer:
    writer.keep_footage(sealed, family)
"""


@pytest.mark.parametrize(
    "point", ["passes.seal", "passes.AgeWriter.close", "passes.check", "Path.rename", "sync_folder", "commit"]
)
def test_a_program_killed_at_any_point_of_bringing_in_leaves_nothing(folder: Path, case: Case, point: str) -> None:
    before = vault_case.fingerprint(folder / "footage")
    died = subprocess.run([sys.executable, "-c", DIE, folder, case.family.id, point, PASSPHRASE], check=False)
    assert died.returncode == -signal.SIGKILL
    with Vault.open(folder, PASSPHRASE) as vault:
        swept = (vault.swept.parts, vault.swept.unfinished, vault.swept.strangers)
        assert swept == {"passes.seal": (0, 0, 0), "sync_folder": (0, 1, 0), "commit": (0, 1, 0)}.get(point, (1, 0, 0))
        assert announced(vault) == 0
        assert vault_case.fingerprint(folder / "footage") == before
        assert [stored.value for stored in vault.all(Film)] == [case.film]
        vault_case.add_film(vault, b"the next one", case.family.id)


DIE_MAKING = """
import os, signal, sys
from pathlib import Path
from vigtool.vault import footage
from vigtool.vault.vault import Vault

folder, family, passphrase = sys.argv[1:]
vault = Vault.open(Path(folder), passphrase)

def make(out):
    out.write(bytes(300_000))
    assert any(Path(folder, "footage").rglob("*.part"))
    os.kill(os.getpid(), signal.SIGKILL)

footage.seal_made(vault, make, 1000, family, lambda: False)
"""


def test_a_program_killed_while_it_makes_something_leaves_nothing(folder: Path, case: Case) -> None:
    before = vault_case.fingerprint(folder / "footage")
    died = subprocess.run([sys.executable, "-c", DIE_MAKING, folder, case.family.id, PASSPHRASE], check=False)
    assert died.returncode == -signal.SIGKILL
    with Vault.open(folder, PASSPHRASE) as vault:
        assert vault.swept == Swept(parts=1)
        assert announced(vault) == 0
        assert vault_case.fingerprint(folder / "footage") == before


def test_a_stand_in_belongs_to_the_vault_like_a_film(folder: Path, case: Case) -> None:
    with Vault.open(folder, PASSPHRASE) as vault:
        kept = vault_case.seal(vault, b"small", case.family.id)
        record = FilmStandIn(id=new_id(), film=case.film.id, fingerprint=bytes(32), footage=kept, index=b"")
        with vault.transaction("careless") as writer:
            stored = writer.add(record)  # its file was never said to be kept
    with Vault.open(folder, PASSPHRASE) as vault:
        assert vault.swept == Swept(), "what a stand-in refers to is never swept up"
        assert announced(vault) == 0
        with vault.transaction("gone") as writer:
            writer.remove(vault.get(FilmStandIn, stored.id))
            writer.let_go(kept)
    with Vault.open(folder, PASSPHRASE) as vault:
        assert vault.swept == Swept(unfinished=1), "what nothing refers to any more is"
        assert not (folder / "footage" / kept.file[:2] / f"{kept.file}.age").exists()


def test_footage_a_film_refers_to_is_never_swept_up(folder: Path, case: Case) -> None:
    with Vault.open(folder, PASSPHRASE) as vault:
        film = vault_case.film_of(vault_case.seal(vault, b"kept by its film", case.family.id), case.family.id)
        with vault.transaction("careless") as writer:
            writer.add(film)
    with Vault.open(folder, PASSPHRASE) as vault:
        assert vault.swept == Swept()
        assert announced(vault) == 0
        with footage.opener(vault, film.footage, case.family.id)() as opened:
            assert opened.read() == b"kept by its film"


def test_an_older_database_costs_no_film(folder: Path, case: Case) -> None:
    """Somebody puts yesterday's vault.db back: today's film is unknown to it, and still there."""
    yesterday = (folder / "vault.db").read_bytes()
    with Vault.open(folder, PASSPHRASE) as vault:
        film = vault_case.add_film(vault, b"today", case.family.id)
        key = footage.footage_identity(vault, case.family.id)
    (folder / "vault.db").write_bytes(yesterday)
    with Vault.open(folder, PASSPHRASE) as vault:
        assert vault.swept.strangers == 1
        assert footage.footage_identity(vault, case.family.id) == key
    assert (folder / "footage" / "orphans" / f"{film.footage.file}.age").exists()
