"""Brings the tables of a vault to the newest format, by the scripts in `upgrades`."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, select, text

from vigtool.errors import VaultDamaged, VaultNewer
from vigtool.vault import schema

NEWEST = "0002"
"""The last script in `upgrades/versions`; a test holds the two equal."""

SCRIPTS = Path(__file__).parent / "upgrades"


def is_newest(connection: Connection) -> bool:
    """Whether the tables are those of this program.

    Raises:
        VaultDamaged: where there are none.
        VaultNewer: where a newer program wrote them.
    """
    standing = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    if len(standing) != 1:
        message = "the vault does not know its own format any more"
        raise VaultDamaged(message, "fetch it from a backup")
    known = {script.name[1:5] for script in (SCRIPTS / "versions").glob("v*.py")}
    newer = standing[0] not in known
    if newer or (connection.execute(select(schema.vault.c.format)).scalar() or 0) > schema.FORMAT:
        _refuse_newer()
    return standing == [NEWEST]


def upgrade(connection: Connection) -> None:
    """Run every script that has not run yet, in the transaction that is open."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _refuse_newer() -> None:
    message = "the vault was written by a newer version of the program"
    raise VaultNewer(message, "update the program and open the vault again")
