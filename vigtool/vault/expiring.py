"""Taking old backups away, once a newer one in the same place is whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vigtool.ids import Id
from vigtool.vault.backup_place import BackupPlace
from vigtool.vault.storage import naming_disk_errors


@dataclass(frozen=True, slots=True)
class Expired:
    """What went, and what is there.

    Attributes:
        backups: ids of the backups that were taken away now.
        there: ids of those that are left.
        films: how many sealed films went, that no backup here wanted any more.
    """

    backups: tuple[Id, ...]
    there: tuple[Id, ...]
    films: int


def expire(place: BackupPlace, newest: Id, on: date) -> Expired:
    """Take away the backups whose last day is over, but for the newest, and the films that nobody wants any more.

    Where there is a backup whose manifest cannot be read, no film goes: it may be one of its own.

    Args:
        place: where `newest` was made a moment ago.
        newest: id of the backup that is whole.
        on: today.

    Raises:
        VaultHeld, StorageFailed.
    """
    with naming_disk_errors(), place.held():
        place.clear_leftovers()
        found = place.generations()
        over = [each for each in found if each.manifest.backup != newest and on > each.manifest.keep_until]
        for each in over:
            place.take_away(each.folder)
        left = place.generations()
        films = 0
        if len(left) == len(place.folders()):
            films = place.drop_films({file for each in left for file in each.manifest.films})
    return Expired(tuple(each.manifest.backup for each in over), tuple(each.manifest.backup for each in left), films)
