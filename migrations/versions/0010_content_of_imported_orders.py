"""by what a corrected order of a file is told from one that is there already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("ordering_order", sa.Column("import_digest", sa.String(), nullable=True))
