"""What is known of a backup before a passphrase is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

import users_case
import vault_case
from vault_case import fingerprint
from vigtool.casework.film import Film
from vigtool.casework.member import StaffRole
from vigtool.errors import BackupDamaged, BackupFilmDamaged, VaultDamaged
from vigtool.practice.backups import back_up
from vigtool.practice.before_restoring import is_of, users_of
from vigtool.practice.colleagues import add_colleague, set_label
from vigtool.practice.restoring import generations, restore
from vigtool.vault.vault import Vault

WORDS = "six words that nobody would guess here"
LATER = "a fourth phrase, longer than the others"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_the_vault_it_is_of_is_told_from_any_other(vault: Vault, film: Film, stick: Path, tmp_path: Path) -> None:
    back_up(vault, stick)
    (backup,) = generations(stick)
    assert is_of(backup, vault.folder), "also while it is open"
    vault_case.build(tmp_path / "other")
    for folder in (tmp_path / "other", tmp_path / "nothing", stick):
        assert not is_of(backup, folder)
    assert not (tmp_path / "nothing").exists()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "vault.db").write_bytes(b"no database at all")
    assert not is_of(backup, tmp_path / "broken")


def test_one_who_is_alone_is_its_only_user(vault: Vault, film: Film, stick: Path) -> None:
    back_up(vault, stick)
    (backup,) = generations(stick)
    before = fingerprint(stick)
    assert users_of(backup) == [(vault.user_id, "")]
    assert fingerprint(stick) == before, "it is only looked at"
    (backup.folder / "vault.db").write_bytes(b"no database at all")
    with pytest.raises(VaultDamaged):
        users_of(backup)


def test_several_are_told_by_the_names_they_chose_and_only_those_of_then(stick: Path, tmp_path: Path) -> None:
    service = users_case.build(tmp_path / "service")
    with service.opened(service.lea) as vault:
        set_label(vault, "Lea L.")
        back_up(vault, stick)
        add_colleague(vault, name="Eva", roles=(StaffRole.PRACTITIONER,), passphrase=LATER, on=users_case.ON)
    (backup,) = generations(stick)
    found = users_of(backup)
    assert found[0] == (service.lea, "Lea L.")
    assert {user for user, _ in found} == {service.lea, service.bo, service.di}


def test_a_film_that_is_damaged_is_told_from_records_that_are(
    vault: Vault, film: Film, stick: Path, tmp_path: Path
) -> None:
    back_up(vault, stick)
    (file,) = stick.rglob("*.age")
    whole = file.read_bytes()
    file.write_bytes(whole[:-1])
    with pytest.raises(BackupFilmDamaged, match=file.stem):
        restore(stick, tmp_path / "again", WORDS)
    file.write_bytes(whole)
    (records,) = stick.rglob("vault.db")
    records.write_bytes(records.read_bytes()[:-1])
    with pytest.raises(BackupDamaged) as raised:
        restore(stick, tmp_path / "again", WORDS)
    assert not isinstance(raised.value, BackupFilmDamaged)
    assert not (tmp_path / "again").exists()
