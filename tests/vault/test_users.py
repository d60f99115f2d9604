"""Several people with one vault: who is in it, who sees what, what is shared, and who may do what."""

from __future__ import annotations

from pathlib import Path

import pytest

import vault_case
from users_case import BO, BYTES, ON, Service
from vault_case import PASSPHRASE, Case, never, silent
from vigtool.annotate.mark import Mark
from vigtool.casework.consent import Scope
from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film
from vigtool.casework.member import PERSONS_ROLES, CardCheck, KnownCard, Member, StaffRole
from vigtool.crypto.passphrase import StretchCost, stretch
from vigtool.crypto.recovery import RecoveryKey
from vigtool.errors import (
    CardMismatch,
    CardUnchecked,
    ConsentMissing,
    InvalidRecord,
    NoKey,
    NoSuchRecord,
    NotAllowed,
    WeakPassphrase,
    WrongPassphrase,
)
from vigtool.ids import Id, new_id
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
from vigtool.practice.consents import parents_sign
from vigtool.practice.families import add_family
from vigtool.practice.keys_in_order import put_keys_in_order
from vigtool.practice.opening import family_identity
from vigtool.practice.roles import is_alone, require_role, roles_of
from vigtool.practice.sharing import (
    ShareRole,
    families_in_care,
    reassign_family,
    share_family,
    shared_with,
    stop_sharing,
)
from vigtool.vault import footage, log_book
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify


def compare(service: Service, one: Id, other: Id) -> None:
    """Both sit together: `one` hears the other's words and enters them."""
    with service.opened(other) as vault:
        words = card_words(vault)
    with service.opened(one) as vault:
        check_card(vault, other, " ".join(words))


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


@pytest.mark.parametrize("who", ["lea", "di"])
def test_anothers_families_are_listed_nowhere(service: Service, who: str) -> None:
    with service.opened(getattr(service, who)) as vault:
        own = ["F-0001"] if who == "lea" else []
        assert codes(vault) == own
        assert vault.all(Film) == []
        assert vault.all(Person) == []
        assert vault.all(Mark) == []
        assert not vault.has_key(service.his.family.id)
        with pytest.raises(NoSuchRecord):
            vault.find_id(Family, service.his.family.id[:8])
        with pytest.raises(NoSuchRecord):
            vault.find_id(Film, service.film.id)
        for record in (service.his.family.id, service.film.id, service.mark.id):
            with pytest.raises(NoKey):
                vault.get(Family, record)
            with pytest.raises(NoKey):
                vault.history(record)
        with pytest.raises(NoKey):
            footage.opener(vault, service.film.footage, service.his.family.id)
        with pytest.raises(NoKey):
            family_identity(vault, service.his.family.id)
        with pytest.raises(NoKey):
            shared_with(vault, service.his.family.id)
        with pytest.raises(NoKey):
            share_family(vault, service.his.family.id, service.lea, on=ON)
        info = vault.info()
        assert (info.families, info.films, info.footage_files, info.footage_bytes) == (len(own), 0, 0, 0)
        assert info.users == 4
        theirs = info.records
        told = [entry.details for entry in log_book.entries(vault)]
        assert not any(word in str(told) for word in ("Canary", "F-0002", "Omar"))
    with service.opened(service.bo) as vault:
        assert vault.info().films == 1
        assert vault.info().records != theirs


def test_no_code_is_given_twice(service: Service) -> None:
    assert service.his.family.code == "F-0002"
    with service.opened(service.di) as vault:
        assert add_family(vault, name="Third", on=ON).family.code == "F-0003"
    with service.opened(service.lea) as vault:
        assert add_family(vault, name="Fourth", on=ON).family.code == "F-0004"
        with pytest.raises(InvalidRecord):
            add_family(vault, name="Taken", code="F-0004", on=ON)


def test_a_family_is_shared_with_somebody_whose_card_was_compared_and_where_consent_allows(service: Service) -> None:
    family = service.his.family.id
    with service.opened(service.bo) as vault, pytest.raises(CardUnchecked):
        share_family(vault, family, service.di, on=ON)
    compare(service, service.bo, service.di)
    with service.opened(service.bo) as vault:
        with pytest.raises(ConsentMissing):
            share_family(vault, family, service.di, on=ON)
        parents_sign(vault, family, [Scope.FILM, Scope.INTERVISION], on=ON)
        share = share_family(vault, family, service.di, on=ON)
        assert (share.user, share.name, share.role) == (service.di, "Di", ShareRole.OPENS)
        assert share.since is not None
        assert {each.role for each in shared_with(vault, family)} == {ShareRole.OPENS, ShareRole.KEEPS}
        with pytest.raises(NoSuchRecord):
            share_family(vault, family, new_id(), on=ON)
    with service.opened(service.di) as vault:
        assert codes(vault) == ["F-0002"]
        assert vault.get(Mark, service.mark.id).value == service.mark
        with footage.opener(vault, service.film.footage, family)() as film:
            assert film.read() == BYTES
        assert verify(vault, silent, never) == []
        with pytest.raises(InvalidRecord, match="author"), vault.transaction("mark") as writer:
            writer.change(vault.get(Mark, service.mark.id), service.mark)


