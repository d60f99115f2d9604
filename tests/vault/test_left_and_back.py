"""Somebody who left, and whose old way in and keys are put back into the database, does not come in again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tables_case import GRANTS, PUT_GRANT, PUT_SLOT, SLOTS, Database
from users_case import BO, DI, ON, Service
from vault_case import never, silent, ticking
from vigtool.errors import VigtoolError, WrongPassphrase
from vigtool.ids import Id
from vigtool.practice.colleagues import remove_colleague
from vigtool.vault import leaving, log_book
from vigtool.vault.cards import CardStatus
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify


def leave_and_come_back(service: Service) -> Database:
    """Di leaves; every row that was hers is as it was."""
    tables = Database(service)
    slots, grants = tables.of(SLOTS, service.di), tables.of(GRANTS, service.di)
    with service.opened(service.lea) as vault:
        remove_colleague(vault, service.di, on=ON)
    tables.put(PUT_SLOT, slots)
    tables.put(PUT_GRANT, grants)
    return tables


def open_as(service: Service, user: Id) -> None:
    with Vault.open(service.folder, service.keys()[user], user, clock=ticking):
        pass


def set_status(tables: Database, user: Id, status: CardStatus) -> None:
    tables.run("UPDATE user_card SET status = ? WHERE user_id = ?", int(status), bytes.fromhex(user))


@pytest.mark.parametrize("also_the_card", [False, True])
@pytest.mark.parametrize("whose", [True, False])
def test_who_left_does_not_come_in_by_what_was_put_back(service: Service, *, also_the_card: bool, whose: bool) -> None:
    tables = leave_and_come_back(service)
    if also_the_card:
        set_status(tables, service.di, CardStatus.ACTIVE)
    with pytest.raises(WrongPassphrase, match="left"):
        Vault.open(service.folder, DI, service.di if whose else None, clock=ticking)
    for user in (service.lea, service.bo):
        with service.opened(user) as vault:
            assert service.di in {finding.object for finding in verify(vault, silent, never)}
            assert "unlock failed" in {entry.act for entry in log_book.entries(vault)[-6:]}


def test_the_check_above_is_what_keeps_them_out(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_and_come_back(service)
    monkeypatch.setattr(leaving, "_ends", lambda _: [])
    open_as(service, service.di)


def test_nobody_else_is_kept_out(service: Service) -> None:
    """Also one who comes for the first time since, and one whose new key is damaged."""
    leave_and_come_back(service)
    tables = Database(service)
    newest = max(row[1] for row in tables.of(GRANTS, service.bo) if bytes(row[0]).hex() == vault_id(service))
    spoil = "UPDATE domain_grant SET signature = ? WHERE domain = ? AND epoch = ? AND user_id = ?"
    tables.run(spoil, bytes(64), bytes.fromhex(vault_id(service)), newest, bytes.fromhex(service.bo))
    with pytest.raises(VigtoolError) as raised:  # there is a key for him, and it is damaged: it says so, as before
        Vault.open(service.folder, BO, service.bo, clock=ticking)
    assert not isinstance(raised.value, WrongPassphrase)
    open_as(service, service.lea)


def vault_id(service: Service) -> Id:
    with Vault.open(service.folder, service.keys()[service.lea], service.lea, clock=ticking) as vault:
        return vault.vault_id


def test_somebody_who_can_only_write_the_tables_says_of_nobody_that_they_left(service: Service) -> None:
    """A status is changed and an epoch put there: without an entry of the log that a user signed it says nothing."""
    tables = Database(service)
    set_status(tables, service.bo, CardStatus.LEFT)
    name = bytes.fromhex(vault_id(service))
    tables.run("INSERT INTO domain_epoch (domain, epoch, state) VALUES (?, ?, ?)", name, 9, 1)
    open_as(service, service.bo)


def test_a_backup_from_before_opens_for_who_left_since(service: Service, tmp_path: Path) -> None:
    older = service.copied(tmp_path / "older")
    leave_and_come_back(service)
    open_as(older, service.di)


def test_trying_again_and_again_opens_nothing(service: Service) -> None:
    """Each refusal is an entry of the log that nobody signed: they never lie so thick that what counts is not seen."""
    leave_and_come_back(service)
    for _ in range(2 * leaving._LOOKED_AT + 1):
        with pytest.raises(WrongPassphrase, match="left"):
            Vault.open(service.folder, DI, service.di, clock=ticking)
    open_as(service, service.lea)
