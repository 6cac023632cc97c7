"""what came from where: rows of imports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("ordering_order", sa.Column("import_row", sa.Integer(), nullable=True))
