"""products at the customer's site."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def of_installation(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    name = op.f(f"fk_{table}_installation")
    return (
        sa.Column("installation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["installation"], ["products_installation.number"], name=name),
    )


def upgrade() -> None:
    op.create_table(
        "products_installation",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("serial_number", sa.String(), nullable=True),
        sa.Column("internet", sa.Boolean(), nullable=False),
        sa.Column("proxy", sa.String(), nullable=True),
        sa.Column("last_retrieval", sa.String(), nullable=True),
        sa.Column("last_failure", sa.String(), nullable=True),
        sa.Column("content", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_products_installation")),
    )
    what_was_retrieved()
    what_was_applied()


def what_was_retrieved() -> None:
    op.create_table(
        "products_token",
        *of_installation("products_token"),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("installation", "token", name=op.f("pk_products_token")),
    )
    op.create_table(
        "products_entitlement",
        *of_installation("products_entitlement"),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("expiration_day", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("installation", "source", "place", name=op.f("pk_products_entitlement")),
    )


def what_was_applied() -> None:
    op.create_table(
        "products_key_file",
        *of_installation("products_key_file"),
        sa.Column("key_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("feature", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("service_end", sa.String(), nullable=False),
        sa.Column("license_end", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("is_read", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("installation", "key_id", name=op.f("pk_products_key_file")),
    )
    op.create_table(
        "products_agent",
        *of_installation("products_agent"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("installation", "name", name=op.f("pk_products_agent")),
    )
