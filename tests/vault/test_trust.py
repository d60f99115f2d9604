"""Somebody can write to the database, and has no key: what they put there opens nothing and is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import vault_case
from users_case import BO, ON, Service
from vault_case import never, silent
from vigtool.casework.family import Family
from vigtool.casework.member import CardCheck, Member, StaffRole
from vigtool.crypto.keys import DomainKey, Grant, UserSecret, seal_grant
from vigtool.errors import CardUnchecked, NoKey, NotAllowed, SealBroken
from vigtool.ids import Id, new_id
from vigtool.practice.colleagues import add_colleague, change_roles, colleagues
from vigtool.practice.families import add_family
from vigtool.practice.records import values
from vigtool.practice.sharing import share_family, shared_with, stop_sharing
from vigtool.vault import trust
from vigtool.vault.cards import row_of_card
from vigtool.vault.grants import EVERYTHING, STEWARD, Keyring
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify

ED = "a fourth phrase, for one who comes later"


class Intruder:
    """Writes to the database of a closed vault, with keys of their own making."""

    def __init__(self, service: Service) -> None:
        self.user, self.secret = new_id(), UserSecret.generate()
        self._folder = service.folder
        with service.opened(service.lea) as vault:
            self.vault = vault.vault_id

    def run(self, statement: str, *values: Any) -> None:
        connection = vault_case.database(self._folder)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement, values)
        connection.close()

    def _insert(self, table: str, row: dict[str, Any]) -> None:
        marks = ", ".join("?" for _ in row)
        self.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", *row.values())

    def enter_card(self, user: Id | None = None) -> None:
        self._insert("user_card", row_of_card(self.vault, user or self.user, self.secret))

    def grant(self, domain: Id, epoch: int, to: Id, public: Any, granter: Id, role: int = EVERYTHING) -> None:
        made = seal_grant(
            DomainKey.generate(domain, epoch), self.vault, to, public, granter, role, self.secret.signer()
        )
        self.put(made)

    def put(self, grant: Grant) -> None:
        name = bytes.fromhex(grant.domain)
        connection = vault_case.database(self._folder)
        known = connection.execute("SELECT 1 FROM domain_epoch WHERE domain = ? AND epoch = ?", (name, grant.epoch))
        missing = known.fetchone() is None
        connection.close()
        if missing:
            self._insert("domain_epoch", {"domain": name, "epoch": grant.epoch, "state": 1})
        row = {
            "domain": name,
            "epoch": grant.epoch,
            "user_id": bytes.fromhex(grant.user),
            "granter": bytes.fromhex(grant.granter),
            "role": grant.role,
            "enc": grant.enc,
            "signature": grant.sig,
        }
        self._insert("domain_grant", row)


def public_of(service: Service, user: Id) -> Any:
    with service.opened(user) as vault:
        return vault.core.keyring.secret.public()


def named(service: Service, by: Id) -> set[Id]:
    with service.opened(by) as vault:
        return {finding.object for finding in verify(vault, silent, never)}


def test_a_key_from_nobody_known_is_never_written_under(service: Service) -> None:
    intruder, family = Intruder(service), service.hers.id
    intruder.enter_card()
    intruder.grant(family, 2, service.lea, public_of(service, service.lea), intruder.user)
    own = new_id()
    intruder.grant(own, 1, service.lea, public_of(service, service.lea), intruder.user)
    with service.opened(service.lea) as vault:
        assert vault.core.keyring.newest_epoch(family) == 1
        assert not vault.has_key(own)
        assert vault.get(Family, family).value == service.hers
        assert intruder.user not in {each.user for each in colleagues(vault)}
        assert intruder.user in {grant.granter for grant in vault.core.keyring.waiting()}
    assert named(service, service.lea) == {intruder.user, family}, "an epoch that nobody gave her is named"


def test_the_check_above_would_see_a_keyring_that_believes_anybody(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault it is there for: without the question whose card was checked, the intruder's key is written under."""
    intruder, family = Intruder(service), service.hers.id
    intruder.enter_card()
    intruder.grant(family, 2, service.lea, public_of(service, service.lea), intruder.user)
    believe = Keyring.believe
    public = intruder.secret.public()
    monkeypatch.setattr(Keyring, "believe", lambda ring, known: believe(ring, {**known, intruder.user: public}))
    with service.opened(service.lea) as vault:
        assert vault.core.keyring.newest_epoch(family) == 2


@pytest.mark.parametrize("pretends", ["lea", "bo"])
def test_a_key_in_the_name_of_somebody_known_does_not_open(service: Service, pretends: str) -> None:
    intruder, family = Intruder(service), service.hers.id
    intruder.grant(family, 2, service.lea, public_of(service, service.lea), getattr(service, pretends))
    with service.opened(service.lea) as vault:
        with pytest.raises(SealBroken), vault.transaction("change") as writer:
            writer.change(vault.get(Family, family), service.hers)
        assert vault.get(Family, family).value == service.hers
    assert family in named(service, service.lea)


