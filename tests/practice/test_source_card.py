"""The card may be erased only when the vault has it all, and only that very file goes."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from vault_case import Stop
from vigtool.casework.copy import Copy, CopyKind
from vigtool.casework.film import Film
from vigtool.casework.origin import Origin, VolumeKind
from vigtool.errors import Cancelled, CannotErase, FilmMissing, InvalidRecord, StorageFailed
from vigtool.ids import new_id
from vigtool.practice import films
from vigtool.practice.auditing import check_log, log_entries
from vigtool.practice.doctor.machine import Machine
from vigtool.practice.families import NewFamily
from vigtool.practice.films import FilmWords, bring_in
from vigtool.practice.source_card import erase_source, source_is_whole
from vigtool.practice.source_place import stray_place, volume_of
from vigtool.practice.stray_copies import StrayPlace, note_stray, say_gone, still_out, stray_copies
from vigtool.vault import reading_back
from vigtool.vault.vault import Vault

TODAY = date(2026, 11, 22)


def footage_files(vault: Vault) -> list[Path]:
    return sorted(vault.core.folder.footage.glob("*/*.age"))


def test_the_file_it_came_from_is_noted_until_it_is_erased(vault: Vault, film: Film, film_file: Path) -> None:
    (stray,) = stray_copies(vault, film.family)
    assert (stray.film, stray.words, stray.source) == (film.id, str(film_file), True)
    (origin,) = [stored.value for stored in vault.all(Origin, parent=film.id)]
    assert (origin.from_words, origin.read_back, origin.by) == (str(film_file), True, vault.user_id)
    assert source_is_whole(vault, film.id, film_file)
    erase_source(vault, film.id, film_file)
    assert not film_file.exists()
    assert stray_copies(vault) == []
    assert "film source erase" in {entry.act for entry in log_entries(vault)}
    assert check_log(vault) == []


@pytest.mark.parametrize("change", [lambda data: data + b"x", lambda data: data[:-1], lambda data: data[:-1] + b"\xff"])
def test_a_file_that_is_not_the_film_stays(
    vault: Vault, film: Film, film_file: Path, change: Callable[[bytes], bytes]
) -> None:
    film_file.write_bytes(change(film_file.read_bytes()))
    assert not source_is_whole(vault, film.id, film_file)
    with pytest.raises(CannotErase, match="left where it is"):
        erase_source(vault, film.id, film_file)
    assert film_file.exists()
    assert len(stray_copies(vault)) == 1


def test_a_file_that_changes_while_it_is_compared_stays(vault: Vault, film: Film, film_file: Path) -> None:
    def write_to_it(_done: int, _total: int) -> None:
        os.utime(film_file, ns=(1, 1))

    with pytest.raises(CannotErase, match="changed"):
        erase_source(vault, film.id, film_file, report=write_to_it)
    assert film_file.exists()


def test_another_file_that_took_its_name_meanwhile_stays(vault: Vault, film: Film, film_file: Path) -> None:
    data = film_file.read_bytes()

    def exchange(_done: int, _total: int) -> None:
        film_file.rename(film_file.with_name("first"))
        film_file.write_bytes(data)

    with pytest.raises(CannotErase, match="changed"):
        erase_source(vault, film.id, film_file, report=exchange)
    assert film_file.exists()


def test_what_leads_to_a_file_and_what_belongs_to_the_vault_stay(vault: Vault, film: Film, film_file: Path) -> None:
    link = film_file.with_name("link.mp4")
    link.symlink_to(film_file)
    with pytest.raises(CannotErase, match="leads to"):
        erase_source(vault, film.id, link)
    with pytest.raises(CannotErase, match="the vault itself"):
        erase_source(vault, film.id, footage_files(vault)[0])
    with pytest.raises(FilmMissing):
        erase_source(vault, film.id, film_file.with_name("not there"))
    with pytest.raises(Cancelled):
        erase_source(vault, film.id, film_file, cancelled=Stop(0))
    assert film_file.exists()


def test_a_card_that_is_locked(vault: Vault, film: Film, film_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path, *_: Any, **__: Any) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        with pytest.raises(CannotErase, match="does not let"):
            erase_source(vault, film.id, film_file)
    assert len(stray_copies(vault)) == 1


class Pulled(io.FileIO):
    """A card that is pulled out after so many bytes."""

    left = 0

    def read(self, size: int | None = -1, /) -> bytes:
        if Pulled.left <= 0:
            raise OSError(5, "Input/output error")
        data = super().read(min(size or 0, 4096) if size and size > 0 else 4096)
        Pulled.left -= len(data)
        return data

    def readinto(self, buffer: Any, /) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


@pytest.mark.parametrize("byte", [0, 1, 4096, 9000, 40_000])
def test_a_card_that_is_pulled_out_half_way_leaves_nothing(
    vault: Vault, family: NewFamily, film_file: Path, monkeypatch: pytest.MonkeyPatch, byte: int
) -> None:
    if byte > film_file.stat().st_size:
        film_file.write_bytes(film_file.read_bytes() + bytes(byte))
    real, opened = films._open_plain, []

    def second_is_pulled(path: Path) -> Any:
        opened.append(path)
        return real(path) if len(opened) == 1 else Pulled(path)

    Pulled.left = byte
    monkeypatch.setattr(films, "_open_plain", second_is_pulled)
    with pytest.raises(FilmMissing):
        bring_in(vault, film_file, family.family.id, FilmWords())
    assert footage_files(vault) == []
    assert not list(vault.folder.rglob("*.part"))
    assert stray_copies(vault) == []
    assert vault.all(Film) == []
    assert vault.info().footage_files == 0


def test_what_was_sealed_is_read_from_the_disk_again(
    vault: Vault, family: NewFamily, film_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that keeps something else than it was given is found out before the card is said to be free."""
    asked: list[Path] = []
    real = reading_back.forget_cached

    def forget_and_rot(file: Any) -> None:
        real(file)
        read = os.fstat(file.fileno())
        (sealed,) = (each for each in vault.folder.rglob("*") if os.path.samestat(each.stat(), read))
        asked.append(sealed)
        with sealed.open("r+b") as rotten:
            rotten.seek(-20, 2)
            rotten.write(b"rot")

    monkeypatch.setattr(reading_back, "forget_cached", forget_and_rot)
    with pytest.raises(StorageFailed):
        bring_in(vault, film_file, family.family.id, FilmWords())
    assert len(asked) == 1
    assert footage_files(vault) == []


