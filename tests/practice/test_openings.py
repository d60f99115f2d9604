"""What is read is entered before it can be read; what merely lists, or works by itself, is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vigtool.casework.film import Film
from vigtool.errors import NoKey, StorageFailed
from vigtool.ids import new_id
from vigtool.practice import openings
from vigtool.practice.auditing import Wanted, log_entries
from vigtool.practice.families import NewFamily
from vigtool.practice.film_exports import take_still
from vigtool.practice.films import film_within, open_film, poster
from vigtool.practice.openings import note_family_opened, note_played, open_family
from vigtool.practice.stills import keep_still
from vigtool.vault import footage
from vigtool.vault.vault import Vault

TODAY = date(2026, 11, 22)


def acts(vault: Vault, begin: str = "") -> list[str]:
    return [entry.act for entry in log_entries(vault, Wanted(act=begin))]


def test_opening_a_film_is_entered_before_its_key_is_used(
    vault: Vault, film: Film, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    real = footage.opener

    def watched(*given: object) -> object:
        order.extend(acts(vault, "film open"))
        return real(*given)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(footage, "opener", watched)
    open_film(vault, film.id)
    assert order == ["film open"]
    (entry,) = log_entries(vault, Wanted(act="film open"))
    assert entry.objects == (film.family, film.id)
    assert entry.by == vault.user_id
    assert not entry.details
    assert not entry.wrote


def test_what_cannot_be_entered_is_not_opened(vault: Vault, film: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise StorageFailed("full")

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(type(vault.core.audit), "enter", refuse)
    monkeypatch.setattr(footage, "opener", never)
    with pytest.raises(StorageFailed):
        open_film(vault, film.id)
    with pytest.raises(StorageFailed):
        open_family(vault, "F-0001")


def test_what_the_program_does_by_itself_and_acts_of_their_own_are_no_openings(
    vault: Vault, agreed: NewFamily, film: Film, tmp_path: Path
) -> None:
    poster(vault, film.id, 32, 18)
    within = film_within(vault, film.id)
    keep_still(vault, film.id, within.index.pts(3))
    take_still(vault, film.id, 5, tmp_path / "one.png", on=TODAY, to=agreed.persons[0].id)
    assert acts(vault, "film open") == []
    assert acts(vault, "film frame") == ["film frame: begin", "film frame: whole", "film frame"]


def test_a_family_is_opened_by_whoever_holds_its_key(vault: Vault, family: NewFamily) -> None:
    assert open_family(vault, "f-0001") == family.family
    with pytest.raises(NoKey):
        note_family_opened(vault, new_id())
    (entry,) = log_entries(vault, Wanted(act=openings.FAMILY_OPEN))
    assert entry.objects == (family.family.id,)


def test_playing_is_entered(vault: Vault, film: Film) -> None:
    note_played(vault, film.id)
    (entry,) = log_entries(vault, Wanted(about=film.id, act="film play"))
    assert entry.objects == (film.family, film.id)
