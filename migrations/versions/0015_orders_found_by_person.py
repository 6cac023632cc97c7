"""indices by which the orders that name somebody, and the customers of one name, are found at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0012"


def upgrade() -> None:
    op.create_index("ix_ordering_order_contact", "ordering_order", [sa.text("lower(contact_email)")])
    op.create_index("ix_ordering_end_user_mailbox", "ordering_end_user", [sa.text("lower(email)")])
    op.create_index(op.f("ix_ordering_customer_name"), "ordering_customer", ["name"])
