"""The audit log: who did what to which records, and when. Entries are only added, each inside the act's transaction.

Every copy of a vault (device) has a log of its own. An entry is

    seq        1, 2, 3 ...
    previous   the leaf hash (RFC 6962) of the entry before it; zeros for the first
    entry      an envelope (`crypto.item`) under the vault's own key, bound to
               "vig/audit/1" 00 | vault 16 | device 16 | seq u64 | previous 32
    signature  of whoever did it, Ed25519 over the same and SHA-256(entry)

and a leaf is seq u64 | previous | signature | entry. In the envelope is a CBOR map: `act`, `at`, `by` (16 bytes),
`objects` (ids), `wrote` ([domain, id, digest] of every revision written), `details` (words and numbers, no names) and
`program`. Since every revision ever written is named, one that vanished or was put in past the log is found out.

An attempt at a wrong passphrase has nobody to sign it and no key to seal it: its entry is 00 and a CBOR map in the
clear, its signature zeros; the next entry that is signed vouches for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from vigtool import __version__
from vigtool.crypto import item
from vigtool.crypto.layout import bytes_field, id_field, number_field
from vigtool.crypto.signing import SIGNATURE_SIZE
from vigtool.errors import SealBroken, VaultDamaged, VigtoolError
from vigtool.ids import Id
from vigtool.vault import payload
from vigtool.vault.grants import Keyring
from vigtool.vault.log_memory import LogMemory, RawLink, ids_in
from vigtool.vault.merkle import leaf_hash
from vigtool.vault.moments import utc_text, utc_time
from vigtool.vault.schema import audit
from vigtool.vault.shapes import NOTHING_BEFORE

Details = Mapping[str, str | int]

_LABEL = b"vig/audit/1\x00"
_IN_CLEAR = b"\x00"
_UNSIGNED = bytes(SIGNATURE_SIZE)
_HINT = "keep a copy of the vault as it is, and tell whoever answers for it"

_LAST = select(audit).where(audit.c.device == bindparam("of")).order_by(audit.c.seq.desc()).limit(1)
_ENTER = insert(audit)


@dataclass(frozen=True, slots=True)
class Wrote:
    """One revision that an act wrote."""

    domain: Id
    id: Id
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the log.

    Attributes:
        device, seq: which.
        act: what was done, such as "mark add".
        at: when, UTC, by the clock of the computer.
        by: who; none for an attempt at a wrong passphrase.
        objects: to what.
        wrote: the revisions that it wrote.
        details: what else is to be known: words of a fixed list and numbers, never names.
        program: version of the program.
    """

    device: Id
    seq: int
    act: str
    at: datetime
    by: Id | None
    objects: tuple[Id, ...] = ()
    wrote: tuple[Wrote, ...] = field(default=(), repr=False)
    details: Details = field(default_factory=dict)
    program: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One row of the log as it lies in the database."""

    device: Id
    seq: int
    previous: bytes
    entry: bytes
    signature: bytes

    @property
    def leaf(self) -> bytes:
        """Its leaf hash: the name of exactly this entry."""
        return leaf_hash(number_field(self.seq, 8) + self.previous + self.signature + self.entry)

    @property
    def in_clear(self) -> bool:
        """Whether nobody signed it."""
        return self.entry[:1] == _IN_CLEAR and self.signature == _UNSIGNED

    def bound(self, vault: Id) -> bytes:
        """What its envelope is bound to."""
        place = number_field(self.seq, 8) + bytes_field(self.previous, len(NOTHING_BEFORE))
        return _LABEL + id_field(vault) + id_field(self.device) + place

    def signed(self, vault: Id) -> bytes:
        """What its signature is over."""
        return self.bound(vault) + hashlib.sha256(self.entry).digest()


class AuditLog:
    """The log of one device, written by one user.

    Attributes:
        memory: what was seen of all logs while the vault is open.
    """

    def __init__(self, vault: Id, device: Id, user: Id, keyring: Keyring) -> None:
        self._vault, self._device, self._user = vault, device, user
        self._keyring = keyring
        self.memory = LogMemory()

    def enter(
        self,
        connection: Connection,
        act: str,
        at: datetime,
        objects: Iterable[Id] = (),
        wrote: Sequence[Wrote] = (),
        details: Details | None = None,
    ) -> None:
        """Add an entry, inside the transaction of the act. An object named twice stands in it once."""
        said = {
            "act": act,
            "at": utc_text(at),
            "by": bytes.fromhex(self._user),
            "objects": [bytes.fromhex(each) for each in dict.fromkeys(objects)],
            "wrote": [[bytes.fromhex(each.domain), bytes.fromhex(each.id), each.digest] for each in wrote],
            "details": dict(details or {}),
            "program": __version__,
        }
        seq, previous = _next(connection, self._device)
        empty = Link(self._device, seq, previous, b"", b"")
        epoch = self._keyring.newest_epoch(self._vault)
        key = self._keyring.key(self._vault, epoch).item
        sealed = item.seal(key, payload.pack(said), empty.bound(self._vault), epoch)
        signed = Link(self._device, seq, previous, sealed, b"").signed(self._vault)
        _write(connection, Link(self._device, seq, previous, sealed, self._keyring.signer.sign(signed)))

    def open(self, link: Link) -> Entry:
        """What a row says; its signature is not looked at.

        Raises:
            SealBroken: it is not what was written, or stands where it does not belong.
            VaultDamaged: it is no entry.
        """
        return _entry(link, self._said(link))

    def _said(self, link: Link) -> Any:
        if link.in_clear:
            return payload.unpack(link.entry[1:])
        try:
            key = self._keyring.key(self._vault, item.epoch_of(link.entry)).item
            return payload.unpack(item.open_sealed(key, link.entry, link.bound(self._vault)))
        except SealBroken:
            message = f"entry {link.seq} of the audit log is not what was written"
            raise SealBroken(message, _HINT) from None

    def named_in(self, link: Link) -> list[bytes] | None:
        """The ids that an entry names; none where that cannot be read."""
        try:
            return ids_in(self._said(link))
        except VigtoolError:
            return None

    def read(self, link: Link) -> Entry | None:
        """The same; none where it cannot be read."""
        try:
            return self.open(link)
        except VigtoolError:
            return None


def enter_failure(connection: Connection, device: Id, act: str, at: datetime) -> None:
    """Add an entry that nobody signs: somebody tried, and had no key."""
    said = {"act": act, "at": utc_text(at), "program": __version__}
    seq, previous = _next(connection, device)
    _write(connection, Link(device, seq, previous, _IN_CLEAR + payload.pack(said), _UNSIGNED))


def links(connection: Connection, device: Id | None = None) -> Iterator[Link]:
    """The rows of one device's log in their order, or of every device's, one after the other."""
    rows = select(audit).order_by(audit.c.device, audit.c.seq)
    if device is not None:
        rows = rows.where(audit.c.device == bytes.fromhex(device))
    for row in connection.execute(rows):
        yield _link(row)


def stretch(connection: Connection, device: Id, *, after: int, count: int) -> list[Link]:
    """At most `count` rows of one device's log behind the one numbered `after`, the oldest first."""
    rows = select(audit).where(audit.c.device == bytes.fromhex(device), audit.c.seq > after)
    return [_link(row) for row in connection.execute(rows.order_by(audit.c.seq).limit(count))]


