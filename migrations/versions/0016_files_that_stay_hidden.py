"""license files that stay hidden after the one that hid them was removed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    hidden: sa.Column[bool] = sa.Column("is_hidden", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("products_key_file", hidden)
    op.execute(
        "UPDATE products_key_file SET is_hidden = 1 WHERE is_read AND EXISTS (SELECT 1 FROM products_key_file AS lower"
        " WHERE lower.installation = products_key_file.installation AND lower.feature = products_key_file.feature"
        " AND lower.key_id < products_key_file.key_id AND lower.is_read)"
    )
