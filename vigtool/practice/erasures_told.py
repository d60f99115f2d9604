"""Where it is told what was erased: in the vault's folder, and beside every backup that is within reach."""

from __future__ import annotations

from pathlib import Path

from vigtool.casework.backup import Backup
from vigtool.casework.erasure import Erasure
from vigtool.errors import StorageFailed
from vigtool.practice.records import values
from vigtool.vault import tombstones
from vigtool.vault.vault import Vault


def tell(vault: Vault) -> None:
    """Have the list of erasures, in the vault's folder and beside backups, say what the vault says.

    A backup whose disk is not there now is passed over: the next backup in that place tells it.

    Raises:
        StorageFailed: the vault's own folder did not take it.
    """
    tombstones.keep_beside(vault.core)
    for place in {backup.target for backup in _standing(vault)}:
        _told(vault, Path(place))


def untold_backups(vault: Vault) -> list[Backup]:
    """Backups in which something that was erased may stand, and whose place cannot be reached to say so there.

    What is restored from one of them alone, without the vault that it replaces, does not know of the erasure.
    """
    last = max((erasure.on for erasure in values(vault, Erasure)), default=None)
    if last is None:
        return []
    standing = _standing(vault)
    newest = {backup.target: backup.made.date() for backup in standing}
    silent = {place for place, day in newest.items() if day <= last and not _told(vault, Path(place))}
    return [backup for backup in standing if backup.target in silent]


def _standing(vault: Vault) -> list[Backup]:
    """The backups that are not known to be gone, the oldest first."""
    return sorted((each for each in values(vault, Backup) if each.gone is None), key=lambda each: each.made)


def _told(vault: Vault, place: Path) -> bool:
    """Say beside some backups what was erased; whether that could be done."""
    try:
        if not place.is_dir():
            return False
        tombstones.keep_in(vault.core, place)
    except (OSError, StorageFailed):
        return False
    return True
