"""Backups: complete, consistent while the vault is written to, and untouched by whatever goes wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from vault_case import PASSPHRASE, Case, never, silent, ticking
from vigtool.ids import new_id
from vigtool.vault.backing_up import Made, Wish, make_backup
from vigtool.vault.backup_place import find, place_for
from vigtool.vault.restoring import Wanted, restore_vault
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify


def wish(**more: object) -> Wish:
    fields = {"backup": new_id(), "made": datetime.now(UTC), "keep_until": date(2027, 1, 1), **more}
    return Wish(**fields)  # type: ignore[arg-type]  # a test's own keywords


def back_up(vault: Vault, to: Path, **more: object) -> Made:
    place = place_for(to, vault.vault_id)
    return make_backup(vault, place, wish(**more), silent, never)


def restored(to: Path, source: Path) -> tuple[list[object], tuple[str, ...]]:
    """What `verify` finds in what was restored, and which films were lost."""
    place, found = find(source)
    wanted = Wanted(generation=found[-1], place=place, to=to, key=PASSPHRASE)
    return restore_vault(wanted, lambda vault, lost: (list(verify(vault, silent, never)), lost), ticking, silent, never)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_what_is_restored_is_the_vault(vault: Vault, case: Case, stick: Path, tmp_path: Path) -> None:
    made = back_up(vault, stick)
    assert made.copied == 1
    assert made.damaged == ()
    assert restored(tmp_path / "again", stick) == ([], ())
