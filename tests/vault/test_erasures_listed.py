"""The list of what was erased: beside the vault and given out, it tells an older state what may not come back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import update

import vault_case
from erasing_case import WHY, erase_family
from vault_case import PASSPHRASE, Case, findings
from vigtool.casework.family import Family
from vigtool.errors import InvalidRecord
from vigtool.practice import erasing
from vigtool.practice.opening import open_vault
from vigtool.vault import schema, tombstones
from vigtool.vault.vault import Vault


def test_an_older_state_of_the_vault_brings_nothing_back_once_it_is_told(
    tmp_path: Path, folder: Path, case: Case
) -> None:
    older = vault_case.copy(folder, tmp_path / "older")
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        erasure = erase_family(vault, case.family.id)
        other = erase_family(vault, vault_case.add_family(vault, "F-0009").id)
        told = tombstones.export_list(vault)
        assert tombstones.read_beside(folder) is not None
    with Vault.open(older, PASSPHRASE, clock=vault_case.ticking) as vault:
        listed = tombstones.check_list(told, vault)
        assert listed.trusted
        assert listed.erasures == (erasure, other)
        assert erasing.still_standing(vault, listed.erasures) == [erasure]
        assert erasing.reapply(vault, listed.erasures) == (erasure,)
        assert erasing.still_standing(vault, listed.erasures) == []
        assert [family.value for family in vault.all(Family)] == [case.other]
        assert erasing.erasures(vault) == [erasure, other]
        assert not any(vault.core.folder.footage.rglob("*.age"))
        assert findings(vault) == []
        assert erasing.reapply(vault, listed.erasures) == ()


def test_the_list_in_the_folder_tells_of_every_erasure_without_a_key(folder: Path, case: Case) -> None:
    assert tombstones.read_beside(folder) is None
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        assert tombstones.check_list(tombstones.export_list(vault), vault).erasures == ()
        erasure = erase_family(vault, case.family.id)
        data = tombstones.read_beside(folder)
        assert data is not None
        assert tombstones.check_list(data, vault).erasures == (erasure,)
        assert WHY.encode() not in data
        (folder / tombstones.FILE_NAME).unlink()
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        again = tombstones.read_beside(folder)
        assert again is not None
        assert tombstones.check_list(again, vault).erasures == (erasure,)


def test_an_older_database_put_beside_a_newer_list_is_told_and_the_list_forgets_nothing(
    tmp_path: Path, folder: Path, case: Case
) -> None:
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        first = erase_family(vault, case.other.id)
    older = vault_case.copy(folder, tmp_path / "older")
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        second = erase_family(vault, case.family.id)
        assert erasing.back_again(vault) == []
    shutil.copy2(folder / tombstones.FILE_NAME, older / tombstones.FILE_NAME)
    for _ in range(2):
        with Vault.open(older, PASSPHRASE, clock=vault_case.ticking) as vault:
            assert erasing.back_again(vault) == [second]
            assert erasing.erasures(vault) == [first]
            assert tombstones.check_list(tombstones.export_list(vault), vault).erasures == (first, second)
    with Vault.open(older, PASSPHRASE, clock=vault_case.ticking) as vault:
        assert erasing.reapply(vault, erasing.back_again(vault)) == (second,)
        assert erasing.back_again(vault) == []
        assert findings(vault) == []


@pytest.mark.parametrize("harm", [b"", b"nonsense", None])
def test_a_list_beside_that_is_no_list_is_written_anew(folder: Path, case: Case, harm: bytes | None) -> None:
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        erasure = erase_family(vault, case.family.id)
    file = folder / tombstones.FILE_NAME
    file.write_bytes(file.read_bytes()[:-1] + b"x" if harm is None else harm)
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        assert tombstones.list_beside(vault.core) == (erasure,)
        assert erasing.back_again(vault) == []


def test_a_damaged_entry_of_an_erasure_keeps_nobody_out(folder: Path, case: Case) -> None:
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        erasure = erase_family(vault, case.family.id)
        with vault.core.storage.writing() as connection:
            row = schema.revision.c.id == bytes.fromhex(erasure.id)
            connection.execute(update(schema.revision).where(row).values(sealed=bytes(200)))
    opened = open_vault(folder, PASSPHRASE)
    with opened.vault as vault:
        assert opened.back_again == ()
        assert erasure.id in {finding.object for finding in findings(vault)}
        assert vault.get(Family, case.other.id).value == case.other


def believed(data: bytes, vault: Vault) -> bool:
    """Whether a list is taken without asking a person."""
    try:
        return tombstones.check_list(data, vault).trusted
    except InvalidRecord:
        return False


def test_a_list_that_was_changed_or_is_anothers_is_refused(fresh: Vault, folder: Path, case: Case) -> None:
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        erase_family(vault, case.family.id)
        data = tombstones.export_list(vault)
        with pytest.raises(InvalidRecord, match="another vault"):
            tombstones.check_list(data, fresh)
        for place in range(0, len(data), 7):
            harmed = bytearray(data)
            harmed[place] ^= 1
            assert not believed(bytes(harmed), vault), place
        for short in (b"", data[:-1], b"\xa0", b"\x83\x40\x40\x40"):
            assert not believed(short, vault)
        assert believed(data, vault)
