"""Whether the audit log is what was written, and the records are what the log says was written.

The log shows what was changed, cut out, put in or exchanged within it, and any record that vanished or came past it. It
cannot show that its end is missing together with the records of that time: that takes a checkpoint that lies elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from vigtool import errors
from vigtool.casework.erasure import Erasure
from vigtool.crypto.signing import verify as signed_by
from vigtool.errors import VigtoolError
from vigtool.ids import Id
from vigtool.vault import granting, reading
from vigtool.vault.audit import Entry, Link, Wrote, lengths, links, stretch
from vigtool.vault.checkpoint import SignedCheckpoint
from vigtool.vault.core import Core
from vigtool.vault.grants import EpochState
from vigtool.vault.key_history import KeyHistory
from vigtool.vault.keys_told import epochs_told
from vigtool.vault.merkle import root
from vigtool.vault.schema import domain_epoch, domain_grant, revision
from vigtool.vault.shapes import NOTHING_BEFORE, Finding
from vigtool.vault.storage import Cancelled, Report

BASELINE = "baseline"
"""The act of the entry that vouches for the records which are older than the log."""

FAMILY_ERASE, FILM_ERASE = "family erase", "film erase"
"""The acts whose entries name, as what they were done to, every record that they erased."""

_ERASE_AGAIN = "an older state was put back: erase it again, and tell whoever answers for the vault"
_TELL = "keep a copy of the vault as it is, and tell whoever answers for it"

_STRETCH = 256
_BEFORE_ALL = -(1 << 62)  # a place that no entry has, whatever was done to the numbers


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""


def _never() -> bool:
    """Nobody stops it."""
    return False


@dataclass(slots=True)
class _Log:
    """What one reading of the whole log gave."""

    found: list[Finding] = field(default_factory=list)
    wrote: dict[bytes, Wrote] = field(default_factory=dict)
    baselines: list[Entry] = field(default_factory=list)
    erased: set[Id] = field(default_factory=set)
    erasing: list[Entry] = field(default_factory=list)
    epochs: dict[Id, int] = field(default_factory=dict)
    keys: KeyHistory = field(default_factory=KeyHistory)
    last: dict[Id, Link] = field(default_factory=dict)
    seen: int = 0


def check_log(
    core: Core, users: Mapping[Id, bytes], report: Report = _silent, cancelled: Cancelled = _never
) -> list[Finding]:
    """Everything about the log that is not as it was written, the first broken entry first; empty where all is well.

    Others may read and write meanwhile: they are kept waiting only while the records are held against the log.

    Args:
        core: of the open vault.
        users: the signing keys of all users, 32 bytes each.
        report: told how many entries of how many were looked at.
        cancelled: asked every few hundred entries.

    Raises:
        errors.Cancelled.
    """
    log = _Log()
    _read(core, users, log, report, cancelled)
    with core.storage.alone():
        _read(core, users, log, report, cancelled)  # what was entered meanwhile
        return log.found + list(_records(core, log))


def check_against(core: Core, signed: SignedCheckpoint, users: Mapping[Id, bytes]) -> list[Finding]:
    """Whether the log still begins with everything that a checkpoint vouches for."""
    public = users.get(signed.user)
    checkpoint = signed.checkpoint
    if checkpoint.vault != core.vault:
        return [Finding(object=core.vault, what="the checkpoint is of another vault", hint="take this vault's own")]
    if public is None or not signed.is_signed_by(public):
        return [Finding(object=core.vault, what="the checkpoint was not signed by a user of this vault", hint=_TELL)]
    leaves = leaves_of(core, checkpoint.device)
    if len(leaves) < checkpoint.size:
        what = f"the audit log has {len(leaves)} entries, and had {checkpoint.size} when the checkpoint was made"
        return [Finding(object=checkpoint.device, what=what, hint=_TELL)]
    if root(leaves[: checkpoint.size]) != checkpoint.root:
        what = "the audit log is not the one that the checkpoint was made of"
        return [Finding(object=checkpoint.device, what=what, hint=_TELL)]
    return []


def leaves_of(core: Core, device: Id) -> list[bytes]:
    """The leaf hashes of one device's log."""
    with core.storage.reading() as connection:
        return [link.leaf for link in links(connection, device)]


def written_by_erasures(core: Core) -> set[bytes]:
    """The revisions that erasures wrote, by their digests: those that take out of a record what was erased."""
    found: set[bytes] = set()
    with core.storage.reading() as connection:
        for link in links(connection):
            entry = core.audit.read(link)
            if entry is not None and entry.act in {FAMILY_ERASE, FILM_ERASE}:
                found.update(each.digest for each in entry.wrote)
    return found


def baseline_of(digests: Iterable[bytes]) -> str:
    """One hash, in hexadecimal, for a set of revisions: SHA-256 over their sorted digests."""
    return hashlib.sha256(b"".join(sorted(digests))).hexdigest()


def _read(core: Core, users: Mapping[Id, bytes], log: _Log, report: Report, cancelled: Cancelled) -> None:
    """Go on from where `log` has come to, a stretch at a time."""
    with core.storage.reading() as connection:
        devices = lengths(connection)
    total = sum(devices.values())
    for device in devices:
        while found := _stretch(core, log, device):
            if cancelled():
                raise errors.Cancelled
            for link in found:
                _one(core, users, log, link)
                log.last[device] = link
            log.seen += len(found)
            report(log.seen, max(total, log.seen))


