"""A family that gets another key, and what must be true of it before and after."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from vault_case import Case, never, silent
from vigtool.annotate.mark import Mark
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.crypto import item
from vigtool.ids import Id, new_id
from vigtool.vault import footage, schema
from vigtool.vault.footage import seal_made
from vigtool.vault.rekey import deep_rekey
from vigtool.vault.sealing import row_of
from vigtool.vault.shapes import FilmStandIn
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify

SMALL = bytes(range(199)) * 900


def do(vault: Vault, case: Case, **more: Any) -> None:
    told = {"keep_users": None, "report": silent, "cancelled": never, **more}
    deep_rekey(vault, case.family.id, act="family rekey", objects=[case.family.id], **told)


def add_stand_in(vault: Vault, case: Case) -> FilmStandIn:
    sealed = seal_made(vault, _write, len(SMALL), case.family.id, never)
    made = FilmStandIn(id=new_id(), film=case.film.id, fingerprint=bytes(32), footage=sealed, index=b"index")
    with vault.transaction("stand in") as writer:
        writer.keep_footage(sealed, case.family.id)
        writer.add(made)
    return made


def _write(out: Any) -> None:
    out.write(SMALL)


def rows(vault: Vault, domain: Id) -> list[Any]:
    here = schema.revision.c.domain == bytes.fromhex(domain)
    with vault.core.storage.reading() as connection:
        found = connection.execute(select(schema.revision).where(here).order_by(schema.revision.c.n)).mappings()
        return [row_of(dict(row)) for row in found]


def states(vault: Vault, domain: Id) -> list[int]:
    epochs = schema.domain_epoch.c
    with vault.core.storage.reading() as connection:
        query = select(epochs.state).where(epochs.domain == bytes.fromhex(domain)).order_by(epochs.epoch)
        return list(connection.execute(query).scalars())


def read(vault: Vault, of: Film | FilmStandIn, domain: Id) -> bytes:
    with footage.opener(vault, of.footage, domain)() as opened:
        return opened.read()


def on_disk(vault: Vault) -> set[str]:
    return {file.stem for file in vault.core.folder.footage.rglob("*.age")}


def is_whole(vault: Vault, case: Case, epoch: int, stand_in: Id | None = None) -> None:
    """Everything reads as it was written, under the key of one epoch."""
    assert vault.core.keyring.epochs(case.family.id) == [epoch]
    assert vault.get(Family, case.family.id).value == case.family
    assert vault.get(Mark, case.mark.id).value == case.mark
    film = vault.get(Film, case.film.id).value
    assert replace(film, footage=case.film.footage) == case.film
    assert film.footage.sha256 == case.film.footage.sha256
    assert read(vault, film, case.family.id) == case.bytes
    files = {film.footage.file}
    if stand_in:
        small = vault.get(FilmStandIn, stand_in).value
        assert read(vault, small, case.family.id) == SMALL
        files.add(small.footage.file)
    assert on_disk(vault) == files
    assert not list(vault.core.folder.footage.rglob("*.part"))
    assert {item.epoch_of(row.sealed) for row in rows(vault, case.family.id)} == {epoch}
    assert verify(vault, silent, never) == []
