"""Films go in sealed; whatever goes wrong on the way leaves nothing behind."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import shutil
from typing import Any, NamedTuple

import pytest

import vault_case
from vault_case import Case, announced, files
from vigtool.casework.film import Film
from vigtool.errors import (
    Cancelled,
    FilmChanged,
    FilmMissing,
    NoKey,
    NoSuchRecord,
    StorageFailed,
)
from vigtool.ids import new_id
from vigtool.vault import footage
from vigtool.vault.vault import Vault

CHUNK = 65536


class Usage(NamedTuple):
    total: int
    used: int
    free: int


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
        with pytest.raises(StorageFailed, match="gave back"):
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
