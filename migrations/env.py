"""Runs the migrations on one database file; Alembic calls it."""

from __future__ import annotations

import sqlite3

from alembic import context
from sqlalchemy import create_engine

attributes = context.config.attributes

engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(f"{attributes['path'].as_uri()}?mode=rw", uri=True))
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=attributes.get("metadata"), render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
engine.dispose()
