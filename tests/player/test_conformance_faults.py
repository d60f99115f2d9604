"""Faults that others have are planted into the player, once each: the questions must find every one of them."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable
from typing import BinaryIO

import numpy as np
import pytest

import makers
from film_asking import Asking, asking
from film_questions import QUESTIONS
from film_table import FILMS
from vigtool.errors import FilmChanged
from vigtool.player import seeking
from vigtool.player.footage import Footage
from vigtool.player.frame import Frame
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import look_at


def found_by(film: Asking) -> set[str]:
    """The questions that find something wrong, be it that they cannot be answered at all."""
    found = set()
    for name, question in QUESTIONS.items():
        one = dataclasses.replace(film, wrong=[])
        try:
            question(one)
        except Exception:  # noqa: BLE001 - whatever a planted fault leads to, it was found
            found.add(name)
        if one.wrong:
            found.add(name)
    return found


def with_index(film: Asking, index: FrameIndex) -> Asking:
    return dataclasses.replace(film, look=dataclasses.replace(film.look, index=index))


def one_late(index: FrameIndex) -> FrameIndex:
    """Every frame is the one after it."""
    step = index.after(index.frames - 1) - index.pts(index.frames - 1)
    return dataclasses.replace(index, shown=np.append(index.shown[1:], index.end), end=index.end + step)


def one_short(index: FrameIndex) -> FrameIndex:
    """The last frame is missing."""
    return dataclasses.replace(index, shown=index.shown[:-1], end=index.pts(index.frames - 1))


def in_milliseconds(index: FrameIndex) -> FrameIndex:
    """Times are whole milliseconds."""
    ticks = [int(round(tick * index.time_base * 1000) / index.time_base / 1000) for tick in index.shown.tolist()]
    return dataclasses.replace(index, shown=np.array(ticks, np.int64))


def by_rate(index: FrameIndex) -> FrameIndex:
    """Times are the number times the mean distance."""
    spread = np.linspace(index.start, int(index.shown[-1]), index.frames).astype(np.int64)
    return dataclasses.replace(index, shown=spread)


@pytest.mark.parametrize("spoil", [one_late, one_short, in_milliseconds, by_rate])
def test_an_index_that_is_wrong_is_found_out(spoil: Callable[[FrameIndex], FrameIndex]) -> None:
    film = asking("variable")
    assert not found_by(film)
    found = found_by(with_index(film, spoil(film.index)))
    assert found >= {"every_time", "kept"} if spoil is not one_short else found >= {"how_many"}
    assert len(found) >= 2


def test_an_index_that_ignores_the_edit_list_is_found_out() -> None:
    """What the edit list hides is listed, as the film's own table has it."""
    film = asking("edit list: inside a group")
    whole = look_at(makers.opener(makers.make(FILMS["edit list: inside a group"].film))).index
    assert not found_by(film)
    assert found_by(with_index(film, whole)) >= {"how_many", "first_and_last", "by_number", "running"}


@pytest.mark.parametrize("name", ["phone", "variable", "camera's MTS", "hevc open groups"])
def test_a_reader_that_is_one_off_is_found_out(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    true = FrameReader.get

    def get(self: FrameReader, number: int, passed: Callable[[Frame], None] | None = None) -> Frame:
        frame = true(self, min(self.index.check(number) + 1, self.index.frames - 1), passed)
        return Frame(number, self.index.pts(number), frame.picture, self.index.picture)

    monkeypatch.setattr(FrameReader, "get", get)
    found = found_by(asking(name))
    assert found >= {"first_and_last", "by_number", "by_time", "forwards", "backwards", "to_and_fro"}


@pytest.mark.parametrize("name", ["holes of seconds", "29.97 a second"])
def test_times_that_are_rounded_are_found_out(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A moment is taken as the nearest frame, as where times were floats or whole milliseconds."""
    true = FrameIndex.number_at

    def nearest(self: FrameIndex, tick: int) -> int:
        number = true(self, tick)
        return min(number + (2 * (tick - self.pts(number)) > self.after(number) - self.pts(number)), self.frames - 1)

    monkeypatch.setattr(FrameIndex, "number_at", nearest)
    assert "by_time" in found_by(asking(name))


@pytest.mark.parametrize("name", ["camera's MTS", "mpeg-2 transport stream", "hevc transport stream"])
def test_a_container_that_is_trusted_is_found_out(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seeking by time and counting on from there, as others do."""
    film = asking(name)

    def trusting(footage: Footage, index: FrameIndex, row: int) -> bool:
        stream = footage.container.streams.video[0]
        footage.container.seek(int(index.keys.pts[row]), stream=stream, backward=True)
        return True

    def counted(self: FrameReader, number: int, passed: Callable[[Frame], None] | None = None) -> Frame:
        row = max(0, self.index.key_before(number))
        trusting(self._footage, self.index, row)
        first = int(np.searchsorted(self.index.shown, self.index.keys.pts[row]))
        stream = self._footage.container.streams.video[0]
        for place, picture in enumerate(self._footage.container.decode(stream), first):
            if place == number:
                return Frame(number, self.index.pts(number), picture, self.index.picture)
        raise AssertionError

    monkeypatch.setattr(FrameReader, "get", counted)
    assert "by_number" in found_by(film)


def landing(frames: int) -> Callable[[Footage, FrameIndex, int], bool]:
    """A container that lands so many frames from where it was sent, on whatever packet is there."""

    def seek(footage: Footage, index: FrameIndex, row: int) -> bool:
        stream = footage.container.streams[index.picture.stream]
        tick = max(0, int(index.keys.dts[row]) + frames * index.usual)
        footage.container.seek(tick, stream=stream, any_frame=True, backward=True)
        return True

    return seek


@pytest.mark.parametrize("frames", [-5, -1, 1, 4, 30])
@pytest.mark.parametrize("name", ["mpeg-4 avi", "motion jpeg avi", "msmpeg4 avi"])
def test_a_container_that_lands_wrong_leads_to_no_wrong_frame(
    frames: int, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """These decoders make pictures of anything, also without the key frame that they need."""
    monkeypatch.setattr("vigtool.player.frame_reader.seek_to_key", landing(frames))
    assert not found_by(asking(name)) - {"cost"}


def test_program_streams_need_more_than_timestamps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Just after a seek their timestamps are on the wrong pictures: without the packets' sizes frames are wrong."""
    monkeypatch.setattr(seeking, "_SPARE", 0)  # land where the container does by itself
    film = asking("a program stream with large pictures")
    assert film.index.sizes is not None
    trusting = with_index(film, dataclasses.replace(film.index, sizes=None))
    assert not found_by(film) - {"cost"}
    assert "by_number" in found_by(trusting)


def test_a_film_that_has_grown_is_named() -> None:
    """A camera that still writes it: whoever reads it goes on with what was there, whoever opens it is told."""
    film = makers.Film(container="mpegts", frames=80)
    data = makers.make(film)
    now = [data[: len(data) // 2 // 188 * 188]]

    def opener() -> BinaryIO:
        return io.BytesIO(now[0])

    index = look_at(opener).index
    with FrameReader(opener, index) as reader:
        assert makers.read_number(reader.get(20).rgb()) == 20
        now[0] = data
        assert makers.read_number(reader.get(3).rgb()) == 3
    with pytest.raises(FilmChanged):
        FrameReader(opener, index)
    assert look_at(opener).index.frames == 80
