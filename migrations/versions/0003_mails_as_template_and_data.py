"""mails of our systems as template and data."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("mail_message", sa.Column("template", sa.String(), nullable=True))
    op.add_column("mail_message", sa.Column("data", sa.String(), nullable=False, server_default=""))
