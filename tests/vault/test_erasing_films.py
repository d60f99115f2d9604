"""Erasing one film: nothing of it is left, and everything else of its family is what it was, under another key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vault_case
from erased import files_of, found_in, traces_of
from erased_films_case import content, fill, histories
from erasing_case import TODAY, erase_film
from postgres import Server
from vault_case import PASSPHRASE, findings
from vigtool.annotate.mark import Mark
from vigtool.annotate.reel import Reel
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.errors import Cancelled, InvalidRecord, NoSuchRecord, StorageFailed, UnderHold
from vigtool.ids import Id, new_id
from vigtool.practice import erasing
from vigtool.practice.retention import lift_hold, place_hold
from vigtool.vault import log_book, shredding, tombstones
from vigtool.vault.shapes import FilmStandIn
from vigtool.vault.vault import Vault


def test_nothing_of_an_erased_film_is_left_and_the_others_are_whole(fresh: Vault, place: Server | None) -> None:
    kept, other = fill(fresh, "F-0001"), fill(fresh, "F-0002")
    gone, there = traces_of(fresh, kept.family.id), traces_of(fresh, other.family.id)
    named = set(erasing_would_name(fresh, kept.first))
    old_file = fresh.get(Film, kept.first).value.footage.file
    erasure = erase_film(fresh, kept.first)
    assert set(erasure.erased) == named
    assert old_file in erasure.file_names
    assert erasure.files == 2
    assert found_in(files_of(fresh, place), gone.all()) == 0, "every key and envelope of before is gone"
    assert found_in(files_of(fresh, place), there.all()) == len(there.all())
    with pytest.raises(NoSuchRecord):
        fresh.get(Film, kept.first)
    for film, data in {**kept.films, **other.films}.items():
        if film != kept.first:
            assert content(fresh, film) == data
    assert len(list(fresh.core.folder.footage.rglob("*.age"))) == 6
    assert findings(fresh) == []


def erasing_would_name(vault: Vault, film: Id) -> list[Id]:
    """Everything that says of itself that it is of this film, found without the code that is tried here."""
    family = vault.domain_of(film)
    found = [film]
    for id_, history in histories(vault, [family]).items():
        value = history[-1].value
        ours = film in {getattr(value, name, None) for name in ("film", "first", "second")}
        if ours and not isinstance(value, Reel):
            found.append(id_)
    return found


def test_reels_keep_their_other_clips(fresh: Vault) -> None:
    kept = fill(fresh, "F-0001")
    erase_film(fresh, kept.first)
    both, last = (fresh.get(Reel, reel.id).value for reel in kept.reels)
    assert both == replace(kept.reels[0], clips=kept.reels[0].clips[1:])
    assert last == kept.reels[1]


def test_the_log_names_what_went_and_nothing_that_stays(fresh: Vault) -> None:
    kept = fill(fresh, "F-0001")
    erasure = erase_film(fresh, kept.first)
    entry = next(each for each in log_book.entries(fresh) if each.act == "film erase")
    assert set(entry.objects) - {each.id for each in entry.wrote} == set(erasure.erased)
    assert kept.family.id not in erasure.erased
    standing = set(histories(fresh, [kept.family.id]))
    assert not standing & set(erasure.erased)


@given(films=st.integers(1, 3), which=st.integers(0, 2), marks=st.integers(0, 3), stand_ins=st.booleans())
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_else_there_is_stays_what_it_was(
    fresh: Vault, films: int, which: int, marks: int, stand_ins: bool
) -> None:
    kept = fill(fresh, f"F-{new_id()[:8]}", films, marks, stand_ins=stand_ins)
    families = [stored.id for stored in fresh.all(Family)]
    before = histories(fresh, families)
    film = list(kept.films)[which % films]
    erasure = erase_film(fresh, film)
    after = histories(fresh, families)
    assert set(before) - set(after) == set(erasure.erased)
    assert set(after) <= set(before)
    for id_, history in after.items():
        old = before[id_]
        assert [replace(each, value=None) for each in history[: len(old)]] == [replace(e, value=None) for e in old]
        assert [each.value for each in history[: len(old)]] == [each.value for each in old]
        for more in history[len(old) :]:
            assert isinstance(more.value, Film | FilmStandIn | Reel)
            if isinstance(more.value, Reel):
                assert all(clip.film != film for clip in more.value.clips)
            else:
                assert replace(more.value, footage=old[-1].value.footage) == old[-1].value
    for other, data in kept.films.items():
        if other != film:
            assert content(fresh, other) == data
    assert findings(fresh) == []
    assert log_book.check(fresh) == []


def test_a_hold_on_the_film_or_its_family_stops_it_and_one_on_another_film_does_not(fresh: Vault) -> None:
    kept = fill(fresh, "F-0001", stand_ins=False)
    second = list(kept.films)[1]
    for film in (None, kept.first):
        hold = place_hold(fresh, kept.family.id, reason="proceedings", on=TODAY, film=film)
        with pytest.raises(UnderHold):
            erase_film(fresh, kept.first)
        lift_hold(fresh, hold.id, reason="over", on=TODAY)
    place_hold(fresh, kept.family.id, reason="proceedings", on=TODAY, film=second)
    erase_film(fresh, kept.first)
    with pytest.raises(UnderHold):
        erase_film(fresh, second)
    assert findings(fresh) == []


def test_a_hold_that_is_placed_at_the_last_moment_still_stops_it(fresh: Vault) -> None:
    kept = fill(fresh, "F-0001", stand_ins=False)
    placed: list[object] = []

    def late() -> bool:
        if not placed:
            placed.append(place_hold(fresh, kept.family.id, reason="just now", on=TODAY))
        return False

    with pytest.raises(UnderHold):
        erase_film(fresh, kept.first, cancelled=late)
    assert placed
    assert content(fresh, kept.first) == kept.films[kept.first]
    assert findings(fresh) == []


def test_it_can_be_stopped_and_a_reason_without_names_is_asked(fresh: Vault) -> None:
    kept = fill(fresh, "F-0001", stand_ins=False)
    for after in range(3):
        with pytest.raises(Cancelled):
            erase_film(fresh, kept.first, cancelled=vault_case.Stop(after))
    with pytest.raises(InvalidRecord):
        erasing.erase_film(fresh, kept.first, reason=" ", on=TODAY)
    assert content(fresh, kept.first) == kept.films[kept.first]
    assert erasing.erasures(fresh) == []
    assert len(list(fresh.core.folder.footage.rglob("*.age"))) == 2
    assert findings(fresh) == []


def cut(*_: object, **__: object) -> Any:
    raise StorageFailed("the disk is gone")


@pytest.mark.parametrize("where", ["before the commit", "after the commit"])
def test_cut_off_it_has_happened_or_it_has_not(fresh: Vault, tmp_path: Path, place: Server | None, where: str) -> None:
    kept = fill(fresh, "F-0001", stand_ins=False)
    gone = traces_of(fresh, kept.family.id)
    before = where == "before the commit"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            type(fresh.core.audit) if before else type(fresh.core.storage), "enter" if before else "forget", cut
        )
        with pytest.raises(StorageFailed):
            erase_film(fresh, kept.first)
    fresh.close()
    with Vault.open(tmp_path / "fresh", PASSPHRASE, clock=vault_case.ticking) as vault:
        assert len(erasing.erasures(vault)) == (0 if before else 1)
        assert len(vault.all(Film)) == (2 if before else 1)
        for film in vault.all(Film):
            assert content(vault, film.id) == kept.films[film.id]
        if not before:
            assert found_in(files_of(vault, place), gone.all()) == 0
        assert findings(vault) == []


def test_shredding_finishes_on_its_own(fresh: Vault) -> None:
    kept = fill(fresh, "F-0001", 1, stand_ins=False)
    erase_film(fresh, kept.first)
    assert shredding.is_finished(fresh.core)
    assert tombstones.read_beside(fresh.folder) is not None
    assert "put under a new key" in erasing.certificate(fresh, erasing.erasures(fresh)[0])
    assert [stored.value for stored in fresh.all(Mark)] == []
