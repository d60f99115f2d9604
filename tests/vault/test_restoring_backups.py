"""Restoring a backup, and trying one out: what is damaged is refused, and nothing is written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from backup_case import back_up, film_in, flip, restored
from vault_case import PASSPHRASE, Case, Stop, fingerprint, never, silent, ticking
from vigtool.errors import (
    BackupDamaged,
    Cancelled,
    VaultExists,
    WrongPassphrase,
)
from vigtool.vault.backup_check import check_generation
from vigtool.vault.backup_place import find, place_for
from vigtool.vault.restoring import Wanted, restore_vault
from vigtool.vault.vault import Vault


def test_a_damaged_backup_is_refused_by_name(vault: Vault, case: Case, stick: Path, tmp_path: Path) -> None:
    made = back_up(vault, stick)
    file = film_in(stick, case.film)
    flip(file, 70_000)
    with pytest.raises(BackupDamaged, match=case.film.footage.file):
        restored(stick, tmp_path / "again")
    assert not (tmp_path / "again").exists()
    assert not (tmp_path / ".again.new").exists()
    findings, lost, marks = restored(stick, tmp_path / "again", despite_damage=True)
    assert lost == (case.film.footage.file,)
    assert len(findings) == 1
    assert marks == [case.mark]
    file.unlink()
    with pytest.raises(BackupDamaged, match="gone"):
        restored(stick, tmp_path / "more")
    for name in ("vault.db", "manifest.txt"):
        flip(made.generation.folder / name, 40)
        with pytest.raises(BackupDamaged):
            restored(stick, tmp_path / "more")
        flip(made.generation.folder / name, 40)


def test_a_manifest_that_nobody_of_the_vault_signed_is_refused(vault: Vault, stick: Path, tmp_path: Path) -> None:
    made = back_up(vault, stick)
    file = made.generation.folder / "manifest.txt"
    file.write_text(file.read_text().replace("keep 2027", "keep 2127"))
    with pytest.raises(BackupDamaged, match="not signed"):
        restored(stick, tmp_path / "again")


def test_no_vault_is_written_over_and_no_film_copied_for_a_wrong_passphrase(
    vault: Vault, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(vault, stick)
    with pytest.raises(VaultExists):
        restored(stick, vault.folder)
    place, found = find(stick)
    wanted = Wanted(generation=found[-1], place=place, to=tmp_path / "again", key="not the passphrase at all")
    with pytest.raises(WrongPassphrase):
        restore_vault(wanted, lambda _vault, _lost: None, ticking, silent, never)
    assert not (tmp_path / "again").exists()


def test_a_restore_that_is_stopped_leaves_nothing(vault: Vault, stick: Path, tmp_path: Path) -> None:
    back_up(vault, stick)
    place, found = find(stick)
    wanted = Wanted(generation=found[-1], place=place, to=tmp_path / "deep" / "again", key=PASSPHRASE)
    for after in range(4):
        with pytest.raises(Cancelled):
            restore_vault(wanted, lambda _vault, _lost: None, ticking, silent, Stop(after))
    assert not (tmp_path / "deep").exists()


def test_into_an_empty_folder_that_is_there(vault: Vault, case: Case, stick: Path, tmp_path: Path) -> None:
    back_up(vault, stick)
    to = tmp_path / "mount"
    to.mkdir()
    assert restored(stick, to) == ([], (), [case.mark])
    assert (to / "vault.db").is_file()
    assert not (to / ".vault.new").exists()


def test_a_trial_opens_everything_and_writes_nothing(vault: Vault, case: Case, stick: Path) -> None:
    made = back_up(vault, stick)
    before = fingerprint(stick)
    place = place_for(stick, vault.vault_id)

    def tried(*, whole: bool) -> list[str]:
        found = check_generation(place, made.generation, PASSPHRASE, None, whole=whole, report=silent, cancelled=never)
        return [each.object for each in found]

    assert tried(whole=False) == tried(whole=True) == []
    assert fingerprint(stick) == before
    file = film_in(stick, case.film)
    flip(file, 70_000)
    assert tried(whole=False) == [], "its beginning and its end are whole"
    assert tried(whole=True) == [case.film.id]
    flip(file, file.stat().st_size - 1)
    assert tried(whole=False) == [case.film.id]
    with pytest.raises(WrongPassphrase):
        check_generation(place, made.generation, "something else", None, whole=False, report=silent, cancelled=never)
    flip(made.generation.database, 5_000)
    with pytest.raises(BackupDamaged):
        tried(whole=False)
