"""Format 2: the audit log is kept, and users may show a word of their own choosing before the vault is unlocked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "label",
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("words", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_label")),
        sa.ForeignKeyConstraint(["user_id"], ["user_card.user_id"], name=op.f("fk_label_user_id")),
        sa.CheckConstraint("length(user_id) = 16", name=op.f("ck_label_user_id")),
    )
    op.execute("UPDATE vault SET format = 2")
