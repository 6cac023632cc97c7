"""the address in a mail's From, and indices for what has expired or will."""

from __future__ import annotations

from email.utils import getaddresses

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("mail_message", sa.Column("sender_address", sa.String(), nullable=False, server_default=""))
    op.execute("UPDATE mail_message SET sender_address = lower(sender)")
    mails = op.get_bind()
    for number, sender in mails.execute(sa.text("SELECT id, sender FROM mail_message WHERE raw IS NOT NULL")).all():
        mails.execute(
            sa.text("UPDATE mail_message SET sender_address = :address WHERE id = :id"),
            {"id": number, "address": _address_of(sender)},
        )
    op.create_index(op.f("ix_keycenter_password_link_expires_at"), "keycenter_password_link", ["expires_at"])
    op.create_index(op.f("ix_keycenter_session_expires_at"), "keycenter_session", ["expires_at"])
    op.create_index(op.f("ix_keycenter_failed_sign_in_since"), "keycenter_failed_sign_in", ["since"])
    _index_of_ends("keycenter_license", "expiration_day", "quantity > 0")
    ending = "quantity > 0 AND license_expiration_day IS NOT NULL"
    _index_of_ends("keycenter_license", "license_expiration_day", ending)
    _index_of_ends("onetrust_entitlement", "expiration_day", "quantity > 0")


def _address_of(sender: str) -> str:
    """As `lkc.mail.senders.address_of` was when this was written."""
    found = next((address for _, address in getaddresses([sender]) if address), sender)
    return found.strip().lower()


def _index_of_ends(table: str, column: str, where: str) -> None:
    op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=sa.text(where))
