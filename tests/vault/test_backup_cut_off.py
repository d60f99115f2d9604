"""What cuts a backup off or spoils it: those before it stay as they were."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from backup_case import back_up, flip, restored
from vault_case import Case, Stop, add_film, fingerprint
from vigtool.errors import (
    BackupDamaged,
    Cancelled,
    StorageFailed,
    VaultError,
)
from vigtool.vault import reading_back
from vigtool.vault.backup_place import place_for
from vigtool.vault.vault import Vault


@pytest.mark.parametrize("after", [0, 1, 2, 3, 5, 8, 13, 30])
def test_stopped_anywhere_it_leaves_the_backup_before_as_it_was(
    vault: Vault, case: Case, stick: Path, tmp_path: Path, after: int
) -> None:
    back_up(vault, stick)
    before = fingerprint(stick)
    add_film(vault, b"more" * 100_000, case.family.id)
    stop = Stop(after)
    try:
        back_up(vault, stick, stop)
    except Cancelled:
        left = fingerprint(stick)
        assert {name for name in left if not name.endswith(".age")} == {n for n in before if not n.endswith(".age")}
        assert before.items() <= left.items()
        assert not list(stick.rglob("*.part"))
    else:
        assert stop.asked <= after
    assert restored(stick, tmp_path / "again")[:2] == ([], ())


@pytest.mark.parametrize("call", ["fsync", "rename", "open"])
def test_a_full_or_failing_disk_leaves_the_backup_before_as_it_was(
    vault: Vault, case: Case, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """Each place at which the disk can fail, one after the other, until it goes through."""
    back_up(vault, stick)
    before = fingerprint(stick)
    add_film(vault, b"more" * 40_000, case.family.id)
    for number in range(60):
        with failing(monkeypatch, call, number) as failed:
            try:
                back_up(vault, stick)
            except (StorageFailed, BackupDamaged):
                assert failed
            if not failed:
                break
        assert before.items() <= fingerprint(stick).items()
    else:
        pytest.fail("it never went through")
    assert number > 1
    assert restored(stick, tmp_path / "again")[:2] == ([], ())


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, call: str, number: int) -> Iterator[list[int]]:
    """Lets the so-many-th call that touches the disk fail; what is given says whether it came to that."""
    hit: list[int] = []
    calls = itertools.count()

    def spoilt(real: Callable[..., Any]) -> Callable[..., Any]:
        def fail(*arguments: Any, **more: Any) -> Any:
            if next(calls) == number:
                hit.append(number)
                raise OSError(errno.ENOSPC, "")
            return real(*arguments, **more)

        return fail

    with monkeypatch.context() as patch:
        for where, name in CALLS[call]:
            patch.setattr(where, name, spoilt(getattr(where, name)))
        yield hit


CALLS: dict[str, list[tuple[Any, str]]] = {
    "fsync": [(os, "fsync")],
    "rename": [(Path, "rename"), (Path, "replace")],
    "open": [(os, "fdopen"), (os, "open")],
}


def test_no_room_is_told_before_anything_is_written(vault: Vault, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1))
    with pytest.raises(StorageFailed, match="MB of room"):
        back_up(vault, stick)
    assert not list(stick.rglob("*.age"))
    assert not list(stick.rglob("vault.db"))


def test_a_stick_that_is_pulled_out(vault: Vault, case: Case, stick: Path, tmp_path: Path) -> None:
    back_up(vault, stick)
    add_film(vault, b"more" * 100_000, case.family.id)
    away = tmp_path / "away"
    asked = 0

    def pull_out() -> bool:
        nonlocal asked
        asked += 1
        if asked == 3:
            stick.rename(away)
        return False

    with pytest.raises(StorageFailed):
        back_up(vault, stick, pull_out)
    assert restored(away, tmp_path / "again")[:2] == ([], ())
    away.rename(stick)
    assert back_up(vault, stick).copied <= 1
    assert restored(stick, tmp_path / "and again")[:2] == ([], ())


def test_the_disk_that_gives_back_something_else_is_not_believed(
    vault: Vault, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = reading_back.opened_afresh

    def other(path: Path) -> Any:
        if path.suffix == ".part":
            flip(path, 5000)
        return real(path)

    monkeypatch.setattr(reading_back, "opened_afresh", other)
    with pytest.raises(StorageFailed, match="gave back something else"):
        back_up(vault, stick)
    assert not place_for(stick, vault.vault_id).folders()


def test_closing_the_vault_ends_a_backup(vault: Vault, stick: Path) -> None:
    def close() -> bool:
        vault.core.storage.close()
        return False

    with pytest.raises(VaultError, match="closed"):
        back_up(vault, stick, close)
    assert not list(stick.rglob("manifest.txt"))
