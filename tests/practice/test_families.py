from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from vigtool.casework.cycle import Cycle
from vigtool.casework.family import Family, Person, Role
from vigtool.errors import AmbiguousId, InvalidRecord, NoSuchRecord, RecordChanged
from vigtool.practice import families
from vigtool.practice.families import NewFamily, PersonWords
from vigtool.practice.records import values
from vigtool.vault.vault import Vault

TODAY = date(2026, 11, 22)
AWKWARD = [
    'O\'Neill "Böbbi"',
    "$(rm -rf) `x` ${HOME}",
    "مينا بنت نادية",
    "名前\nzwei Zeilen",
    "a\tb; DROP TABLE family",
]


def test_parents_answer_for_the_babies_named_with_them(family: NewFamily) -> None:
    nadia, mina = family.persons
    assert family.family.code == "F-0001"
    assert nadia.responsible_for == (mina.id,)
    assert mina.responsible_for == ()


@pytest.mark.parametrize("name", AWKWARD)
def test_names_in_any_script_and_with_any_sign_come_back_as_they_were(vault: Vault, name: str) -> None:
    made = families.add_family(vault, name=name, people=[PersonWords(name=name, role=Role.PARENT)], on=TODAY)
    assert vault.get(Family, made.family.id).value.name == name
    assert vault.get(Person, made.persons[0].id).value.name == name


@pytest.mark.parametrize("name", ["", "  \n ", "x" * 201, "half \ud800 a sign"])
def test_a_name_that_is_none_makes_no_family(vault: Vault, name: str) -> None:
    with pytest.raises(InvalidRecord):
        families.add_family(vault, name=name, on=TODAY)
    assert values(vault, Family) == []


def test_a_bad_person_leaves_no_half_family(vault: Vault) -> None:
    with pytest.raises(InvalidRecord):
        families.add_family(vault, name="ok", people=[PersonWords(name=" ", role=Role.PARENT)], on=TODAY)
    assert values(vault, Family) == []
    assert values(vault, Person) == []


def test_codes_count_on_and_are_never_given_twice(vault: Vault, family: NewFamily) -> None:
    assert families.add_family(vault, name="second", on=TODAY).family.code == "F-0002"
    with pytest.raises(InvalidRecord):
        families.add_family(vault, name="third", code=family.family.code.lower(), on=TODAY)


def test_a_baby_added_later_is_answered_for_by_the_parents_there(vault: Vault, family: NewFamily) -> None:
    twin = families.add_person(vault, family.family.id, PersonWords(name="Milo", role=Role.BABY))
    nadia = vault.get(Person, family.persons[0].id).value
    assert nadia.responsible_for == (family.persons[1].id, twin.id)
    grandmother = families.add_person(vault, family.family.id, PersonWords(name="Vera", role=Role.OTHER))
    assert grandmother.responsible_for == ()


def test_what_somebody_else_changed_first_is_not_written_over(vault: Vault, family: NewFamily) -> None:
    before = family.family
    families.change_family(vault, before, replace(before, place="home"))
    with pytest.raises(RecordChanged):
        families.change_family(vault, before, replace(before, place="centre"))
    assert vault.get(Family, before.id).value.place == "home"


def test_sessions_and_cycles_are_numbered(vault: Vault, family: NewFamily) -> None:
    home = family.family.id
    assert [families.add_session(vault, family=home, on=TODAY).number for _ in range(2)] == [1, 2]
    first = families.begin_cycle(vault, family=home, helping_question="  What does she ask for?  ")
    assert (first.number, first.helping_question) == (1, "What does she ask for?")
    families.change_cycle(vault, first, replace(first, helping_question="second wording"))
    assert [stored.value.helping_question for stored in vault.history(first.id)] == [
        "What does she ask for?",
        "second wording",
    ]
    assert values(vault, Cycle, domain=home)[0].helping_question == "second wording"


@pytest.mark.parametrize("minutes", [0, -5, 1441])
def test_a_meeting_lasts_between_a_minute_and_a_day(vault: Vault, family: NewFamily, minutes: int) -> None:
    with pytest.raises(InvalidRecord):
        families.add_session(vault, family=family.family.id, on=TODAY, minutes=minutes)


def test_a_family_is_found_by_code_id_or_beginning(vault: Vault, family: NewFamily) -> None:
    home = family.family
    for words in (home.code, home.code.lower(), home.id, home.id[:6]):
        assert families.family_named(vault, words) == home
    for words in ("", "F-9999", "zzzz"):
        with pytest.raises(NoSuchRecord):
            families.family_named(vault, words)


def test_an_ambiguous_beginning_is_refused(vault: Vault) -> None:
    made = [families.add_family(vault, name=str(n), on=TODAY).family.id for n in range(17)]
    first = next(d for d in "0123456789abcdef" if sum(i.startswith(d) for i in made) > 1)
    with pytest.raises(AmbiguousId):
        families.family_named(vault, first)


def test_a_person_of_another_family_is_not_found(vault: Vault, family: NewFamily) -> None:
    other = families.add_family(vault, name="other", people=[PersonWords(name="X", role=Role.PARENT)], on=TODAY)
    with pytest.raises(NoSuchRecord):
        families.person_named(vault, family.family.id, other.persons[0].id)
    with pytest.raises(NoSuchRecord):
        families.add_session(vault, family=family.family.id, on=TODAY, present=(other.persons[0].id,))