def raw_stretch(connection: Connection, device: Id, *, after: int, count: int) -> list[RawLink]:
    """As `stretch`, the rows as they come: most of them are only to be compared."""
    raw = select(audit.c.seq, audit.c.previous, audit.c.entry, audit.c.signature)
    rows = raw.where(audit.c.device == bytes.fromhex(device), audit.c.seq > after)
    found = connection.execute(rows.order_by(audit.c.seq).limit(count))
    return [(seq, previous, entry, signature) for seq, previous, entry, signature in found]


def stretch_back(connection: Connection, device: Id, *, below: int | None, count: int) -> list[Link]:
    """At most `count` rows of one device's log before the one numbered `below` (None: its end), the newest first."""
    rows = select(audit).where(audit.c.device == bytes.fromhex(device))
    if below is not None:
        rows = rows.where(audit.c.seq < below)
    return [_link(row) for row in connection.execute(rows.order_by(audit.c.seq.desc()).limit(count))]


def signed_back(connection: Connection, device: Id, *, count: int) -> list[Link]:
    """The last `count` rows of one device's log that somebody has signed, rightly or not, the newest first.

    Entries of wrong passphrases are passed over, however many they are: whoever is refused makes more of them.
    """
    rows = select(audit).where(audit.c.device == bytes.fromhex(device), audit.c.signature != _UNSIGNED)
    return [_link(row) for row in connection.execute(rows.order_by(audit.c.seq.desc()).limit(count))]


def lengths(connection: Connection) -> dict[Id, int]:
    """How many entries each device's log has."""
    rows = select(audit.c.device, func.count()).group_by(audit.c.device).order_by(audit.c.device)
    return {row[0].hex(): int(row[1]) for row in connection.execute(rows)}


def ends(connection: Connection) -> dict[Id, int]:
    """The number of the last entry of each device's log; quickly answered, however long they are."""
    found: dict[Id, int] = {}
    first = select(audit.c.device).order_by(audit.c.device).limit(1)
    device = connection.execute(first).scalar()
    while device is not None:
        last = connection.execute(select(func.max(audit.c.seq)).where(audit.c.device == device)).scalar()
        found[bytes(device).hex()] = int(last or 0)
        device = connection.execute(first.where(audit.c.device > device)).scalar()
    return found


def _link(row: Row[Any]) -> Link:
    return Link(row.device.hex(), row.seq, row.previous, row.entry, row.signature)


def _next(connection: Connection, device: Id) -> tuple[int, bytes]:
    """The number of the next entry, and the name of the last."""
    last = connection.execute(_LAST, {"of": bytes.fromhex(device)}).first()
    if last is None:
        return 1, NOTHING_BEFORE
    return last.seq + 1, Link(device, last.seq, last.previous, last.entry, last.signature).leaf


def _write(connection: Connection, link: Link) -> None:
    row = {
        "device": bytes.fromhex(link.device),
        "seq": link.seq,
        "previous": link.previous,
        "entry": link.entry,
        "signature": link.signature,
    }
    connection.execute(_ENTER, row)


def _entry(link: Link, said: Any) -> Entry:
    try:
        by = said.get("by")
        return Entry(
            device=link.device,
            seq=link.seq,
            act=str(said["act"]),
            at=utc_time(said["at"]),
            by=None if by is None else bytes(by).hex(),
            objects=tuple(bytes(each).hex() for each in said.get("objects", ())),
            wrote=tuple(Wrote(bytes(d).hex(), bytes(i).hex(), bytes(digest)) for d, i, digest in said.get("wrote", ())),
            details=dict(said.get("details", {})),
            program=str(said.get("program", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError, VigtoolError):
        message = f"entry {link.seq} of the audit log lacks what belongs in it"
        raise VaultDamaged(message, _HINT) from None
