"""Reading the audit log of an open vault: its entries, whether it is whole, and checkpoints of it.

A log can be long. It is read a stretch at a time, the newest entries first where somebody looks at it, and whoever
else needs the vault gets a turn between two stretches.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vigtool import errors
from vigtool.ids import Id
from vigtool.vault import audit_check, checkpoint
from vigtool.vault.audit import AuditLog, Entry, Link, lengths, links, raw_stretch, stretch, stretch_back
from vigtool.vault.cards import signing_keys
from vigtool.vault.log_memory import RawLink
from vigtool.vault.merkle import root
from vigtool.vault.shapes import Finding
from vigtool.vault.storage import Cancelled, Report
from vigtool.vault.vault import Vault

_STRETCH = 512
_COMPARED = 2048
"""Rows that are mostly only compared take a tenth of the time."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far somebody has read back: of each copy's log, the number of the oldest entry that was read."""

    below: tuple[tuple[Id, int], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, the newest first.

    Attributes:
        looked: how many entries were passed, those that cannot be read included.
        place: where the next page begins; none where the log is at its end.
    """

    entries: tuple[Entry, ...]
    looked: int
    place: Place | None


def size(vault: Vault) -> int:
    """How many entries there are, in the logs of all copies of the vault."""
    with vault.core.storage.reading() as connection:
        return sum(lengths(connection).values())


def entries(vault: Vault) -> list[Entry]:
    """Every entry that can be read, of every copy of the vault, by the time they tell; those of one copy in its order.

    What cannot be read is left out here and named by `check`.
    """
    return sorted(each_entry(vault), key=lambda entry: entry.at)


def each_entry(vault: Vault) -> Iterator[Entry]:
    """The same, copy after copy, each in the order in which it was written."""
    with vault.core.storage.reading() as connection:
        devices = list(lengths(connection))
    for device in devices:
        after = -1
        while found := _stretch(vault, device, after):
            yield from (entry for link in found if (entry := vault.core.audit.read(link)) is not None)
            after = found[-1].seq


def about(
    vault: Vault, record: Id, report: Report | None = None, cancelled: Cancelled | None = None
) -> dict[Id, list[Entry]]:
    """Every entry that can be read and names a record, by the copy it is of, each in the order of writing.

    It is what `each_entry` gives, without opening entries a second time that cannot be meant; see `log_memory`.

    Args:
        vault: open.
        record: its id.
        report: told how many entries of how many were passed.
        cancelled: asked after each stretch.

    Raises:
        errors.Cancelled.
    """
    with vault.core.storage.reading() as connection:
        devices = lengths(connection)
    seen, total = 0, sum(devices.values())
    found: dict[Id, list[Entry]] = {device: [] for device in devices}
    for device in devices:
        after = -1
        while rows := _raw_stretch(vault, device, after):
            if cancelled is not None and cancelled():
                raise errors.Cancelled
            (report or _silent)(min(seen, total), total)
            found[device] += _naming(vault.core.audit, device, rows, record)
            after, seen = rows[-1][0], seen + len(rows)
    return found


def _naming(audit: AuditLog, device: Id, rows: list[RawLink], record: Id) -> Iterator[Entry]:
    """Those of some rows that can be read and name a record."""

    def named_in(row: RawLink) -> list[bytes] | None:
        return audit.named_in(Link(device, *row))

    for number in audit.memory.candidates(device, rows, record, named_in):
        entry = audit.read(Link(device, *rows[number]))
        if entry is not None and record in entry.objects:
            yield entry


def page(vault: Vault, place: Place | None = None, *, count: int = 200) -> Page:
    """At most `count` entries before a place, the newest first; of several copies' logs, by the time they tell."""
    heads: dict[Id, list[tuple[int, Entry | None]]] = {}
    whole: dict[Id, bool] = {}
    with vault.core.storage.reading() as connection:
        wanted = dict(place.below) if place is not None else dict.fromkeys(lengths(connection))
        for device, below in wanted.items():
            rows = stretch_back(connection, device, below=below, count=count)
            whole[device] = len(rows) < count
            heads[device] = [(link.seq, vault.core.audit.read(link)) for link in reversed(rows)]
    below_now = {device: below for device, below in wanted.items() if below is not None}
    taken: list[Entry] = []
    looked = 0
    while len(taken) < count and (next_one := _newest(heads)) is not None:
        seq, entry = heads[next_one].pop()
        below_now[next_one] = seq
        looked += 1
        if entry is not None:
            taken.append(entry)
        if not heads[next_one] and not whole[next_one]:
            break  # of this log there is more, which may be newer than what is left of the others
    left = tuple((device, below_now.get(device, _ALL)) for device in wanted if heads[device] or not whole[device])
    return Page(tuple(taken), looked, Place(left) if left else None)


def check(vault: Vault, report: Report | None = None, cancelled: Cancelled | None = None) -> list[Finding]:
    """What of the log, or of the records it tells of, is not as it was written; the first broken entry first.

    Raises:
        Cancelled.
    """
    users = signing_keys(vault.core).by_user
    return audit_check.check_log(vault.core, users, report or _silent, cancelled or _never)


def check_against(vault: Vault, note: str) -> list[Finding]:
    """Whether the log still begins with all that a checkpoint vouches for; see `checkpoint`.

    Raises:
        InvalidRecord: `note` is no checkpoint.
    """
    return audit_check.check_against(vault.core, checkpoint.parse(note), signing_keys(vault.core).by_user)


def checkpoints(vault: Vault) -> dict[Id, str]:
    """A signed note of where each copy's log stands now, by the copy it is of."""
    with vault.core.storage.reading() as connection:
        leaves: dict[Id, list[bytes]] = {}
        for link in links(connection):
            leaves.setdefault(link.device, []).append(link.leaf)
    return {
        device: checkpoint.sign(
            checkpoint.Checkpoint(vault.vault_id, device, len(those), root(those)),
            vault.user_id,
            vault.core.keyring.signer,
        )
        for device, those in leaves.items()
    }


_ALL = (1 << 63) - 1  # below it is every entry: no log is as long


def _stretch(vault: Vault, device: Id, after: int) -> list[Link]:
    with vault.core.storage.reading() as connection:
        return stretch(connection, device, after=after, count=_STRETCH)


def _raw_stretch(vault: Vault, device: Id, after: int) -> list[RawLink]:
    with vault.core.storage.reading() as connection:
        return raw_stretch(connection, device, after=after, count=_COMPARED)


def _newest(heads: dict[Id, list[tuple[int, Entry | None]]]) -> Id | None:
    """The log whose next entry is to be read now: one that cannot be read at once, or else the newest."""
    best: Id | None = None
    for device, rows in heads.items():
        if not rows:
            continue
        entry = rows[-1][1]
        if entry is None:
            return device
        chosen = heads[best][-1][1] if best is not None else None
        if chosen is None or entry.at > chosen.at:
            best = device
    return best


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""


def _never() -> bool:
    """Nobody stops it."""
    return False
