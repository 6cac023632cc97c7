"""wrong passwords for IBM IDs and for accounts of MyISS."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    for table in ("support_failed_sign_in", "myiss_failed_sign_in"):
        op.create_table(
            table,
            sa.Column("who", sa.String(), nullable=False),
            sa.Column("failures", sa.Integer(), nullable=False),
            sa.Column("since", sa.Integer(), nullable=False),
            sa.PrimaryKeyConstraint("who", name=op.f(f"pk_{table}")),
        )
        op.create_index(op.f(f"ix_{table}_since"), table, ["since"])
