"""Who began a service, on whose entries all others rest: nobody comes to be taken for them afterwards."""

from __future__ import annotations

from dataclasses import replace

import vault_case
from users_case import ON, Service
from vault_case import never, silent
from vigtool.casework.member import KnownCard, Member, StaffRole
from vigtool.ids import Id, new_id
from vigtool.practice.colleagues import card_words, change_roles, check_card, remove_colleague
from vigtool.practice.families import add_family
from vigtool.practice.records import values
from vigtool.practice.sharing import shared_with
from vigtool.vault import user_list
from vigtool.vault.verify import verify


def write_before_all(service: Service, by: Id) -> None:
    """A colleague enters themselves as lead, and has the entry stand before every other."""
    with service.opened(by) as vault, vault.transaction("roles") as writer:
        own = next(member for member in values(vault, Member) if member.user == by)
        writer.change(vault.get(Member, own.id), replace(own, roles=(StaffRole.LEAD,)))
        writer.add(replace(own, id=new_id(), roles=(StaffRole.LEAD,)))
    connection = vault_case.database(service.folder)
    connection.execute("PRAGMA foreign_keys = OFF")
    (last,) = connection.execute("SELECT max(n) FROM revision WHERE kind = 20").fetchone()
    (first,) = connection.execute("SELECT min(n) FROM revision").fetchone()
    for table in ("revision", "head"):
        connection.execute(f"UPDATE {table} SET n = ? WHERE n = ?", (first - 1, last))
    connection.close()


def test_nobody_began_the_service_by_writing_before_all_others(service: Service) -> None:
    with service.opened(service.di) as vault:
        for known in values(vault, KnownCard, domain=service.di):
            assert known.began == (known.user == service.lea)
    write_before_all(service, service.bo)
    with service.opened(service.lea) as vault:
        family = add_family(vault, name="New", on=ON).family
        assert service.bo not in {share.user for share in shared_with(vault, family.id)}
        assert user_list.founder(vault) == service.lea
    with service.opened(service.di) as vault:
        family = add_family(vault, name="Newer", on=ON).family
        keep = {share.user for share in shared_with(vault, family.id)}
        assert service.bo not in keep
        assert service.lea in keep


def test_who_was_told_who_began_goes_on_knowing_after_comparing_the_card(service: Service) -> None:
    with service.opened(service.lea) as vault:
        words = " ".join(card_words(vault))
    with service.opened(service.di) as vault:
        check_card(vault, service.lea, words)
    write_before_all(service, service.bo)
    with service.opened(service.di) as vault:
        assert user_list.founder(vault) == service.lea


def test_without_the_card_of_who_began_nobody_else_is_taken_for_them(service: Service) -> None:
    """Rows can be taken away: then nobody is given keys to keep, rather than somebody who wrote before all others."""
    write_before_all(service, service.bo)
    connection = vault_case.database(service.folder)
    connection.execute("PRAGMA foreign_keys = OFF")
    rows = "SELECT n FROM revision WHERE kind = 21 AND domain = ? ORDER BY n"
    with service.opened(service.di) as vault:
        cards = [stored.digest for stored in vault.all(KnownCard, domain=service.di) if stored.value.began]
    for (row,) in connection.execute(rows, (bytes.fromhex(service.di),)).fetchall():
        (digest,) = connection.execute("SELECT digest FROM revision WHERE n = ?", (row,)).fetchone()
        if bytes(digest) in cards:
            connection.execute("DELETE FROM head WHERE n = ?", (row,))
            connection.execute("DELETE FROM revision WHERE n = ?", (row,))
    connection.close()
    with service.opened(service.di) as vault:
        family = add_family(vault, name="New", on=ON).family
        assert {share.user for share in shared_with(vault, family.id)} == set()


def test_a_colleague_who_takes_anothers_name_is_named(service: Service) -> None:
    """Di, who may enter nobody, would be given what is meant for Lea."""
    with service.opened(service.di) as vault, vault.transaction("roles") as writer:
        for member in values(vault, Member):
            if member.user in {service.di, service.lea}:
                name = "Lea" if member.user == service.di else "Di"
                writer.change(vault.get(Member, member.id), replace(member, name=name))
    for user in (service.lea, service.bo):
        with service.opened(user) as vault:
            found = {finding.object for finding in verify(vault, silent, never)}
        assert found == {service.di, service.lea}


def test_who_was_made_an_administrator_may_enter_colleagues(service: Service) -> None:
    with service.opened(service.lea) as vault:
        change_roles(vault, service.bo, [StaffRole.ADMINISTRATOR])
    with service.opened(service.bo) as vault:
        change_roles(vault, service.di, [StaffRole.SUPERVISOR])
    for user in (service.lea, service.bo, service.di):
        with service.opened(user) as vault:
            assert verify(vault, silent, never) == []


def test_an_old_way_in_of_one_who_left_is_named(service: Service) -> None:
    connection = vault_case.database(service.folder)
    query = "SELECT slot, user_id, kind, kdf, commitment, wrapped FROM keyslot WHERE user_id = ?"
    rows = connection.execute(query, (bytes.fromhex(service.di),)).fetchall()
    connection.close()
    with service.opened(service.lea) as vault:
        remove_colleague(vault, service.di, on=ON)
        assert verify(vault, silent, never) == []
    connection = vault_case.database(service.folder)
    put = "INSERT INTO keyslot (slot, user_id, kind, kdf, commitment, wrapped) VALUES (?, ?, ?, ?, ?, ?)"
    for row in rows:
        connection.execute(put, tuple(row))
    connection.close()
    with service.opened(service.lea) as vault:
        assert [finding.object for finding in verify(vault, silent, never)] == [service.di]
