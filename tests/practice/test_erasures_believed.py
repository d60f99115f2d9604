"""On whose word a vault that was restored erases again: of those alone who might, and never in silence either way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

import users_case
from users_case import ON, Service
from vigtool.casework.erasure import Erasure
from vigtool.casework.member import StaffRole
from vigtool.ids import Id, new_id
from vigtool.practice.backups import back_up
from vigtool.practice.colleagues import change_roles
from vigtool.practice.erasing import back_again, doubted, erase_family
from vigtool.practice.opening import open_vault
from vigtool.practice.restoring import Restored, restore
from vigtool.vault import erasures_listed, tombstones
from vigtool.vault.erasable import stands
from vigtool.vault.erasures_listed import list_in
from vigtool.vault.vault import Vault


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return users_case.build(tmp_path_factory.mktemp("service") / "vault")


@pytest.fixture
def service(built: Service, tmp_path: Path) -> Service:
    return built.copied(tmp_path / "service")


@pytest.fixture
def older(service: Service, tmp_path: Path) -> Service:
    """The vault as it is before anything is erased."""
    return service.copied(tmp_path / "older")


def invented(family: Id, by: Id) -> Erasure:
    return Erasure(id=new_id(), what=family, family=family, reason="asked for it", on=ON, by=by, erased=(), files=0)


def list_of(service: Service, signer: Id, said: Iterable[Erasure]) -> bytes:
    """What somebody signs with a program of their own."""
    with service.opened(signer) as vault:
        told = tombstones._Told({erasure.id: erasure for erasure in said})
        return tombstones._written(vault.core, told)


def judged(older: Service, data: bytes, by: Id) -> tuple[set[Id], set[Id]]:
    """What is believed of a list and what is not, as the older state knows everybody."""
    with older.opened(by) as vault:
        listed = tombstones.check_list(data, vault)
    return {each.what for each in listed.believed}, {each.what for each in listed.doubted}


def exported(service: Service, by: Id) -> bytes:
    with service.opened(by) as vault:
        return tombstones.export_list(vault)


def erase(service: Service, by: Id, family: Id) -> None:
    with service.opened(by) as vault:
        erase_family(vault, family, reason="asked for it", on=ON)


@pytest.mark.parametrize("named", ["di", "lea", "bo"])
def test_a_colleague_who_may_not_is_not_believed_whomever_they_name(
    service: Service, older: Service, named: str
) -> None:
    family = service.his.family.id
    data = list_of(service, service.di, [invented(family, getattr(service, named))])
    for user in (service.lea, service.bo, service.di):
        assert judged(older, data, user) == (set(), {family})


def test_a_lead_and_the_familys_practitioner_are_believed(service: Service, older: Service) -> None:
    family = service.his.family.id
    for signer in (service.lea, service.bo):
        data = list_of(service, signer, [invented(family, signer)])
        for user in (service.lea, service.bo, service.di):
            assert judged(older, data, user) == ({family}, set())
    hers = list_of(service, service.bo, [invented(service.hers.id, service.bo)])
    assert judged(older, hers, service.lea) == (set(), {service.hers.id}), "it is no family of his"


@pytest.mark.parametrize("who", ["lea", "bo"])
def test_what_was_erased_rightfully_is_believed_whoever_passes_it_on(
    service: Service, older: Service, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = service.his.family.id
    erase(service, getattr(service, who), family)
    data = exported(service, service.di)
    for user in (service.lea, service.bo, service.di):
        assert judged(older, data, user) == ({family}, set())
    monkeypatch.setattr(erasures_listed, "proved", lambda *_: None)
    assert judged(older, data, service.lea) == (set(), {family}), "it is what they have signed that is believed"


def test_a_lead_does_not_vouch_for_what_a_colleague_wrote_into_the_vault(service: Service, older: Service) -> None:
    family = service.hers.id
    with service.opened(service.di) as vault, vault.transaction("own program") as writer:
        writer.add(invented(family, service.lea))
    with service.opened(service.lea) as vault:
        assert back_again(vault) == []
        assert [each.what for each in doubted(vault)] == [family]
        data = tombstones.export_list(vault)
        tombstones.keep_beside(vault.core)
    assert judged(older, data, service.lea) == (set(), {family})
    with service.opened(service.bo) as vault:
        listed = list_in(vault.core, vault.folder)
        assert listed is not None
        assert listed.believed == ()


def test_it_is_told_at_opening(service: Service) -> None:
    with service.opened(service.di) as vault, vault.transaction("own program") as writer:
        writer.add(invented(service.hers.id, service.lea))
    opened = open_vault(service.folder, service.keys()[service.lea], service.lea)
    with opened.vault:
        assert [finding.object for finding in opened.told] == [service.hers.id]


def test_what_others_write_into_a_proof_is_passed_over(service: Service, older: Service) -> None:
    """What is erased again is what its eraser has signed, not what somebody put beside it in the list."""
    family = service.his.family.id
    erase(service, service.lea, family)
    with service.opened(service.di) as vault:
        listed = list_in(vault.core, vault.folder)
        assert listed is not None
        (erasure,) = listed.erasures
        forged = replace(erasure, what=service.hers.id, family=service.hers.id)
        told = tombstones._Told({erasure.id: forged}, dict(listed.proofs))
        data = tombstones._written(vault.core, told)
    with older.opened(service.bo) as vault:
        assert [each.what for each in tombstones.check_list(data, vault).believed] == [family]


def backed_up(service: Service, stick: Path) -> None:
    stick.mkdir()
    with service.opened(service.lea) as vault:
        back_up(vault, stick)


def restored(service: Service, stick: Path, to: Path, by: Id) -> Restored:
    return restore(stick, to, service.keys()[by], user=by, instead_of=service.folder)


def test_a_forged_list_beside_the_backups_erases_nothing_and_is_told(service: Service, tmp_path: Path) -> None:
    stick, family = tmp_path / "stick", service.his.family.id
    backed_up(service, stick)
    (service.folder / tombstones.FILE_NAME).write_bytes(list_of(service, service.di, [invented(family, service.lea)]))
    done = restored(service, stick, tmp_path / "again", service.lea)
    assert done.erased_again == ()
    assert [each.what for each in done.unbelieved] == [family]
    with Vault.open(tmp_path / "again", service.keys()[service.bo], service.bo) as vault:
        assert stands(vault.core, family)


@pytest.mark.parametrize("who", ["lea", "bo"])
def test_what_was_erased_rightfully_is_erased_again_and_stays_believed(
    service: Service, tmp_path: Path, who: str
) -> None:
    """Restored by Di, who may erase nothing; the word of who did it goes with the list into the vault that is back."""
    stick, family = tmp_path / "stick", service.his.family.id
    backed_up(service, stick)
    older = service.copied(tmp_path / "older")
    erase(service, getattr(service, who), family)
    with service.opened(service.di) as vault:
        tombstones.keep_beside(vault.core)
    done = restored(service, stick, tmp_path / "again", service.di)
    assert [each.what for each in done.erased_again] == [family]
    assert done.unbelieved == ()
    back = replace(service, folder=tmp_path / "again")
    assert judged(older, exported(back, service.di), service.lea) == ({family}, set())


def test_who_lost_the_role_before_the_backup_is_not_believed(service: Service, tmp_path: Path) -> None:
    with service.opened(service.lea) as vault:
        change_roles(vault, service.di, [StaffRole.ADMINISTRATOR])
    with service.opened(service.lea) as vault:
        change_roles(vault, service.di, [StaffRole.PRACTITIONER])
    older = service.copied(tmp_path / "then")
    family = service.his.family.id
    data = list_of(service, service.di, [invented(family, service.di)])
    assert judged(older, data, service.lea) == (set(), {family})
