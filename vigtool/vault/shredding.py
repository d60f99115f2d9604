"""Erasing a family for good: its keys are destroyed, so that what was sealed under them can never be read again.

In one transaction with the act's entry in the log: every grant of every epoch is deleted, every row of every record,
and the epochs are marked as being shredded, each with a signed tombstone. After the commit `finish` makes the database
forget what was deleted, and overwrites and removes the sealed films; then the epochs count as shredded. A run that is
cut off before the commit leaves everything as it was; one that is cut off after it is finished when the vault is next
opened.

A tombstone is a CBOR array [statement, signature]: a CBOR map `domain`, `erasure`, `by` (16 bytes each) and `on` (day
as text), and Ed25519 by that user over "vig/tombstone/1" 00 | vault 16 | statement.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, select, update

from vigtool.casework.film import Film
from vigtool.casework.legal_hold import LegalHold
from vigtool.crypto.layout import id_field
from vigtool.errors import UnderHold
from vigtool.ids import Id
from vigtool.vault import payload, reading, vouching
from vigtool.vault.core import Core
from vigtool.vault.folder import sync_folder
from vigtool.vault.footage_states import FootageState
from vigtool.vault.grants import EpochState
from vigtool.vault.holding import held_by_log
from vigtool.vault.kinds import kind_of
from vigtool.vault.schema import domain_epoch, domain_grant, footage, head, revision
from vigtool.vault.shapes import FilmStandIn
from vigtool.vault.storage import Report, naming_disk_errors

_PIECE = 1 << 20
_LABEL = b"vig/tombstone/1\x00"


@dataclass(frozen=True, slots=True)
class Shredded:
    """What went.

    Attributes:
        records: ids of every record of the domain, removed ones included.
        files: names of its sealed files.
        keys: how many grants there were.
    """

    records: tuple[Id, ...]
    files: tuple[Id, ...]
    keys: int


def shred(core: Core, connection: Connection, domain: Id, erasure: Id, on: date, *, despite_hold: bool) -> Shredded:
    """Destroy all that a domain has in the tables, inside the transaction that is open. No key of it is needed.

    Args:
        core: of the open vault.
        connection: with the transaction.
        domain: the family.
        erasure: id of the record that tells of it.
        on: the day.
        despite_hold: whether a legal hold is passed over: it is older than an erasure that is done again.

    Raises:
        UnderHold: a legal hold covers the family or a film of it.
    """
    name = bytes.fromhex(domain)
    if not despite_hold and (standing_holds(connection, domain) or held_by_log(core, connection, domain)):
        raise under_hold()
    here = revision.c.domain == name
    rows = connection.execute(select(revision.c.id, revision.c.digest).where(here)).all()
    vouching.vouch_again(core, connection, [row.digest for row in rows])
    records = _ids({row.id for row in rows})
    files = _ids(connection.execute(select(footage.c.file).where(footage.c.domain == name)).scalars())
    connection.execute(delete(head).where(head.c.n.in_(select(revision.c.n).where(here))))
    connection.execute(delete(revision).where(here))
    epochs = connection.execute(select(domain_epoch.c.epoch).where(domain_epoch.c.domain == name)).scalars()
    core.keyring.lose(domain, list(epochs))
    keys = connection.execute(delete(domain_grant).where(domain_grant.c.domain == name)).rowcount
    erased = update(footage).where(footage.c.domain == name).values(state=FootageState.ERASED)
    connection.execute(erased)
    stone = _tombstone(core, domain, erasure, on)
    shredding = {"state": EpochState.SHREDDING, "tombstone": stone}
    connection.execute(update(domain_epoch).where(domain_epoch.c.domain == name).values(**shredding))
    return Shredded(records, files, keys)


def finish(core: Core, report: Report) -> int:
    """Do what is left of erasures that are committed: forget the keys, take the files away. How many files went.

    Args:
        core: of the open vault.
        report: told bytes done of all that are to be overwritten.

    Raises:
        StorageFailed: the disk or something else was in the way. What is left is done at the next opening.
    """
    if is_finished(core):
        return 0
    core.storage.forget()
    _spare(core)
    with core.storage.reading() as connection:
        rows = connection.execute(select(footage.c.file).where(footage.c.state == FootageState.ERASED)).scalars()
        files = [file for name in _ids(rows) for file in _places(core, name)]
    with naming_disk_errors():
        total = sum(file.lstat().st_size for file in files)
        done = 0
        for file in files:
            for size in _take_away(file):
                done += size
                report(done, total)
    with core.storage.writing() as connection:
        connection.execute(delete(footage).where(footage.c.state == FootageState.ERASED))
        shredding = domain_epoch.c.state == EpochState.SHREDDING
        connection.execute(update(domain_epoch).where(shredding).values(state=EpochState.SHREDDED))
    return len(files)


def _spare(core: Core) -> None:
    """Keep what a film that stands still needs: whoever can write to the tables could have it called erased."""
    with core.storage.reading() as connection:
        rows = connection.execute(select(footage.c.file).where(footage.c.state == FootageState.ERASED)).scalars()
        erased = {name.hex() for name in rows}
        if not erased:
            return
        films = [stored.value.footage.file for stored in reading.every(core, connection, Film, readable=True)]
        stand_ins = [
            stored.value.footage.file for stored in reading.every(core, connection, FilmStandIn, readable=True)
        ]
    needed = erased & {*films, *stand_ins}
    if needed:
        kept = update(footage).where(footage.c.file.in_([bytes.fromhex(file) for file in needed]))
        with core.storage.writing() as connection:
            connection.execute(kept.values(state=FootageState.KEPT))


def is_finished(core: Core) -> bool:
    """Whether nothing is left to do of any erasure that was committed."""
    left: tuple[Any, ...] = (
        select(footage.c.file).where(footage.c.state == FootageState.ERASED).limit(1),
        select(domain_epoch.c.domain).where(domain_epoch.c.state == EpochState.SHREDDING).limit(1),
    )
    with core.storage.reading() as connection:
        return not any(connection.execute(each).first() for each in left)


def standing_holds(connection: Connection, domain: Id) -> set[Id]:
    """What of a family is held: films, or the family itself. Seen by where the entries belong, without a key of it.

    Rows alone can be put there or taken away by anybody; `holding.held_by_log` asks the log as well.
    """
    held = (revision.c.domain == bytes.fromhex(domain), revision.c.kind == kind_of(LegalHold).number)
    rows = connection.execute(select(revision.c.id, revision.c.parent).where(*held)).all()
    entries = {row.id for row in rows}
    lifted = {row.parent for row in rows if row.parent in entries}
    return {row.parent.hex() for row in rows if row.parent not in entries and row.id not in lifted}


def under_hold() -> UnderHold:
    """What is said where a legal hold stops it."""
    message = "a legal hold stops this from being erased; nothing was changed"
    return UnderHold(message, "it can be erased once a lead or an administrator has lifted the hold")


def _tombstone(core: Core, domain: Id, erasure: Id, on: date) -> bytes:
    said = {
        "domain": bytes.fromhex(domain),
        "erasure": bytes.fromhex(erasure),
        "by": bytes.fromhex(core.user),
        "on": on.isoformat(),
    }
    statement = payload.pack(said)
    return payload.pack([statement, core.keyring.signer.sign(_LABEL + id_field(core.vault) + statement)])


def _ids(names: Iterable[bytes]) -> tuple[Id, ...]:
    return tuple(sorted(name.hex() for name in names))


def _places(core: Core, file: Id) -> Iterator[Path]:
    """Where a sealed file, or a leftover of it, can lie; never beyond a link, which would lead out of the vault."""
    folder = core.folder
    for place in (folder.footage_file(file), folder.footage_part(file), folder.orphans / f"{file}.age"):
        if os.path.lexists(place) and not place.parent.is_symlink():
            yield place


def _take_away(file: Path) -> Iterator[int]:
    """Overwrite a file, remove it, and say how many bytes were written each time.

    What is no file of its own (a link, or one that has another name elsewhere) is only taken away: whoever put it
    there would have something else overwritten.
    """
    found = file.lstat()
    if stat.S_ISREG(found.st_mode) and found.st_nlink == 1:
        yield from _overwrite(file, found.st_size)
    file.unlink()
    sync_folder(file.parent)
    with suppress(OSError):  # others lie in it
        file.parent.rmdir()


def _overwrite(file: Path, size: int) -> Iterator[int]:
    handle = os.open(file, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "r+b") as out:
        for start in range(0, size, _PIECE):
            yield out.write(bytes(min(_PIECE, size - start)))
        out.flush()
        os.fsync(out.fileno())
