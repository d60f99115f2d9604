"""Format 1: the first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def widths(table: str, **columns: int) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(f"length({name}) = {width}", name=op.f(f"ck_{table}_{name}"))
        for name, width in columns.items()
    ]


def blob(name: str, width: int | None = None) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(width), nullable=False)


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def user_of(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["user_card.user_id"], name=op.f(f"fk_{table}_{column}"))


def epoch_of(table: str) -> sa.ForeignKeyConstraint:
    columns = ["domain_epoch.domain", "domain_epoch.epoch"]
    return sa.ForeignKeyConstraint(["domain", "epoch"], columns, name=op.f(f"fk_{table}_domain_epoch"))


def upgrade() -> None:
    the_vault_and_its_users()
    key_domains()
    records()
    op.create_table(
        "audit",
        blob("device", 16),
        big("seq"),
        blob("previous", 32),
        blob("entry"),
        blob("signature", 64),
        primary("audit", "device", "seq"),
        *widths("audit", device=16, previous=32, signature=64),
    )


def the_vault_and_its_users() -> None:
    op.create_table(
        "vault",
        blob("vault", 16),
        number("format"),
        primary("vault", "vault"),
        *widths("vault", vault=16),
    )
    op.create_table(
        "device",
        blob("device", 16),
        big("inode"),
        primary("device", "device"),
        *widths("device", device=16),
    )
    op.create_table(
        "user_card",
        blob("user_id", 16),
        number("kem_kind"),
        blob("kem_public"),
        blob("sig_public", 32),
        blob("signature", 64),
        number("status"),
        primary("user_card", "user_id"),
        *widths("user_card", user_id=16, sig_public=32, signature=64),
    )
    op.create_table(
        "keyslot",
        blob("slot", 16),
        blob("user_id", 16),
        number("kind"),
        blob("kdf"),
        blob("commitment", 32),
        blob("wrapped"),
        primary("keyslot", "slot"),
        user_of("keyslot", "user_id"),
        *widths("keyslot", slot=16, commitment=32),
    )


def key_domains() -> None:
    op.create_table(
        "domain_epoch",
        blob("domain", 16),
        sa.Column("epoch", sa.Integer, autoincrement=False, nullable=False),
        number("state"),
        sa.Column("tombstone", sa.LargeBinary),
        primary("domain_epoch", "domain", "epoch"),
        *widths("domain_epoch", domain=16),
    )
    op.create_table(
        "domain_grant",
        blob("domain", 16),
        sa.Column("epoch", sa.Integer, autoincrement=False, nullable=False),
        blob("user_id", 16),
        blob("granter", 16),
        number("role"),
        blob("enc"),
        blob("signature", 64),
        primary("domain_grant", "domain", "epoch", "user_id"),
        user_of("domain_grant", "user_id"),
        user_of("domain_grant", "granter"),
        epoch_of("domain_grant"),
        *widths("domain_grant", signature=64),
    )
    op.create_table(
        "footage",
        blob("file", 16),
        blob("domain", 16),
        number("epoch"),
        number("state"),
        big("sealed_size"),
        primary("footage", "file"),
        epoch_of("footage"),
        *widths("footage", file=16),
    )


def records() -> None:
    op.create_table(
        "revision",
        number("n"),
        blob("digest", 32),
        blob("id", 16),
        big("revision"),
        blob("device", 16),
        blob("previous", 32),
        number("kind"),
        blob("domain", 16),
        blob("parent", 16),
        blob("owner", 16),
        blob("sealed"),
        primary("revision", "n"),
        sa.UniqueConstraint("digest", name=op.f("uq_revision_digest")),
        *widths("revision", digest=32, id=16, device=16, previous=32, domain=16, parent=16, owner=16),
    )
    for columns in (["id"], ["previous"], ["domain", "kind"], ["parent", "kind"]):
        op.create_index(op.f("ix_revision_" + "_".join(columns)), "revision", columns)
    op.create_table(
        "head",
        sa.Column("n", sa.Integer, autoincrement=False, nullable=False),
        blob("id", 16),
        primary("head", "n"),
        sa.ForeignKeyConstraint(["n"], ["revision.n"], name=op.f("fk_head_n")),
    )
    op.create_index(op.f("ix_head_id"), "head", ["id"])
