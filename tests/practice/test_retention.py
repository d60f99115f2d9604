"""What is due in a vault by its service's own rules, and who may set them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest

from vigtool.casework.family import Role
from vigtool.casework.film import Film, FilmKind
from vigtool.casework.member import Member, StaffRole
from vigtool.casework.retention import Lacking, RetentionRule
from vigtool.errors import InvalidRecord, NoSuchRecord, NotAllowed, RecordChanged
from vigtool.ids import Id, new_id
from vigtool.practice import erasing, retention
from vigtool.practice.families import NewFamily, PersonWords, add_family, close_family, reopen_family
from vigtool.practice.films import FilmWords, bring_in
from vigtool.practice.records import value
from vigtool.vault import log_book
from vigtool.vault.vault import Vault

TODAY = date(2026, 11, 22)
LATER = date(2200, 1, 1)


def rule(
    kind: FilmKind | None = None, *, months: int | None = None, age: int | None = None, word: bool = False
) -> RetentionRule:
    return RetentionRule(id=new_id(), kind=kind, months_after_closing=months, until_age=age, on_word_only=word)


def entered_as(vault: Vault, *roles: StaffRole) -> None:
    """A colleague is there, and whoever opened the vault is entered with these roles."""
    with vault.transaction("user add") as writer:
        for stored in vault.all(Member):
            writer.remove(stored)
        for user, given in ((vault.user_id, roles), (new_id(), (StaffRole.LEAD,))):
            writer.add(Member(id=new_id(), user=user, name="x", roles=given, added=TODAY))


def test_a_vault_without_rules_lists_nothing(vault: Vault, family: NewFamily, film: Film) -> None:
    close_family(vault, family.family.id, on=TODAY)
    assert retention.rules(vault) == []
    assert retention.due(vault, LATER) == []
    assert retention.erase_on(vault, film.id) is None
    assert [each.lacking for each in retention.undated(vault)] == [(Lacking.RULE,)]


def test_nothing_is_built_in_and_every_offer_is_a_rule_that_may_be_set(vault: Vault) -> None:
    for offer in retention.OFFERS:
        retention.set_rule(vault, offer.rule())
    assert len(retention.rules(vault)) == len(retention.OFFERS)


def test_films_are_due_by_their_own_rule_and_the_family_no_earlier_than_they(
    vault: Vault, family: NewFamily, film: Film
) -> None:
    own, whole = rule(FilmKind.INTERACTION, months=2), rule(age=25)
    retention.set_rule(vault, own)
    retention.set_rule(vault, whole)
    close_family(vault, family.family.id, on=date(2026, 12, 31))
    assert retention.erase_on(vault, film.id) == date(2027, 2, 28)
    assert retention.due(vault, date(2027, 2, 27)) == []
    (due,) = retention.due(vault, date(2027, 2, 28))
    assert (due.what, due.film, due.rule, due.on, due.held) == (film.id, film.id, own, date(2027, 2, 28), None)
    (due,) = retention.due(vault, date(2051, 4, 15))
    assert (due.what, due.film, due.rule) == (family.family.id, None, whole), "a family that is due lists no films"
    reopen_family(vault, family.family.id)
    assert retention.due(vault, LATER) == []
    assert retention.erase_on(vault, film.id) is None


def test_a_hold_on_one_film_shows_at_the_family_and_leaves_the_other_films_due(
    vault: Vault, family: NewFamily, film: Film, film_file: Path
) -> None:
    other = bring_in(vault, film_file, family.family.id, FilmWords())
    retention.set_rule(vault, rule(months=0))
    close_family(vault, family.family.id, on=TODAY)
    hold = retention.place_hold(vault, family.family.id, reason="proceedings", on=TODAY, film=film.id)
    due = {each.what: each.held for each in retention.due(vault, TODAY)}
    assert due == {family.family.id: hold, film.id: hold, other.id: None}
    retention.lift_hold(vault, hold.id, reason="over", on=TODAY)
    assert [each.what for each in retention.due(vault, TODAY)] == [family.family.id]
    assert [story.lifted is not None for story in retention.hold_history(vault)] == [True]


def test_on_a_persons_word_nothing_is_ever_due(vault: Vault, family: NewFamily, film: Film) -> None:
    retention.set_rule(vault, rule(months=0))
    retention.set_rule(vault, rule(word=True))
    close_family(vault, family.family.id, on=TODAY)
    assert retention.due(vault, LATER) == []
    assert retention.term_of(vault, film.id).lacking == (Lacking.WORD,)


def test_a_birth_date_that_is_not_known_is_said(vault: Vault) -> None:
    people = [PersonWords(name="Lia", role=Role.BABY)]
    other = add_family(vault, name="Lia's", people=people, on=TODAY).family
    retention.set_rule(vault, rule(age=25))
    (undated,) = retention.undated(vault)
    assert (undated.what, undated.lacking) == (other.id, (Lacking.BIRTH,))
    assert retention.due(vault, LATER) == []


def test_holds_need_a_reason_their_own_film_and_stand_once(vault: Vault, family: NewFamily, film: Film) -> None:
    other = add_family(vault, name="another", on=TODAY).family
    with pytest.raises(InvalidRecord):
        retention.place_hold(vault, family.family.id, reason=" ", on=TODAY)
    with pytest.raises(NoSuchRecord):
        retention.place_hold(vault, other.id, reason="x", on=TODAY, film=film.id)
    hold = retention.place_hold(vault, family.family.id, reason="x", on=TODAY)
    with pytest.raises(InvalidRecord):
        retention.lift_hold(vault, hold.id, reason="x", on=date(2026, 11, 21))
    retention.lift_hold(vault, hold.id, reason="x", on=TODAY)
    with pytest.raises(RecordChanged):
        retention.lift_hold(vault, hold.id, reason="x", on=TODAY)
    assert retention.holds(vault) == []


def test_closing_comes_after_beginning(vault: Vault, family: NewFamily) -> None:
    with pytest.raises(InvalidRecord):
        close_family(vault, family.family.id, on=date(2026, 11, 21))
    assert value(vault, type(family.family), family.family.id).closed is None


STAFF = [role for role in StaffRole if role is not StaffRole.ORGANISATION]


def test_rules_and_lifting_are_for_leads_and_administrators(vault: Vault, family: NewFamily) -> None:
    keeping: dict[str, Callable[[Id], object]] = {
        "set a rule": lambda _: retention.set_rule(vault, rule(months=1)),
        "lift a hold": lambda hold: retention.lift_hold(vault, hold, reason="x", on=TODAY),
    }
    for role in STAFF:
        entered_as(vault, role)
        for act, keep in keeping.items():
            hold = retention.place_hold(vault, family.family.id, reason="x", on=TODAY).id
            may = role in {StaffRole.LEAD, StaffRole.ADMINISTRATOR}
            with nullcontext() if may else pytest.raises(NotAllowed):
                keep(hold)
            assert (hold in {each.id for each in retention.holds(vault)}) is not (may and act == "lift a hold")
    assert len(retention.rules(vault)) == 2


def test_erasing_is_for_leads_administrators_and_the_familys_practitioner(vault: Vault) -> None:
    for role in STAFF:
        for has_key in (True, False):
            family = add_family(vault, name="another", on=TODAY).family.id
            entered_as(vault, role)
            if not has_key:
                vault.core.keyring.lose(family, [1])
                vault.core.keyring.settle(kept=True)
            may = role in {StaffRole.LEAD, StaffRole.ADMINISTRATOR} or (role is StaffRole.PRACTITIONER and has_key)
            with nullcontext() if may else pytest.raises(NotAllowed):
                erasing.erase_family(vault, family, reason="it is due", on=TODAY)
    assert len(erasing.erasures(vault)) == 5
    assert log_book.check(vault) == []


def test_what_erasing_would_do_is_said_before(vault: Vault, family: NewFamily, film: Film) -> None:
    hold = retention.place_hold(vault, family.family.id, reason="x", on=TODAY)
    for what in (family.family.id, film.id):
        seen = erasing.outlook(vault, what)
        assert (seen.what, seen.family, seen.films, seen.copies, seen.held) == (what, family.family.id, 1, (), hold)
        assert seen.recoverable_until is None


def test_a_film_is_erased_and_the_rest_of_the_family_goes_on(vault: Vault, family: NewFamily, film: Film) -> None:
    told: list[tuple[int, int]] = []
    erasing.erase_film(
        vault, film.id, reason="a person asked", on=TODAY, report=lambda done, total: told.append((done, total))
    )
    assert value(vault, type(family.family), family.family.id) == family.family
    assert retention.due(vault, LATER) == []
    assert log_book.check(vault) == []
    assert all(0 <= done <= total for done, total in told)
