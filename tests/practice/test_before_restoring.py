"""What is known of a backup before a passphrase is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

import vault_case
from vault_case import fingerprint
from vigtool.casework.film import Film
from vigtool.errors import VaultDamaged
from vigtool.practice.backups import back_up
from vigtool.practice.before_restoring import is_of, users_of
from vigtool.practice.restoring import generations
from vigtool.vault.vault import Vault

WORDS = "six words that nobody would guess here"


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
