"""Families whose key a user keeps for others: their codes, and nothing else of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select

from vigtool.casework.family import Family
from vigtool.crypto import item
from vigtool.errors import SealBroken, VaultDamaged, VaultNewer
from vigtool.ids import Id
from vigtool.vault.core import Core
from vigtool.vault.kinds import kind_of
from vigtool.vault.schema import head, revision
from vigtool.vault.sealing import row_of
from vigtool.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Kept:
    """One family in care, by its code; empty where it cannot be read."""

    family: Id
    code: str


def kept_families(vault: Vault) -> list[Kept]:
    """Every family that this user keeps a key of and does not open, by code.

    Of its records the family's own alone is unsealed, and of that only the code is handed on.
    """
    core = vault.core
    return sorted(
        (Kept(domain, next(_codes(core, domain), "")) for domain in core.keyring.in_care()),
        key=lambda kept: (kept.code, kept.family),
    )


def _codes(core: Core, domain: Id) -> Iterator[str]:
    name = bytes.fromhex(domain)
    own = (revision.c.id == name, revision.c.domain == name, revision.c.kind == kind_of(Family).number)
    with core.storage.reading() as connection:
        heads = select(revision).join(head, head.c.n == revision.c.n).where(*own)
        rows = [row_of(dict(found)) for found in connection.execute(heads).mappings()]
    for row in rows:
        with suppress(SealBroken, VaultDamaged, VaultNewer):
            key = core.keyring.root(domain, item.epoch_of(row.sealed)).item_key()
            code: str = core.seals.open(row, key).stored.value.code
            yield code
