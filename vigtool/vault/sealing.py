"""One revision, from its value to its row and back.

What is sealed is a CBOR array [statement, signature], and the revision's name (digest) is SHA-256 of its envelope.
Where a family was re-keyed, it is [statement, signature, name]: the envelope is another, and the name stays. The
statement is a canonical CBOR map:

    "record"   the payload map of the value (`payload`)
    "removed"  whether this revision says that the record is gone
    "writer"   the user who signed it, 16 bytes
    "created"  when the record's first revision was written
    "edited"   when this one was

and the signature is the writer's, Ed25519 over "vig/revision/1" 00, the associated data (149 bytes) and the statement:
it holds for exactly this place in exactly this vault.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from vigtool.crypto import item
from vigtool.errors import SealBroken, VaultDamaged
from vigtool.ids import Id
from vigtool.vault import payload
from vigtool.vault.grants import Keyring
from vigtool.vault.kinds import Kind, kind_numbered
from vigtool.vault.moments import utc_text, utc_time
from vigtool.vault.shapes import Stored

SIGNATURE_LABEL = b"vig/revision/1\x00"
_HINT = "check the vault, or fetch it from a backup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the table of revisions."""

    digest: bytes
    id: Id
    revision: int
    device: Id
    previous: bytes
    kind: int
    domain: Id
    parent: Id
    owner: Id
    sealed: bytes

    def columns(self) -> dict[str, Any]:
        """As the table takes it."""
        names = ("id", "device", "domain", "parent", "owner")
        return {
            **{name: bytes.fromhex(getattr(self, name)) for name in names},
            **{name: getattr(self, name) for name in ("digest", "revision", "previous", "kind", "sealed")},
        }


