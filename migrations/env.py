"""Runs the migrations on one database file; Alembic calls it."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine

attributes = context.config.attributes

engine = create_engine(f"sqlite:///{attributes['path']}")
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=attributes.get("metadata"), render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
engine.dispose()
