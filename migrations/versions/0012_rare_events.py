"""an index for events that are rare, so that they are found however long ago they happened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

RARE = (
    "administrator-kept",
    "entitlement-rejected",
    "feed-lost",
    "generate-refused",
    "join-refused",
    "member-changed",
    "member-removed",
    "members-refused",
    "ocn-password-reset",
    "ocn-reset-refused",
    "ocn-sign-in-failed",
    "ocn-signed-in",
    "order-cancelled",
    "order-changed",
    "password-finder-unknown",
    "service-request-opened",
    "service-request-refused",
)


def upgrade() -> None:
    rare = sa.text(" OR ".join(f"kind = '{kind}'" for kind in RARE))
    op.create_index("ix_world_event_remembered", "world_event", ["kind"], sqlite_where=rare)
