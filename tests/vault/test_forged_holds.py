"""Legal holds, and somebody who can write to the database: what they put beneath one, or take away, lifts nothing."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

import vault_case
from users_case import ON, Service
from vigtool.casework.legal_hold import LegalHold
from vigtool.casework.member import StaffRole
from vigtool.errors import SealBroken, UnderHold
from vigtool.ids import Id, new_id
from vigtool.practice.colleagues import change_roles
from vigtool.practice.erasing import erase_family, erase_film
from vigtool.practice.legal_holds import lift_hold, place_hold
from vigtool.vault.vault import Vault


def hold_of(service: Service, film: Id | None = None) -> Id:
    with service.opened(service.bo) as vault:
        return place_hold(vault, service.his.family.id, reason="proceedings", on=ON, film=film).id


def put_beneath(service: Service, hold: Id) -> None:
    """A row that looks like the lifting of a hold; nothing that could be read is in it."""
    connection = vault_case.database(service.folder)
    connection.execute("PRAGMA foreign_keys = OFF")
    columns = "device, kind, domain, owner"
    found = connection.execute(f"SELECT {columns} FROM revision WHERE id = ?", (bytes.fromhex(hold),)).fetchone()
    forged = (os.urandom(32), os.urandom(16), 1, bytes(32), bytes.fromhex(hold), os.urandom(200))
    connection.execute(
        f"INSERT INTO revision (digest, id, revision, previous, parent, sealed, {columns})"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*forged, *found),
    )
    connection.close()


def take_away(service: Service, hold: Id) -> None:
    connection = vault_case.database(service.folder)
    connection.execute("PRAGMA foreign_keys = OFF")
    (row,) = connection.execute("SELECT n FROM revision WHERE id = ?", (bytes.fromhex(hold),)).fetchone()
    for table in ("head", "revision"):
        connection.execute(f"DELETE FROM {table} WHERE n = ?", (row,))
    connection.close()


@pytest.mark.parametrize("harm", [put_beneath, take_away])
@pytest.mark.parametrize("of_film", [False, True])
def test_a_hold_stands_whatever_is_done_to_its_rows(
    service: Service, harm: Callable[[Service, Id], None], of_film: bool
) -> None:
    harm(service, hold_of(service, service.film.id if of_film else None))
    with service.opened(service.lea) as vault, pytest.raises(UnderHold):
        erase_family(vault, service.his.family.id, reason="its time is over", on=ON)
    with service.opened(service.bo) as vault:
        if of_film or harm is take_away:
            with pytest.raises((UnderHold, SealBroken)):  # what cannot be read is not carried over
                erase_film(vault, service.film.id, reason="its time is over", on=ON)


def lift_past_the_program(vault: Vault, service: Service, hold: Id) -> None:
    placed = vault.get(LegalHold, hold).value
    lifting = LegalHold(id=new_id(), family=placed.family, reason="mine", on=ON, by=vault.user_id, lifts=hold)
    with vault.transaction("hold lift", [placed.family, hold]) as writer:
        writer.add(lifting)


def test_who_may_not_lift_a_hold_lifts_none_with_a_program_of_their_own(service: Service) -> None:
    """Bo is the family's practitioner: the hold is there so that Bo, too, cannot erase it."""
    hold = hold_of(service)
    with service.opened(service.bo) as vault:
        lift_past_the_program(vault, service, hold)
    with service.opened(service.lea) as vault, pytest.raises(UnderHold):
        erase_family(vault, service.his.family.id, reason="its time is over", on=ON)


def test_what_a_lead_has_lifted_is_lifted_for_whoever_erases(service: Service) -> None:
    hold = hold_of(service)
    with service.opened(service.lea) as vault:
        change_roles(vault, service.bo, [StaffRole.PRACTITIONER, StaffRole.ADMINISTRATOR])
    with service.opened(service.bo) as vault:
        lift_hold(vault, hold, reason="the court has decided", on=ON)
    with service.opened(service.lea) as vault:
        change_roles(vault, service.bo, [StaffRole.PRACTITIONER])
        erase_family(vault, service.his.family.id, reason="its time is over", on=ON)
