"""the token service."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "onetrust_token",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("icn", sa.String(), nullable=False),
        sa.Column("serial_number", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_onetrust_token")),
        sa.UniqueConstraint("icn", name=op.f("uq_onetrust_token_icn")),
    )
    op.create_table(
        "onetrust_entitlement",
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("line_number", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("serial_number", sa.String(), nullable=True),
        sa.Column("expiration_day", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["token"], ["onetrust_token.token"], name=op.f("fk_onetrust_entitlement_token")),
        sa.PrimaryKeyConstraint("order_number", "line_number", name=op.f("pk_onetrust_entitlement")),
    )
    op.create_index("ix_onetrust_entitlement_token", "onetrust_entitlement", ["token", "product", "expiration_day"])
    op.create_index(op.f("ix_onetrust_entitlement_serial_number"), "onetrust_entitlement", ["serial_number"])
