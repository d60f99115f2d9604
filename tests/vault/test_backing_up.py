"""Backups: complete, consistent while the vault is written to, and untouched by whatever goes wrong."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from vault_case import PASSPHRASE, Case, Stop, add_film, fingerprint, mark_of, never, silent, ticking
from vigtool.annotate.mark import Mark
from vigtool.casework.film import Film
from vigtool.errors import (
    BackupDamaged,
    Cancelled,
    NotABackup,
    StorageFailed,
    UnfitPlace,
    VaultError,
    VaultExists,
    VaultHeld,
    WrongPassphrase,
)
from vigtool.ids import Id, new_id
from vigtool.vault import backing_up, backup_records, footage, reading_back
from vigtool.vault.backing_up import Made, Wish, make_backup
from vigtool.vault.backup_check import check_generation
from vigtool.vault.backup_place import find, place_for
from vigtool.vault.expiring import expire
from vigtool.vault.folder import VaultFolder
from vigtool.vault.restoring import Wanted, restore_vault
from vigtool.vault.sqlite_engine import SqliteEngine
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


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


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


def test_closing_the_vault_ends_a_backup(vault: Vault, stick: Path) -> None:
    def close() -> bool:
        vault.core.storage.close()
        return False

    with pytest.raises(VaultError, match="closed"):
        back_up(vault, stick, close)
    assert not list(stick.rglob("manifest.txt"))
