"""Films go in sealed and come out as they were; whatever goes wrong on the way leaves nothing behind."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pyrage
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vault_case
from vault_case import PASSPHRASE, Case
from vigtool.casework.film import Film, SealedFootage
from vigtool.crypto.kem import KemKind
from vigtool.crypto.keys import DomainKey
from vigtool.errors import (
    Cancelled,
    FilmChanged,
    FilmMissing,
    NoKey,
    NoSuchRecord,
    SealBroken,
    StorageFailed,
    VaultDamaged,
    VaultError,
)
from vigtool.ids import new_id
from vigtool.vault import footage, schema
from vigtool.vault.shapes import FilmStandIn, Swept
from vigtool.vault.vault import Vault

CHUNK = 65536


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def files(vault: Vault) -> list[str]:
    return sorted(file.name for file in (vault.folder / "footage").rglob("*"))


def announced(vault: Vault) -> int:
    with vault.core.storage.reading() as connection:
        rows = connection.execute(schema.footage.select()).all()
    return len([row for row in rows if row.state == 1])


class Source(io.RawIOBase):
    """A film that does something unexpected after so many bytes."""

    def __init__(self, data: bytes, at: int, fault: OSError | None = None) -> None:
        super().__init__()
        self._data, self._at, self._fault, self._done = data, at, fault, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = len(self._data) if size is None or size < 0 else size
        piece = self._data[self._done : self._done + min(wanted, 9000)]
        self._done += len(piece)
        if self._fault and self._done > self._at:
            raise self._fault
        return piece


def test_films_come_out_as_they_went_in(vault: Vault, case: Case) -> None:
    for size in (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 200_001):
        goes_in_and_comes_out(vault, case, size)


def goes_in_and_comes_out(vault: Vault, case: Case, size: int) -> None:
    data = os.urandom(size)
    film = vault_case.add_film(vault, data, case.family.id)
    sealed = vault.get(Film, film.id).value.footage
    assert sealed.sha256 == hashlib.sha256(data).digest()
    with footage.opener(vault, sealed, case.family.id)() as opened:
        assert opened.read() == data
        assert opened.seek(0, os.SEEK_END) == size
    file = vault.folder / "footage" / sealed.file[:2] / f"{sealed.file}.age"
    assert file.stat().st_size == sealed.sealed_size
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_bytes().startswith(b"age-encryption.org/v1\n")
    if size > 64:
        assert data[:64] not in file.read_bytes()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(program=st.lists(st.tuples(st.integers(0, 200_000), st.integers(0, 100_000)), max_size=8))
def test_any_walk_through_a_film_is_that_of_the_file(vault: Vault, case: Case, program: list[tuple[int, int]]) -> None:
    plain = io.BytesIO(case.bytes)
    with footage.opener(vault, case.film.footage, case.family.id)() as opened:
        for place, size in program:
            opened.seek(place)
            plain.seek(place)
            assert opened.read(size) == plain.read(size)


def test_progress_counts_sealing_and_checking(vault: Vault, case: Case) -> None:
    said: list[tuple[int, int]] = []
    data = os.urandom(3_000_000)
    footage.seal_in(
        vault, io.BytesIO(data), len(data), case.family.id, lambda done, total: said.append((done, total)), bool
    )
    assert said == sorted(said)
    assert said[-1] == (6_000_000, 6_000_000)


@pytest.mark.parametrize("fault", [errno.EIO, errno.ENODEV, errno.ESTALE])
def test_a_source_that_fails_leaves_nothing(vault: Vault, case: Case, fault: int) -> None:
    before = files(vault)
    for at in (0, 1, CHUNK, 150_000):
        source: Any = Source(os.urandom(200_000), at, OSError(fault, "gone", "/media/card/DCIM/film.mp4"))
        with pytest.raises(FilmMissing) as refused:
            footage.seal_in(vault, source, 200_000, case.family.id, vault_case.silent, vault_case.never)
        assert "/media/card" not in f"{refused.value!r} {refused.value.__cause__!r}"
        assert (files(vault), announced(vault)) == (before, 0)
    vault_case.add_film(vault, b"the next one", case.family.id)


def test_a_film_of_another_size_than_it_had_leaves_nothing(vault: Vault, case: Case) -> None:
    before = files(vault)
    for size, real in ((100, 99), (100, 101), (CHUNK, CHUNK + 1), (1, 0)):
        source = io.BytesIO(bytes(real))
        with pytest.raises(FilmChanged):
            footage.seal_in(vault, source, size, case.family.id, vault_case.silent, vault_case.never)
        assert (files(vault), announced(vault)) == (before, 0)


def test_stopping_leaves_nothing(vault: Vault, case: Case) -> None:
    before, data = files(vault), bytes(2_500_000)
    for after in range(5):
        stop = vault_case.Stop(after)
        with pytest.raises(Cancelled):
            footage.seal_in(vault, io.BytesIO(data), len(data), case.family.id, vault_case.silent, stop)
        assert (files(vault), announced(vault)) == (before, 0)


def test_a_report_that_fails_leaves_nothing(vault: Vault, case: Case) -> None:
    def fail(done: int, total: int) -> None:
        raise KeyboardInterrupt

    before = files(vault)
    with pytest.raises(KeyboardInterrupt):
        footage.seal_in(vault, io.BytesIO(b"film"), 4, case.family.id, fail, vault_case.never)
    assert (files(vault), announced(vault)) == (before, 0)


CALLS = [
    "passes.os.fdopen",
    "passes.os.fsync",
    "passes.os.open",
    "sync_folder",
    "make_private_folder",
    "Path.rename",
    "Path.stat",
]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_disk_that_fails_leaves_nothing(
    vault: Vault, case: Case, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), "/a/path")

    before = files(vault)
    for call in CALLS:
        with monkeypatch.context() as patch:
            patch.setattr(f"vigtool.vault.footage.{call}", fail)
            with pytest.raises(StorageFailed) as refused:
                vault_case.seal(vault, bytes(200_000), case.family.id)
            assert "/a/path" not in f"{refused.value!r} {refused.value.__cause__!r}"
        assert (files(vault), announced(vault)) == (before, 0), call
    vault_case.add_film(vault, b"the next one", case.family.id)


class Full(io.BytesIO):
    """A disk that takes so many bytes and no more."""

    room = 0

    def write(self, data: Any, /) -> int:
        if self.tell() + len(data) > self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


def test_a_disk_that_fills_up_leaves_nothing(vault: Vault, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(handle: int, _: str) -> Full:
        os.close(handle)
        return Full()

    before = files(vault)
    for room in (0, 100, 1700, 70_000, 140_000, 200_000):
        with monkeypatch.context() as patch:
            patch.setattr(Full, "room", room)
            patch.setattr("vigtool.vault.footage_passes.os.fdopen", opened)
            with pytest.raises(StorageFailed, match="No space"):
                vault_case.seal(vault, bytes(200_000), case.family.id)
        assert (files(vault), announced(vault)) == (before, 0)


def test_no_room_is_said_before_anything_is_written(vault: Vault, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9 - 10**8, 10**8))
    with pytest.raises(StorageFailed, match=r"97 MB of room.*95 are free"):
        footage.seal_in(vault, io.BytesIO(), 99_000_000, case.family.id, vault_case.silent, vault_case.never)
    assert announced(vault) == 0


def test_a_disk_that_writes_something_else_is_found_out(
    vault: Vault, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def flip(handle: int) -> None:
        real(handle)
        part = next((vault.folder / "footage").rglob("*.part"), None)
        if part:
            data = bytearray(part.read_bytes())
            data[-20] ^= 1
            part.write_bytes(data)

    before = files(vault)
    with monkeypatch.context() as patch:
        patch.setattr("vigtool.vault.footage_passes.os.fsync", flip)
        with pytest.raises(SealBroken):
            vault_case.seal(vault, bytes(200_000), case.family.id)
    assert (files(vault), announced(vault)) == (before, 0)


def test_nothing_is_sealed_without_a_key_or_inside_a_transaction(vault: Vault, case: Case) -> None:
    with pytest.raises(NoKey):
        vault_case.seal(vault, b"film", new_id())
    with pytest.raises(RuntimeError), vault.transaction("x"):
        vault_case.seal(vault, b"film", case.family.id)
    assert announced(vault) == 0


def test_what_is_not_kept_can_be_discarded_and_what_is_kept_cannot(vault: Vault, case: Case) -> None:
    before = files(vault)
    footage.discard(vault, vault_case.seal(vault, b"film", case.family.id))
    assert (files(vault), announced(vault)) == (before, 0)
    footage.discard(vault, case.film.footage)
    assert files(vault) == before


def test_a_transaction_that_fails_keeps_no_footage(vault: Vault, case: Case) -> None:
    sealed = vault_case.seal(vault, b"film", case.family.id)

    def fail() -> None:
        with vault.transaction("film add") as writer:
            writer.keep_footage(sealed, case.family.id)
            writer.add(vault_case.film_of(sealed, case.family.id))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert announced(vault) == 1
    assert len(vault.all(Film)) == 1
    with pytest.raises(NoSuchRecord), vault.transaction("another family's") as writer:
        writer.keep_footage(sealed, case.other.id)


def test_what_a_run_that_was_cut_off_had_left_is_swept_up(folder: Path, case: Case) -> None:
    with Vault.open(folder, PASSPHRASE) as vault:
        assert vault.swept == Swept()
        before = files(vault)
        vault_case.seal(vault, b"sealed and never kept", case.family.id)
        part = folder / "footage" / "ab"
        part.mkdir()
        (part / f"{'ab' * 16}.part").write_bytes(b"half")
        stranger = folder / "footage" / "cd" / f"{'cd' * 16}.age"
        stranger.parent.mkdir()
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


def test_what_is_made_is_sealed_as_it_was_and_a_maker_that_fails_leaves_nothing(vault: Vault, case: Case) -> None:
    pieces = [os.urandom(size) for size in (1, 70_000, 0, CHUNK, 5)]

    def make(out: Any) -> None:
        for piece in pieces:
            assert out.write(piece) == len(piece)

    def fail(out: Any) -> None:
        make(out)
        raise ZeroDivisionError

    data = b"".join(pieces)
    sealed = footage.seal_made(vault, make, len(data), case.family.id, vault_case.never)
    assert (sealed.size, sealed.sha256) == (len(data), hashlib.sha256(data).digest())
    with footage.opener(vault, sealed, case.family.id)() as opened:
        assert opened.read() == data
    footage.discard(vault, sealed)
    before = files(vault)
    with pytest.raises(ZeroDivisionError):
        footage.seal_made(vault, fail, len(data), case.family.id, vault_case.never)
    with pytest.raises(Cancelled):
        footage.seal_made(vault, make, len(data), case.family.id, lambda: True)
    assert (files(vault), announced(vault)) == (before, 0)


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


def sealed_file(vault: Vault, case: Case) -> Path:
    file = case.film.footage.file
    return vault.folder / "footage" / file[:2] / f"{file}.age"


def test_a_film_that_is_gone_is_named(vault: Vault, case: Case) -> None:
    open_film = footage.opener(vault, case.film.footage, case.family.id)
    sealed_file(vault, case).unlink()
    with pytest.raises(FilmMissing) as refused:
        open_film()
    assert str(vault.folder) not in f"{refused.value!r} {refused.value.__cause__!r}"


def test_a_film_that_was_exchanged_is_not_shown(vault: Vault, case: Case) -> None:
    other = vault_case.add_film(vault, case.bytes, case.family.id)
    theirs = vault.folder / "footage" / other.footage.file[:2] / f"{other.footage.file}.age"
    shutil.copy(theirs, sealed_file(vault, case))
    with pytest.raises(SealBroken):
        footage.opener(vault, case.film.footage, case.family.id)()


def test_a_film_cut_short_gives_no_byte(vault: Vault, case: Case) -> None:
    data = sealed_file(vault, case).read_bytes()
    for cut in (1, 16, 17, CHUNK + 16, 2 * (CHUNK + 16), len(data) - 1, len(data)):
        sealed_file(vault, case).write_bytes(data[:-cut])
        with pytest.raises(SealBroken):
            footage.opener(vault, case.film.footage, case.family.id)()


def test_a_film_with_a_changed_bit_is_readable_around_it(vault: Vault, case: Case) -> None:
    data = bytearray(sealed_file(vault, case).read_bytes())
    data[len(data) // 2] ^= 1
    sealed_file(vault, case).write_bytes(data)
    with footage.opener(vault, case.film.footage, case.family.id)() as opened:
        assert opened.read(CHUNK) == case.bytes[:CHUNK]
        with pytest.raises(SealBroken):
            opened.read(CHUNK)
        opened.seek(2 * CHUNK)
        assert opened.read() == case.bytes[2 * CHUNK :]


def test_a_record_that_points_elsewhere_opens_nothing(vault: Vault, case: Case) -> None:
    with pytest.raises(VaultDamaged):
        footage.opener(vault, replace(case.film.footage, file=new_id()), case.family.id)
    with pytest.raises(VaultDamaged):
        footage.opener(vault, case.film.footage, case.other.id)
    wrong: list[SealedFootage] = [
        replace(case.film.footage, seal_digest=bytes(32)),
        replace(case.film.footage, size=1),
        replace(case.film.footage, sealed_size=1),
    ]
    for sealed in wrong:
        with pytest.raises(SealBroken):
            footage.opener(vault, sealed, case.family.id)()


def test_after_closing_no_film_opens(vault: Vault, case: Case) -> None:
    open_film = footage.opener(vault, case.film.footage, case.family.id)
    open_film().close()
    vault.close()
    with pytest.raises(VaultError, match="closed"):
        open_film()


def test_each_thread_opens_its_own(vault: Vault, case: Case) -> None:
    open_film = footage.opener(vault, case.film.footage, case.family.id)
    with open_film() as one, open_film() as other:
        one.seek(1000)
        assert other.tell() == 0
        assert one.read(10) == case.bytes[1000:1010]


def test_every_family_has_an_identity_of_its_own(vault: Vault, case: Case) -> None:
    mine, other = (footage.footage_identity(vault, family.id) for family in (case.family, case.other))
    assert mine != other
    assert re.fullmatch(r"AGE-SECRET-KEY-(PQ-)?1[0-9A-Z]+", mine)
    with pytest.raises(NoKey):
        footage.footage_identity(vault, new_id())


def test_another_age_program_opens_a_classic_film(vault: Vault, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """On machines without ML-KEM footage is sealed to an X25519 identity, which every age program knows."""
    real = DomainKey.generate

    def classic(domain: str, epoch: int = 1) -> DomainKey:
        return real(domain, epoch, KemKind.X25519)

    monkeypatch.setattr(DomainKey, "generate", classic)
    family = vault_case.add_family(vault, "F-0003")
    data = os.urandom(150_000)
    film = vault_case.add_film(vault, data, family.id)
    file = vault.folder / "footage" / film.footage.file[:2] / f"{film.footage.file}.age"
    identity = pyrage.x25519.Identity.from_str(footage.footage_identity(vault, family.id))
    assert pyrage.decrypt(file.read_bytes(), [identity]) == data
