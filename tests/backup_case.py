"""Making a backup in a test, restoring it, and spoiling one bit of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from vault_case import PASSPHRASE, never, silent, ticking
from vigtool.annotate.mark import Mark
from vigtool.casework.film import Film
from vigtool.ids import Id, new_id
from vigtool.vault.backing_up import Made, Wish, make_backup
from vigtool.vault.backup_place import find, place_for
from vigtool.vault.restoring import Wanted, restore_vault
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify

Found = tuple[list[str], tuple[Id, ...], list[Mark]]


def wish(**more: Any) -> Wish:
    return Wish(**{"backup": new_id(), "made": datetime.now(UTC), "keep_until": date(2027, 1, 1), **more})


def back_up(vault: Vault, to: Path, stop: Callable[[], bool] = never, **more: Any) -> Made:
    return make_backup(vault, place_for(to, vault.vault_id), wish(**more), silent, stop)


def restored(source: Path, to: Path, **more: Any) -> Found:
    """What is not as it was written in what was restored, which films were lost, and its marks."""
    place, found = find(source)
    wanted = Wanted(generation=found[-1], place=place, to=to, key=PASSPHRASE, **more)

    def look(vault: Vault, lost: tuple[Id, ...]) -> Found:
        findings = [f"{each.what} {each.object}" for each in verify(vault, silent, never)]
        return findings, lost, [stored.value for stored in vault.all(Mark)]

    return restore_vault(wanted, look, ticking, silent, never)


def film_in(stick: Path, film: Film) -> Path:
    (file,) = stick.rglob(f"{film.footage.file}.age")
    return file


def flip(file: Path, at: int) -> None:
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)
