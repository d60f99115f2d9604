"""Backups: complete, consistent while the vault is written to, and gone when their time is over."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from backup_case import back_up, film_in, flip, restored
from vault_case import PASSPHRASE, Case, add_film, mark_of, ticking
from vigtool.annotate.mark import Mark
from vigtool.casework.film import Film
from vigtool.errors import (
    NotABackup,
    UnfitPlace,
    VaultHeld,
)
from vigtool.ids import new_id
from vigtool.vault import backing_up, backup_records, footage
from vigtool.vault.backup_place import find, place_for
from vigtool.vault.expiring import expire
from vigtool.vault.folder import VaultFolder
from vigtool.vault.sqlite_engine import SqliteEngine
from vigtool.vault.vault import Vault


def test_what_is_restored_is_the_vault(vault: Vault, case: Case, stick: Path, tmp_path: Path) -> None:
    made = back_up(vault, stick)
    assert made.copied == 1
    assert made.damaged == ()
    assert restored(stick, tmp_path / "again") == ([], (), [case.mark])
    with Vault.open(tmp_path / "again", PASSPHRASE, clock=ticking, records=in_file) as again:
        assert again.device != vault.device
        opener = footage.opener(again, case.film.footage, case.family.id)
        with opener() as film:
            assert film.read() == case.bytes


def in_file(inside: VaultFolder) -> SqliteEngine:
    return SqliteEngine(inside.database)


def test_films_are_copied_once_and_every_generation_can_be_had(
    vault: Vault, case: Case, stick: Path, tmp_path: Path
) -> None:
    start, made, marks = datetime.now(UTC), [], [case.mark]
    for number in range(3):
        made.append(back_up(vault, stick, made=start + timedelta(days=number)))
        more = mark_of(case.layer, note=f"day {number}")
        with vault.transaction("mark add") as writer:
            writer.add(more)
        marks.append(more)
        add_film(vault, bytes([number]) * 100_000, case.family.id)
    assert [each.copied for each in made] == [1, 1, 1]
    assert [len(each.generation.manifest.films) for each in made] == [1, 2, 3]
    for number, each in enumerate(made):
        found = restored(each.generation.folder, tmp_path / f"again {number}")
        assert found == ([], (), marks[: number + 1])


def test_the_vault_is_written_to_meanwhile_and_the_copy_is_of_one_moment(
    vault: Vault, case: Case, stick: Path, tmp_path: Path
) -> None:
    written: list[Mark] = []
    done = threading.Event()

    def go_on() -> None:
        while not done.is_set() and len(written) < 2000:
            pair = [mark_of(case.layer, note=f"{len(written) + each}") for each in range(2)]
            with vault.transaction("marks add") as writer:
                for mark in pair:
                    writer.add(mark)
            written.extend(pair)

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        while len(written) < 20:
            done.wait(0.01)
        for _ in range(3):
            back_up(vault, stick)
    finally:
        done.set()
        thread.join()
    findings, lost, marks = restored(stick, tmp_path / "again")
    assert (findings, lost) == ([], ())
    assert len(marks) % 2 == 1, "half a transaction is in it"
    assert marks[1:] == written[: len(marks) - 1]
    assert len(marks) > 20


def test_a_film_that_came_while_the_records_were_copied_is_in_it(
    vault: Vault, case: Case, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = backup_records.copy_records
    late: list[Film] = []

    def bring_one_first(*arguments: Any) -> Any:
        if not late:
            late.append(add_film(vault, b"late" * 50_000, case.family.id))
        return real(*arguments)

    monkeypatch.setattr(backing_up, "copy_records", bring_one_first)
    made = back_up(vault, stick)
    assert late[0].footage.file in made.generation.manifest.films
    assert restored(stick, tmp_path / "again")[:2] == ([], ())


def test_a_film_that_went_while_the_records_were_copied_asks_for_newer_ones(
    vault: Vault, case: Case, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, times = backup_records.copy_records, list[int]()

    def with_one_that_goes(*arguments: Any) -> Any:
        times.append(1)
        if len(times) > 1:
            return real(*arguments)
        going = add_film(vault, b"soon gone" * 20_000, case.family.id)
        found = real(*arguments)
        with vault.transaction("film remove") as writer:
            writer.remove(vault.get(Film, going.id))
            writer.let_go(going.footage)
        footage.discard(vault, going.footage)
        return found

    monkeypatch.setattr(backing_up, "copy_records", with_one_that_goes)
    made = back_up(vault, stick)
    assert len(times) == 2
    assert made.generation.manifest.missing == ()
    assert set(made.generation.manifest.films) == {case.film.footage.file}


def test_what_is_damaged_in_the_vault_is_told_and_the_rest_is_saved(
    vault: Vault, case: Case, stick: Path, tmp_path: Path
) -> None:
    other = add_film(vault, b"other" * 50_000, case.other.id)
    flip(vault.core.folder.footage_file(case.film.footage.file), 70_000)
    vault.core.folder.footage_file(other.footage.file).unlink()
    made = back_up(vault, stick)
    assert made.damaged == (case.film.footage.file,)
    assert made.generation.manifest.missing == (other.footage.file,)
    findings, lost, marks = restored(stick, tmp_path / "again")
    assert len(findings) == 2
    assert set(lost) == {case.film.footage.file, other.footage.file}
    assert marks == [case.mark]
    flip(vault.core.folder.footage_file(case.film.footage.file), 70_000)
    assert back_up(vault, stick).copied == 1, "what is whole again takes the place of what was damaged"


def test_a_film_that_went_bad_in_the_backup_is_copied_anew_when_all_is_read(
    vault: Vault, case: Case, stick: Path, tmp_path: Path
) -> None:
    back_up(vault, stick)
    flip(film_in(stick, case.film), 100)
    assert back_up(vault, stick).copied == 0
    assert back_up(vault, stick, whole=True).copied == 1
    assert restored(stick, tmp_path / "again")[:2] == ([], ())


def test_places(vault: Vault, stick: Path, tmp_path: Path) -> None:
    with pytest.raises(NotABackup):
        find(stick)
    back_up(vault, stick)
    place = place_for(stick, vault.vault_id)
    assert place_for(place.root, vault.vault_id) == place
    moved = tmp_path / "moved"
    place.root.rename(moved)
    assert place_for(moved, vault.vault_id).root == moved
    with pytest.raises(UnfitPlace):
        place_for(moved, new_id())
    assert find(moved)[0].root == moved
    shutil.copytree(moved, stick / "vault-backup-00000000")
    shutil.copytree(moved, stick / "vault-backup-11111111")
    with pytest.raises(NotABackup, match="several"):
        find(stick)


def test_only_one_program_writes_to_a_place(vault: Vault, stick: Path) -> None:
    place = place_for(stick, vault.vault_id)
    place.prepare()
    with place.held(), pytest.raises(VaultHeld):
        back_up(vault, stick)


def test_what_is_over_goes_once_a_newer_one_is_whole(vault: Vault, case: Case, stick: Path, tmp_path: Path) -> None:
    old = back_up(vault, stick, keep_until=date(2026, 12, 1))
    kept = back_up(vault, stick, keep_until=date(2027, 3, 1), made=datetime.now(UTC) + timedelta(seconds=2))
    going = add_film(vault, b"for a while" * 9_000, case.family.id)
    between = back_up(vault, stick, keep_until=date(2026, 12, 2), made=datetime.now(UTC) + timedelta(seconds=3))
    with vault.transaction("film remove") as writer:
        writer.remove(vault.get(Film, going.id))
        writer.let_go(going.footage)
    footage.discard(vault, going.footage)
    newest = back_up(vault, stick, keep_until=date(2026, 12, 3), made=datetime.now(UTC) + timedelta(seconds=4))
    place = place_for(stick, vault.vault_id)
    name = newest.generation.manifest.backup
    assert expire(place, name, date(2026, 12, 1)).backups == ()
    gone = expire(place, name, date(2026, 12, 10))
    assert set(gone.backups) == {old.generation.manifest.backup, between.generation.manifest.backup}
    assert gone.films == 1
    assert set(gone.there) == {kept.generation.manifest.backup, name}
    for each in (kept, newest):
        assert restored(each.generation.folder, tmp_path / each.generation.manifest.backup)[:2] == ([], ())


def test_while_a_manifest_cannot_be_read_no_film_goes(vault: Vault, case: Case, stick: Path) -> None:
    made = back_up(vault, stick, keep_until=date(2026, 1, 1))
    newest = back_up(vault, stick, made=datetime.now(UTC) + timedelta(seconds=2))
    stranger = film_in(stick, case.film).with_name("0" * 32 + ".age")
    stranger.write_bytes(b"whose?")
    flip(made.generation.folder / "manifest.txt", 0)
    place = place_for(stick, vault.vault_id)
    assert expire(place, newest.generation.manifest.backup, date(2026, 12, 1)).films == 0
    assert stranger.exists()