def test_stray_copies_stay_listed_until_somebody_says_that_they_are_gone(
    vault: Vault, film: Film, family: NewFamily
) -> None:
    cloud = note_stray(vault, film.id, StrayPlace.CLOUD, "the mother's phone", on=TODAY)
    copy = Copy(
        id=new_id(), family=film.family, kind=CopyKind.REEL, source=film.id, target="/stick/a.mp4", sha256=bytes(32),
        size=1, made=datetime(2026, 11, 1, tzinfo=UTC), given_by=vault.user_id,
    )  # fmt: skip
    with vault.transaction("copy") as writer:
        writer.add(copy)
    out = still_out(vault, film.family)
    assert [(each.copy or each.stray) for each in out if each.copy or each.stray == cloud] == [copy, cloud]
    assert all(each.film == film.id for each in out)
    assert still_out(vault) == out
    with pytest.raises(InvalidRecord):
        say_gone(vault, cloud.id, TODAY - timedelta(days=1))
    assert say_gone(vault, cloud.id, TODAY).gone == TODAY
    with pytest.raises(InvalidRecord):
        say_gone(vault, cloud.id, TODAY)
    assert cloud.id not in {each.id for each in stray_copies(vault)}


def test_what_kind_of_place_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(platform="linux", home=tmp_path, environment={})
    film = tmp_path / "film.mp4"
    film.write_bytes(b"x")
    assert volume_of(film, machine) is VolumeKind.FOLDER
    phone = Path("/run/user/1000/gvfs/mtp:host=Some_Phone/DCIM/a.mp4")
    assert volume_of(phone, machine) is VolumeKind.PHONE
    assert stray_place(phone, VolumeKind.PHONE, machine) is StrayPlace.PHONE
    (tmp_path / "DCIM").mkdir()
    monkeypatch.setattr("vigtool.practice.source_place._top_of", lambda _: tmp_path)
    assert volume_of(tmp_path / "DCIM" / "a.mp4", machine) is VolumeKind.CARD
    (tmp_path / "DCIM").rmdir()
    monkeypatch.setattr("vigtool.practice.source_place._is_removable", lambda *_: True)
    assert volume_of(film, machine) is VolumeKind.STICK
    assert stray_place(film, VolumeKind.CARD, machine) is StrayPlace.CARD
    for folder, place in (
        ("Downloads", StrayPlace.DOWNLOADS),
        ("Dropbox", StrayPlace.CLOUD),
        (".Trash", StrayPlace.BIN),
        ("films", StrayPlace.OTHER),
    ):
        (tmp_path / folder).mkdir()
        assert stray_place(tmp_path / folder / "a.mp4", VolumeKind.FOLDER, machine) is place
