"""The sealed films of a family that gets another key: which of them stay, and of which nothing can be read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from vigtool.casework.film import Film, SealedFootage
from vigtool.errors import FilmsBeyondReach, VaultDamaged
from vigtool.ids import Id
from vigtool.vault import carried_rows, footage, footage_again
from vigtool.vault.footage_states import FootageState
from vigtool.vault.schema import footage as footage_table
from vigtool.vault.shapes import Stored
from vigtool.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Staying:
    """What of a family has sealed files, and stays.

    Attributes:
        named: the newest records of films and stand-ins.
        unnamed: files of which no record can be read. Somebody's film is in them, and a backup knows whose.
    """

    named: tuple[Stored[Any], ...]
    unnamed: tuple[SealedFootage, ...]

    def files(self) -> dict[Id, SealedFootage]:
        """Every file that stays, by its name."""
        all_of_them = (*(stored.value.footage for stored in self.named), *self.unnamed)
        return {sealed.file: sealed for sealed in all_of_them}

    def films_in(self, files: Collection[Id]) -> tuple[Id, ...]:
        """The films whose sealed files are among these; stand-ins are none."""
        return tuple(
            stored.id
            for stored in self.named
            if isinstance(stored.value, Film) and stored.value.footage.file in files
        )  # fmt: skip


def staying(
    vault: Vault, domain: Id, without_records: Collection[Id], without_files: Collection[Id], *, keep_unnamed: bool
) -> Staying:
    """What stays of a family's films.

    Args:
        vault: open, by somebody who can open the family.
        domain: the family.
        without_records: ids of records that do not stay.
        without_files: names of files that do not.
        keep_unnamed: whether files stay of which no record can be read.

    Raises:
        VaultNewer, SealBroken, NoKey: as for `carried_rows.films_with_records`.
    """
    core = vault.core
    with core.storage.reading() as connection:
        found, others = carried_rows.films_with_records(core, connection, domain)
        kept = _kept(connection, domain) if others and keep_unnamed else {}
    named = {stored.value.footage.file for stored in found} | set(without_files)
    unnamed = (footage_again.unnamed(vault, file, size) for file, size in kept.items() if file not in named)
    return Staying(tuple(stored for stored in found if stored.id not in without_records), tuple(unnamed))


def without_key(vault: Vault, domain: Id, files: Iterable[Id]) -> set[Id]:
    """Those of these files that were left behind under a key that was destroyed since."""
    with vault.core.storage.reading() as connection:
        living = carried_rows.living_epochs(connection, domain)
        table = footage_table.c
        here = (table.domain == bytes.fromhex(domain), table.epoch.not_in(living))
        left = {file.hex() for file in connection.execute(select(table.file).where(*here)).scalars()}
    return left.intersection(files)


def beyond_reach(vault: Vault, domain: Id, files: Iterable[SealedFootage]) -> set[Id]:
    """Those of these files of which nothing can be read: not entered, gone, or not beginning as they were written.

    Raises:
        StorageFailed, NoKey, SealBroken: as for `footage_again.is_beyond_reach`.
    """
    found = {sealed.file: sealed for sealed in files}
    gone = without_key(vault, domain, found)
    for file, sealed in found.items():
        if file in gone:
            continue
        try:
            footage.epoch_of(vault, file, domain)
        except VaultDamaged:
            gone.add(file)
        else:
            gone |= {file} if footage_again.is_beyond_reach(vault, sealed, domain) else set()
    return gone


def refuse(films: Collection[Id]) -> None:
    """A film stays behind only where somebody has said so.

    Raises:
        FilmsBeyondReach: there are such films.
    """
    if films:
        message = f"nothing can be read of other films of this family ({len(films)}), and it is to get another key"
        hint = "mend them from a backup first, or erase them too; otherwise only a backup made before will have them"
        raise FilmsBeyondReach(message, hint, tuple(films))


def _kept(connection: Connection, domain: Id) -> dict[Id, int]:
    """The sizes of a family's sealed files."""
    table = footage_table.c
    here = (table.domain == bytes.fromhex(domain), table.state == FootageState.KEPT)
    rows = connection.execute(select(table.file, table.sealed_size).where(*here)).all()
    return {row.file.hex(): row.sealed_size for row in rows}
