"""Brings the tables of a vault to the newest format, by the scripts in `upgrades`."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, select, text

from vigtool.errors import NotAVault, VaultNewer
from vigtool.vault import schema

NEWEST = "0001"
"""The last script in `upgrades/versions`; a test holds the two equal."""

SCRIPTS = Path(__file__).parent / "upgrades"


def is_newest(connection: Connection) -> bool:
    """Whether the tables are those of this program.

    Raises:
        NotAVault: where the tables are those of something else.
        VaultNewer: where a newer program wrote them.
    """
    if not inspect(connection).has_table("alembic_version"):
        message = "the folder holds a database, but no vault"
        raise NotAVault(message, "choose the folder that was made by vigtool")
    standing = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    if standing == [NEWEST]:
        _check_format(connection)
        return True
    known = {script.name[1:5] for script in (SCRIPTS / "versions").glob("v*.py")}
    if not set(standing) <= known:
        _refuse_newer()
    return False


def upgrade(connection: Connection) -> None:
    """Run every script that has not run yet, in the transaction that is open."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _check_format(connection: Connection) -> None:
    if (connection.execute(select(schema.vault.c.format)).scalar() or 0) > schema.FORMAT:
        _refuse_newer()


def _refuse_newer() -> None:
    message = "the vault was written by a newer version of the program"
    raise VaultNewer(message, "update the program and open the vault again")