def test_a_row_put_in_the_table_is_no_ground_to_give_a_key(service: Service) -> None:
    family = service.his.family.id
    intruder = Intruder(service)
    intruder.grant(family, 1, service.di, public_of(service, service.di), service.bo)
    assert family in named(service, service.bo)
    with service.opened(service.bo) as vault:
        vault.core.keyring.newest_epoch(family)
        with vault.transaction("renew") as writer:
            holders = writer.keys.holders(family)
            assert service.di not in holders
            assert holders[service.bo] == EVERYTHING
            assert holders[service.lea] == STEWARD
            writer.keys.renew(family, holders)
    with service.opened(service.di) as vault, pytest.raises((SealBroken, NoKey)):
        vault.core.keyring.key(family, 2)


def test_somebody_unknown_among_the_holders_gets_no_new_key(service: Service) -> None:
    family = service.his.family.id
    intruder = Intruder(service)
    intruder.enter_card()
    intruder.grant(family, 1, intruder.user, intruder.secret.public(), intruder.user)
    with service.opened(service.bo) as vault:
        stop_sharing(vault, family, intruder.user)
        assert vault.core.keyring.epochs(family) == [1, 2]
        assert intruder.user not in {share.user for share in shared_with(vault, family)}
    assert named(service, service.bo) == {intruder.user}


def test_one_whose_card_was_exchanged_stops_a_new_key(service: Service) -> None:
    """Lea keeps a key of it. With another card in the place of hers, a new epoch would be somebody else's to read."""
    intruder, family = Intruder(service), service.his.family.id
    intruder.run("DELETE FROM user_card WHERE user_id = ?", bytes.fromhex(service.lea))
    intruder.enter_card(service.lea)
    with service.opened(service.bo) as vault:
        with pytest.raises(CardUnchecked), vault.transaction("renew") as writer:
            writer.keys.renew(family, writer.keys.holders(family))
        assert vault.core.keyring.epochs(family) == [1]
        assert vault.core.keyring.root(family, 1).epoch == 1, "what was undone is as it was"


def test_a_card_that_was_exchanged_is_noticed_and_believed_no_more(service: Service) -> None:
    intruder, family = Intruder(service), service.his.family.id
    intruder.run("DELETE FROM user_card WHERE user_id = ?", bytes.fromhex(service.lea))
    intruder.enter_card(service.lea)
    with service.opened(service.bo) as vault:
        lea = next(each for each in colleagues(vault) if each.user == service.lea)
        assert (lea.card_changed, lea.checked) == (True, CardCheck.NONE)
        with pytest.raises(CardUnchecked):
            share_family(vault, family, service.lea, on=ON)
        with vault.core.storage.reading() as connection:
            assert trust.swapped(connection, vault.core) == [service.lea]
        fresh = add_family(vault, name="New", on=ON).family
        assert service.lea not in {share.user for share in shared_with(vault, fresh.id)}
    assert service.lea in named(service, service.di)


def test_a_card_that_nobody_compared_is_held_against_its_entry(service: Service) -> None:
    intruder = Intruder(service)
    intruder.run("DELETE FROM user_card WHERE user_id = ?", bytes.fromhex(service.di))
    intruder.enter_card(service.di)
    assert service.di in named(service, service.bo)


def test_nobody_makes_themselves_a_lead(service: Service) -> None:
    """Bo has the vault's own key, and a program of his own."""
    with service.opened(service.bo) as vault:
        own = next(member for member in values(vault, Member) if member.user == service.bo)
        with vault.transaction("roles") as writer:
            writer.change(vault.get(Member, own.id), replace(own, roles=(StaffRole.LEAD,)))
            di = next(member for member in values(vault, Member) if member.user == service.di)
            writer.change(vault.get(Member, di.id), replace(di, roles=(StaffRole.LEAD,)))
    with service.opened(service.lea) as vault:
        family = add_family(vault, name="New", on=ON).family
        keep = {share.user for share in shared_with(vault, family.id)}
        assert keep.isdisjoint({service.bo, service.di})
        assert len(keep) == 1, "the organisation"


def test_who_administers_keys_makes_no_lead(service: Service) -> None:
    """By the program they cannot; with a program of their own, what they enter is no ground to give keys."""
    with service.opened(service.lea) as vault:
        change_roles(vault, service.di, [StaffRole.ADMINISTRATOR])
    with service.opened(service.di) as vault:
        with pytest.raises(NotAllowed):
            change_roles(vault, service.di, [StaffRole.ADMINISTRATOR, StaffRole.LEAD])
        with pytest.raises(NotAllowed):
            add_colleague(vault, name="X", roles=[StaffRole.LEAD], passphrase=ED, on=ON, cost=LEAST_COST)
        with vault.transaction("roles") as writer:
            for user in (service.di, service.bo):
                entry = next(member for member in values(vault, Member) if member.user == user)
                writer.change(vault.get(Member, entry.id), replace(entry, roles=(StaffRole.LEAD,)))
    with service.opened(service.lea) as vault:
        family = add_family(vault, name="New", on=ON).family
        assert {share.user for share in shared_with(vault, family.id)}.isdisjoint({service.bo, service.di})


