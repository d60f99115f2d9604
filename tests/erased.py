"""By what an erased family or film would be known again, and where to look for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from postgres import Server
from vigtool.crypto.age.header import read_header
from vigtool.ids import Id
from vigtool.vault import schema
from vigtool.vault.vault import Vault


@dataclass(frozen=True)
class Traces:
    """Exact bytes by which a family would be known again."""

    keys: list[bytes]
    rows: list[bytes]
    headers: list[bytes]

    def all(self) -> list[bytes]:
        return [*self.keys, *self.rows, *self.headers]


def pieces(data: bytes) -> list[bytes]:
    """Stretches of 48 bytes, spread over all of it: a part of it may lie on another page."""
    return [data[start : start + 48] for start in range(0, len(data) - 48, max(48, len(data) // 6))]


def traces_of(vault: Vault, family: Id) -> Traces:
    """Everything that stands for a family in the tables and films."""
    name = bytes.fromhex(family)
    with vault.core.storage.reading() as connection:
        grants = connection.execute(select(schema.domain_grant).where(schema.domain_grant.c.domain == name)).all()
        rows = connection.execute(select(schema.revision).where(schema.revision.c.domain == name)).all()
        files = connection.execute(select(schema.footage.c.file).where(schema.footage.c.domain == name)).scalars().all()
    assert grants
    assert rows
    headers = [_header(vault.core.folder.footage_file(file.hex())) for file in files]
    return Traces(
        keys=[piece for grant in grants for piece in (*pieces(bytes(grant.enc)), bytes(grant.signature))],
        rows=[piece for row in rows for piece in pieces(bytes(row.sealed))],
        headers=[piece for header in headers for piece in pieces(header[60:])],
    )


def _header(file: Path) -> bytes:
    """An age file's header alone: the chunks behind it may lie on behind another one."""
    with file.open("rb") as source:
        return read_header(source).raw


def found_in(files: Iterable[Path], wanted: list[bytes]) -> int:
    """How many of the pieces are anywhere in these files."""
    contents = []
    for file in files:
        try:
            contents.append(file.read_bytes())
        except OSError:  # a server's own files come and go
            continue
    return sum(any(piece in content for content in contents) for piece in wanted)


def files_of(vault: Vault, place: Server | None) -> list[Path]:
    """Every file in which something of the vault could be; of a server all but its log and others' databases."""
    files = [file for file in vault.folder.rglob("*") if file.is_file()]
    if place is not None:
        with place.connect() as chief:
            chief.execute("CHECKPOINT")
            name = place.database_of(vault.folder)
            row = chief.execute("SELECT oid FROM pg_database WHERE datname = %s", [name]).fetchone()
        assert row is not None
        base = place.data / "base"
        for folder in (each for each in place.data.iterdir() if each.is_dir() and each.name not in {"base", "pg_wal"}):
            files += [file for file in folder.rglob("*") if file.is_file()]
        files += [file for file in (base / str(row[0])).rglob("*") if file.is_file()]
    return files


def rows_of(vault: Vault, family: Id) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of a family as somebody who has an older copy of the database has them: revisions, and grants."""
    name = bytes.fromhex(family)
    with vault.core.storage.reading() as connection:
        revisions = connection.execute(select(schema.revision).where(schema.revision.c.domain == name)).mappings()
        older = [{name: row[name] for name in row if name != "n"} for row in revisions]
        grants = connection.execute(select(schema.domain_grant).where(schema.domain_grant.c.domain == name)).mappings()
        return older, [dict(row) for row in grants]
