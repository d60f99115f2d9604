"""Several people with one vault: who is in it, how they unlock it, and who may do what."""

from __future__ import annotations

from pathlib import Path

import pytest

import vault_case
from users_case import BO, ON, Service
from vault_case import PASSPHRASE, Case, never, silent
from vigtool.casework.family import Family
from vigtool.casework.member import PERSONS_ROLES, CardCheck, KnownCard, Member, StaffRole
from vigtool.crypto.passphrase import StretchCost, stretch
from vigtool.crypto.recovery import RecoveryKey
from vigtool.errors import (
    CardMismatch,
    InvalidRecord,
    NoSuchRecord,
    NotAllowed,
    WeakPassphrase,
    WrongPassphrase,
)
from vigtool.ids import new_id
from vigtool.practice.colleagues import (
    OrganisationKey,
    add_colleague,
    card_text,
    card_words,
    change_roles,
    check_card,
    check_card_text,
    colleagues,
    keep_organisation_key,
    new_organisation_key,
    organisation_key_state,
    pickable,
    refuse_organisation_key,
    remove_colleague,
    set_label,
)
from vigtool.practice.families import add_family
from vigtool.practice.keys_in_order import put_keys_in_order
from vigtool.practice.roles import is_alone, require_role, roles_of
from vigtool.practice.sharing import (
    ShareRole,
    families_in_care,
    shared_with,
)
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify


def codes(vault: Vault) -> list[str]:
    return [stored.value.code for stored in vault.all(Family)]


def test_whoever_works_alone_meets_none_of_it(vault: Vault, case: Case) -> None:
    put_keys_in_order(vault)
    add_family(vault, name="Another", on=ON)
    assert is_alone(vault)
    assert vault.all(Member) == []
    assert vault.all(KnownCard) == []
    assert not vault.core.keyring.has(vault.user_id), "a key of one's own is made when it is needed"
    assert roles_of(vault) == frozenset(PERSONS_ROLES)
    require_role(vault, StaffRole.ADMINISTRATOR)
    (own,) = colleagues(vault)
    assert (own.is_self, own.name, own.checked) == (True, "Sam", None)
    assert shared_with(vault, case.family.id) == []
    assert families_in_care(vault) == []
    assert organisation_key_state(vault) is OrganisationKey.UNASKED


def test_who_works_alone_may_have_a_key_kept_and_goes_on_alone(vault: Vault, case: Case, folder: Path) -> None:
    refuse_organisation_key(vault)
    assert organisation_key_state(vault) is OrganisationKey.REFUSED
    key = new_organisation_key()
    keep_organisation_key(vault, key)
    assert organisation_key_state(vault) is OrganisationKey.HELD
    assert is_alone(vault)
    assert roles_of(vault) == frozenset(PERSONS_ROLES)
    assert len(colleagues(vault)) == 1
    assert [share.role for share in shared_with(vault, case.family.id)] == [ShareRole.KEEPS]
    user = vault.user_id
    vault.close()
    with Vault.open(folder, key) as opened:
        assert roles_of(opened) == {StaffRole.ORGANISATION}
        assert codes(opened) == []
        assert sorted(each.code for each in families_in_care(opened)) == ["F-0001", "F-0002"]
    with Vault.open(folder, PASSPHRASE) as opened:
        newer = new_organisation_key()
        keep_organisation_key(opened, newer)
        assert verify(opened, silent, never) == []
        assert opened.user_id == user
    with pytest.raises(WrongPassphrase):
        Vault.open(folder, key)
    Vault.open(folder, newer).close()
    with Vault.open(folder, PASSPHRASE) as opened:
        refuse_organisation_key(opened)
        assert shared_with(opened, case.family.id) == []
    with pytest.raises(WrongPassphrase):
        Vault.open(folder, newer)


def test_the_first_colleague_enters_both(service: Service) -> None:
    with service.opened(service.lea) as vault:
        assert not is_alone(vault)
        found = {each.name: each for each in colleagues(vault)}
        assert list(found) == ["Lea", "Bo", "Di", "the organisation"]
        assert found["Lea"].roles == frozenset(PERSONS_ROLES)
        assert found["Bo"].roles == {StaffRole.PRACTITIONER}
        assert {each.checked for each in found.values()} == {None, CardCheck.ADDED_HERE}
        assert found["the organisation"].is_organisation
        assert verify(vault, silent, never) == []
    with service.opened(service.di) as vault:
        checked = {each.name: each.checked for each in colleagues(vault)}
        assert checked["Lea"] is CardCheck.ADDED_HERE
        assert checked["Bo"] is CardCheck.ADDED_HERE, "who makes a user's keys tells them of those they know"
        assert verify(vault, silent, never) == []
    with service.opened(service.bo) as vault:
        assert {each.name: each.checked for each in colleagues(vault)}["Di"] is CardCheck.VOUCHED


