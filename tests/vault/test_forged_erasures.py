"""Somebody with the vault's own key takes another's family away, and writes an entry that would excuse it."""

from __future__ import annotations

import vault_case
from users_case import ON, Service
from vault_case import never, silent
from vigtool.practice.erasing import erase_family, erasures
from vigtool.vault.audit_check import FAMILY_ERASE
from vigtool.vault.verify import verify


def test_an_entry_alone_excuses_nothing_that_was_taken_away(service: Service) -> None:
    """All of it: rows, grants and the entries of files; and the epochs are said to be shredded."""
    family = bytes.fromhex(service.his.family.id)
    connection = vault_case.database(service.folder)
    rows = connection.execute("SELECT DISTINCT id FROM revision WHERE domain = ?", (family,)).fetchall()
    with service.opened(service.di) as vault, vault.transaction(FAMILY_ERASE, [row[0].hex() for row in rows]):
        device = vault.core.device
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM head WHERE n IN (SELECT n FROM revision WHERE domain = ?)", (family,))
    for table in ("revision", "domain_grant", "footage"):
        connection.execute(f"DELETE FROM {table} WHERE domain = ?", (family,))
    connection.execute("UPDATE domain_epoch SET state = 3 WHERE domain = ?", (family,))
    connection.close()
    service.folder.joinpath("footage", service.film.footage.file[:2], f"{service.film.footage.file}.age").unlink()
    with service.opened(service.lea) as vault:
        named = [finding.object for finding in verify(vault, silent, never)]
        robbed = set(named) - {device}
        assert robbed > {service.lea, service.bo}, "whoever had a key of it, the organisation among them"
        assert service.di not in robbed
        assert len(named) == 1 + len(robbed) == 4
        assert erasures(vault) == []


def test_an_erasure_that_is_on_the_list_is_nothing_wrong(service: Service) -> None:
    with service.opened(service.bo) as vault:
        erase_family(vault, service.his.family.id, reason="its time is over", on=ON)
    with service.opened(service.di) as vault:
        assert verify(vault, silent, never) == []


def test_commands_put_into_the_database_are_named(service: Service) -> None:
    """A trigger would keep every key that is deleted."""
    connection = vault_case.database(service.folder)
    connection.execute("CREATE TABLE kept AS SELECT * FROM domain_grant WHERE 0")
    body = "INSERT INTO kept SELECT * FROM domain_grant WHERE domain = OLD.domain"
    connection.execute(f"CREATE TRIGGER keep BEFORE DELETE ON domain_grant BEGIN {body}; END")
    connection.close()
    with service.opened(service.lea) as vault:
        assert vault.vault_id in {finding.object for finding in verify(vault, silent, never)}
