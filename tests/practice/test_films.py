from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import makers
from vigtool.casework.consent import Scope
from vigtool.casework.film import Film, FilmKind
from vigtool.errors import (
    Cancelled,
    ConsentMissing,
    EmptyFilm,
    FilmChanged,
    FilmError,
    FilmMissing,
    NoSuchRecord,
    NotAFilm,
    SealBroken,
    VigtoolError,
)
from vigtool.player.frame_reader import FrameReader
from vigtool.practice.consents import parents_sign
from vigtool.practice.families import NewFamily
from vigtool.practice.film_exports import take_still
from vigtool.practice.films import FilmWords, bring_in, consent_to_film, open_film
from vigtool.practice.records import values
from vigtool.vault import footage
from vigtool.vault.vault import Vault

TODAY = date(2026, 11, 22)


def footage_files(vault: Vault) -> list[Path]:
    return [path for path in (vault.folder / "footage").rglob("*") if path.is_file()]


def test_every_frame_is_read_back_from_the_sealed_bytes(vault: Vault, film: Film, numbered_film: bytes) -> None:
    opened = open_film(vault, film.id)
    with opened.opener() as plain:
        assert plain.read() == numbered_film
    with FrameReader(opened.opener, opened.index) as reader:
        for number in (0, 1, 29, 30, 31, 59, 60, 88, 89, 45):
            assert makers.read_number(reader.get(number).rgb()) == number
    assert opened.facts.frames == film.frames == 90
    assert (opened.facts.audio is None) == (film.sound is None)


def test_the_record_says_what_was_said(vault: Vault, family: NewFamily, film_file: Path) -> None:
    words = FilmWords(
        title=" kitchen ", kind=FilmKind.SHARED_REVIEW, persons=(family.persons[0].id,), someone_else=True
    )
    film = bring_in(vault, film_file, family.family.id, words)
    kept = vault.get(Film, film.id).value
    assert kept == film
    assert (kept.title, kept.kind, kept.someone_else) == ("kitchen", FilmKind.SHARED_REVIEW, True)
    assert kept.persons == (family.persons[0].id,)
    assert bring_in(vault, film_file, family.family.id, FilmWords()).persons == tuple(p.id for p in family.persons)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", NotAFilm),
        (b"this is no film, whatever its name says" * 50, NotAFilm),
        (None, FilmMissing),
    ],
)
def test_what_is_no_film_is_refused_and_leaves_nothing(
    vault: Vault, family: NewFamily, tmp_path: Path, content: bytes | None, error: type[FilmError]
) -> None:
    path = tmp_path / "x.mp4"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error) as refused:
        bring_in(vault, path, family.family.id, FilmWords())
    assert refused.value.hint
    assert footage_files(vault) == []
    assert values(vault, Film) == []


def test_a_folder_is_no_film(vault: Vault, family: NewFamily, tmp_path: Path) -> None:
    with pytest.raises(FilmMissing):
        bring_in(vault, tmp_path, family.family.id, FilmWords())


def test_stopping_leaves_nothing(vault: Vault, family: NewFamily, film_file: Path) -> None:
    asked = 0

    def soon() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    with pytest.raises(Cancelled):
        bring_in(vault, film_file, family.family.id, FilmWords(), cancelled=soon)
    assert footage_files(vault) == []
    assert values(vault, Film) == []


def test_a_file_that_changes_meanwhile_is_not_kept(
    vault: Vault, family: NewFamily, film_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = footage.seal_in

    def seal_and_touch(*args: Any, **rest: Any) -> Any:
        kept = real(*args, **rest)
        with film_file.open("ab") as file:
            file.write(b"more")
        return kept

    monkeypatch.setattr(footage, "seal_in", seal_and_touch)
    with pytest.raises(FilmChanged):
        bring_in(vault, film_file, family.family.id, FilmWords())
    assert footage_files(vault) == []


def test_a_person_or_session_of_nobody_is_refused_before_anything_is_sealed(
    vault: Vault, family: NewFamily, film_file: Path
) -> None:
    for words in (FilmWords(persons=("0" * 32,)), FilmWords(session="0" * 32), FilmWords(cycle="0" * 32)):
        with pytest.raises(NoSuchRecord):
            bring_in(vault, film_file, family.family.id, words)
    assert footage_files(vault) == []


def test_a_film_without_consent_is_brought_in_and_flagged(vault: Vault, family: NewFamily, film: Film) -> None:
    assert consent_to_film(vault, film, on=TODAY).reasons
    parents_sign(vault, family.family.id, [Scope.FILM], on=TODAY)
    assert not consent_to_film(vault, film, on=TODAY).reasons


def test_a_sealed_file_that_is_gone_or_swapped_is_named(
    vault: Vault, family: NewFamily, film: Film, film_file: Path
) -> None:
    other = bring_in(vault, film_file, family.family.id, FilmWords())
    (mine,) = [path for path in footage_files(vault) if path.stem == film.footage.file]
    (theirs,) = [path for path in footage_files(vault) if path.stem == other.footage.file]
    kept = mine.read_bytes()
    mine.write_bytes(theirs.read_bytes())
    with pytest.raises(SealBroken):
        open_film(vault, film.id)
    mine.unlink()
    with pytest.raises(FilmMissing):
        open_film(vault, film.id)
    mine.write_bytes(kept)
    assert open_film(vault, film.id).film == film


def test_a_still_is_a_copy_that_consent_must_allow(vault: Vault, family: NewFamily, film: Film, tmp_path: Path) -> None:
    import cv2
    import numpy as np

    target = tmp_path / "out.png"
    with pytest.raises(ConsentMissing) as refused:
        take_still(vault, film.id, 31, target, on=TODAY)
    assert refused.value.reasons
    assert not target.exists()
    parents_sign(vault, family.family.id, [Scope.FILM, Scope.PHOTOGRAPHS], on=TODAY)
    take_still(vault, film.id, 31, target, on=TODAY)
    picture = cv2.imdecode(np.frombuffer(target.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert makers.read_number(np.ascontiguousarray(picture[..., ::-1])) == 31


def test_errors_name_no_file_and_no_person(vault: Vault, family: NewFamily, tmp_path: Path) -> None:
    path = tmp_path / "Nadia at home.mp4"
    path.write_bytes(b"no film" * 100)
    with pytest.raises(VigtoolError) as refused:
        bring_in(vault, path, family.family.id, FilmWords())
    for text in (str(refused.value), refused.value.message, refused.value.hint):
        assert "Nadia" not in text
        assert str(tmp_path) not in text


def test_a_truncated_film_without_pictures_has_its_own_name(vault: Vault, family: NewFamily, tmp_path: Path) -> None:
    path = tmp_path / "cut.mp4"
    path.write_bytes(makers.make(makers.Film(frames=30))[:900])
    with pytest.raises((EmptyFilm, NotAFilm)):
        bring_in(vault, path, family.family.id, FilmWords())


def test_reading_after_the_source_is_gone(vault: Vault, film: Film, film_file: Path) -> None:
    film_file.unlink()
    with open_film(vault, film.id).opener() as plain:
        assert isinstance(plain, io.RawIOBase | io.BufferedIOBase)
        assert plain.read(16)
