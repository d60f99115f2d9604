"""Clearing up after a run that was cut off, when the vault is opened and nobody else holds it.

A sealed file is announced in a row before its first byte is written, and kept in the transaction that adds its film.
So whatever is announced and not kept was never acknowledged to anybody, and goes. A file without any row is another
matter: it may be all that is left of a film whose records were lost, say because an older vault.db was put in place.
It is set aside in footage/orphans and never deleted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, delete, select, update

from vigtool.casework.film import Film
from vigtool.errors import VigtoolError
from vigtool.ids import Id, is_id
from vigtool.vault import reading, shredding, tombstones
from vigtool.vault.core import Core
from vigtool.vault.folder import make_private_folder, sync_folder
from vigtool.vault.footage_states import FootageState
from vigtool.vault.schema import footage
from vigtool.vault.shapes import FilmStandIn, Swept
from vigtool.vault.storage import naming_disk_errors


def sweep(core: Core) -> Swept:
    """Clear up.

    Raises:
        StorageFailed: a leftover could not be taken away.
    """
    with suppress(VigtoolError):  # what is left of an erasure must not keep anybody out; it is tried again
        shredding.finish(core, lambda _done, _total: None)
        tombstones.keep_beside(core)
    with naming_disk_errors():
        with core.storage.reading() as connection:
            known, announced = _written_down(core, connection)
        unfinished = 0
        if announced:
            with core.storage.writing() as connection:
                unfinished = _finish(core, connection, announced)
        parts, strangers = _clear_files(core, known)
    return Swept(parts=parts, unfinished=unfinished, strangers=strangers)


def _written_down(core: Core, connection: Connection) -> tuple[set[Id], list[Id]]:
    """Every file that has a row, and those of them that were announced by this user and not kept."""
    rows = connection.execute(select(footage)).all()
    announced = [row.file.hex() for row in rows if row.state == FootageState.ANNOUNCED]
    mine = {row.file.hex() for row in rows if core.keyring.has(row.domain.hex())}
    return {row.file.hex() for row in rows}, [file for file in announced if file in mine]


def _finish(core: Core, connection: Connection, announced: list[Id]) -> int:
    """Delete what was announced and never kept; what a record refers to all the same is kept. How many went."""
    # A record that is damaged keeps nobody out, and needs none of these: a film is kept where its record is written.
    films = [stored.value.footage.file for stored in reading.every(core, connection, Film, readable=True)]
    stand_ins = [stored.value.footage.file for stored in reading.every(core, connection, FilmStandIn, readable=True)]
    wanted = {*films, *stand_ins}
    gone = 0
    for file in announced:
        row = footage.c.file == bytes.fromhex(file)
        if file in wanted:
            connection.execute(update(footage).where(row).values(state=FootageState.KEPT))
            continue
        sealed = core.folder.footage_file(file)
        gone += sealed.exists()
        sealed.unlink(missing_ok=True)
        connection.execute(delete(footage).where(row))
    return gone


def _clear_files(core: Core, known: set[Id]) -> tuple[int, int]:
    """Delete half-written files and set strangers aside; how many of each."""
    parts = strangers = 0
    for file in _files(core.folder.footage):
        if file.suffix == ".part":
            file.unlink()
            parts += 1
        elif file.suffix == ".age" and file.stem not in known:
            make_private_folder(core.folder.orphans)
            file.rename(_free(core.folder.orphans / file.name))
            sync_folder(core.folder.orphans)
            strangers += 1
    return parts, strangers


def _free(wanted: Path) -> Path:
    """A name that nothing bears yet: two films of one name may have been lost, one after the other."""
    names = (wanted, *(wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}") for number in range(1, 10_000)))
    return next(name for name in names if not name.exists())


def _files(root: Path) -> Iterator[Path]:
    """Files in the folders with two-digit names. A link is no folder of the vault: nothing beyond it is touched."""
    if not root.is_dir():
        return
    for folder in sorted(root.iterdir()):
        if folder.is_dir() and not folder.is_symlink() and is_id(folder.name.ljust(32, "0")) and len(folder.name) == 2:
            yield from sorted(folder.iterdir())
            with suppress(OSError):
                folder.rmdir()
