"""Erasing in a service of several people, and what a backup made before can still bring back."""

from __future__ import annotations

from pathlib import Path

import pytest

import users_case
from users_case import ON, Service
from vault_case import PASSPHRASE, never, silent
from vigtool.annotate.reel import Clip, Reel
from vigtool.casework.consent import Scope
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.casework.member import CardCheck, StaffRole
from vigtool.errors import NoKey, NoSuchRecord, NotAllowed, UnderHold
from vigtool.ids import new_id
from vigtool.practice import colleagues, erasing
from vigtool.practice.backups import back_up, restore, say_backup_gone
from vigtool.practice.consents import parents_sign
from vigtool.practice.families import add_family
from vigtool.practice.retention import lift_hold, place_hold
from vigtool.practice.sharing import share_family
from vigtool.timebase import Span
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify

WHY = "the time of the service's rule is over"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return users_case.build(tmp_path_factory.mktemp("service") / "vault")


@pytest.fixture
def service(made: Service, tmp_path: Path) -> Service:
    return made.copied(tmp_path / "vault")


def test_a_lead_erases_a_family_that_only_a_colleague_opens(service: Service) -> None:
    family = service.his.family.id
    with service.opened(service.di) as vault, pytest.raises(NotAllowed):
        erasing.erase_family(vault, family, reason=WHY, on=ON)
    with service.opened(service.lea) as vault:
        assert not vault.has_key(family)
        erasure = erasing.erase_family(vault, family, reason=WHY, on=ON)
        assert erasure.keys >= 3, "his own, the lead's and the organisation's"
        assert verify(vault, silent, never) == []
    for user in (service.bo, service.di, service.key):
        with service.opened(user) as vault:
            assert not vault.has_key(family)
            assert family not in {stored.id for stored in vault.all(Family)}
            assert erasing.erasures(vault) == [erasure]
            assert verify(vault, silent, never) == []


def test_an_administrator_erases_without_seeing_and_a_hold_stops_them_too(service: Service) -> None:
    family = service.his.family.id
    with service.opened(service.lea) as vault:
        colleagues.change_roles(vault, service.di, [StaffRole.ADMINISTRATOR])
        colleagues.change_roles(vault, service.bo, [StaffRole.PRACTITIONER, StaffRole.LEAD])
    with service.opened(service.bo) as vault:
        hold = place_hold(vault, family, reason="proceedings", on=ON, film=service.film.id)
    with service.opened(service.di) as vault, pytest.raises(UnderHold):
        erasing.erase_family(vault, family, reason=WHY, on=ON)
    with service.opened(service.bo) as vault:
        lift_hold(vault, hold.id, reason="over", on=ON)
    with service.opened(service.di) as vault:
        with pytest.raises((NoKey, NoSuchRecord)):
            erasing.erase_film(vault, service.film.id, reason=WHY, on=ON)
        erasing.erase_family(vault, family, reason=WHY, on=ON)
        assert verify(vault, silent, never) == []


def test_a_film_of_a_shared_family_goes_for_everybody_and_a_colleagues_reel_loses_its_clip(service: Service) -> None:
    family, film = service.his.family.id, service.film
    with service.opened(service.bo) as vault:
        parents_sign(vault, family, list(Scope), on=ON)
        colleagues.check_card(vault, service.di, " ".join(colleagues.card_words(vault, service.di)))
        colleagues.check_card(vault, service.lea, " ".join(colleagues.card_words(vault, service.lea)))
        share_family(vault, family, service.di, on=ON)
    with service.opened(service.di) as vault:
        colleagues.check_card(vault, service.bo, " ".join(colleagues.card_words(vault, service.bo)))
        clip = Clip(id=new_id(), mark=None, film=film.id, span=Span(0, 9), captions=())
        reel = Reel(id=new_id(), family=family, author=service.di, clips=(clip,))
        with vault.transaction("reel new") as writer:
            writer.add(reel)
    with service.opened(service.bo) as vault:
        assert colleagues.colleagues(vault)[1].checked is not CardCheck.NONE
        erasing.erase_film(vault, film.id, reason=WHY, on=ON)
        assert verify(vault, silent, never) == []
    with service.opened(service.di) as vault:
        assert vault.get(Reel, reel.id).value.clips == ()
        assert vault.all(Film) == []
        assert vault.has_key(family)
        assert verify(vault, silent, never) == []


def test_the_certificate_says_until_when_and_a_restored_backup_says_what_it_erased_again(
    service: Service, tmp_path: Path
) -> None:
    with service.opened(service.bo) as vault:
        short = back_up(vault, tmp_path / "stick", keep_days=10)
        long = back_up(vault, tmp_path / "disk", keep_days=30)
        family = erasing.erase_family(vault, service.his.family.id, reason=WHY, on=short.made.date())
        assert family.recoverable_until == long.keep_until
        assert str(long.keep_until) in erasing.certificate(vault, family)
        say_backup_gone(vault, long.id, long.made.date())
        other = add_family(vault, name="another", on=ON).family.id
        assert erasing.outlook(vault, other).recoverable_until == short.keep_until
    again = restore(tmp_path / "stick", tmp_path / "again", users_case.BO, user=service.bo, instead_of=service.folder)
    assert [each.id for each in again.erased_again] == [family.id]
    assert again.findings == ()
    with Vault.open(tmp_path / "again", users_case.BO, service.bo) as vault:
        assert vault.all(Film) == []
        assert service.his.family.id not in {stored.id for stored in vault.all(Family)}
        assert erasing.back_again(vault) == []
        assert verify(vault, silent, never) == []
    with Vault.open(tmp_path / "again", PASSPHRASE, service.lea) as vault:
        assert service.hers.id in {stored.id for stored in vault.all(Family)}
        assert [each.id for each in erasing.erasures(vault)] == [family.id]
