"""myiss and the support desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _myiss()
    _who_may_ask()
    _requests()


def _myiss() -> None:
    op.create_table(
        "myiss_account",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("icn", sa.String(), nullable=False),
        sa.Column("shows_token", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_myiss_account")),
    )
    op.create_index(op.f("ix_myiss_account_icn"), "myiss_account", ["icn"])


def _who_may_ask() -> None:
    op.create_table(
        "support_ibm_id",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_support_ibm_id")),
    )
    op.create_table(
        "support_registration",
        sa.Column("registration_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("icn", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_support_registration")),
        sa.UniqueConstraint("email", "icn", name=op.f("uq_support_registration_email")),
    )


def _requests() -> None:
    op.create_table(
        "support_request",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pmr_number", sa.String(), nullable=False),
        sa.Column("icn", sa.String(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("opened_at", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("closed_at", sa.Integer(), nullable=True),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("ocn", sa.String(), nullable=True),
        sa.Column("purchase_order", sa.String(), nullable=True),
        sa.Column("customer_name", sa.String(), nullable=True),
        sa.Column("contact_name", sa.String(), nullable=True),
        sa.Column("order_date", sa.String(), nullable=True),
        sa.Column("expiration_date", sa.String(), nullable=True),
        sa.Column("product", sa.String(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["opened_by"], ["support_ibm_id.email"], name=op.f("fk_support_request_opened_by")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_support_request")),
        sa.UniqueConstraint("pmr_number", name=op.f("uq_support_request_pmr_number")),
    )
    op.create_index("ix_support_request_icn", "support_request", ["icn", "position"])
    op.create_table(
        "support_note",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("written_at", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["position"], ["support_request.position"], name=op.f("fk_support_note_position")),
        sa.PrimaryKeyConstraint("position", "number", name=op.f("pk_support_note")),
    )
