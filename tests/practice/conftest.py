"""A vault that opens quickly, with a family, and a numbered film to bring in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import makers
from vigtool.casework.consent import Scope
from vigtool.casework.family import Role
from vigtool.casework.film import Film
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.practice.consents import parents_sign
from vigtool.practice.families import NewFamily, PersonWords, add_family
from vigtool.practice.films import FilmWords, bring_in
from vigtool.vault.vault import Vault

TODAY = date(2026, 11, 22)
WORDS = "six words that nobody would guess here"


@pytest.fixture(scope="session")
def numbered_film() -> bytes:
    return makers.make(makers.Film(frames=90, gop=30))


@pytest.fixture
def film_file(tmp_path: Path, numbered_film: bytes) -> Path:
    path = tmp_path / "IMG_0001.mp4"
    path.write_bytes(numbered_film)
    return path


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with Vault.create(tmp_path / "vault", WORDS, cost=LEAST_COST) as made:
        yield made


@pytest.fixture
def family(vault: Vault) -> NewFamily:
    people = [
        PersonWords(name="Nadia", role=Role.PARENT, relation="mother"),
        PersonWords(name="Mina", role=Role.BABY, born=date(2026, 4, 15)),
    ]
    return add_family(vault, name="Nadia and Mina", people=people, on=TODAY)


@pytest.fixture
def agreed(vault: Vault, family: NewFamily) -> NewFamily:
    """The family after the mother signed for everything, for herself and the baby."""
    parents_sign(vault, family.family.id, list(Scope), on=TODAY)
    return family


@pytest.fixture
def film(vault: Vault, family: NewFamily, film_file: Path) -> Film:
    return bring_in(vault, film_file, family.family.id, FilmWords(title="kitchen"))