def row_of(found: Mapping[str, Any]) -> Row:
    """What the table gave."""
    return Row(
        digest=found["digest"],
        id=found["id"].hex(),
        revision=found["revision"],
        device=found["device"].hex(),
        previous=found["previous"],
        kind=found["kind"],
        domain=found["domain"].hex(),
        parent=found["parent"].hex(),
        owner=found["owner"].hex(),
        sealed=found["sealed"],
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """What was in one envelope.

    Attributes:
        kind: what sort of record it is.
        record: its payload map in the newest schema, with keys this program may not know.
        stored: the revision for those who asked.
        statement, signature: as they were sealed.
        associated: what the envelope is bound to.
    """

    kind: Kind
    record: dict[str, Any]
    stored: Stored[Any]
    statement: bytes
    signature: bytes
    associated: bytes

    def signed_bytes(self) -> bytes:
        """What the signature is over."""
        return SIGNATURE_LABEL + self.associated + self.statement


@dataclass(frozen=True, slots=True)
class Seals:
    """Seals and opens the revisions of one vault."""

    vault: Id
    keyring: Keyring

    def seal(self, stored: Stored[Any], record: Mapping[str, Any]) -> tuple[Row, Stored[Any]]:
        """The row of a new revision and the same with its digest. `stored` says everything but the digest."""
        bound = self._associated(stored)
        statement = payload.pack(
            {
                "record": dict(record),
                "removed": stored.removed,
                "writer": bytes.fromhex(stored.writer),
                "created": utc_text(stored.created),
                "edited": utc_text(stored.edited),
            }
        )
        signature = self.keyring.signer.sign(SIGNATURE_LABEL + bound + statement)
        epoch = self.keyring.newest_epoch(stored.domain)
        key = self.keyring.key(stored.domain, epoch).item
        envelope = item.seal(key, payload.pack([statement, signature]), bound, epoch)
        written = replace(stored, digest=item.digest(envelope))
        row = Row(
            digest=written.digest,
            id=stored.id,
            revision=stored.revision,
            device=stored.device,
            previous=stored.previous,
            kind=stored.kind,
            domain=stored.domain,
            parent=stored.parent,
            owner=stored.owner,
            sealed=envelope,
        )
        return row, written

    def carried(self, row: Row, key: bytes, epoch: int) -> bytes:
        """The envelope of the same revision under another key: its name, its signature and what it says all stay.

        Args:
            row: as it stands.
            key: the item key of the new epoch, 32 bytes.
            epoch: its number.

        Raises:
            SealBroken, VaultDamaged, NoKey: the row cannot be opened as it stands.
        """
        try:
            statement, signature, bound = self._unsealed(row, None)
            return item.seal(key, payload.pack([statement, signature, row.digest]), bound, epoch)
        except VaultDamaged as error:
            raise _named(row, error) from None

    def open(self, row: Row, key: bytes | None = None) -> Opened:
        """What is in a row.

        Args:
            row: as it stands.
            key: its epoch's item key, where this user only keeps it; from the keyring otherwise.

        Raises:
            SealBroken: the row is not what was written, or stands where it does not belong. The message names its id.
            VaultDamaged: what was sealed is no such record.
            VaultNewer: it was written by a newer program.
            NoKey: this user has no key of its domain.
        """
        try:
            return self._open(row, key)
        except VaultDamaged as error:
            raise _named(row, error) from None

    def _open(self, row: Row, key: bytes | None) -> Opened:
        statement, signature, bound = self._unsealed(row, key)
        said = payload.unpack(statement)
        kind = kind_numbered(row.kind)
        try:
            record = kind.newest(dict(said["record"]))
            stored = _stored(row, payload.from_map(kind.cls, record), said)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise VaultDamaged("its statement lacks what belongs in it") from None
        self._check_place(stored, kind)
        return Opened(kind, record, stored, statement, signature, bound)

    def _unsealed(self, row: Row, key: bytes | None) -> tuple[bytes, bytes, bytes]:
        """The statement and the signature in a row whose name is right, and what its envelope is bound to."""
        bound = self._associated(row)
        key = key or self.keyring.key(row.domain, item.epoch_of(row.sealed)).item
        statement, signature, name = _parts(payload.unpack(item.open_sealed(key, row.sealed, bound)))
        if (name or item.digest(row.sealed)) != row.digest:
            raise SealBroken("the digest beside it is another's")
        return statement, signature, bound

    def _check_place(self, stored: Stored[Any], kind: Kind) -> None:
        """What the record says of itself and what stands beside it must agree: a writer could have been careless."""
        place = kind.place(stored.value, self.vault)
        owner = kind.owner(stored.value) if kind.owner else stored.owner
        domain = place.domain or stored.domain
        if (stored.value.id, place.parent, domain, owner) != (stored.id, stored.parent, stored.domain, stored.owner):
            raise VaultDamaged("it says of itself that it belongs elsewhere")

    def _associated(self, of: Row | Stored[Any]) -> bytes:
        return item.associated(
            vault=self.vault,
            kind=of.kind,
            domain=of.domain,
            parent=of.parent,
            owner=of.owner,
            id=of.id,
            revision=of.revision,
            device=of.device,
            previous=of.previous,
        )


def _named(row: Row, error: VaultDamaged) -> VaultDamaged:
    """The same error, saying of which record it is that something is wrong."""
    if isinstance(error, SealBroken):
        return SealBroken(f"the record {row.id} is not what was written, or stands where it does not belong", _HINT)
    return VaultDamaged(f"the record {row.id} cannot be read: {error.message}", _HINT)


def _stored(row: Row, value: Any, said: Mapping[str, Any]) -> Stored[Any]:
    return Stored(
        value=value,
        id=row.id,
        kind=row.kind,
        revision=row.revision,
        device=row.device,
        previous=row.previous,
        domain=row.domain,
        parent=row.parent,
        owner=row.owner,
        digest=row.digest,
        writer=said["writer"].hex(),
        created=utc_time(said["created"]),
        edited=utc_time(said["edited"]),
        removed=said["removed"] is True,
    )


def _parts(content: Any) -> tuple[bytes, bytes, bytes]:
    """Statement, signature, and the name; empty where the envelope's own digest is the name."""
    if type(content) is not list or [type(part) for part in content] not in ([bytes] * 2, [bytes] * 3):
        raise VaultDamaged("it does not hold a statement and a signature")
    statement, signature, *name = content
    if name and len(name[0]) != item.DIGEST_SIZE:
        raise VaultDamaged("its name is no name")
    return statement, signature, name[0] if name else b""
