"""Looking through a whole vault: every seal, every signature, every link, every chunk of every film."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import func, select

from vigtool.casework.film import Film, SealedFootage
from vigtool.crypto.signing import verify as signed_by
from vigtool.errors import Cancelled as WasCancelled
from vigtool.errors import VigtoolError
from vigtool.ids import Id
from vigtool.vault import heads, schema
from vigtool.vault.audit_check import check_log, written_by_erasures
from vigtool.vault.cards import signing_keys
from vigtool.vault.carrying import carried_pair, check_carried
from vigtool.vault.core import Core
from vigtool.vault.footage import open_sealed
from vigtool.vault.footage_states import FootageState
from vigtool.vault.key_check import check_keys
from vigtool.vault.sealing import Opened, Row, row_of
from vigtool.vault.shapes import NOTHING_BEFORE, FilmStandIn, Finding
from vigtool.vault.storage import Cancelled, Report, naming_disk_errors
from vigtool.vault.vault import Vault

_BATCH = 500
_PIECE = 1 << 20
_FETCH = "fetch it from a backup"
_TELL = "somebody may have changed the vault: keep a copy of it as it is, and tell whoever answers for it"


@dataclass(slots=True)
class _Progress:
    """How far the checking is, in bytes, and whether the person still wants it."""

    total: int
    report: Report
    cancelled: Cancelled
    done: int = 0

    def step(self, size: int) -> None:
        if self.cancelled():
            raise WasCancelled
        self.done += size
        self.report(min(self.done, self.total), self.total)


@dataclass(slots=True)
class _Seen:
    """What the revisions said, gathered on the way for the checks that need all of them."""

    revisions: dict[bytes, tuple[Id, int]] = field(default_factory=dict)
    parents: dict[Id, Id] = field(default_factory=dict)
    previous: list[tuple[Id, int, bytes]] = field(default_factory=list)
    films: dict[bytes, tuple[Film | FilmStandIn, Id]] = field(default_factory=dict)
    replaced: set[bytes] = field(default_factory=set)
    anothers: list[tuple[bytes, Id]] = field(default_factory=list)
    carried: dict[Id, list[bytes]] = field(default_factory=dict)


class Depth(Enum):
    """How much of each film is looked at."""

    NOTHING = "nothing"
    ENDS = "its beginning and its end"
    WHOLE = "every byte"


def verify(vault: Vault, report: Report, cancelled: Cancelled, *, films: Depth = Depth.WHOLE) -> list[Finding]:
    """Everything that is not as it was written; an empty list where all is well. Nothing is changed.

    What this user has no key for is checked as far as it can be without.

    Raises:
        Cancelled, VaultError (closed), StorageFailed.
    """
    return verify_core(vault.core, report, cancelled, films=films)


def verify_core(core: Core, report: Report, cancelled: Cancelled, *, films: Depth) -> list[Finding]:
    """The same of records that were opened to be looked into."""
    seen = _Seen()
    progress = _Progress(max(1, _size(core)), report, cancelled)
    found = list(_database(core))
    users = signing_keys(core).by_user
    for row in _rows(core):
        progress.step(len(row.sealed))
        found += _revision(core, row, users, seen)
    found += _anothers(core, seen)
    found += _links(core, seen)
    named = {finding.object for finding in found}
    found += [finding for finding in check_log(core, users) if finding.object not in named]
    found += check_carried(core, users, seen.carried)
    found += check_keys(core, {finding.object for finding in found})
    if films is not Depth.NOTHING:
        found += _footage(core, seen, progress, films)
    return found


def _size(core: Core) -> int:
    with core.storage.reading() as connection:
        records = connection.execute(select(func.sum(func.length(schema.revision.c.sealed)))).scalar()
        films = connection.execute(select(func.sum(schema.footage.c.sealed_size))).scalar()
    return int(records or 0) + int(films or 0)


def _database(core: Core) -> Iterator[Finding]:
    if core.storage.complaints():
        yield Finding(object=core.vault, what="the vault's database is damaged", hint=_FETCH)
        return
    with core.storage.reading() as connection:
        if not heads.are_right(connection):
            hint = "close the vault and open it again: it is put right then"
            yield Finding(object=core.vault, what="the list of newest revisions is wrong", hint=hint)


def _rows(core: Core) -> Iterator[Row]:
    """Every revision, in the order they came; others may use the vault in between."""
    last = 0
    while True:
        after = select(schema.revision).where(schema.revision.c.n > last).order_by(schema.revision.c.n).limit(_BATCH)
        with core.storage.reading() as connection:
            batch: list[Any] = list(connection.execute(after).mappings())
        if not batch:
            return
        last = batch[-1]["n"]
        yield from (row_of(found) for found in batch)


def _revision(core: Core, row: Row, users: dict[Id, bytes], seen: _Seen) -> Iterator[Finding]:
    seen.revisions[row.digest] = (row.id, row.revision)
    seen.parents[row.id] = row.parent
    seen.previous.append((row.id, row.revision, row.previous))
    seen.replaced.add(row.previous)
    if carried := carried_pair(row.digest, row.sealed):
        seen.carried.setdefault(row.domain, []).append(carried)
    if not core.keyring.has(row.domain):
        if not _domain_exists(core, row.domain):
            yield Finding(object=row.id, what="a record lies in a key domain that nobody ever opened", hint=_TELL)
        return
    try:
        opened = core.seals.open(row)
    except VigtoolError as error:
        yield Finding(object=row.id, what=error.message, hint=error.hint or _FETCH)
        return
    yield from _signature(opened, users, seen)
    if isinstance(opened.stored.value, Film | FilmStandIn) and not opened.stored.removed:
        seen.films[row.digest] = (opened.stored.value, row.domain)


def _signature(opened: Opened, users: dict[Id, bytes], seen: _Seen) -> Iterator[Finding]:
    stored = opened.stored
    key = users.get(stored.writer)
    if key is None or not signed_by(key, opened.signature, opened.signed_bytes()):
        yield Finding(object=stored.id, what="a record was not signed by the user it names", hint=_TELL)
    elif opened.kind.own and stored.writer != stored.owner:
        seen.anothers.append((stored.digest, stored.id))


def _anothers(core: Core, seen: _Seen) -> Iterator[Finding]:
    """Records that somebody else wrote than their author: an erasure alone may, to take out what it erased."""
    allowed = written_by_erasures(core) if seen.anothers else set()
    for digest, id_ in seen.anothers:
        if digest not in allowed:
            yield Finding(object=id_, what="a record was written by somebody other than its author", hint=_TELL)


def _domain_exists(core: Core, domain: Id) -> bool:
    epochs = schema.domain_epoch.c
    with core.storage.reading() as connection:
        query = select(epochs.epoch).where(epochs.domain == bytes.fromhex(domain)).limit(1)
        return connection.execute(query).first() is not None


def _links(core: Core, seen: _Seen) -> Iterator[Finding]:
    """Each revision follows one that is there, and each record belongs to one that is there."""
    for id_, number, previous in seen.previous:
        first = previous == NOTHING_BEFORE and number == 1
        if not first and seen.revisions.get(previous) != (id_, number - 1):
            yield Finding(object=id_, what="an earlier revision of a record is missing", hint=_FETCH)
    for id_, parent in seen.parents.items():
        if parent not in seen.parents and parent != core.vault:
            yield Finding(object=id_, what="what a record belongs to is missing", hint=_FETCH)


def _footage(core: Core, seen: _Seen, progress: _Progress, depth: Depth) -> Iterator[Finding]:
    rows = schema.footage.c
    with core.storage.reading() as connection:
        kept = connection.execute(select(schema.footage).where(rows.state == FootageState.KEPT)).all()
    epochs = {(row.file.hex(), row.domain.hex()): row.epoch for row in kept}
    for film, domain in _newest_films(seen):
        epoch = epochs.get((film.footage.file, domain))
        if epoch is None:
            yield Finding(object=film.id, what="a film's sealed file is not entered in the vault", hint=_FETCH)
            continue
        try:
            as_brought_in = _read_through(core, film.footage, domain, epoch, progress, depth)
        except WasCancelled:
            raise
        except VigtoolError as error:
            yield Finding(object=film.id, what=error.message, hint=error.hint or _FETCH)
            continue
        if not as_brought_in:
            yield Finding(object=film.id, what="a film's bytes are not those that were brought in", hint=_FETCH)
    yield from _strangers(core)


def _newest_films(seen: _Seen) -> Iterable[tuple[Film | FilmStandIn, Id]]:
    return [film for digest, film in seen.films.items() if digest not in seen.replaced]


def _read_through(core: Core, sealed: SealedFootage, domain: Id, epoch: int, progress: _Progress, depth: Depth) -> bool:
    """Every chunk, or the first and the last; whether they are the film's own bytes."""
    sha256 = hashlib.sha256()
    identity = core.keyring.key(domain, epoch).footage
    with naming_disk_errors(), open_sealed(core.folder.footage_file(sealed.file), sealed, identity) as reader:
        if depth is Depth.ENDS:
            reader.read(1)
            progress.step(sealed.sealed_size)
            return True
        while piece := reader.read(_PIECE):
            sha256.update(piece)
            progress.step(len(piece))
    return sha256.digest() == sealed.sha256


def _strangers(core: Core) -> Iterator[Finding]:
    with naming_disk_errors():
        count = len(list(core.folder.orphans.glob("*.age"))) if core.folder.orphans.is_dir() else 0
    if count:
        what = f"{count} sealed files in footage/orphans belong to no film of this vault"
        hint = "they may be films of a newer copy of vault.db: keep them until that is clear"
        yield Finding(object=core.vault, what=what, hint=hint)