def test_cards_are_compared_by_words_and_by_code(service: Service) -> None:
    with service.opened(service.di) as vault:
        words, text = card_words(vault), card_text(vault)
        assert len(words) == 6
    with service.opened(service.bo) as vault:
        assert card_words(vault, service.di) == words, "the same card on either screen"
        for wrong in ("", " ".join(reversed(words)), " ".join(words[:5]), " ".join(card_words(vault))):
            with pytest.raises(CardMismatch):
                check_card(vault, service.di, wrong)
        for code in ("", "VIG-CARD:1:", text[:-1] + ("0" if text[-1] != "0" else "1"), card_text(vault)):
            with pytest.raises(CardMismatch):
                check_card_text(vault, service.di, code)
        with pytest.raises(NoSuchRecord):
            check_card(vault, new_id(), " ".join(words))
        with pytest.raises(InvalidRecord):
            check_card(vault, service.bo, " ".join(card_words(vault)))
        check_card(vault, service.di, "1. " + ", ".join(words).upper())
        assert next(each for each in colleagues(vault) if each.user == service.di).checked is CardCheck.WORDS
        check_card_text(vault, service.di, text.lower())
        assert next(each for each in colleagues(vault) if each.user == service.di).checked is CardCheck.QR
        assert len([each for each in vault.all(KnownCard) if each.value.user == service.di]) == 1


def test_what_can_be_seen_before_the_vault_is_unlocked(service: Service) -> None:
    with service.opened(service.bo) as vault:
        set_label(vault, "  Bo of   Monday ")
        with pytest.raises(InvalidRecord):
            set_label(vault, "x" * 41)
    listed = pickable(service.folder)
    assert listed[0] == (service.bo, "Bo of Monday")
    assert {user for user, _ in listed} == {service.lea, service.bo, service.di}, "paper keys are not picked"
    with service.opened(service.bo) as vault:
        if vault_case.place is None:  # a server says at once that somebody has it open
            assert pickable(service.folder) == listed
        set_label(vault, "")
    assert dict(pickable(service.folder))[service.bo] == ""


def test_a_wrong_passphrase_of_a_named_user_costs_one_stretch(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[bytes] = []

    def counted(words: bytes, salt: bytes, cost: StretchCost) -> bytes:
        tried.append(salt)
        return stretch(words, salt, cost)

    monkeypatch.setattr("vigtool.crypto.keyslot.stretch", counted)
    with pytest.raises(WrongPassphrase):
        Vault.open(service.folder, PASSPHRASE, service.bo)
    assert len(tried) == 1
    with pytest.raises(WrongPassphrase):
        Vault.open(service.folder, "a passphrase of nobody at all")
    assert len(tried) == 4
    with pytest.raises(WrongPassphrase):
        Vault.open(service.folder, RecoveryKey.generate(), service.bo)


def test_adding_and_roles_are_for_leads_and_administrators(service: Service) -> None:
    with service.opened(service.bo) as vault:
        with pytest.raises(NotAllowed):
            add_colleague(vault, name="X", roles=[StaffRole.PRACTITIONER], passphrase=BO, on=ON)
        with pytest.raises(NotAllowed):
            change_roles(vault, service.bo, [StaffRole.LEAD])
        with pytest.raises(NotAllowed):
            remove_colleague(vault, service.di, on=ON)
        with pytest.raises(NotAllowed):
            keep_organisation_key(vault, new_organisation_key())
    with service.opened(service.lea) as vault:
        before = len(colleagues(vault))
        one = [StaffRole.PRACTITIONER]
        for name, roles in ((" ", one), ("X", []), ("X", [StaffRole.ORGANISATION])):
            with pytest.raises(InvalidRecord):
                add_colleague(vault, name=name, roles=roles, passphrase=BO, on=ON, cost=LEAST_COST)
        with pytest.raises(WeakPassphrase):
            add_colleague(vault, name="X", roles=[StaffRole.PRACTITIONER], passphrase="short", on=ON)
        assert len(colleagues(vault)) == before
        with pytest.raises(InvalidRecord, match="nobody would be left"):
            change_roles(vault, service.lea, [StaffRole.PRACTITIONER])
        change_roles(vault, service.di, [StaffRole.LEAD, StaffRole.SUPERVISOR])
        assert roles_of(vault, service.di) == {StaffRole.LEAD, StaffRole.SUPERVISOR}
        change_roles(vault, service.lea, [StaffRole.PRACTITIONER])
        with pytest.raises(NotAllowed):
            change_roles(vault, service.lea, [StaffRole.LEAD])


def test_a_copied_vault_keeps_its_users(service: Service, tmp_path: Path) -> None:
    vault_case.copy(service.folder, tmp_path / "again")
    with Vault.open(tmp_path / "again", BO, service.bo) as vault:
        assert codes(vault) == ["F-0002"]
