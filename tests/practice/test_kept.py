"""What is made of a film is kept with it, fits it, and never stays half-made."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import makers
import vault_case
from leaks import find_leaks
from vigtool.casework.film import Film
from vigtool.errors import Cancelled, NoSuchRecord, SealBroken, StorageFailed
from vigtool.ids import new_id
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import look_at
from vigtool.player.strip import Strip
from vigtool.practice import kept
from vigtool.practice.films import OpenFilm, open_film
from vigtool.practice.opening import check_vault
from vigtool.vault.shapes import FilmPeaks, FilmStandIn, FilmStrip, Swept
from vigtool.vault.vault import Vault

WORDS = "six words that nobody would guess here"
PEAKS = np.array([[-3, 4], [-128, 127]], np.int8)
STRIP = Strip(16, 9, {0: b"one", 30: b"two"})


@pytest.fixture
def opened(vault: Vault, film: Film) -> OpenFilm:
    return open_film(vault, film.id)


def make(vault: Vault, opened: OpenFilm, **rest: Any) -> Any:
    return kept.make_stand_in(vault, opened.film, opened.index, opened.opener, **rest)


def files(vault: Vault) -> list[Path]:
    return sorted(path for path in (vault.folder / "footage").rglob("*") if path.is_file())


def later(index: FrameIndex) -> FrameIndex:
    """The same film as another look at it would find it: its frames are others."""
    return replace(index, end=index.end + 1)


def test_peaks_and_strip_are_there_again_for_these_frames_alone(vault: Vault, opened: OpenFilm) -> None:
    film, index = opened.film.id, opened.index
    assert kept.kept_peaks(vault, film, index) is None
    assert kept.kept_strip(vault, film, index) is None
    kept.keep_peaks(vault, film, index, PEAKS)
    kept.keep_strip(vault, film, index, STRIP)
    found = kept.kept_peaks(vault, film, index)
    assert found is not None
    assert np.array_equal(found, PEAKS)
    assert kept.kept_strip(vault, film, index) == STRIP
    assert kept.kept_peaks(vault, film, later(index)) is None
    assert kept.kept_strip(vault, film, later(index)) is None
    kept.keep_peaks(vault, film, later(index), PEAKS[:1])
    assert kept.kept_peaks(vault, film, index) is None
    assert len(vault.all(FilmPeaks, parent=film)) == 1, "the new one stands in the place of the old"


def test_what_cannot_be_read_counts_as_not_there_and_is_replaced(vault: Vault, opened: OpenFilm) -> None:
    film, index = opened.film.id, opened.index
    with vault.transaction("other programs") as writer:
        for kind in (FilmPeaks, FilmStrip):
            writer.add(kind(id=new_id(), film=film, fingerprint=index.fingerprint, data=b"from the future"))
    assert kept.kept_peaks(vault, film, index) is None
    assert kept.kept_strip(vault, film, index) is None
    kept.keep_strip(vault, film, index, STRIP)
    assert kept.kept_strip(vault, film, index) == STRIP
    with pytest.raises(NoSuchRecord):
        kept.keep_peaks(vault, new_id(), index, PEAKS)


def test_a_record_whose_seal_is_broken_counts_as_not_there_and_stands_in_no_ones_way(
    vault: Vault, opened: OpenFilm
) -> None:
    film, index = opened.film.id, opened.index
    kept.keep_strip(vault, film, index, STRIP)
    broken = vault.all(FilmStrip, parent=film)[0]
    folder = vault.folder
    vault.close()
    with closing(vault_case.database(folder)) as database:
        ((sealed,),) = database.execute("SELECT sealed FROM revision WHERE id = ?", (bytes.fromhex(broken.id),))
        changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
        database.execute("UPDATE revision SET sealed = ? WHERE id = ?", (changed, bytes.fromhex(broken.id)))
    with Vault.open(folder, WORDS) as again:
        assert kept.kept_strip(again, film, index) is None
        kept.keep_strip(again, film, index, STRIP)
        assert kept.kept_strip(again, film, index) == STRIP
        with pytest.raises(SealBroken):
            again.all(FilmStrip, parent=film)


def test_a_stand_in_is_sealed_and_has_the_films_frames(vault: Vault, opened: OpenFilm) -> None:
    film, index = opened.film.id, opened.index
    assert kept.kept_stand_in(vault, film, index) is None
    said: list[tuple[int, int]] = []
    made = make(vault, opened, report=lambda *far: said.append(far))
    far = [Fraction(*each) for each in said]
    assert far == sorted(far)
    assert far[-1] == 1
    found = kept.kept_stand_in(vault, film, index)
    assert found is not None
    assert np.array_equal(found.index.shown, made.index.shown)
    assert np.array_equal(found.index.shown, index.shown)
    with FrameReader(found.opener, found.index) as reader:
        for number in (89, 0, 41):
            assert makers.read_number(reader.get(number).rgb()) == number
    assert len(files(vault)) == 2
    with found.opener() as source:
        plain = source.read()
    assert find_leaks([vault.folder], [], {"stand-in": plain}) == []
    assert check_vault(vault) == []


def test_it_is_there_after_the_vault_was_opened_anew(vault: Vault, opened: OpenFilm) -> None:
    make(vault, opened)
    kept.keep_strip(vault, opened.film.id, opened.index, STRIP)
    folder = vault.folder
    vault.close()
    with Vault.open(folder, WORDS) as again:
        assert again.swept == Swept()
        film = open_film(again, opened.film.id)
        assert kept.kept_strip(again, film.film.id, film.index) == STRIP
        assert kept.kept_stand_in(again, film.film.id, film.index) is not None


def test_a_new_one_takes_the_place_of_the_old_and_its_file(vault: Vault, opened: OpenFilm) -> None:
    make(vault, opened)
    before = files(vault)
    make(vault, opened)
    after = files(vault)
    assert len(after) == 2
    assert after != before
    assert len(vault.all(FilmStandIn, parent=opened.film.id)) == 1
    assert kept.kept_stand_in(vault, opened.film.id, opened.index) is not None
    assert check_vault(vault) == []
    folder = vault.folder
    vault.close()
    with Vault.open(folder, WORDS) as again:
        assert again.swept == Swept()


def test_an_old_file_that_could_not_be_taken_away_goes_at_the_next_opening(
    vault: Vault, opened: OpenFilm, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(vault, opened)
    with monkeypatch.context() as patch:
        patch.setattr("vigtool.practice.kept.sealed.discard", lambda *_: None)
        make(vault, opened)
    assert len(files(vault)) == 3
    folder = vault.folder
    vault.close()
    with Vault.open(folder, WORDS) as again:
        assert again.swept == Swept(unfinished=1)
        assert len(files(again)) == 2
        assert kept.kept_stand_in(again, opened.film.id, opened.index) is not None


class Stop:
    """Somebody who presses stop when asked for the so-many-th time."""

    def __init__(self, after: int) -> None:
        self.after, self.asked = after, 0

    def __call__(self) -> bool:
        self.asked += 1
        return self.asked > self.after


def test_stopping_leaves_nothing(vault: Vault, opened: OpenFilm) -> None:
    patient = Stop(10**9)
    make(vault, opened, cancelled=patient)
    assert patient.asked > 90
    before, records = files(vault), vault.all(FilmStandIn)
    for after in (0, patient.asked // 2, patient.asked - 10, patient.asked - 1):
        with pytest.raises(Cancelled):
            make(vault, opened, cancelled=Stop(after))
        assert files(vault) == before
        assert vault.all(FilmStandIn) == records


def test_a_stand_in_that_does_not_fit_is_not_kept(
    vault: Vault, opened: OpenFilm, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(vault)

    def off_by_one(*args: Any) -> Any:
        found = look_at(*args)
        index = found.index
        return replace(found, index=replace(index, shown=index.shown + 1, end=index.end + 1))

    monkeypatch.setattr("vigtool.practice.kept.look_at", off_by_one)
    with pytest.raises(Exception, match="not of this film"):
        make(vault, opened)
    assert files(vault) == before
    assert vault.all(FilmStandIn) == []


def test_a_stand_in_whose_file_is_gone_or_exchanged_counts_as_not_there(vault: Vault, opened: OpenFilm) -> None:
    make(vault, opened)
    stored = vault.all(FilmStandIn)[0].value
    (mine,) = [path for path in files(vault) if path.stem == stored.footage.file]
    (films,) = [path for path in files(vault) if path != mine]
    mine.write_bytes(films.read_bytes())
    assert kept.kept_stand_in(vault, opened.film.id, opened.index) is None
    assert [finding.object for finding in check_vault(vault)] == [stored.id]
    mine.unlink()
    assert kept.kept_stand_in(vault, opened.film.id, opened.index) is None
    assert [finding.object for finding in check_vault(vault)] == [stored.id]
    make(vault, opened)
    assert kept.kept_stand_in(vault, opened.film.id, opened.index) is not None
    assert check_vault(vault) == []


def test_a_byte_that_was_changed_in_it_is_found(vault: Vault, opened: OpenFilm) -> None:
    make(vault, opened)
    stored = vault.all(FilmStandIn)[0].value
    (mine,) = [path for path in files(vault) if path.stem == stored.footage.file]
    data = bytearray(mine.read_bytes())
    data[len(data) // 2] ^= 1
    mine.write_bytes(data)
    assert [finding.object for finding in check_vault(vault)] == [stored.id]


def test_no_room_is_said_before_anything_is_written(
    vault: Vault, opened: OpenFilm, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = os.statvfs(vault.folder)
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1000, "total": free.f_blocks})())
    with pytest.raises(StorageFailed, match="room"):
        make(vault, opened)
    assert len(files(vault)) == 1
