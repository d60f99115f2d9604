"""Harm done to a family's films and records by a spoilt disk, and what can be read of its films afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from erased_films_case import Kept
from vigtool.casework.family import Person
from vigtool.casework.film import Film
from vigtool.crypto.age.chunks import CHUNK, SEALED_CHUNK
from vigtool.errors import FilmMissing, SealBroken, VaultDamaged
from vigtool.ids import Id
from vigtool.vault import footage, schema
from vigtool.vault.shapes import FilmIndex, FilmStandIn
from vigtool.vault.vault import Vault

Harm = Callable[[Vault, Kept, Id], None]


def file_of(vault: Vault, film: Id) -> Path:
    return vault.core.folder.footage_file(vault.get(Film, film).value.footage.file)


def _changed(at: int) -> Callable[[Vault, Kept, Id], None]:
    """A byte of the sealed file, counted from its beginning or its end, is another."""

    def harm(vault: Vault, _kept: Kept, film: Id) -> None:
        file = file_of(vault, film)
        whole = bytearray(file.read_bytes())
        whole[at] ^= 1
        file.write_bytes(whole)

    return harm


def _cut(sealed: int) -> Callable[[Vault, Kept, Id], None]:
    def harm(vault: Vault, _kept: Kept, film: Id) -> None:
        file = file_of(vault, film)
        file.write_bytes(file.read_bytes()[:-sealed])

    return harm


def gone(vault: Vault, _kept: Kept, film: Id) -> None:
    file_of(vault, film).unlink()


def _empty(vault: Vault, _kept: Kept, film: Id) -> None:
    file_of(vault, film).write_bytes(b"")


def spoil_row(vault: Vault, record: Id) -> None:
    """Every revision of a record has another byte in its envelope."""
    table = schema.revision.c
    with vault.core.storage.writing() as connection:
        here = table.id == bytes.fromhex(record)
        for row in connection.execute(select(table.n, table.sealed).where(here)).all():
            spoilt = bytearray(row.sealed)
            spoilt[-1] ^= 1
            connection.execute(update(schema.revision).where(table.n == row.n).values(sealed=bytes(spoilt)))


def _row(pick: Callable[[Vault, Kept, Id], Id]) -> Harm:
    return lambda vault, kept, film: spoil_row(vault, pick(vault, kept, film))


def _person(vault: Vault, kept: Kept, _film: Id) -> Id:
    found = vault.all(Person, domain=kept.family.id)
    return found[0].id


def _under(kind: type[Any]) -> Callable[[Vault, Kept, Id], Id]:
    return lambda vault, _kept, film: vault.all(kind, parent=film)[0].id


FILES: dict[str, Harm] = {
    "a byte of its first chunk": _changed(-SEALED_CHUNK),
    "its last byte": _changed(-1),
    "cut by a byte": _cut(1),
    "cut by a chunk and a bit": _cut(SEALED_CHUNK + 5),
}
"""What leaves a film of more than one chunk something that can be read."""

LOST: dict[str, Harm] = {
    "a byte of its header": _changed(60),
    "no header at all": _changed(0),
    "the file is empty": _empty,
    "the file is gone": gone,
}
"""What leaves nothing of it."""

ROWS: dict[str, Harm] = {
    "the family's row": _row(lambda _vault, kept, _film: kept.family.id),
    "a person's row": _row(_person),
    "its film's row": _row(lambda _vault, _kept, film: film),
    "a stand-in's row": _row(_under(FilmStandIn)),
    "an index's row": _row(_under(FilmIndex)),
    "a reel's row": _row(lambda _vault, kept, _film: kept.reels[0].id),
}
"""Records that do not open any more."""


def readable(vault: Vault, film: Film) -> dict[int, bytes]:
    """Each chunk of a film that opens, by where it begins."""
    found = {}
    try:
        with footage.opener(vault, film.footage, film.family, around=True)() as source:
            for start in range(0, film.footage.size, CHUNK):
                try:
                    source.seek(start)
                    found[start] = source.read(CHUNK)
                except SealBroken:
                    continue
    except (FilmMissing, VaultDamaged):
        return {}
    return found
