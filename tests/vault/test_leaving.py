"""Access that ends: what somebody could read stays read, and what is written from then on is not theirs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import vault_case
from users_case import BYTES, DI, ON, Service
from vault_case import never, silent
from vigtool.annotate.mark import Mark
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.casework.member import CardCheck, KnownCard, StaffRole
from vigtool.crypto import item
from vigtool.errors import Cancelled, InvalidRecord, NoKey, SealBroken, VaultError, WrongPassphrase
from vigtool.ids import Id, new_id
from vigtool.practice.colleagues import add_colleague, change_roles, colleagues, remove_colleague
from vigtool.practice.families import add_family, change_family
from vigtool.practice.sharing import families_in_care, reassign_family, shared_with, stop_sharing
from vigtool.vault import footage, schema
from vigtool.vault.grants import EVERYTHING, Keyring
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.sealing import Seals, row_of
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify

MORE = "an eleventh phrase, for one more"


def give_to_di(service: Service) -> None:
    """Bo has compared Di's card, and consent stands: here the key alone matters."""
    with service.opened(service.bo) as vault, vault.transaction("share") as writer:
        writer.keys.give(service.his.family.id, service.di, EVERYTHING)


class Former:
    """Somebody who kept all their keys in a program of their own, and gets hold of the database again."""

    def __init__(self, service: Service) -> None:
        self._service = service
        with Vault.open(service.folder, DI, service.di) as vault:
            self._secret, self._known = vault.core.keyring.secret, vault.core.keyring.believed()
            self.ring = Keyring(vault.vault_id, service.di, self._secret)
            self.ring.believe(self._known)
            with vault.core.storage.reading() as connection:
                self.ring.load(connection)
        self.vault = vault.vault_id

    def reads(self, vault: Vault, domain: Id, *, anew: bool) -> dict[Id, list[int]]:
        """The revisions of a domain that they can open: with their old keys, or with what lies in the database now."""
        ring = self.ring
        with vault.core.storage.reading() as connection:
            if anew:
                ring = Keyring(self.vault, self._service.di, self._secret)
                ring.load(connection)
                ring.believe(self._known)
            rows = connection.execute(select(schema.revision).where(schema.revision.c.domain == bytes.fromhex(domain)))
            found = [row_of(dict(row)) for row in rows.mappings()]
        seals, read = Seals(self.vault, ring), dict[Id, list[int]]()
        for row in found:
            try:
                seals.open(row)
            except VaultError:
                continue
            read.setdefault(row.id, []).append(row.revision)
        return read


def test_whoever_lost_access_reads_nothing_written_since_even_with_their_old_keys(service: Service) -> None:
    give_to_di(service)
    family, former = service.his.family, Former(service)
    with service.opened(service.bo) as vault:
        stop_sharing(vault, family.id, service.di)
        change_family(vault, family, replace(family, place="at the new flat"))
        with vault.transaction("mark") as writer:
            new = vault_case.mark_of(vault.all(Mark)[0].value, note="since")  # type: ignore[arg-type]  # has a layer
            writer.add(replace(new, id=new_id(), layer=service.mark.layer))
        assert vault.core.keyring.epochs(family.id) == [1, 2]
        read = former.reads(vault, family.id, anew=False)
        assert read[family.id] == [1], "the old revision they had seen; not the new one"
        assert new.id not in read
        assert len(read) == len({row.id for row in every(vault, family.id)}) - 1
        assert former.reads(vault, family.id, anew=True) == {}, "and nothing with what lies there now"
        assert service.di not in {share.user for share in shared_with(vault, family.id)}
        assert verify(vault, silent, never) == []
    with service.opened(service.di) as vault:
        assert vault.all(Family) == []
        assert verify(vault, silent, never) == []


def every(vault: Vault, domain: Id) -> list[Any]:
    with vault.core.storage.reading() as connection:
        rows = connection.execute(select(schema.revision).where(schema.revision.c.domain == bytes.fromhex(domain)))
        return [row_of(dict(row)) for row in rows.mappings()]


def test_after_a_deep_rekey_nothing_opens_with_the_old_keys(service: Service) -> None:
    give_to_di(service)
    family, former = service.his.family.id, Former(service)
    with service.opened(service.bo) as vault:
        old = vault.get(Film, service.film.id).value.footage
        assert len(former.reads(vault, family, anew=False)) > 3
        stop_sharing(vault, family, service.di, deep=True)
        assert former.reads(vault, family, anew=False) == {}
        assert former.reads(vault, family, anew=True) == {}
        film = vault.get(Film, service.film.id).value
        assert film.footage.file != old.file
        with pytest.raises(SealBroken):
            footage.open_sealed(
                vault.core.folder.footage_file(film.footage.file), film.footage, former.ring.key(family, 1).footage
            )
        assert not vault.core.folder.footage_file(old.file).exists()
        with footage.opener(vault, film.footage, family)() as opened:
            assert opened.read() == BYTES
        assert vault.get(Mark, service.mark.id).value == service.mark
        assert verify(vault, silent, never) == []


def test_a_deep_rekey_that_is_stopped_has_taken_the_key_back_all_the_same(service: Service) -> None:
    give_to_di(service)
    with service.opened(service.bo) as vault:
        with pytest.raises(Cancelled):
            stop_sharing(vault, service.his.family.id, service.di, deep=True, cancelled=lambda: True)
        assert vault.core.keyring.epochs(service.his.family.id) == [1, 2]
        with pytest.raises(InvalidRecord):
            stop_sharing(vault, service.his.family.id, service.bo)
    with service.opened(service.di) as vault:
        assert vault.all(Family) == []