def _stretch(core: Core, log: _Log, device: Id) -> list[Link]:
    last = log.last.get(device)
    with core.storage.reading() as connection:
        return stretch(connection, device, after=_BEFORE_ALL if last is None else last.seq, count=_STRETCH)


def _one(core: Core, users: Mapping[Id, bytes], log: _Log, link: Link) -> None:
    """Look at one entry, in its place behind the ones before it."""
    before = log.last.get(link.device)
    place, name = (0, NOTHING_BEFORE) if before is None else (before.seq, before.leaf)
    if link.seq != place + 1 or link.previous != name:
        log.found.append(_broken(link, "does not follow the one before it"))
    try:
        entry = core.audit.open(link)
    except VigtoolError as error:
        log.found.append(Finding(object=link.device, what=error.message, hint=error.hint or _TELL))
        return
    if link.in_clear:  # nobody signs that somebody tried with a wrong key
        return
    public = None if entry.by is None else users.get(entry.by)
    if public is None or not signed_by(public, link.signature, link.signed(core.vault)):
        log.found.append(_broken(link, "was not signed by the user it names"))
        return
    log.wrote.update((each.digest, each) for each in entry.wrote)
    log.keys.note(entry)
    for domain, epoch in epochs_told(entry.details):
        log.epochs[domain] = max(epoch, log.epochs.get(domain, 0))
    if entry.act == BASELINE:
        log.baselines.append(entry)
    if entry.act in {FAMILY_ERASE, FILM_ERASE}:
        log.erased.update(set(entry.objects) - {each.id for each in entry.wrote})
        log.erasing.append(entry)


def _records(core: Core, log: _Log) -> Iterator[Finding]:
    """The records that stand, against those that the log says were written or erased."""
    with core.storage.reading() as connection:
        columns = select(revision.c.digest, revision.c.id)
        standing = {row.digest: row.id.hex() for row in connection.execute(columns)}
    gone = {each.id for digest, each in log.wrote.items() if digest not in standing and each.id not in log.erased}
    for id_ in sorted(gone):
        yield Finding(
            object=id_, what="a record that the audit log tells of is gone, or an older one stands for it", hint=_TELL
        )
    for id_ in sorted(log.erased.intersection(standing.values())):
        yield Finding(object=id_, what="a record that was erased stands in the vault again", hint=_ERASE_AGAIN)
    yield from _untold(core, log)
    keys = [*_keys(core, log), *_put_back(core, log)]
    with core.storage.reading() as connection:
        keys += log.keys.findings(connection, {*gone, *(finding.object for finding in keys)})
    yield from keys
    unknown = {digest: id_ for digest, id_ in standing.items() if digest not in log.wrote}
    if unknown and not any(_vouches(entry, unknown) for entry in log.baselines):
        # A baseline does not say which revisions it is of: which of them came past the log cannot be told.
        for id_ in [core.vault] if log.baselines else sorted(set(unknown.values())):
            yield Finding(object=id_, what="records stand in the vault that the audit log knows nothing of", hint=_TELL)


def _untold(core: Core, log: _Log) -> Iterator[Finding]:
    """Entries that tell of an erasure which stands nowhere else: they would excuse whatever somebody took away."""
    with core.storage.reading() as connection:
        told = {id_ for each in reading.every(core, connection, Erasure, readable=True) for id_ in each.value.erased}
    for entry in log.erasing:
        if told.isdisjoint(entry.objects):
            what = f"entry {entry.seq} of the audit log tells of an erasure that is not on the list of what was erased"
            yield Finding(object=entry.device, what=what, hint=_TELL)


def _keys(core: Core, log: _Log) -> Iterator[Finding]:
    """Keys that were destroyed and are there again."""
    grants, epochs = domain_grant.c, domain_epoch.c
    over = epochs.state.in_((EpochState.SHREDDED, EpochState.SHREDDING))
    same = (epochs.domain == grants.domain) & (epochs.epoch == grants.epoch)
    with core.storage.reading() as connection:
        rows = connection.execute(select(grants.domain, over.label("over")).join(domain_epoch, same)).all()
    for domain in sorted({row.domain.hex() for row in rows if row.over or row.domain.hex() in log.erased}):
        yield Finding(object=domain, what="a key that was destroyed stands in the vault again", hint=_ERASE_AGAIN)


def _put_back(core: Core, log: _Log) -> Iterator[Finding]:
    """Domains whose newest key is gone: what is written goes under one that somebody lost access with."""
    with core.storage.reading() as connection:
        there = dict(granting.newest(connection))
    for domain in sorted(domain for domain, epoch in log.epochs.items() if there.get(domain, 0) < epoch):
        yield Finding(object=domain, what="the newest key of a family is gone, and an older one is used", hint=_TELL)


def _vouches(entry: Entry, unknown: Mapping[bytes, Id]) -> bool:
    return entry.details.get("digest") == baseline_of(unknown)


def _broken(link: Link, what: str) -> Finding:
    return Finding(object=link.device, what=f"entry {link.seq} of the audit log {what}", hint=_TELL)