def test_a_supervisor_needs_another_consent(service: Service) -> None:
    family = service.his.family.id
    with service.opened(service.bo) as vault:
        parents_sign(vault, family, [Scope.FILM, Scope.INTERVISION], on=ON)
        with pytest.raises(ConsentMissing):
            share_family(vault, family, service.lea, on=ON)
        parents_sign(vault, family, [Scope.SUPERVISION], on=ON)
        share_family(vault, family, service.lea, on=ON)
    with service.opened(service.lea) as vault:
        assert codes(vault) == ["F-0001", "F-0002"]
        assert families_in_care(vault) == []
    with service.opened(service.bo) as vault:
        stop_sharing(vault, family, service.lea)
    with service.opened(service.lea) as vault:
        assert codes(vault) == ["F-0001"]
        assert [each.code for each in families_in_care(vault)] == ["F-0002"], "a lead goes on keeping its key"


def test_a_lead_gives_a_family_to_another(service: Service) -> None:
    family = service.his.family.id
    with service.opened(service.di) as vault:
        with pytest.raises(NotAllowed):
            families_in_care(vault)
        with pytest.raises(NotAllowed):
            reassign_family(vault, family, service.di, reason="mine", on=ON)
    with service.opened(service.lea) as vault:
        (kept,) = families_in_care(vault)
        assert (kept.family, kept.code, kept.holders) == (family, "F-0002", {service.bo: "Bo"})
        with pytest.raises(InvalidRecord):
            reassign_family(vault, family, service.di, reason=" ", on=ON)
        with pytest.raises(NoKey):
            reassign_family(vault, new_id(), service.di, reason="long illness", on=ON)
        reassign_family(vault, family, service.di, reason="long illness", on=ON)
        assert codes(vault) == ["F-0001"], "who gives it does not open it"
        last = log_book.entries(vault)[-1]
        assert last.act == "family reassign"
        assert {family, service.di} <= set(last.objects)
    with service.opened(service.di) as vault:
        assert codes(vault) == ["F-0002"]
        with footage.opener(vault, service.film.footage, family)() as film:
            assert film.read() == BYTES


def test_the_organisation_gives_a_family_to_another_also_from_somebody_it_never_met(service: Service) -> None:
    with service.opened(service.bo) as vault:
        assert service.his.family.id in vault.core.keyring.domains()
    with service.opened(service.key) as vault:
        assert codes(vault) == []
        held = {each.code: list(each.holders.values()) for each in families_in_care(vault)}
        assert held == {"F-0001": ["Lea"], "F-0002": ["Bo"]}
        with pytest.raises(CardUnchecked):
            reassign_family(vault, service.his.family.id, service.di, reason="long illness", on=ON)
        with pytest.raises(NotAllowed):
            add_colleague(vault, name="X", roles=[StaffRole.LEAD], passphrase=BO, on=ON)
        reassign_family(vault, service.his.family.id, service.lea, reason="long illness", on=ON)
    with service.opened(service.lea) as vault:
        assert codes(vault) == ["F-0001", "F-0002"]


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


def test_a_lead_made_later_is_given_every_family_to_keep_and_loses_them_with_the_role(service: Service) -> None:
    with service.opened(service.lea) as vault:
        change_roles(vault, service.di, [StaffRole.LEAD])
    with service.opened(service.di) as vault:
        assert [each.code for each in families_in_care(vault)] == ["F-0001"]
    with service.opened(service.bo) as vault:
        assert {share.user for share in shared_with(vault, service.his.family.id)} >= {service.di, service.lea}
    with service.opened(service.di) as vault:
        assert [each.code for each in families_in_care(vault)] == ["F-0001", "F-0002"]
    with service.opened(service.lea) as vault:
        change_roles(vault, service.di, [StaffRole.PRACTITIONER])
        assert vault.core.keyring.epochs(service.hers.id) == [1, 2]
    with service.opened(service.di) as vault:
        assert vault.core.keyring.in_care() == []
    with service.opened(service.bo) as vault:
        assert {share.user for share in shared_with(vault, service.his.family.id)} & {service.di} == set()
        assert verify(vault, silent, never) == []


def test_a_copied_vault_keeps_its_users(service: Service, tmp_path: Path) -> None:
    vault_case.copy(service.folder, tmp_path / "again")
    with Vault.open(tmp_path / "again", BO, service.bo) as vault:
        assert codes(vault) == ["F-0002"]
