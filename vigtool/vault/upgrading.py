"""Brings the tables of a vault to the newest format, by the scripts in `upgrades`."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, select, text

from vigtool.errors import NotAVault, VaultDamaged, VaultNewer
from vigtool.vault import schema
from vigtool.vault.storage import naming_disk_errors

NEWEST = "0001"
"""The last script in `upgrades/versions`; a test holds the two equal."""

SCRIPTS = Path(__file__).parent / "upgrades"


def check_mark(database: Path) -> None:
    """Look at what the header of the database says it is, before SQLite is let near it.

    The header is that of https://www.sqlite.org/fileformat.html, 1.3: the application id stands at byte 68.

    Raises:
        VaultDamaged: it is no database, or an empty one.
        NotAVault: it belongs to something else.
    """
    with naming_disk_errors(), database.open("rb") as file:
        header = file.read(100)
    found = int.from_bytes(header[68:72], "big")
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0") or not found:
        message = "the vault's database is empty, cut short or overwritten"
        raise VaultDamaged(message, "fetch it from a backup")
    if found != schema.APPLICATION_ID:
        message = "the folder holds a database, but no vault"
        raise NotAVault(message, "choose the folder that was made by vigtool")


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
