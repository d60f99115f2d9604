"""What was erased came back with an older state, and somebody wants it kept: a hold placed since keeps it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import users_case
from users_case import ON, Service
from vault_case import PASSPHRASE, ticking
from vigtool.casework.film import Film
from vigtool.casework.member import StaffRole
from vigtool.cli.main import parse, run
from vigtool.ids import Id
from vigtool.practice import colleagues, erasing
from vigtool.practice.retention import lift_hold, place_hold
from vigtool.vault.vault import Vault

Erase = Callable[[Vault, Service, date], object]


def film(vault: Vault, service: Service, on: date) -> object:
    return erasing.erase_film(vault, service.film.id, reason="it was asked for", on=on)


def family(vault: Vault, service: Service, on: date) -> object:
    return erasing.erase_family(vault, service.his.family.id, reason="it was asked for", on=on)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return users_case.build(tmp_path_factory.mktemp("service") / "vault")


def come_back(made: Service, tmp_path: Path, erase: Erase, on: date) -> Service:
    """An older state is put in the place of one in which something was erased; the list of it stays in the folder."""
    newer, older = made.copied(tmp_path / "newer"), made.copied(tmp_path / "older")
    with newer.opened(newer.bo) as vault:
        erase(vault, newer, on)
    shutil.copy2(newer.folder / "erased.list", older.folder / "erased.list")
    return older


@pytest.mark.parametrize("erase", [film, family])
@pytest.mark.parametrize("whole", [False, True], ids=["the film is held", "the family is held"])
def test_a_hold_placed_since_keeps_what_came_back(made: Service, tmp_path: Path, erase: Erase, whole: bool) -> None:
    today = ticking().astimezone().date()
    older = come_back(made, tmp_path, erase, today)
    with older.opened(older.bo) as vault:
        held = None if whole else older.film.id
        hold = place_hold(vault, older.his.family.id, reason="the court asks for it", on=ON, film=held)
        assert erasing.reapply(vault, erasing.back_again(vault)) == ()
        assert vault.get(Film, older.film.id).id == older.film.id
        assert len(erasing.back_again(vault)) == 1, "it is told as long as it stands"
    with older.opened(older.lea) as vault:
        assert not vault.has_key(older.his.family.id)
        assert erasing.reapply(vault, erasing.back_again(vault)) == ()
    with older.opened(older.bo) as vault:
        assert vault.get(Film, older.film.id).id == older.film.id
    with older.opened(older.lea) as vault:
        colleagues.change_roles(vault, older.bo, [StaffRole.PRACTITIONER, StaffRole.LEAD])
    with older.opened(older.bo) as vault:
        lift_hold(vault, hold.id, reason="the court has seen it", on=ON)
        assert len(erasing.reapply(vault, erasing.back_again(vault))) == 1
        assert erasing.back_again(vault) == []


def test_the_command_line_says_why_something_stays(
    made: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = come_back(made, tmp_path, film, ticking().astimezone().date())

    def left(user: Id, passphrase: str) -> str:
        (tmp_path / "words").write_text(passphrase, encoding="utf-8")
        general = ["--json", "--vault", str(older.folder), "--passphrase-file", str(tmp_path / "words")]
        assert run(parse(["erase", "again", *general, "--user", user])) == 1
        (one,) = json.loads(capsys.readouterr().out)["left"]
        return str(one["why"])

    assert left(older.lea, PASSPHRASE) == "you have no key of its family"
    with older.opened(older.bo) as vault:
        place_hold(vault, older.his.family.id, reason="the court asks for it", on=ON, film=older.film.id)
    assert left(older.bo, users_case.BO) == "a legal hold that was placed since covers it"
    assert left(older.lea, PASSPHRASE) == "a legal hold that was placed since covers it"


@pytest.mark.parametrize("erase", [film, family])
def test_a_hold_of_the_older_state_does_not(made: Service, tmp_path: Path, erase: Erase) -> None:
    held = made.copied(tmp_path / "held")
    with held.opened(held.bo) as vault:
        place_hold(vault, held.his.family.id, reason="it was lifted later", on=ON)
        day = ticking().astimezone().date() + timedelta(days=1)
    newer = come_back(made, tmp_path, erase, day)
    older = replace(newer, folder=held.folder)
    shutil.copy2(newer.folder / "erased.list", older.folder / "erased.list")
    with older.opened(older.bo) as vault:
        assert len(erasing.reapply(vault, erasing.back_again(vault))) == 1
        assert erasing.back_again(vault) == []
