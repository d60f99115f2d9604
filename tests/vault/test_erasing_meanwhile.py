"""What comes into a family while one of its films is being erased: nothing slips through, and nothing is lost by it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

import vault_case
from damage_case import file_of
from erased_films_case import content, fill, histories
from erasing_case import erase_film
from vault_case import findings
from vigtool.casework.film import Film
from vigtool.casework.film_pair import FilmPair, PairedBy
from vigtool.casework.still import Still
from vigtool.errors import NoSuchRecord, RecordChanged
from vigtool.ids import Id, new_id
from vigtool.practice import erasing
from vigtool.vault.shapes import FilmStandIn
from vigtool.vault.vault import Vault


def keep_stand_in(vault: Vault, film: Id, _: Id) -> None:
    family = vault.domain_of(film)
    sealed = vault_case.seal(vault, b"small pictures" * 900, family)
    with vault.transaction("film kept") as writer:
        writer.keep_footage(sealed, family)
        writer.add(FilmStandIn(id=new_id(), film=film, fingerprint=bytes(32), footage=sealed, index=b"i"))


def keep_still(vault: Vault, film: Id, _: Id) -> None:
    with vault.transaction("still add") as writer:
        writer.add(
            Still(id=new_id(), film=film, number=9, tick=3, words="", kept=vault_case.ticking(), by=vault.user_id)
        )


def pair_with(vault: Vault, film: Id, other: Id) -> None:
    with vault.transaction("pair") as writer:
        writer.add(
            FilmPair(
                id=new_id(), first=other, second=film, offset=Fraction(1, 3), how=PairedBy.EYE,
                kept=vault_case.ticking(), by=vault.user_id,
            )
        )  # fmt: skip


def once(act: Callable[[], object]) -> Callable[[], bool]:
    """Does it the first time that somebody asks whether to stop: while the films that stay are being copied."""
    waiting = [act]

    def cancelled() -> bool:
        while waiting:
            waiting.pop()()
        return False

    return cancelled


@pytest.mark.parametrize("late", [keep_stand_in, keep_still, pair_with])
def test_what_is_added_to_a_film_that_goes_does_not_stay_behind(
    fresh: Vault, late: Callable[[Vault, Id, Id], None]
) -> None:
    kept = fill(fresh, "F-0001", stand_ins=False)
    other = list(kept.films)[1]
    with pytest.raises(RecordChanged):
        erase_film(fresh, kept.first, cancelled=once(lambda: late(fresh, kept.first, other)))
    assert content(fresh, kept.first) == kept.films[kept.first], "nothing was changed"
    assert findings(fresh) == []
    erasure = erase_film(fresh, kept.first)
    with pytest.raises(NoSuchRecord):
        fresh.get(Film, kept.first)
    assert len(list(fresh.core.folder.footage.rglob("*.age"))) == 1
    assert not set(histories(fresh, [kept.family.id])) & set(erasure.erased)
    assert fresh.all(FilmStandIn) == []
    assert fresh.all(FilmPair) == []
    assert findings(fresh) == []


def test_a_film_that_is_mended_meanwhile_is_not_left_behind(fresh: Vault, tmp_path: Path) -> None:
    kept = fill(fresh, "F-0001", stand_ins=False, films=3)
    second = list(kept.films)[1]
    file, aside = file_of(fresh, second), tmp_path / "aside"
    shutil.move(file, aside)
    erase_film(fresh, kept.first, giving_up=[second], cancelled=once(lambda: shutil.move(aside, file)))
    assert content(fresh, second) == kept.films[second]
    assert findings(fresh) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.timeout(60)
@pytest.mark.parametrize("what", ["pipe", "folder", "device"])
def test_what_is_no_file_is_a_film_of_which_nothing_can_be_read(fresh: Vault, what: str) -> None:
    kept = fill(fresh, "F-0001", stand_ins=False)
    second = list(kept.films)[1]
    file = file_of(fresh, second)
    file.unlink()
    if what == "pipe":
        os.mkfifo(file)
    elif what == "folder":
        file.mkdir()
    else:
        file.symlink_to("/dev/zero")
    assert erasing.outlook(fresh, kept.first).lost == (second,)
    erase_film(fresh, kept.first, giving_up=[second])
    with pytest.raises(NoSuchRecord):
        fresh.get(Film, kept.first)
