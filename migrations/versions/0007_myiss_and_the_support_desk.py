"""myiss and the support desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "myiss_account",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("icn", sa.String(), nullable=False),
        sa.Column("shows_token", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_myiss_account")),
    )
    op.create_index(op.f("ix_myiss_account_icn"), "myiss_account", ["icn"])
