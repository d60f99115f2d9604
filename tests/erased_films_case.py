"""Families with films that have everything that belongs to films, and what can be read of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from sqlalchemy import select

import vault_case
from vigtool.annotate.layer import Layer
from vigtool.annotate.reel import Caption, Clip, Reel
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.casework.film_pair import FilmPair, PairedBy
from vigtool.casework.still import Still
from vigtool.ids import Id, new_id
from vigtool.timebase import Span
from vigtool.vault import footage, schema
from vigtool.vault.shapes import FilmIndex, FilmStandIn, Stored
from vigtool.vault.vault import Vault


@dataclass(frozen=True)
class Kept:
    """A family with films, and the bytes of each."""

    family: Family
    films: dict[Id, bytes]
    reels: list[Reel]

    @property
    def first(self) -> Id:
        return next(iter(self.films))


def fill(vault: Vault, code: str, films: int = 2, marks: int = 2, *, stand_ins: bool = True, pages: int = 200) -> Kept:
    """A family whose films have everything that belongs to films, some of it written over, some removed.

    Each film has about so many `pages` of 256 bytes.
    """
    family = vault_case.add_family(vault, code)
    bodies = [bytes([n]) + bytes(range(256)) * (pages + n) for n in range(films)]
    data = {vault_case.add_film(vault, body, family.id).id: body for body in bodies}
    clips = []
    with vault.transaction("rest") as writer:
        for film in data:
            layer = writer.add(Layer(id=new_id(), film=film, author=vault.user_id, scheme="attuned", scheme_version=1))
            for n in range(marks):
                mark = writer.add(vault_case.mark_of(layer.value, start=9 * n, note=f"she looks {n}"))
                writer.change(mark, replace(mark.value, note="written over"))
            if marks:
                writer.remove(writer.add(vault_case.mark_of(layer.value, start=5, note="not so")))
            writer.add(FilmIndex(id=new_id(), film=film, data=b"index" * 9))
            writer.add(
                Still(id=new_id(), film=film, number=1, tick=3, words="", kept=vault_case.ticking(), by=vault.user_id)
            )
            clips.append(
                Clip(id=new_id(), mark=None, film=film, span=Span(0, 9), captions=(Caption("en", "You waited"),))
            )
        for first, second in zip(list(data), list(data)[1:], strict=False):
            writer.add(
                FilmPair(
                    id=new_id(), first=first, second=second, offset=Fraction(1, 3), how=PairedBy.EYE,
                    kept=vault_case.ticking(), by=vault.user_id,
                )
            )  # fmt: skip
        both = writer.add(Reel(id=new_id(), family=family.id, author=vault.user_id, clips=tuple(clips)))
        last = writer.add(Reel(id=new_id(), family=family.id, author=vault.user_id, clips=tuple(clips[-1:])))
    if stand_ins:
        for film in data:
            sealed = vault_case.seal(vault, b"small" * 900, family.id)
            with vault.transaction("stand in") as writer:
                writer.keep_footage(sealed, family.id)
                writer.add(FilmStandIn(id=new_id(), film=film, fingerprint=bytes(32), footage=sealed, index=b"i"))
    return Kept(family, data, [both.value, last.value])


def content(vault: Vault, film: Id) -> bytes:
    record = vault.get(Film, film).value
    with footage.opener(vault, record.footage, record.family)() as source:
        return source.read()


def histories(vault: Vault, domains: list[Id]) -> dict[Id, list[Stored[Any]]]:
    """Every revision of every record of some families."""
    names = [bytes.fromhex(domain) for domain in domains]
    with vault.core.storage.reading() as connection:
        rows = select(schema.revision.c.id).where(schema.revision.c.domain.in_(names)).distinct()
        ids = list(connection.execute(rows).scalars())
    return {id_.hex(): vault.history(id_.hex()) for id_ in ids}
