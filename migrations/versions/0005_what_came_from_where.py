"""what came from where: rows of imports, numbers of submissions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("ordering_order", sa.Column("import_row", sa.Integer(), nullable=True))
    op.add_column("ordering_order", sa.Column("submissions", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("keycenter_order", sa.Column("submission", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "onetrust_order",
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("order_number", name=op.f("pk_onetrust_order")),
    )
    op.create_index(op.f("ix_onetrust_token_serial_number"), "onetrust_token", ["serial_number"])
    op.execute("INSERT INTO onetrust_order SELECT DISTINCT order_number, 0 FROM onetrust_entitlement")
