"""Films that claim what no film has: refused by name or taken in bounded time, never believed."""

from __future__ import annotations

import struct
import time
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import makers
from makers import Film
from vigtool.errors import EmptyFilm, FilmError, FilmTooDemanding
from vigtool.player import examine as examining
from vigtool.player import footage
from vigtool.player.decoders import can_sound, most_pixels
from vigtool.player.examine import examine
from vigtool.player.footage import Footage
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import look_at
from vigtool.player.picture import MAX_PIXELS
from vigtool.player.sound import RATE, SoundReader
from vigtool.player.waveform import peaks

WHOLE = makers.make(Film(sound=True, frames=50))
SOON = 15.0


def written(box: bytes, offset: int, shape: str, *values: int, which: int = 0) -> bytes:
    """The film with numbers written into a box of one track, so many bytes behind its name."""
    place = -1
    for _ in range(which + 1):
        place = WHOLE.index(box, place + 1)
    spoilt = bytearray(WHOLE)
    struct.pack_into(shape, spoilt, place + 4 + offset, *values)
    return bytes(spoilt)


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize(
    ("box", "offset", "shape", "values"),
    [
        (b"stsz", 8, ">I", (0x7FFF_FFFF,)),
        (b"stsz", 4, ">II", (1, 0x7FFF_FFFF)),
        (b"stts", 8, ">II", (0x7FFF_FFFF, 512)),
        (b"stts", 8, ">II", (50, 0x7FFF_FFFF)),
        (b"stsc", 8, ">III", (1, 0x7FFF_FFFF, 1)),
        (b"stco", 4, ">I", (0xFFFF_FFFF,)),
        (b"mdhd", 12, ">I", (1,)),
    ],
)
def test_tables_that_claim_thousands_of_millions(
    box: bytes, offset: int, shape: str, values: tuple[int, ...], which: int
) -> None:
    began = time.thread_time()
    try:
        index = look_at(makers.opener(written(box, offset, shape, *values, which=which))).index
    except FilmError:
        index = None
    assert time.thread_time() - began < SOON
    assert index is None or index.frames <= 50


def test_a_film_of_sixty_years_is_refused(tmp_path: Path) -> None:
    """One wrong timestamp: what is made of each hundredth of a second would take 400 GB."""
    film = Film(times=(0, 40, 80, 2_000_000_000), time_base=Fraction(1, 1000), container="matroska", bframes=0)
    (tmp_path / "film").write_bytes(makers.make(film))
    with pytest.raises(FilmTooDemanding, match="four days"):
        examine(tmp_path / "film")


def test_what_the_child_process_says_is_believed_only_where_it_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that was taken over may say anything: nested a million deep, of another shape, without end."""
    index = look_at(makers.opener(WHOLE)).index.to_bytes()
    for head in (b"[" * 100_000, b"[]", b'{"damage": 1, "audio": 1}', b"{}", b'{"damage": {}, "audio": null}', b"\xff"):
        payload = struct.pack(">I", len(head)) + head + index
        said = SimpleNamespace(run=lambda *_given, payload=payload: payload)
        monkeypatch.setattr(examining, "_Child", lambda *_given, said=said: said)
        with pytest.raises(FilmError, match="made the decoder fail"):
            examine(Path(__file__))


@pytest.mark.parametrize("tracks", [101, 1000])
def test_a_hundred_tracks_are_enough(tracks: int) -> None:
    place = WHOLE.index(b"trak") - 4
    size = int.from_bytes(WHOLE[place : place + 4], "big")
    track = WHOLE[place : place + size]
    spoilt = bytearray(WHOLE[:place] + track * tracks + WHOLE[place + size :])
    moov = spoilt.index(b"moov") - 4
    struct.pack_into(">I", spoilt, moov, int.from_bytes(spoilt[moov : moov + 4], "big") + (tracks - 1) * size)
    began = time.thread_time()
    with pytest.raises(EmptyFilm):
        look_at(makers.opener(bytes(spoilt)))
    assert time.thread_time() - began < SOON


def test_edits_by_the_thousand_are_gone_through_or_refused() -> None:
    began = time.thread_time()
    try:
        index = look_at(makers.opener(edited(400))).index
    except FilmError:
        return
    finally:
        assert time.thread_time() - began < SOON
    with FrameReader(makers.opener(edited(400)), index) as reader:
        assert reader.get(0).number == 0


def test_a_film_that_takes_long_to_open_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty thousand edits take a quarter of a minute in one call that cannot be stopped."""
    monkeypatch.setattr(footage, "_LONGEST_OPENING", 0.0)
    with pytest.raises(FilmTooDemanding):
        Footage(makers.opener(WHOLE))


def edited(count: int) -> bytes:
    """The film with so many edits, each of them the whole of it."""
    place = WHOLE.index(b"edts") - 4
    old = int.from_bytes(WHOLE[place : place + 4], "big")
    edits = struct.pack(">II", 0, count) + struct.pack(">IiI", 40, 0, 0x10000) * count
    box = struct.pack(">I4s", len(edits) + 8, b"elst") + edits
    box = struct.pack(">I4s", len(box) + 8, b"edts") + box
    spoilt = bytearray(WHOLE[:place] + box + WHOLE[place + old :])
    for name in (b"moov", b"trak"):
        begin = spoilt.index(name) - 4
        struct.pack_into(">I", spoilt, begin, int.from_bytes(spoilt[begin : begin + 4], "big") + len(box) - old)
    return bytes(spoilt)


@pytest.mark.parametrize(
    ("rate", "channels", "worked_with"),
    [
        (1, 1, False),
        (48_000, 0, False),
        (48_000, 65, False),
        (4_000_000, 2, False),
        (8_000, 1, True),
        (192_000, 8, True),
    ],
)
def test_sound_that_would_become_hours_or_gigabytes(rate: int, channels: int, worked_with: bool) -> None:
    assert can_sound(rate, channels) is worked_with


def test_blocks_of_sound_that_change_their_rate_on_the_way_beyond_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    from vigtool.player import sound

    index = look_at(makers.opener(WHOLE)).index
    assert np.any(peaks(makers.opener(WHOLE), index))
    monkeypatch.setattr(sound, "can_sound", lambda _rate, _channels: False)
    assert not np.any(peaks(makers.opener(WHOLE), index)), "left out, and so silence"


def test_a_gap_of_hours_is_silence_that_is_made_as_it_is_asked_for() -> None:
    film = Film(times=(0, 40, 80, 7_000_000), time_base=Fraction(1, 1000), container="matroska", bframes=0)
    data = makers.make(film)
    index = look_at(makers.opener(data)).index
    with SoundReader(makers.opener(data), index) as reader:
        assert len(next(reader.run(index.start))) < RATE


def test_pictures_may_grow_to_four_times_but_not_beyond_measure() -> None:
    assert most_pixels(1920, 1080) >= 3840 * 2160
    assert most_pixels(320, 240) < 4096 * 4096
    assert most_pixels(0, 0) >= 3840 * 2160, "a film that does not say its size"
    assert MAX_PIXELS <= most_pixels(8192, 8192) < MAX_PIXELS * 1.02
