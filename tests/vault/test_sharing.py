"""Several people with one vault: who sees which families, what is shared, and what is kept in care."""

from __future__ import annotations

import pytest

from users_case import BO, BYTES, ON, Service
from vault_case import never, silent
from vigtool.annotate.mark import Mark
from vigtool.casework.consent import Scope
from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film
from vigtool.casework.member import StaffRole
from vigtool.errors import (
    CardUnchecked,
    ConsentMissing,
    InvalidRecord,
    NoKey,
    NoSuchRecord,
    NotAllowed,
)
from vigtool.ids import Id, new_id
from vigtool.practice.colleagues import (
    add_colleague,
    card_words,
    change_roles,
    check_card,
)
from vigtool.practice.consents import parents_sign
from vigtool.practice.families import add_family
from vigtool.practice.opening import family_identity
from vigtool.practice.sharing import (
    ShareRole,
    families_in_care,
    reassign_family,
    share_family,
    shared_with,
    stop_sharing,
)
from vigtool.vault import footage, log_book
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
