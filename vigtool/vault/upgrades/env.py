"""Runs the upgrade scripts on the connection that the vault has open; there is no ini file and no logging set-up."""

from __future__ import annotations

from alembic import context

from vigtool.vault.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
