"""Erasing again by certificate: only what is named, as it is called, by who may, with the word, never past a hold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

import users_case
from damage_case import spoil_row
from users_case import ON, Service
from vault_case import PASSPHRASE, never, silent
from vigtool.casework.erasure import Erasure, certificate_text
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.casework.member import StaffRole
from vigtool.cli.main import parse, run
from vigtool.errors import InvalidRecord, NotAllowed, UnderHold, UsageError
from vigtool.ids import Id, new_id
from vigtool.practice import colleagues
from vigtool.practice.auditing import log_entries, note_certificate_print
from vigtool.practice.certified_erasing import erase_certified, look_into
from vigtool.practice.erasing import erase_family, erase_film, erasures
from vigtool.practice.records import values
from vigtool.practice.retention import place_hold
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify


@dataclass(frozen=True)
class Texts:
    """The vault, and certificates of another state of it in which a film and a family were erased."""

    service: Service
    vault: Id
    film: str
    family: str


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    place = tmp_path_factory.mktemp("certified")
    service = users_case.build(place / "vault")
    later = service.copied(place / "later")
    with later.opened(later.bo) as vault:
        film = erase_film(vault, later.film.id, reason="the family asked for it", on=ON)
        family = erase_family(vault, later.his.family.id, reason="the time is over", on=ON)
        texts = [certificate_text(each, vault.vault_id, finished=True) for each in (film, family)]
        return Texts(service, vault.vault_id, *texts)


@pytest.fixture
def service(made: Texts, tmp_path: Path) -> Service:
    return made.service.copied(tmp_path / "vault")


def gone(vault: Vault, what: Id) -> bool:
    return what not in {film.id for film in values(vault, Film)} | {family.id for family in values(vault, Family)}


def test_a_film_is_erased_again_and_nothing_else(service: Service, made: Texts) -> None:
    with service.opened(service.bo) as vault:
        (found,) = look_into(vault, made.film)
        assert found.is_to_do
        assert found.outlook is not None
        assert (found.outlook.films, found.word) == (1, service.his.family.code)
        (again,) = erase_certified(vault, [found], words=[found.word.lower()], on=ON)
        assert (again.what, again.reason, again.by) == (service.film.id, "the family asked for it", service.bo)
        assert gone(vault, service.film.id)
        assert not gone(vault, service.his.family.id)
        assert erasures(vault) == [again]
        (entry,) = [entry for entry in log_entries(vault) if entry.act == "certificate apply"]
        assert {found.certificate.id, again.id} <= set(entry.objects)
        (found,) = look_into(vault, made.film)
        assert not found.stands
        assert erase_certified(vault, [found], words=[], on=ON) == ()
        assert verify(vault, silent, never) == []


def test_a_family_and_a_film_of_it_are_erased_once(service: Service, made: Texts) -> None:
    with service.opened(service.lea) as vault:
        found = look_into(vault, f"{made.film}\n{made.family}\n{made.family}")
        assert [each.certificate.of_family for each in found] == [False, True]
        assert not found[0].within_reach, "a lead without the key cannot seal the rest of the family anew"
        assert found[1].word == service.his.family.id, "its code cannot be read without its key"
        (again,) = erase_certified(vault, found, words=[service.his.family.id], on=ON)
        assert again.of_family
        assert again.reason == "as it had been erased before", "without its key nobody can tell whom a reason names"
    with service.opened(service.bo) as vault:
        found = look_into(vault, made.film + made.family)
        assert [each.stands for each in found] == [False, False]


@pytest.mark.parametrize("words", [[], [""], ["F-0002"], ["F-000"]])
def test_without_the_word_nothing_goes(service: Service, made: Texts, words: list[str]) -> None:
    with service.opened(service.bo) as vault:
        found = look_into(vault, made.film)
        words = [word for word in words if word.casefold() != found[0].word.casefold()]
        with pytest.raises(UsageError):
            erase_certified(vault, found, words=words, on=ON)
        assert not gone(vault, service.film.id)


def test_who_may_not_erase_may_not_by_certificate(service: Service, made: Texts) -> None:
    with service.opened(service.di) as vault, pytest.raises(NotAllowed):
        look_into(vault, made.family)
    with service.opened(service.bo) as vault:
        found = look_into(vault, made.film)
    with service.opened(service.lea) as vault:
        colleagues.change_roles(vault, service.bo, [StaffRole.SUPERVISOR])
    with service.opened(service.bo) as vault:
        with pytest.raises(NotAllowed):
            erase_certified(vault, found, words=[found[0].word], on=ON)
        assert not gone(vault, service.film.id)


def test_a_legal_hold_wins_over_a_certificate(service: Service, made: Texts) -> None:
    with service.opened(service.bo) as vault:
        before = look_into(vault, made.film + made.family)
        place_hold(vault, service.his.family.id, reason="proceedings", on=ON, film=service.film.id)
        for each in before:
            with pytest.raises(UnderHold):
                erase_certified(vault, [each], words=[each.word], on=ON)
        found = look_into(vault, made.film + made.family)
        assert [(each.is_held, each.is_to_do) for each in found] == [(True, False), (True, False)]
        assert erase_certified(vault, found, words=[found[0].word], on=ON) == ()
        assert not gone(vault, service.film.id)
        assert erasures(vault) == []
    with service.opened(service.lea) as vault:  # who has no key is not told of the hold; it stops them all the same
        found = look_into(vault, made.family)
        with pytest.raises(UnderHold):
            erase_certified(vault, found, words=[found[0].word], on=ON)


def certificate(service: Service, what: Id, family: Id, vault: Id, reason: str = "asked for") -> str:
    made = Erasure(
        id=new_id(), what=what, family=family, reason=reason, on=ON, by=service.bo, erased=(), files=0, keys=1
    )
    return certificate_text(made, vault, finished=True)


def test_nothing_is_touched_that_is_not_what_it_is_called(service: Service, made: Texts) -> None:
    film, his, hers = service.film.id, service.his.family.id, service.hers.id
    with service.opened(service.bo) as vault:
        wrong = [
            certificate(service, film, hers, made.vault),
            certificate(service, film, film, made.vault),
            certificate(service, service.mark.id, his, made.vault),
            certificate(service, service.his.persons[0].id, his, made.vault),
            certificate(service, film, his, new_id()),
        ]
        for text in wrong:
            with pytest.raises(InvalidRecord):
                look_into(vault, text)
            with pytest.raises(InvalidRecord):
                look_into(vault, made.film + text)
        (unknown,) = look_into(vault, certificate(service, new_id(), his, made.vault))
        assert not unknown.stands
        assert erase_certified(vault, [unknown], words=[service.his.family.code], on=ON) == ()
        assert not gone(vault, film)


def test_a_reason_that_names_somebody_is_not_kept(service: Service, made: Texts) -> None:
    with service.opened(service.bo) as vault:
        text = certificate(service, service.film.id, service.his.family.id, made.vault, "Zuzana asked for it")
        found = look_into(vault, text)
        (again,) = erase_certified(vault, found, words=[found[0].word], on=ON)
        assert again.reason == "as it had been erased before"


@pytest.mark.parametrize("whole", [False, True], ids=["film", "family"])
def test_a_family_whose_record_is_damaged_is_named_by_its_id(service: Service, made: Texts, whole: bool) -> None:
    family = service.his.family.id
    with service.opened(service.bo) as vault:
        spoil_row(vault, family)
    with service.opened(service.bo) as vault:
        (found,) = look_into(vault, made.family if whole else made.film)
        assert (found.word, found.is_to_do) == (family, True)
        (again,) = erase_certified(vault, [found], words=[family], on=ON)
        assert again.of_family is whole
        assert service.film.id not in {film.id for film in values(vault, Film)}


def test_the_command_line_shows_first_and_erases_with_the_word_alone(
    service: Service, made: Texts, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "words").write_text(users_case.BO, encoding="utf-8")
    (tmp_path / "paper.txt").write_text(made.film, encoding="utf-8")
    (tmp_path / "letter.txt").write_text("Dear Bo, please erase everything.", encoding="utf-8")
    general = ["--json", "--vault", str(service.folder), "--passphrase-file", str(tmp_path / "words")]

    def says(*words: str) -> tuple[int, dict[str, object], str]:
        status = run(parse(["erase", "certified", *words, *general]))
        told = capsys.readouterr()
        return status, json.loads(told.out), told.err

    status, told, _ = says(str(tmp_path / "letter.txt"), "--yes-erase", service.his.family.code)
    assert (status, told["error"]) == (1, "InvalidRecord")
    status, told, shown = says(str(tmp_path / "paper.txt"))
    assert told["error"] == "UsageError"
    assert status != 0
    assert f"film {service.film.id[:8]}, erased on {ON}: stands here again" in shown
    assert "this erases 1 film for good" in shown
    with service.opened(service.bo) as vault:
        assert not gone(vault, service.film.id)
    status, told, _ = says(str(tmp_path / "paper.txt"), "--yes-erase", service.his.family.code)
    assert status == 0
    assert [one["what"] for one in told["erased"]] == [service.film.id]  # type: ignore[attr-defined]  # a document
    with service.opened(service.bo) as vault:
        assert gone(vault, service.film.id)


def test_looking_writes_nothing(service: Service, made: Texts) -> None:
    with Vault.open(service.folder, PASSPHRASE, service.lea) as vault:
        count = len(log_entries(vault))
        look_into(vault, made.family)
        assert len(log_entries(vault)) == count


def test_a_certificate_that_is_printed_is_entered_also_once_its_family_is_gone(service: Service) -> None:
    with service.opened(service.bo) as vault:
        made = erase_family(vault, service.his.family.id, reason="the time is over", on=ON)
        note_certificate_print(vault, made.id)
        (entry,) = [entry for entry in log_entries(vault) if entry.act == "erasure certificate print"]
        assert entry.objects == (made.id,)
