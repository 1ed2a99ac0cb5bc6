"""Alembic's entrance: runs on the connection it is given, inside the transaction that holds the lock."""

from __future__ import annotations

from alembic import context

from storage.models import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