def test_whoever_leaves_opens_nothing_and_the_rest_write_under_other_keys(service: Service) -> None:
    give_to_di(service)
    former = Former(service)
    with service.opened(service.lea) as vault:
        before = len(vault.core.keyring.epochs(vault.vault_id))
        remove_colleague(vault, service.di, on=ON)
        left = next(each for each in colleagues(vault) if each.user == service.di)
        assert (left.left, left.name) == (ON, "Di")
        assert len(vault.core.keyring.epochs(vault.vault_id)) == before + 1
        assert vault.info().users == 3
        change_roles(vault, service.bo, [StaffRole.SUPERVISOR])
        read = former.reads(vault, vault.vault_id, anew=False)
        unread = [row for row in every(vault, vault.vault_id) if row.revision not in read.get(row.id, [])]
        assert [item.epoch_of(row.sealed) for row in unread] == [before + 1], "Bo's other roles"
        assert former.reads(vault, vault.vault_id, anew=True) == {}
        assert verify(vault, silent, never) == []
    for user in (None, service.di):
        with pytest.raises(WrongPassphrase):
            Vault.open(service.folder, DI, user)
    with service.opened(service.bo) as vault:
        assert vault.core.keyring.epochs(service.his.family.id) == [1, 2]
        assert verify(vault, silent, never) == []
        change_family(vault, service.his.family, replace(service.his.family, place="since"))
        assert former.reads(vault, service.his.family.id, anew=False)[service.his.family.id] == [1]
    with service.opened(service.key) as vault:
        assert len(families_in_care(vault)) == 2, "the organisation has the new keys too"


def test_families_without_a_key_are_closed_until_somebody_who_has_one_comes(service: Service) -> None:
    """An administrator, who opens no family, takes a leaver's keys; Bo begins the new epoch when he comes next."""
    give_to_di(service)
    with service.opened(service.lea) as vault:
        admin = add_colleague(
            vault, name="Ada", roles=[StaffRole.ADMINISTRATOR], passphrase=MORE, on=ON, cost=LEAST_COST
        ).user
    with Vault.open(service.folder, MORE, admin) as vault:
        remove_colleague(vault, service.di, on=ON)
        assert vault.all(Family) == []
        assert verify(vault, silent, never) == []
    with Vault.open(service.folder, service.keys()[service.bo], service.bo) as vault:
        assert vault.core.keyring.epochs(service.his.family.id) == [1]
    with service.opened(service.bo) as vault:
        assert vault.core.keyring.epochs(service.his.family.id) == [1, 2]


def test_nobody_leaves_whose_families_nobody_else_could_open(folder: Path) -> None:
    with Vault.open(folder, vault_case.PASSPHRASE) as vault:
        lea = vault.user_id
        bo = add_colleague(
            vault, name="Bo", roles=[StaffRole.ADMINISTRATOR], passphrase=DI, on=ON, cost=LEAST_COST
        ).user
    with Vault.open(folder, DI, bo) as vault, pytest.raises(InvalidRecord, match="nobody else"):
        remove_colleague(vault, lea, on=ON)
    with Vault.open(folder, vault_case.PASSPHRASE, lea) as vault:
        with pytest.raises(InvalidRecord, match="nobody takes their own"):
            remove_colleague(vault, lea, on=ON)
        remove_colleague(vault, bo, on=ON)
        assert verify(vault, silent, never) == []
        assert vault.all(KnownCard)[0].value.checked is CardCheck.ADDED_HERE


def test_a_family_can_be_given_on_when_whoever_had_it_has_left(service: Service) -> None:
    family = service.his.family.id
    with service.opened(service.lea) as vault:
        remove_colleague(vault, service.bo, on=ON)
        kept = next(each for each in families_in_care(vault) if each.family == family)
        assert (kept.code, kept.holders) == ("F-0002", {})
        reassign_family(vault, family, service.di, reason="left the service", on=ON)
    with service.opened(service.di) as vault:
        assert vault.get(Mark, service.mark.id).value == service.mark
        assert add_family(vault, name="Another", on=ON).family.code == "F-0003"
        assert verify(vault, silent, never) == []


def test_a_role_that_is_taken_back_takes_the_kept_keys_along(service: Service) -> None:
    with service.opened(service.lea) as vault:
        change_roles(vault, service.bo, [StaffRole.PRACTITIONER, StaffRole.LEAD])
        change_roles(vault, service.lea, [StaffRole.PRACTITIONER])
        assert vault.core.keyring.in_care() == []
        with pytest.raises(NoKey):
            shared_with(vault, service.his.family.id)


def test_who_was_given_a_family_by_somebody_who_left_keeps_it(service: Service) -> None:
    family = service.his.family.id
    with service.opened(service.key) as vault:
        reassign_family(vault, family, service.lea, reason="long illness", on=ON)
    give_to_di(service)
    with service.opened(service.lea) as vault:
        remove_colleague(vault, service.bo, on=ON)
        assert vault.core.keyring.epochs(family) == [1, 2]
        assert verify(vault, silent, never) == []
    with service.opened(service.di) as vault:
        assert vault.get(Mark, service.mark.id).value == service.mark
        assert vault.core.keyring.epochs(family) == [1, 2]
        assert verify(vault, silent, never) == []


def test_a_lead_who_gave_a_family_to_themselves_keeps_it_when_it_gets_another_key(service: Service) -> None:
    family = service.his.family.id
    with service.opened(service.lea) as vault:
        reassign_family(vault, family, service.lea, reason="long illness", on=ON)
    give_to_di(service)
    with service.opened(service.bo) as vault:
        stop_sharing(vault, family, service.di, deep=True)
    with service.opened(service.lea) as vault:
        assert vault.get(Mark, service.mark.id).value == service.mark
