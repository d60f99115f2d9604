"""Names and roles on the screen are those that somebody wrote who might, from the moment the vault is opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from tables_case import PUT_SLOT, SLOTS, Database
from users_case import ON, Service
from vault_case import never, silent
from vigtool.casework.member import Member, StaffRole
from vigtool.errors import CardUnchecked, NotAllowed
from vigtool.ids import Id, new_id
from vigtool.practice.colleagues import add_colleague, change_roles, colleagues, remove_colleague
from vigtool.practice.own_name import names_of_users
from vigtool.practice.records import values
from vigtool.practice.roles import is_alone, require_role, roles_of
from vigtool.vault import membership
from vigtool.vault.key_check import told_at_opening
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.shapes import Profile
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify
from vigtool.vault.writing import Writer

ALL = (StaffRole.LEAD, StaffRole.ADMINISTRATOR)
MORE = "one more phrase that is long enough"


@contextmanager
def writing(service: Service, by: Id) -> Iterator[tuple[Vault, Writer]]:
    """Somebody writes with a program of their own that asks for no role."""
    with service.opened(by) as vault, vault.transaction("own program") as writer:
        yield vault, writer


def entry(vault: Vault, user: Id) -> Member:
    return next(member for member in values(vault, Member) if member.user == user)


def enter(service: Service, by: Id, user: Id, **changes: object) -> None:
    with writing(service, by) as (vault, writer):
        before = entry(vault, user)
        writer.change(vault.get(Member, before.id), replace(before, **changes))  # type: ignore[arg-type]  # any field


def told(service: Service, by: Id) -> set[Id]:
    with service.opened(by) as vault:
        return {finding.object for finding in told_at_opening(vault.core)}


def test_nobody_is_told_of_anything_where_all_is_well(service: Service) -> None:
    for user in (service.lea, service.bo, service.di, service.key):
        with service.opened(user) as vault:
            assert told_at_opening(vault.core) == []


def test_who_makes_themselves_a_lead_is_none_on_any_screen(service: Service) -> None:
    enter(service, service.bo, service.bo, roles=ALL)
    for user in (service.bo, service.lea, service.di):
        with service.opened(user) as vault:
            assert roles_of(vault, service.bo) == {StaffRole.PRACTITIONER}
            shown = next(each for each in colleagues(vault) if each.user == service.bo)
            assert shown.roles == {StaffRole.PRACTITIONER}
        assert told(service, user) == {service.bo}
    with service.opened(service.bo) as vault, pytest.raises(NotAllowed):
        require_role(vault, StaffRole.LEAD)


def test_the_check_above_would_see_a_register_that_believes_the_newest_entry(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(service, service.bo, service.bo, roles=ALL)
    monkeypatch.setattr(membership, "_might", lambda *_: True)
    with service.opened(service.lea) as vault:
        assert StaffRole.LEAD in roles_of(vault, service.bo)


def test_a_colleague_takes_no_role_and_no_key_from_another(service: Service) -> None:
    """Said to have left, Lea would have no role any more, and no new key of the vault."""
    enter(service, service.bo, service.lea, left=ON, roles=(StaffRole.PRACTITIONER,), name="Nobody")
    with service.opened(service.lea) as vault:
        assert StaffRole.LEAD in roles_of(vault)
        assert names_of_users(vault)[service.lea] == "Lea"
        remove_colleague(vault, service.di, on=ON)
        newest = vault.core.keyring.newest_epoch(vault.vault_id)
    assert told(service, service.lea) == {service.lea}
    with service.opened(service.bo) as vault:
        assert vault.core.keyring.newest_epoch(vault.vault_id) == newest
        assert service.lea in {each.user for each in colleagues(vault) if each.left is None}


def test_what_a_lead_enters_anew_takes_the_place_of_the_wrong_entry(service: Service) -> None:
    enter(service, service.bo, service.bo, roles=ALL)
    with service.opened(service.lea) as vault:
        change_roles(vault, service.bo, [StaffRole.SUPERVISOR])
    for user in (service.bo, service.lea, service.di):
        assert told(service, user) == set()
        with service.opened(user) as vault:
            assert roles_of(vault, service.bo) == {StaffRole.SUPERVISOR}


def test_an_administrator_makes_no_lead(service: Service) -> None:
    with service.opened(service.lea) as vault:
        change_roles(vault, service.di, [StaffRole.ADMINISTRATOR])
    enter(service, service.di, service.di, roles=ALL)
    with service.opened(service.bo) as vault:
        assert roles_of(vault, service.di) == {StaffRole.ADMINISTRATOR}
        assert {finding.object for finding in verify(vault, silent, never)} == {service.di}
    enter(service, service.di, service.bo, roles=(StaffRole.SUPERVISOR,))
    with service.opened(service.bo) as vault:
        assert roles_of(vault) == {StaffRole.SUPERVISOR}, "that is an administrator's to enter"


def test_a_second_entry_and_an_invented_colleague_count_for_nothing(service: Service) -> None:
    stranger = new_id()
    with writing(service, service.bo) as (vault, writer):
        own = entry(vault, service.bo)
        writer.add(replace(own, id=new_id(), roles=ALL))
        writer.add(replace(own, id=new_id(), user=stranger, roles=ALL))
    with service.opened(service.di) as vault:
        assert roles_of(vault, service.bo) == {StaffRole.PRACTITIONER}
        assert stranger not in {each.user for each in colleagues(vault)}
    assert told(service, service.di) == {service.bo, stranger}


def test_a_removed_entry_leaves_nobody_without_their_role(service: Service) -> None:
    with writing(service, service.bo) as (vault, writer):
        for member in values(vault, Member):
            writer.remove(vault.get(Member, member.id))
    with service.opened(service.bo) as vault:
        assert roles_of(vault) == {StaffRole.PRACTITIONER}
        assert not is_alone(vault)
    with service.opened(service.lea) as vault:
        assert StaffRole.LEAD in roles_of(vault)


def test_a_name_counts_where_its_owner_has_signed_it(service: Service) -> None:
    with writing(service, service.bo) as (vault, writer):
        stored = vault.get(Profile, service.lea)
        as_lea = replace(vault.core, user=service.lea)
        writer.in_name_of(as_lea).change(stored, replace(stored.value, name="Di"))
    for user in (service.lea, service.di):
        with service.opened(user) as vault:
            assert names_of_users(vault)[service.lea] == "Lea"


def test_a_damaged_card_of_whoever_entered_them_leaves_everybody_their_own_work(service: Service) -> None:
    Database(service).run("UPDATE user_card SET signature = ? WHERE user_id = ?", bytes(64), bytes.fromhex(service.lea))
    with service.opened(service.di) as vault:
        assert roles_of(vault) == {StaffRole.PRACTITIONER}
        assert roles_of(vault, service.lea) == {StaffRole.PRACTITIONER, StaffRole.SUPERVISOR}
        assert {each.name for each in colleagues(vault)} >= {"Lea", "Bo", "Di"}


def test_what_those_have_entered_who_left_since_still_counts(service: Service) -> None:
    with service.opened(service.lea) as vault:
        change_roles(vault, service.di, [StaffRole.LEAD, StaffRole.ADMINISTRATOR])
    with service.opened(service.di) as vault:
        one = [StaffRole.SUPERVISOR]
        ed = add_colleague(vault, name="Ed", roles=one, passphrase=MORE, on=ON, cost=LEAST_COST).user
    with service.opened(service.lea) as vault:
        remove_colleague(vault, service.di, on=ON)
    for user in (service.bo, service.lea):
        assert told(service, user) == set()
        with service.opened(user) as vault:
            assert roles_of(vault, ed) == {StaffRole.SUPERVISOR}
            assert roles_of(vault, service.di) == frozenset()


def test_an_old_way_in_of_one_who_left_is_told_at_opening(service: Service) -> None:
    tables = Database(service)
    old = tables.of(SLOTS, service.di)
    with service.opened(service.lea) as vault:
        remove_colleague(vault, service.di, on=ON)
    tables.put(PUT_SLOT, old)
    for user in (service.bo, service.lea):
        assert told(service, user) == {service.di}


def test_nobody_is_left_out_of_a_new_key_since_a_card_is_damaged(service: Service) -> None:
    """Whether Di is still here cannot be checked: first it has to be known whose card that is."""
    with service.opened(service.lea) as vault:
        change_roles(vault, service.bo, [StaffRole.ADMINISTRATOR])
        one = [StaffRole.PRACTITIONER]
        ed = add_colleague(vault, name="Ed", roles=one, passphrase=MORE, on=ON, cost=LEAST_COST).user
    with service.opened(service.bo):
        pass
    Database(service).run("UPDATE user_card SET signature = ? WHERE user_id = ?", bytes(64), bytes.fromhex(service.lea))
    with service.opened(service.bo) as vault:
        with pytest.raises(CardUnchecked), vault.transaction("renew") as writer:
            writer.keys.renew(vault.vault_id, writer.keys.holders(vault.vault_id))
        assert ed in {each.user for each in colleagues(vault)}
