"""what was told of the phases of a case, and what a learner has answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "scenarios_told",
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("phase", name="pk_scenarios_told"),
    )
    op.create_table(
        "scenarios_answer",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scenarios_answer"),
    )
