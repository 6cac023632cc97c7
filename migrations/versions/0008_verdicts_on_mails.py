"""what the check of a mail's signature found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("mail_message", sa.Column("verdict", sa.String(), nullable=True))
    op.execute("UPDATE mail_message SET verdict = 'unchecked' WHERE genuine = 0")
