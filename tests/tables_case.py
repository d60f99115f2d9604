"""The tables of a vault as somebody sees them who can write to the database: what stands is kept, and put back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import vault_case
from users_case import Service
from vigtool.ids import Id

GRANTS = "SELECT domain, epoch, user_id, granter, role, enc, signature FROM domain_grant WHERE user_id = ?"
SLOTS = "SELECT slot, user_id, kind, kdf, commitment, wrapped FROM keyslot WHERE user_id = ?"
_GRANT = "domain, epoch, user_id, granter, role, enc, signature"
PUT_GRANT = f"INSERT INTO domain_grant ({_GRANT}) VALUES (?, ?, ?, ?, ?, ?, ?)"
PUT_SLOT = "INSERT INTO keyslot (slot, user_id, kind, kdf, commitment, wrapped) VALUES (?, ?, ?, ?, ?, ?)"


class Database:
    """The tables as somebody with a program of their own writes in them, while the vault is closed."""

    def __init__(self, service: Service) -> None:
        self.folder = service.folder

    def run(self, statement: str, *values: Any) -> list[Any]:
        connection = vault_case.database(self.folder)
        connection.execute("PRAGMA foreign_keys = OFF")
        found = connection.execute(statement, values)
        rows = list(found.fetchall()) if statement.startswith("SELECT") else []
        connection.close()
        return rows

    def of(self, query: str, user: Id) -> list[Any]:
        return [tuple(row) for row in self.run(query, bytes.fromhex(user))]

    def put(self, statement: str, rows: Sequence[Any]) -> None:
        for row in rows:
            self.run(statement, *row)
