"""Whether what a re-keying carried over is still what it was.

A revision's name is the hash of its envelope, until its family is re-keyed: then the name stands inside another
envelope, and whoever has the family's key could make one more, with other words under the same name. So the entry of
the log that tells of a re-keying has a hash of all envelopes that it made, and `vault verify` holds them against it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection, select

from vigtool.crypto import item
from vigtool.crypto.signing import verify as signed_by
from vigtool.ids import Id
from vigtool.vault.audit import links
from vigtool.vault.core import Core
from vigtool.vault.schema import revision
from vigtool.vault.shapes import Finding

_FAMILY, _CARRIED = "family", "carried"
_TELL = "somebody may have changed the vault: keep a copy of it as it is, and tell whoever answers for it"


def carried_words(connection: Connection, domain: Id) -> dict[str, str | int]:
    """What the log is to say of the envelopes that were just made anew, inside the transaction that re-keys."""
    here = select(revision.c.digest, revision.c.sealed).where(revision.c.domain == bytes.fromhex(domain))
    pairs = [pair for name, sealed in connection.execute(here) if (pair := carried_pair(name, sealed))]
    return {_FAMILY: domain, _CARRIED: _hash_of(pairs)}


def carried_pair(name: bytes, sealed: bytes) -> bytes:
    """Name and envelope's digest, 64 bytes, of a revision whose name is not its envelope's digest; else nothing."""
    digest = item.digest(sealed)
    return b"" if digest == name else name + digest


def check_carried(core: Core, users: Mapping[Id, bytes], carried: Mapping[Id, Iterable[bytes]]) -> Iterator[Finding]:
    """Every family in which a revision lies under another envelope than a re-keying made.

    Args:
        core: of the open vault.
        users: the signing keys of all users, 32 bytes each.
        carried: what `carried_pair` gave, by the family.
    """
    if not carried:
        return
    told: dict[Id, set[str]] = {}
    with core.storage.reading() as connection:
        for link in links(connection):
            entry = None if link.in_clear else core.audit.read(link)
            if entry is None or entry.by is None or _CARRIED not in entry.details:
                continue
            public = users.get(entry.by)
            if public is not None and signed_by(public, link.signature, link.signed(core.vault)):
                told.setdefault(str(entry.details.get(_FAMILY)), set()).add(str(entry.details[_CARRIED]))
    for domain, pairs in carried.items():
        if _hash_of(pairs) not in told.get(domain, set()):
            what = "records of a family stand under other seals than when it was given another key"
            yield Finding(object=domain, what=what, hint=_TELL)


def _hash_of(pairs: Iterable[bytes]) -> str:
    return hashlib.sha256(b"".join(sorted(pairs))).hexdigest()
