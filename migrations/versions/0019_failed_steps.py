"""how many steps of a world's case were not as the case expects them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0016"


def upgrade() -> None:
    failed: sa.Column[int] = sa.Column("failed", sa.Integer(), nullable=False, server_default="0")
    op.add_column("scenarios_stage", failed)
