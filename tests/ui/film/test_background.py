"""What is kept of a film shows at once; the rest is made in the background, shown, kept, and never half-made."""

from __future__ import annotations

import os
import threading
import time

import pytest
from PySide6.QtWidgets import QApplication

import makers
from film_house import House, film_of
from vigtool.errors import StorageFailed
from vigtool.player.strip import Strip
from vigtool.player.waveform import Peaks
from vigtool.ui.desk import OpenFilm
from vigtool.ui.film.pictures import Pictures
from vigtool.ui.low_priority import step_back

LIGHT = makers.Film(frames=100, gop=20, sound=True)
HEAVY = makers.Film(frames=80, gop=80)


def quiet(house: House) -> None:
    """Wait until nothing is under way."""
    house.qtbot.waitUntil(lambda: not house.room.bench.jobs._running, timeout=20_000)


def stands_in(house: House) -> bool:
    (pictures,) = house.work.playback.findChildren(Pictures)
    return pictures._stand_in is not None


def test_sound_and_pictures_are_made_once_and_kept(house: House) -> None:
    film = film_of(house, LIGHT)
    house.open(film)
    quiet(house)
    assert house.desk.acts == ["peaks", "strip"], "it is not heavy, and gets no stand-in"
    assert len(house.desk.peaks_kept[film.id]) == 400
    assert house.desk.strips_kept[film.id].numbers
    assert house.page.head.said.text() == ""
    house.workspace.open_film(None)
    house.open(film)
    quiet(house)
    assert house.desk.acts == ["peaks", "strip"], "nothing is made again"
    assert not stands_in(house)


def test_what_is_kept_shows_although_nothing_can_be_made(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    film = film_of(house, LIGHT)
    house.open(film)
    quiet(house)
    house.workspace.open_film(None)

    def fail(*_: object) -> None:
        raise AssertionError

    for name in ("peaks", "make_strip"):
        monkeypatch.setattr(f"vigtool.ui.film.background.{name}", fail)
    monkeypatch.setattr("vigtool.ui.film.strip_jobs.read_pictures", lambda *_: None)
    house.open(film)
    timeline, kept = house.page.timeline, house.desk.strips_kept[film.id].numbers
    house.qtbot.waitUntil(lambda: timeline._loudness is not None and timeline.nearest_picture(50) is not None)
    assert [timeline.nearest_picture(number)[0] for number in kept] == kept  # type: ignore[index]  # there is one


def test_a_heavy_film_becomes_quick_meanwhile_and_says_so(house: House) -> None:
    house.desk.hold_stand_in = threading.Event()
    film = film_of(house, HEAVY)
    house.open(film)
    said = house.page.head.said
    house.qtbot.waitUntil(lambda: said.text() == "making this film quick: 100 %", timeout=20_000)
    assert not stands_in(house)
    house.desk.hold_stand_in.set()
    house.qtbot.waitUntil(lambda: stands_in(house), timeout=20_000)
    assert said.text() == ""
    assert house.desk.acts == ["strip", "stand-in"]
    house.workspace.open_film(None)
    house.open(film)
    house.qtbot.waitUntil(lambda: stands_in(house), timeout=20_000)
    quiet(house)
    assert house.desk.acts == ["strip", "stand-in"]


def test_closing_the_film_gives_it_up_and_the_next_opening_goes_on(house: House) -> None:
    house.desk.hold_stand_in = threading.Event()
    film = film_of(house, HEAVY)
    house.open(film)
    house.qtbot.waitUntil(lambda: house.page.head.said.text() != "", timeout=20_000)
    house.workspace.open_film(None)
    quiet(house)
    assert "stand-in" not in house.desk.acts
    house.desk.hold_stand_in.set()
    house.open(film)
    house.qtbot.waitUntil(lambda: stands_in(house), timeout=20_000)


def test_what_cannot_be_kept_is_shown_and_no_film_is_the_worse_for_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(opened: OpenFilm, found: Peaks | Strip) -> None:
        raise StorageFailed("the disk is full")

    monkeypatch.setattr(house.desk, "keep_peaks", refuse)
    monkeypatch.setattr(house.desk, "keep_strip", refuse)
    house.open(film_of(house, LIGHT))
    quiet(house)
    assert house.desk.acts == []
    assert house.page.timeline.nearest_picture(50) is not None
    QApplication.processEvents()
    assert house.page.side.isVisible()


def test_a_thread_in_the_background_leaves_the_processor_to_others() -> None:
    seen: list[int] = []

    def work() -> None:
        step_back()
        seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    before = os.getpriority(os.PRIO_PROCESS, 0)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join(5)
    time.sleep(0)
    assert seen[0] >= before
    assert os.getpriority(os.PRIO_PROCESS, 0) == before, "the window's own thread stays as it was"


def test_no_picture_is_made_for_the_view_where_a_kept_one_is_near(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    film = film_of(house, LIGHT)
    house.open(film)
    quiet(house)
    kept = house.desk.strips_kept[film.id]
    house.workspace.open_film(None)
    house.desk.strips_kept[film.id] = Strip(
        kept.width, kept.height, dict.fromkeys(range(100), kept.pictures[kept.numbers[0]])
    )
    monkeypatch.setattr(
        "vigtool.ui.film.strip_jobs.read_pictures", lambda _film, _index, numbers, *_: asked.extend(numbers)
    )
    house.open(film)
    quiet(house)
    assert asked == []
    assert house.page.timeline.nearest_picture(50) is not None
