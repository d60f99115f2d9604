"""An erasure is told beside every backup within reach, so that also without the lost vault it is known."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from vigtool.casework.film import Film
from vigtool.practice.backups import back_up
from vigtool.practice.erasing import erase_film
from vigtool.practice.erasures_told import tell, untold_backups
from vigtool.practice.records import values
from vigtool.practice.restoring import restore
from vigtool.vault.tombstones import FILE_NAME
from vigtool.vault.vault import Vault

WORDS = "six words that nobody would guess here"
WHY = "asked for"


def today() -> date:
    return datetime.now(UTC).date()


def test_a_vault_restored_without_the_one_it_replaces_knows_what_was_erased(
    vault: Vault, film: Film, tmp_path: Path
) -> None:
    back_up(vault, tmp_path / "stick")
    assert untold_backups(vault) == []
    erased = erase_film(vault, film.id, reason=WHY, on=today())
    assert untold_backups(vault) == []
    again = restore(tmp_path / "stick", tmp_path / "again", WORDS)
    assert [each.id for each in again.erased_again] == [erased.id]
    with Vault.open(tmp_path / "again", WORDS) as got:
        assert values(got, Film) == []


def test_a_stick_that_is_away_is_named_until_it_was_told(vault: Vault, film: Film, tmp_path: Path) -> None:
    made = back_up(vault, tmp_path / "stick")
    (tmp_path / "stick").rename(tmp_path / "drawer")
    erased = erase_film(vault, film.id, reason=WHY, on=today())
    assert untold_backups(vault) == [made]
    assert restore(tmp_path / "drawer", tmp_path / "without", WORDS).erased_again == (), "nothing there says so"
    (tmp_path / "drawer").rename(tmp_path / "stick")
    tell(vault)
    assert untold_backups(vault) == []
    assert [each.id for each in restore(tmp_path / "stick", tmp_path / "with", WORDS).erased_again] == [erased.id]


def test_what_is_told_beside_backups_is_never_less(vault: Vault, film: Film, tmp_path: Path) -> None:
    """An older state of the vault adds to the list that it finds there, and takes nothing from it."""
    made = back_up(vault, tmp_path / "stick")
    before = tmp_path / "before"
    vault.core.storage.forget()
    shutil.copytree(vault.folder, before, ignore=shutil.ignore_patterns("vault.lock", "vault.holder"))
    erase_film(vault, film.id, reason=WHY, on=today())
    beside = Path(made.target) / FILE_NAME
    told = beside.read_bytes()
    with Vault.open(before, WORDS) as older:
        tell(older)
    assert beside.read_bytes() == told
