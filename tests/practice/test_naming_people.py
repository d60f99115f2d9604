"""Whoever is named is that person, or nobody."""

from __future__ import annotations

from datetime import date

import pytest

from vigtool.casework.family import Role
from vigtool.errors import AmbiguousId, NoSuchRecord
from vigtool.practice import families
from vigtool.practice.families import PersonWords, person_named
from vigtool.vault.vault import Vault

TODAY = date(2026, 11, 22)


def test_a_name_that_looks_like_an_id_is_nobody_elses(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter(f"ed{number:030x}" for number in range(9))
    monkeypatch.setattr(families, "new_id", lambda: next(made))
    family = families.add_family(vault, name="x", people=[PersonWords(name="Ruth", role=Role.PARENT)], on=TODAY)
    with pytest.raises(NoSuchRecord):
        person_named(vault, family.family.id, "Ed")
    ruth = family.persons[0]
    assert person_named(vault, family.family.id, ruth.id[:4].upper()) == ruth


def test_two_of_one_name_are_told_apart_by_id(vault: Vault) -> None:
    people = [PersonWords(name="Ada", role=Role.PARENT), PersonWords(name="ada", role=Role.OTHER)]
    family = families.add_family(vault, name="x", people=people, on=TODAY)
    with pytest.raises(AmbiguousId):
        person_named(vault, family.family.id, "Ada")
    for person in family.persons:
        assert person_named(vault, family.family.id, person.id[:12]) == person


def test_accents_are_accents_however_they_were_typed(vault: Vault) -> None:
    family = families.add_family(vault, name="x", people=[PersonWords(name="Zoe\u0308", role=Role.PARENT)], on=TODAY)
    assert person_named(vault, family.family.id, "zo\u00eb") == family.persons[0]
    with pytest.raises(NoSuchRecord):
        person_named(vault, family.family.id, "")
