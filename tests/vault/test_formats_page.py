"""docs/formats.md names every table, every kind of record, every field and every word that the program writes."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def test_the_page_names_every_field_of_every_kind() -> None:
    from dataclasses import fields

    from vigtool.annotate.reel import Caption, Clip
    from vigtool.casework.film import FilmSound, SealedFootage
    from vigtool.casework.scrub import DamagedFilm
    from vigtool.vault.kinds import KINDS

    sections = dict(re.findall(r"^\*\*(\d+) [a-z ]+\*\* – (.*?)(?=^\*\*\d+ |^## )", PAGE, re.DOTALL | re.MULTILINE))
    assert {int(number) for number in sections} == {kind.number for kind in KINDS}
    inside = {6: (SealedFootage, FilmSound), 9: (Clip, Caption), 33: (DamagedFilm,)}
    for kind in KINDS:
        told = set(re.findall(r"`([a-z_0-9]+)`", sections[str(kind.number)]))
        known = {field.name for cls in (kind.cls, *inside.get(kind.number, ())) for field in fields(cls)}
        assert known <= told, kind.cls.__name__
        assert told - known <= {"footage", "sound", "schema"}, kind.cls.__name__


def test_the_page_names_every_word_of_every_list() -> None:
    from vigtool.annotate.mark import Lane
    from vigtool.casework.consent import Answer, Scope
    from vigtool.casework.copy import CopyKind, CopyOutcome, ExitState
    from vigtool.casework.disclosure import Basis
    from vigtool.casework.family import Role
    from vigtool.casework.film import FilmKind
    from vigtool.casework.film_pair import PairedBy
    from vigtool.casework.origin import VolumeKind
    from vigtool.casework.session import SessionKind
    from vigtool.casework.stray_copy import StrayPlace

    flat = " ".join(PAGE.split())
    cases = (Lane, Answer, Scope, CopyKind, ExitState, Role, FilmKind, SessionKind, PairedBy, Basis, CopyOutcome)
    for words in (*cases, StrayPlace, VolumeKind):
        assert ", ".join(member.value for member in words) in flat, words


def test_the_page_names_every_table_and_column() -> None:
    from vigtool.vault.schema import metadata

    for table in metadata.tables.values():
        section = PAGE.split(f"**{table.name}** –", 1)[1].split("\n**", 1)[0]
        for column in table.columns:
            assert re.search(rf"\b{column.name}\b", section), f"{table.name}.{column.name}"
            width = getattr(column.type, "length", None)
            assert width is None or str(width) in section
