"""Links that somebody put into a vault's folder, or a backup's: what they lead to is neither changed nor taken away."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

import vault_case
from users_case import Service
from vault_case import never, silent
from vigtool.ids import new_id
from vigtool.vault import schema, shredding
from vigtool.vault.backup_place import BackupPlace
from vigtool.vault.folder import VaultFolder
from vigtool.vault.footage_states import FootageState
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify

pytestmark = pytest.mark.skipif(os.name != "posix", reason="making links takes rights elsewhere")

PRECIOUS = b"somebody's own words" * 50


def sealed_file(service: Service) -> Path:
    return VaultFolder(service.folder).footage_file(service.film.footage.file)


def mark_erased(folder: Path) -> None:
    """Anybody can who can write to the database."""
    connection = vault_case.database(folder)
    connection.execute("UPDATE footage SET state = 3")
    connection.close()


@pytest.mark.parametrize("how", [os.symlink, os.link])
def test_erasing_overwrites_nothing_that_has_another_name(
    service: Service, tmp_path: Path, how: Callable[[Path, Path], None]
) -> None:
    precious = tmp_path / "thesis.odt"
    precious.write_bytes(PRECIOUS)
    place = sealed_file(service)
    place.unlink()
    how(precious, place)
    mark_erased(service.folder)
    with service.opened(service.lea):
        pass
    assert precious.read_bytes() == PRECIOUS
    assert not os.path.lexists(place)


def test_erasing_follows_no_link_in_the_place_of_a_folder(service: Service, tmp_path: Path) -> None:
    place, elsewhere = sealed_file(service), tmp_path / "elsewhere"
    place.parent.rename(elsewhere)
    place.parent.symlink_to(elsewhere)
    before = (elsewhere / place.name).read_bytes()
    mark_erased(service.folder)
    with service.opened(service.lea):
        pass
    assert (elsewhere / place.name).read_bytes() == before


def test_clearing_up_follows_no_link(service: Service, tmp_path: Path) -> None:
    elsewhere, films = tmp_path / "downloads", service.folder / "footage"
    elsewhere.mkdir()
    (elsewhere / "big.part").write_bytes(PRECIOUS)
    (elsewhere / "mine.age").write_bytes(PRECIOUS)
    free = next(name for name in ("0e", "0f", "1e") if not (films / name).exists())
    (films / free).symlink_to(elsewhere)
    with service.opened(service.lea):
        pass
    assert sorted(file.name for file in elsewhere.iterdir()) == ["big.part", "mine.age"]


def test_saying_who_holds_a_vault_writes_over_no_other_file(folder: Path, tmp_path: Path) -> None:
    precious = tmp_path / "keys"
    precious.write_bytes(PRECIOUS)
    (folder / "vault.holder").symlink_to(precious)
    with Vault.open(folder, vault_case.PASSPHRASE):
        assert not (folder / "vault.holder").is_symlink()
    assert precious.read_bytes() == PRECIOUS


def test_what_is_cleared_away_among_backups_lies_there(tmp_path: Path) -> None:
    place, elsewhere = BackupPlace(tmp_path / "vault-backup-0"), tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("mine.age", "big.part"):
        (elsewhere / name).write_bytes(PRECIOUS)
    place.prepare()
    own = place.films.footage_file(new_id())
    own.parent.mkdir()
    own.write_bytes(b"x")
    (place.root / "footage" / "zz").symlink_to(elsewhere)
    (place.root / ".old-x").symlink_to(elsewhere)
    place.clear_leftovers()
    assert place.drop_films(set()) == 1
    assert sorted(file.name for file in elsewhere.iterdir()) == ["big.part", "mine.age"]


def test_a_film_that_stands_is_not_destroyed_because_its_row_says_so(service: Service) -> None:
    """Who runs the server of the records could have the films of every laptop overwritten."""
    mark_erased(service.folder)
    with service.opened(service.bo) as vault:
        with vault.core.storage.reading() as connection:
            assert shredding.is_finished(vault.core)
            assert connection.execute(select(schema.footage.c.state)).scalars().all() == [FootageState.KEPT]
        assert verify(vault, silent, never) == []
    assert sealed_file(service).exists()
