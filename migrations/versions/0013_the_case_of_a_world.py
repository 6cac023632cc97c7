"""which case a world has in it, and how far it is played."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "scenarios_stage",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("doing", sa.String(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("kept", sa.String(), nullable=False),
        sa.Column("passwords", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scenarios_stage"),
    )
