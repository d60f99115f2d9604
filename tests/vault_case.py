"""A small vault to try things on: made once, copied for each test."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite

from postgres import Database, Server
from vigtool.annotate.layer import Layer
from vigtool.annotate.mark import Lane, Mark
from vigtool.casework.family import Family, Person, Role
from vigtool.casework.film import Film, SealedFootage
from vigtool.ids import Id, new_id
from vigtool.timebase import Span
from vigtool.vault import footage, schema
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.shapes import Finding
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify

PASSPHRASE = "six words that no cat would say"
place: Server | None = None
"""The server that has the records of every vault made, copied or looked at here; none where they lie in its folder."""

NAME = "Nadia & Mina “مينا” $(x)\n'"


def ticking() -> datetime:
    """A clock that is never twice the same and knows no test run's date."""
    ticking.now += timedelta(seconds=1)  # type: ignore[attr-defined]  # a counter on the function itself
    now: datetime = ticking.now  # type: ignore[attr-defined]  # as above
    return now


ticking.now = datetime(2026, 1, 1, tzinfo=UTC)  # type: ignore[attr-defined]  # as above


def silent(done: int, total: int) -> None:
    assert 0 <= done <= total


def never() -> bool:
    return False


def findings(vault: Vault) -> list[Finding]:
    return verify(vault, silent, never)


class Stop:
    """Somebody who presses stop when asked for the so-many-th time."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.asked = 0

    def __call__(self) -> bool:
        self.asked += 1
        return self.asked > self.after


@dataclass(frozen=True, slots=True)
class Case:
    """What is in the small vault."""

    family: Family
    other: Family
    mother: Person
    film: Film
    layer: Layer
    mark: Mark
    bytes: bytes


def family(code: str = "F-0001", name: str = NAME) -> Family:
    return Family(id=new_id(), code=code, name=name, opened=date(2026, 3, 1))


def add_family(vault: Vault, code: str = "F-0001") -> Family:
    made = family(code)
    with vault.transaction("family add") as writer:
        writer.open_domain(made.id)
        writer.add(made)
    return made


def seal(vault: Vault, data: bytes, of: Id) -> SealedFootage:
    return footage.seal_in(vault, io.BytesIO(data), len(data), of, silent, never)


def film_of(sealed: SealedFootage, of: Id) -> Film:
    return Film(
        id=new_id(), family=of, footage=sealed, frames=10, time_base=Fraction(1, 90000), start=0, end=90000, width=640,
        height=480,
    )  # fmt: skip


def add_film(vault: Vault, data: bytes, of: Id) -> Film:
    film = film_of(seal(vault, data, of), of)
    with vault.transaction("film add") as writer:
        writer.keep_footage(film.footage, of)
        writer.add(film)
    return film


def mark_of(layer: Layer, start: int = 5, note: str = "") -> Mark:
    return Mark(id=new_id(), layer=layer.id, film=layer.film, span=Span(start, start + 7), lane=Lane.BABY, note=note)


def build(folder: Path) -> Case:
    """Make the small vault in `folder` and close it."""
    data = bytes(range(256)) * 700
    with Vault.create(folder, PASSPHRASE, name="Sam", cost=LEAST_COST, clock=ticking) as vault:
        ours, other = add_family(vault), add_family(vault, "F-0002")
        film = add_film(vault, data, ours.id)
        mother = Person(id=new_id(), family=ours.id, name="Nadia", role=Role.PARENT)
        layer = Layer(id=new_id(), film=film.id, author=vault.user_id, scheme="attuned", scheme_version=1)
        mark = mark_of(layer, note="she looks up")
        with vault.transaction("rest") as writer:
            writer.add(mother)
            writer.add(layer)
            writer.add(mark)
    return Case(ours, other, mother, film, layer, mark, data)


def copy(folder: Path, to: Path) -> Path:
    """Another copy of a vault that is closed; its records too, where they are on a server."""
    shutil.copytree(folder, to, copy_function=shutil.copy2)
    if place is not None:
        place.copy(folder, to)
    return to


def database(folder: Path) -> Any:
    """The database of a vault that is closed, as somebody with a program of their own sees it."""
    if place is not None:
        return Database(place.connect(place.database_of(folder)))
    return sqlite.connect(os.fspath(folder / "vault.db"), isolation_level=None)


def files(vault: Vault) -> list[str]:
    """The names of all that lies among the films."""
    return sorted(file.name for file in (vault.folder / "footage").rglob("*"))


def announced(vault: Vault) -> int:
    """How many files are said to be on their way."""
    with vault.core.storage.reading() as connection:
        rows = connection.execute(schema.footage.select()).all()
    return len([row for row in rows if row.state == 1])


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file of a folder and what is in it."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