def test_a_colleague_who_signs_a_key_for_themselves_is_given_none(service: Service) -> None:
    """Di is a colleague with keys of their own and can write to the database. Bo begins another epoch of a family."""
    family = service.his.family.id
    with service.opened(service.di) as vault:
        core = vault.core
        fake = DomainKey.generate(family, 1)
        mine = core.keyring.secret.public()
        made = seal_grant(fake, vault.vault_id, service.di, mine, service.di, EVERYTHING, core.keyring.signer)
    Intruder(service).put(made)
    with service.opened(service.bo) as vault, vault.transaction("renew") as writer:
        assert service.di not in writer.keys.holders(family)


def test_what_waits_for_a_check_opens_after_it(service: Service) -> None:
    """Ed knows Bo, and Bo does not know Ed: a family that Ed gives waits until Bo knows whose key it is."""
    with service.opened(service.lea) as vault:
        one = [StaffRole.PRACTITIONER]
        ed = add_colleague(vault, name="Ed", roles=one, passphrase=ED, on=ON, cost=LEAST_COST).user
    with Vault.open(service.folder, ED, ed) as vault:
        theirs = add_family(vault, name="Ed's own", on=ON).family
        with vault.transaction("share") as writer:
            writer.keys.give(theirs.id, service.bo, EVERYTHING)
    with Vault.open(service.folder, BO, service.bo) as vault:
        assert not vault.has_key(theirs.id)
        assert next(each for each in colleagues(vault) if each.user == ed).waiting == 1
        assert verify(vault, silent, never) == [], "waiting is nothing wrong"
    with service.opened(service.bo) as vault:
        assert vault.has_key(theirs.id), "Lea, whom Bo knows, has entered Ed"


def test_a_damaged_card_of_whoever_gave_the_vaults_key_locks_nobody_out(service: Service) -> None:
    with service.opened(service.di) as vault:
        assert not vault.core.keyring.has_from_another(vault.vault_id)
    intruder = Intruder(service)
    intruder.run("UPDATE user_card SET signature = ? WHERE user_id = ?", bytes(64), bytes.fromhex(service.lea))
    with service.opened(service.di) as vault:
        assert next(each for each in colleagues(vault) if each.user == service.lea).card_changed
    assert service.lea in named(service, service.di)


def test_one_damaged_key_keeps_nothing_else_from_opening(service: Service) -> None:
    """Bo's key of one family is damaged on the day on which a new lead is to be given keys to keep."""
    with service.opened(service.bo) as vault:
        other = add_family(vault, name="Another", on=ON).family
    with service.opened(service.lea) as vault:
        change_roles(vault, service.di, [StaffRole.LEAD])
    family, bo = bytes.fromhex(service.his.family.id), bytes.fromhex(service.bo)
    intruder = Intruder(service)
    intruder.run("UPDATE domain_grant SET signature = ? WHERE domain = ? AND user_id = ?", bytes(64), family, bo)
    with service.opened(service.bo) as vault:
        assert vault.get(Family, other.id).value == other
        assert service.di in {share.user for share in shared_with(vault, other.id)}
        with pytest.raises(SealBroken):
            vault.get(Family, service.his.family.id)


@pytest.mark.parametrize("signs", ["intruder", "di"])
def test_a_row_without_a_proof_counts_only_where_one_gave_it_oneself_or_had_ones_own_from_its_giver(
    service: Service, signs: str
) -> None:
    """Grants of earlier vaults have no proof: it can be left out on purpose."""
    family, intruder = service.his.family.id, Intruder(service)
    with service.opened(service.di) as vault:
        mine, own = vault.core.keyring.secret.public(), vault.core.keyring.signer
    signer, granter = (intruder.secret.signer(), service.bo) if signs == "intruder" else (own, service.di)
    proved = seal_grant(DomainKey.generate(family, 1), intruder.vault, service.di, mine, granter, EVERYTHING, signer)
    bare = proved.enc[:-32]
    head = [b"vig/grant/1\x00", *map(bytes.fromhex, (intruder.vault, family)), (1).to_bytes(4, "big")]
    tail = [*map(bytes.fromhex, (service.di, granter)), (1).to_bytes(2, "big"), int(mine.kem_kind).to_bytes(2, "big")]
    signature = signer.sign(b"vig/grant-sig/1\x00" + b"".join([*head, *tail]) + bare)
    intruder.put(replace(proved, enc=bare, sig=signature))
    with service.opened(service.bo) as vault, vault.transaction("renew") as writer:
        assert service.di not in writer.keys.holders(family)
