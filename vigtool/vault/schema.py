"""The tables of a vault. Everything in them is random, sealed, or a number; `docs/formats.md` explains each column.

The same tables stand on SQLite and on PostgreSQL: blobs, whole numbers and checks, nothing of one engine. They are
made and changed by the scripts in `upgrades`; a test holds the two equal.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
)

FORMAT = 2
"""The format this program writes. It reads this one and all before it."""

APPLICATION_ID = 0x56494731
"""Stands in the header of the SQLite file ("VIG1"), so that no other database is taken for a vault."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _bytes(name: str, width: int, *rest: Any, **options: Any) -> Column[bytes]:
    """A column of exactly `width` bytes; its check is made by `_widths`."""
    return Column(name, LargeBinary(width), *rest, nullable=options.pop("nullable", False), **options)


def _widths(**widths: int) -> list[CheckConstraint]:
    return [CheckConstraint(f"length({name}) = {width}", name=name) for name, width in widths.items()]


vault = Table(
    "vault",
    metadata,
    _bytes("vault", 16, primary_key=True),
    Column("format", Integer, nullable=False),
    *_widths(vault=16),
)

device = Table(
    "device",
    metadata,
    _bytes("device", 16, primary_key=True),
    Column("inode", BigInteger, nullable=False),
    *_widths(device=16),
)

user_card = Table(
    "user_card",
    metadata,
    _bytes("user_id", 16, primary_key=True),
    Column("kem_kind", Integer, nullable=False),
    Column("kem_public", LargeBinary, nullable=False),
    _bytes("sig_public", 32),
    _bytes("signature", 64),
    Column("status", Integer, nullable=False),
    *_widths(user_id=16, sig_public=32, signature=64),
)

keyslot = Table(
    "keyslot",
    metadata,
    _bytes("slot", 16, primary_key=True),
    _bytes("user_id", 16, ForeignKey("user_card.user_id")),
    Column("kind", Integer, nullable=False),
    Column("kdf", LargeBinary, nullable=False),
    _bytes("commitment", 32),
    Column("wrapped", LargeBinary, nullable=False),
    *_widths(slot=16, commitment=32),
)

label = Table(
    "label",
    metadata,
    _bytes("user_id", 16, ForeignKey("user_card.user_id"), primary_key=True),
    Column("words", LargeBinary, nullable=False),
    *_widths(user_id=16),
)

domain_epoch = Table(
    "domain_epoch",
    metadata,
    _bytes("domain", 16, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("state", Integer, nullable=False),
    Column("tombstone", LargeBinary),
    *_widths(domain=16),
)

domain_grant = Table(
    "domain_grant",
    metadata,
    _bytes("domain", 16, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    _bytes("user_id", 16, ForeignKey("user_card.user_id"), primary_key=True),
    _bytes("granter", 16, ForeignKey("user_card.user_id")),
    Column("role", Integer, nullable=False),
    Column("enc", LargeBinary, nullable=False),
    _bytes("signature", 64),
    ForeignKeyConstraint(["domain", "epoch"], ["domain_epoch.domain", "domain_epoch.epoch"]),
    *_widths(signature=64),
)

revision = Table(
    "revision",
    metadata,
    Column("n", Integer, primary_key=True),
    _bytes("digest", 32, unique=True),
    _bytes("id", 16, index=True),
    Column("revision", BigInteger, nullable=False),
    _bytes("device", 16),
    _bytes("previous", 32, index=True),
    Column("kind", Integer, nullable=False),
    _bytes("domain", 16),
    _bytes("parent", 16),
    _bytes("owner", 16),
    Column("sealed", LargeBinary, nullable=False),
    Index(None, "domain", "kind"),
    Index(None, "parent", "kind"),
    *_widths(digest=32, id=16, device=16, previous=32, domain=16, parent=16, owner=16),
)

head = Table(
    "head",
    metadata,
    Column("n", Integer, ForeignKey("revision.n"), primary_key=True, autoincrement=False),
    _bytes("id", 16, index=True),
)

footage = Table(
    "footage",
    metadata,
    _bytes("file", 16, primary_key=True),
    _bytes("domain", 16),
    Column("epoch", Integer, nullable=False),
    Column("state", Integer, nullable=False),
    Column("sealed_size", BigInteger, nullable=False),
    ForeignKeyConstraint(["domain", "epoch"], ["domain_epoch.domain", "domain_epoch.epoch"]),
    *_widths(file=16),
)

audit = Table(
    "audit",
    metadata,
    _bytes("device", 16, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    _bytes("previous", 32),
    Column("entry", LargeBinary, nullable=False),
    _bytes("signature", 64),
    *_widths(device=16, previous=32, signature=64),
)
