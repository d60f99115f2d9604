"""Damage is found, named in seconds, gone around, and mended from a backup."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import makers
from vault_case import Stop, never
from vigtool.casework.film import Film
from vigtool.errors import BackupDamaged, Cancelled, FilmDamaged, NotABackup
from vigtool.player.frame_reader import FrameReader
from vigtool.practice import kept
from vigtool.practice.auditing import check_log
from vigtool.practice.backups import back_up, reminders
from vigtool.practice.families import NewFamily
from vigtool.practice.films import DAMAGED_AT_ITS_END, FilmWords, bring_in, open_film
from vigtool.practice.reminders import ReminderKind
from vigtool.practice.scrubbing import damaged_films, last_scrub, mend_film, scrub, unfinished_scrub
from vigtool.vault.shapes import FilmStandIn
from vigtool.vault.vault import Vault

BUSY = (("x264-params", "nal-hrd=cbr"), ("b", "4000000"), ("maxrate", "4000000"), ("bufsize", "1000000"))
FRAMES, GOP, CHUNK = 150, 25, 64 * 1024
SEALED = CHUNK + 16


@pytest.fixture(scope="module")
def busy() -> dict[str, bytes]:
    """A film with some bytes to lose: its table at the end, and one with it at the beginning."""
    plain = makers.Film(frames=FRAMES, gop=GOP, options=BUSY)
    return {"mp4": makers.make(plain), "matroska": makers.make(makers.Film(
        frames=FRAMES, gop=GOP, options=BUSY, container="matroska"))}  # fmt: skip


@pytest.fixture(params=["mp4", "matroska"])
def big(
    request: pytest.FixtureRequest, vault: Vault, family: NewFamily, tmp_path: Path, busy: dict[str, bytes]
) -> Film:
    path = tmp_path / "busy"
    path.write_bytes(busy[request.param])
    return bring_in(vault, path, family.family.id, FilmWords())


def sealed_file(vault: Vault, film: Film) -> Path:
    return vault.core.folder.footage_file(film.footage.file)


def spoil(vault: Vault, film: Film, byte: int) -> None:
    """Change one bit of the film's own byte, as it lies sealed."""
    file = sealed_file(vault, film)
    data = bytearray(file.read_bytes())
    header = film.footage.sealed_size - film.footage.size - 16 * max(1, -(-film.footage.size // CHUNK))
    data[header + byte // CHUNK * SEALED + byte % CHUNK] ^= 4
    file.write_bytes(data)


def shown(vault: Vault, film: Film) -> set[int]:
    opened = open_film(vault, film.id)
    with FrameReader(opened.opener, opened.index) as reader:
        return {frame.number for frame in reader.run(0, around=True)}


def test_all_is_well(vault: Vault, big: Film) -> None:
    said: list[tuple[int, int]] = []
    found = scrub(vault, lambda *far: said.append(far))
    assert (found.films, found.damaged, found.finished) == (1, (), True)
    assert last_scrub(vault) == found
    assert said == sorted(said)
    assert said[-1][0] == said[-1][1]
    assert check_log(vault) == []


def test_the_damaged_seconds_are_those_that_cannot_be_shown(vault: Vault, big: Film) -> None:
    spoil(vault, big, big.footage.size // 2)
    found = scrub(vault)
    (damaged,) = found.damaged
    assert not damaged.lost
    lost = set(range(FRAMES)) - shown(vault, big)
    index = open_film(vault, big.id).index
    named = {
        number for number in range(FRAMES) if any(span.start <= index.pts(number) < span.end for span in damaged.spans)
    }
    assert named == lost != set()
    assert all(Fraction(0) <= start < end <= 6 for start, end in damaged.spans_seconds)
    assert sum(end - start for start, end in damaged.spans_seconds) <= Fraction(6, 5)
    assert [each.film for each in damaged_films(vault)] == [big.id]
    assert ReminderKind.FILM_DAMAGED in {each.what for each in reminders(vault, found.on.date())}
    opened = open_film(vault, big.id)
    with FrameReader(opened.opener, opened.index) as reader:
        assert reader.get(0).number == 0
        with pytest.raises(FilmDamaged):
            reader.get(max(lost))
        assert reader.get(FRAMES - 1).number == FRAMES - 1


def test_a_damaged_last_chunk_is_told_and_what_can_be_shown_is(
    vault: Vault, family: NewFamily, tmp_path: Path, busy: dict[str, bytes]
) -> None:
    path = tmp_path / "busy"
    path.write_bytes(busy["matroska"])
    film = bring_in(vault, path, family.family.id, FilmWords())
    spoil(vault, film, film.footage.size - 1)
    opened = open_film(vault, film.id)
    assert opened.facts.damage == (DAMAGED_AT_ITS_END,)
    assert len(shown(vault, film)) > FRAMES - GOP - 2
    (damaged,) = scrub(vault).damaged
    assert not damaged.lost
    file = sealed_file(vault, film)
    file.write_bytes(file.read_bytes()[: 20 * SEALED])
    assert 0 < len(shown(vault, film)) < FRAMES
    (damaged,) = scrub(vault).damaged
    assert damaged.spans[-1].end == film.end


@pytest.mark.parametrize("how", ["gone", "header", "empty"])
def test_a_film_of_which_nothing_is_left_keeps_no_other_from_being_read(
    vault: Vault, big: Film, film: Film, how: str
) -> None:
    file = sealed_file(vault, big)
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes(b"" if how == "empty" else b"x" + file.read_bytes()[1:])
    found = scrub(vault)
    assert found.films == 2
    (damaged,) = found.damaged
    assert (damaged.film, damaged.lost) == (big.id, True)
    assert damaged.spans_seconds == ((Fraction(0), big.duration),)
    assert open_film(vault, film.id).film == film


def test_one_that_is_stopped_goes_on_where_it_was(vault: Vault, big: Film, family: NewFamily, film_file: Path) -> None:
    films = sorted([big, *(bring_in(vault, film_file, family.family.id, FilmWords()) for _ in range(3))], key=by_id)
    spoil(vault, films[0], 100)
    far = [0]

    def report(done: int, _total: int) -> None:
        far[0] = done

    with pytest.raises(Cancelled):
        scrub(vault, report, lambda: far[0] > films[0].footage.size)
    assert last_scrub(vault) is None
    part = unfinished_scrub(vault)
    assert part is not None
    rest = scrub(vault)
    assert part.films + rest.films == 4
    assert unfinished_scrub(vault) is None
    assert [each.film for each in damaged_films(vault)] == [films[0].id]
    spoil(vault, films[0], 100)
    assert scrub(vault, anew=True).films == 4
    assert damaged_films(vault) == []


def by_id(film: Film) -> str:
    return film.id


def test_a_damaged_stand_in_is_taken_away(vault: Vault, big: Film) -> None:
    opened = open_film(vault, big.id)
    kept.make_stand_in(vault, big, opened.index, opened.opener)
    (small,) = [stored.value for stored in vault.all(FilmStandIn, parent=big.id)]
    file = vault.core.folder.footage_file(small.footage.file)
    data = file.read_bytes()
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    found = scrub(vault)
    assert (found.stand_ins, found.damaged) == (1, ())
    assert vault.all(FilmStandIn, parent=big.id) == []
    assert not file.exists()
    assert scrub(vault).stand_ins == 0


def test_a_film_is_mended_from_a_backup(vault: Vault, big: Film, film: Film, tmp_path: Path) -> None:
    back_up(vault, tmp_path / "stick")
    good = sealed_file(vault, big).read_bytes()
    spoil(vault, big, big.footage.size // 2)
    scrub(vault)
    with pytest.raises(NotABackup):
        mend_film(vault, big.id, tmp_path)
    (in_backup,) = (tmp_path / "stick").rglob(f"{big.footage.file}.age")
    in_backup.write_bytes(good[:-5] + b"wrong")
    before = sealed_file(vault, big).read_bytes()
    with pytest.raises(BackupDamaged, match=big.footage.file):
        mend_film(vault, big.id, tmp_path / "stick")
    assert sealed_file(vault, big).read_bytes() == before
    in_backup.write_bytes(good)
    with pytest.raises(Cancelled):
        mend_film(vault, big.id, tmp_path / "stick", cancelled=Stop(2))
    assert not list(vault.folder.rglob("*.part"))
    assert mend_film(vault, big.id, tmp_path / "stick").damaged == ()
    assert sealed_file(vault, big).read_bytes() == good
    assert damaged_films(vault) == []
    sealed_file(vault, big).unlink()
    mend_film(vault, big.id, tmp_path / "stick", cancelled=never)
    assert len(shown(vault, big)) == FRAMES
    in_backup.unlink()
    with pytest.raises(NotABackup):
        mend_film(vault, big.id, tmp_path / "stick")
