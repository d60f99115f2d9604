"""Keys that were taken and are put back into the database, or that are taken out of it: `vault verify` names whose."""

from __future__ import annotations

from typing import Any

import pytest

import vault_case
from tables_case import GRANTS, PUT_GRANT, PUT_SLOT, SLOTS, Database
from users_case import ON, Service
from vault_case import never, silent
from vigtool.casework.member import StaffRole
from vigtool.ids import Id
from vigtool.practice.colleagues import change_roles, remove_colleague
from vigtool.practice.sharing import reassign_family, stop_sharing
from vigtool.practice.ways_in import set_passphrase
from vigtool.vault.audit import ends
from vigtool.vault.grants import EVERYTHING, STEWARD
from vigtool.vault.key_history import KeyHistory
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify

NEW = "yet another phrase that is long enough"


def named(service: Service, by: Id) -> set[Id]:
    with service.opened(by) as vault:
        return {finding.object for finding in verify(vault, silent, never)}


def share(service: Service, role: int = EVERYTHING) -> None:
    with service.opened(service.bo) as vault, vault.transaction("share") as writer:
        writer.keys.give(service.his.family.id, service.di, role)


def family_grants(service: Service, user: Id) -> list[Any]:
    family = bytes.fromhex(service.his.family.id)
    return [row for row in Database(service).of(GRANTS, user) if bytes(row[0]) == family]


@pytest.mark.parametrize("deep", [False, True])
def test_an_old_key_of_one_who_was_unshared_is_named(service: Service, *, deep: bool) -> None:
    share(service)
    old = family_grants(service, service.di)
    assert old
    with service.opened(service.bo) as vault:
        stop_sharing(vault, service.his.family.id, service.di, deep=deep)
        assert verify(vault, silent, never) == []
    Database(service).put(PUT_GRANT, old)
    for user in (service.bo, service.lea):
        assert (service.his.family.id if deep else service.di) in named(service, user)


def test_what_is_shared_again_is_no_old_key(service: Service) -> None:
    share(service)
    with service.opened(service.bo) as vault:
        stop_sharing(vault, service.his.family.id, service.di)
    share(service)
    assert named(service, service.bo) == set()
    assert named(service, service.di) == set()


def test_a_key_of_a_lead_who_only_keeps_it_is_not_made_one_that_opens(service: Service) -> None:
    """A lead goes on keeping a key when a family is taken back: the old row in its place opens the family."""
    family = service.his.family.id
    with service.opened(service.bo) as vault, vault.transaction("share") as writer:
        writer.keys.give(family, service.lea, EVERYTHING)
    old = family_grants(service, service.lea)
    with service.opened(service.bo) as vault:
        stop_sharing(vault, family, service.lea)
    assert {row[4] for row in family_grants(service, service.lea)} == {STEWARD}
    assert named(service, service.bo) == set()
    tables = Database(service)
    for row in old:
        gone = "DELETE FROM domain_grant WHERE domain = ? AND epoch = ? AND user_id = ?"
        tables.run(gone, *row[:3])
    tables.put(PUT_GRANT, old)
    assert named(service, service.bo) == {service.lea}


def test_a_key_that_vanishes_is_told(service: Service) -> None:
    """Whether its user did it or another: nobody took it back."""
    share(service)
    assert named(service, service.lea) == set()
    family = bytes.fromhex(service.his.family.id)
    gone = "DELETE FROM domain_grant WHERE domain = ? AND user_id = ?"
    Database(service).run(gone, family, bytes.fromhex(service.di))
    for user in (service.di, service.bo, service.lea):
        assert named(service, user) == {service.di}


def test_the_checks_above_rest_on_what_the_log_tells(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    share(service)
    old = family_grants(service, service.di)
    with service.opened(service.bo) as vault:
        stop_sharing(vault, service.his.family.id, service.di)
    Database(service).put(PUT_GRANT, old)
    monkeypatch.setattr(KeyHistory, "note", lambda *_: None)
    assert named(service, service.bo) == set()


def test_old_keys_of_one_who_left_are_named(service: Service) -> None:
    old = Database(service).of(GRANTS, service.di)
    with service.opened(service.lea) as vault:
        remove_colleague(vault, service.di, on=ON)
        assert verify(vault, silent, never) == []
    Database(service).put(PUT_GRANT, [row for row in old if bytes(row[0]).hex() != service.di])
    for user in (service.bo, service.lea):
        assert service.di in named(service, user)


def test_an_old_way_in_of_one_who_changed_the_passphrase_is_named(service: Service) -> None:
    old = Database(service).of(SLOTS, service.bo)
    with service.opened(service.bo) as vault:
        set_passphrase(vault, NEW)
    Database(service).put(PUT_SLOT, old)
    with Vault.open(service.folder, NEW, service.bo, clock=vault_case.ticking) as vault:
        assert {finding.object for finding in verify(vault, silent, never)} == {service.bo}


def test_a_key_that_no_act_gave_is_named(service: Service) -> None:
    """Bo has the family's key, and a program of his own which says nothing to the log."""
    with service.opened(service.bo) as vault, vault.transaction("nothing") as writer:
        writer.keys.give(service.his.family.id, service.di, EVERYTHING)
        vault.core.keyring.told.clear()
    assert named(service, service.lea) == {service.di}


def test_a_vault_that_was_moved_remembers_what_was_taken(service: Service) -> None:
    """A folder that was copied writes a log of its own; what was taken there came after what the first log gave."""
    share(service)
    old = family_grants(service, service.di)
    moved = service.copied(service.folder.parent / "moved")
    with moved.opened(moved.bo) as vault:
        assert len(_devices(vault)) > 1
        stop_sharing(vault, moved.his.family.id, moved.di)
        assert verify(vault, silent, never) == []
    Database(moved).put(PUT_GRANT, old)
    assert moved.di in named(moved, moved.bo)


def _devices(vault: Vault) -> set[Id]:
    with vault.core.storage.reading() as connection:
        return set(ends(connection))


def test_roles_given_and_taken_by_one_without_the_keys_raise_no_alarm(service: Service) -> None:
    with service.opened(service.lea) as vault:
        change_roles(vault, service.di, [StaffRole.ADMINISTRATOR, StaffRole.LEAD])
    assert named(service, service.bo) == set()
    with service.opened(service.lea) as vault:
        change_roles(vault, service.di, [StaffRole.PRACTITIONER])
    assert named(service, service.bo) == set()
    with service.opened(service.lea) as vault:
        change_roles(vault, service.di, [StaffRole.LEAD])
        reassign_family(vault, service.his.family.id, service.lea, reason="illness", on=ON)
    for user in (service.bo, service.lea, service.di):
        assert named(service, user) == set()
