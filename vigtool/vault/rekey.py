"""Re-keying a family deeply: everything in it gets another key, and nobody has the old ones any more.

What is said stays said: each revision keeps its name, what it replaces, its statement and its signature; its envelope
alone is made anew, with the name inside. Films are sealed again into new files, and their records follow them by one
more revision each. Leaving out what is to be erased makes that, too, be gone for good: no key of it is left.

What is damaged stops nothing: a film goes over with its damage (`footage_again`), a row that does not open stays as it
lies (`carried_rows`). A film of which nothing can be read goes over with nothing, since its key lay in its file: its
record and what is left of the file stay, for a backup to mend. Whoever asks for the re-keying has to name it.

Stopped anywhere, it has happened or it has not. The new files are announced before they are written, so that the next
opening takes them away. One transaction then switches rows, films, epochs and grants, and marks the old files and keys;
what it marked goes after the commit, or at the next opening (`shredding.finish`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import delete, func, select, update

from vigtool.casework.film import SealedFootage
from vigtool.crypto.keys import DomainKey
from vigtool.errors import Cancelled as WasCancelled
from vigtool.errors import InvalidRecord, NoKey, RecordChanged
from vigtool.ids import Id
from vigtool.vault import carried_films, carried_rows, footage, footage_again, granting, shredding
from vigtool.vault.carried_films import Staying
from vigtool.vault.carrying import carried_words
from vigtool.vault.footage_again import Way
from vigtool.vault.footage_states import FootageState
from vigtool.vault.schema import footage as footage_table
from vigtool.vault.schema import head, revision
from vigtool.vault.shapes import FilmStandIn
from vigtool.vault.storage import Cancelled, Report
from vigtool.vault.vault import Vault
from vigtool.vault.writing import Writer

_BATCH = 500


class _MoreCame(Exception):
    """A film was brought in while the others were sealed again."""


@dataclass(slots=True, kw_only=True)
class _Work:
    """One re-keying on its way.

    Attributes:
        key: of the epoch that is to begin.
        keep_users: who is to have it; everybody who has the present one, where none is said.
        without_records, without_files: what is left behind for good.
        way: how films are sealed again.
        giving_up: films that may stay behind where nothing of them can be read; any, where none is said.
        keep_unnamed: whether files go over that no record names which can be read.
        sealed: bytes of the records' envelopes, which are counted with the films'.
        moved: the sealed files that were made, by the names of those they take the place of.
        lost: the names of those of which nothing can be read.
    """

    vault: Vault
    domain: Id
    key: DomainKey
    keep_users: Collection[Id] | None
    without_records: Collection[Id]
    without_files: Collection[Id]
    way: Way
    giving_up: Collection[Id] | None
    keep_unnamed: bool
    report: Report
    cancelled: Cancelled
    sealed: int = 0
    moved: dict[Id, SealedFootage] = field(default_factory=dict)
    lost: set[Id] = field(default_factory=set)


def deep_rekey(
    vault: Vault,
    domain: Id,
    *,
    keep_users: Collection[Id] | None,
    without_records: Collection[Id] = (),
    without_files: Collection[Id] = (),
    act: str,
    objects: Sequence[Id],
    also: Callable[[Writer], None] | None = None,
    way: Way = Way.CHUNKS,
    giving_up: Collection[Id] | None = (),
    keep_unnamed: bool = True,
    report: Report,
    cancelled: Cancelled,
) -> None:
    """Give a family another key and destroy the old ones. Not to be called inside a transaction.

    Args:
        vault: open, by somebody who can open the family.
        domain: the family.
        keep_users: who is to have the new key, this user among them; all who have the present one where none is said.
        without_records: ids of records whose every revision is left out and deleted.
        without_files: names of sealed files that are left out and destroyed; no record that stays may need them.
        act: what the audit log says was done.
        objects: to what, besides the records that are written.
        also: writes more into the transaction that switches, last.
        way: how films that stay are sealed again; by their headers alone where nobody is to be shut out.
        giving_up: ids of films that may stay behind where nothing of them can be read; any, where None is said.
        keep_unnamed: whether sealed files go over of which no record can be read; not where one of them may be erased.
        report: told bytes done of all that have to be sealed again and checked: films twice, records once.
        cancelled: asked between pieces; nothing was changed then.

    Raises:
        Cancelled, NoKey, StorageFailed: nothing was changed.
        CardUnchecked: somebody else holds the key whose card this user has not checked.
        FilmsBeyondReach: nothing can be read of a film that was not given up.
        SealBroken: this user lacks one of the family's keys, or one is not what was written.
        VaultDamaged: all of a film opens, and it is not the one that was brought in.
        RecordChanged: a film is just being brought into the family, or somebody's access was changed.
        InvalidRecord: this user would lose the key, or a record that stays needs a file that goes.
    """
    core = vault.core
    if not core.keyring.has(domain):
        message = f"nobody gave this user the key of {domain}"
        raise NoKey(message, "ask somebody who can open it to do this")
    if keep_users is not None and core.user not in keep_users:
        message = "whoever gives a family another key keeps it"
        raise InvalidRecord(message, "have somebody else do it who can open the family")
    with core.storage.reading() as connection:
        granting.holders(core, connection, domain)
        key = granting.next_key(connection, domain)
        here = revision.c.domain == bytes.fromhex(domain)
        sealed = int(connection.execute(select(func.sum(func.length(revision.c.sealed))).where(here)).scalar() or 0)
    work = _Work(
        vault=vault,
        domain=domain,
        key=key,
        keep_users=keep_users,
        without_records=without_records,
        without_files=without_files,
        way=way,
        giving_up=giving_up,
        keep_unnamed=keep_unnamed,
        report=report,
        cancelled=cancelled,
        sealed=sealed,
    )
    try:
        while not _switched(work, act, objects, also):
            pass
    except BaseException:
        for made in work.moved.values():
            footage.discard(vault, made)
        raise
    shredding.finish(core, lambda _done, _total: None)


def _switched(work: _Work, act: str, objects: Sequence[Id], also: Callable[[Writer], None] | None) -> bool:
    """Seal what is left of the films again and switch; False where another film came in the meantime."""
    _seal_films(work)
    if work.cancelled():
        raise WasCancelled
    try:
        said: dict[str, str | int] = {"epoch": work.key.epoch, "files": len(work.moved)}
        with work.vault.transaction(act, objects, said) as writer:
            _refuse_unsettled(work, writer)
            _leave_out(work, writer)
            _give_anew(work, writer)
            left = carried_rows.reseal_rows(work.vault.core, writer.keys.connection, work.key, _step_of(work))
            said |= {word: count for word, count in (("unread", left), ("beyond_reach", len(work.lost))) if count}
            said |= carried_words(writer.keys.connection, work.domain)
            _move_films(work, writer)
            granting.shred_before(work.vault.core, writer.keys.connection, work.domain, work.key.epoch)
            if also is not None:
                also(writer)
    except _MoreCame:
        return False
    return True


def _staying(work: _Work) -> Staying:
    """What stays of the films, as it is now."""
    left_out = (work.without_records, work.without_files)
    return carried_films.staying(work.vault, work.domain, *left_out, keep_unnamed=work.keep_unnamed)


def _seal_films(work: _Work) -> None:
    """Seal every film for the new key that was not yet, and find those of which nothing can be read."""
    there = _staying(work)
    waiting = {file: sealed for file, sealed in there.files().items() if file not in work.moved}
    if waiting.keys() & set(work.without_files):
        message = "a film that stays needs a file that is to go"
        raise InvalidRecord(message, "leave its record out as well")
    lost = carried_films.beyond_reach(work.vault, work.domain, waiting.values())
    if work.giving_up is not None:
        newly = lost - carried_films.without_key(work.vault, work.domain, lost)
        carried_films.refuse([film for film in there.films_in(newly) if film not in work.giving_up])
    work.lost = lost
    before = 2 * sum(made.size for made in work.moved.values())
    total = before + 2 * sum(sealed.size for file, sealed in waiting.items() if file not in lost) + work.sealed
    identity = work.key.footage_identity()
    for file, sealed in waiting.items():
        if file in lost:
            continue

        def report(done: int, _of: int, before: int = before) -> None:
            work.report(before + done, total)

        work.moved[file] = footage_again.seal_again(
            work.vault, sealed, work.domain, identity, way=work.way, report=report, cancelled=work.cancelled
        )
        before += 2 * sealed.size


def _refuse_unsettled(work: _Work, writer: Writer) -> None:
    """All films that can be read must be sealed again by now, and none be on its way in under the key that goes."""
    there = {file: sealed for file, sealed in _staying(work).files().items() if file not in work.moved}
    lost = carried_films.beyond_reach(work.vault, work.domain, there.values())
    if not there.keys() == lost <= work.lost:
        raise _MoreCame  # also where one was mended meanwhile
    made = {each.file for each in work.moved.values()}
    table = footage_table.c
    coming = (table.domain == bytes.fromhex(work.domain), table.state == FootageState.ANNOUNCED, table.sealed_size == 0)
    rows = writer.keys.connection.execute(select(table.file).where(*coming)).scalars()
    if any(file.hex() not in made for file in rows):
        message = "a film is just being brought into this family"
        raise RecordChanged(message, "wait until it is there, then do this again")


def _leave_out(work: _Work, writer: Writer) -> None:
    """Delete the rows of what is not carried over."""
    connection, domain = writer.keys.connection, bytes.fromhex(work.domain)
    names = [bytes.fromhex(record) for record in work.without_records]
    for start in range(0, len(names), _BATCH):
        # By the ids alone: asked for the domain too, the database looks through all of the family each time.
        some = select(revision.c.n, revision.c.domain).where(revision.c.id.in_(names[start : start + _BATCH]))
        numbers = [row.n for row in connection.execute(some) if row.domain == domain]
        for first in range(0, len(numbers), _BATCH):
            gone = numbers[first : first + _BATCH]
            connection.execute(delete(head).where(head.c.n.in_(gone)))
            connection.execute(delete(revision).where(revision.c.n.in_(gone)))


def _give_anew(work: _Work, writer: Writer) -> None:
    """Begin the epoch, for those who are to have it."""
    core, connection = work.vault.core, writer.keys.connection
    holders = granting.holders(core, connection, work.domain)
    kept = {user: role for user, role in holders.items() if work.keep_users is None or user in work.keep_users}
    granting.renew(core, connection, work.domain, kept, work.key)


def _step_of(work: _Work) -> Callable[[int], None]:
    """Tells how far the rows are, behind the films."""
    before, done = 2 * sum(made.size for made in work.moved.values()), 0

    def step(size: int) -> None:
        nonlocal done
        if work.cancelled():
            raise WasCancelled
        done += size
        work.report(before + min(done, work.sealed), before + work.sealed)

    return step


def _move_films(work: _Work, writer: Writer) -> None:
    """Keep the new files, mark the old ones, and have each film's record follow."""
    connection, table = writer.keys.connection, footage_table.c
    named = _staying(work).named
    small = {stored.value.footage.file for stored in named if isinstance(stored.value, FilmStandIn)}
    stay = {*(each.file for each in work.moved.values()), *(work.lost - small)}
    old = (table.domain == bytes.fromhex(work.domain), table.file.not_in([bytes.fromhex(file) for file in stay]))
    connection.execute(update(footage_table).where(*old).values(state=int(FootageState.ERASED)))
    for each in work.moved.values():
        new = update(footage_table).where(table.file == bytes.fromhex(each.file))
        kept = {"state": int(FootageState.KEPT), "epoch": work.key.epoch, "sealed_size": each.sealed_size}
        connection.execute(new.values(**kept))
    for stored in named:
        moved = work.moved.get(stored.value.footage.file)
        if moved is not None:
            writer.change(stored, replace(stored.value, footage=moved))
        elif isinstance(stored.value, FilmStandIn):  # it is made again when it is next needed
            writer.remove(stored)
