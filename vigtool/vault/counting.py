"""How much lies in a vault, as far as one user can open it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from vigtool.vault.core import Core
from vigtool.vault.footage_states import FootageState
from vigtool.vault.schema import footage, revision


@dataclass(frozen=True, slots=True)
class Sums:
    """Records and revisions of all kinds, sealed files and their bytes."""

    records: int
    revisions: int
    files: int
    bytes: int


def sums(core: Core, connection: Connection) -> Sums:
    """Counted in the domains that this user can open."""
    kept = footage.c.state == FootageState.KEPT
    written = select(
        revision.c.domain, func.count(func.distinct(revision.c.id)).label("records"), func.count().label("revisions")
    ).group_by(revision.c.domain)
    sealed = select(
        footage.c.domain, func.count().label("files"), func.sum(footage.c.sealed_size).label("bytes")
    ).where(kept)
    rows = [row for row in connection.execute(written) if core.keyring.has(row.domain.hex())]
    files = [row for row in connection.execute(sealed.group_by(footage.c.domain)) if core.keyring.has(row.domain.hex())]
    return Sums(
        sum(row.records for row in rows),
        sum(row.revisions for row in rows),
        sum(row.files for row in files),
        sum(int(row.bytes) for row in files),
    )
