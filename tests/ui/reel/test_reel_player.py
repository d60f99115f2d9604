"""Playing a reel by a clock that a test moves: which frame is asked for at each moment, and what is heard."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from PySide6.QtCore import QObject

from reel_desk import ReelDesk
from vigtool.annotate.reel import Reel
from vigtool.export.cut_list import film_frame, make_cut_list
from vigtool.player.clock import Clock, FakeClock
from vigtool.ui.desk import OpenFilm
from vigtool.ui.reel.reel_player import ReelPlayer


class Asked:
    """Remembers what is asked for."""

    def __init__(self) -> None:
        self.wished: list[int] = []
        self.runs: list[int] = []
        self.dues: list[int] = []

    def wish(self, film: OpenFilm, number: int) -> None:
        self.wished.append(number)

    def run(self, film: OpenFilm, number: int) -> None:
        self.runs.append(number)

    def due(self, film: OpenFilm, number: int) -> None:
        self.dues.append(number)

    def rest(self) -> None:
        pass


class Heard:
    """A device with a clock of its own, where there is one."""

    def __init__(self) -> None:
        self.device: FakeClock | None = None
        self.starts: list[int] = []

    def start(self, film: OpenFilm, tick: int) -> Clock | None:
        self.starts.append(tick)
        return self.device

    def stop(self) -> None:
        pass


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(Fraction(100))


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def player(qapp: QObject, desk: ReelDesk, asked: Asked, heard: Heard, clock: FakeClock) -> Iterator[ReelPlayer]:
    made = ReelPlayer(asked, heard, clock=clock)
    reel = next(iter(desk.records[Reel].values()))
    film = desk.open_film(reel.clips[0].film, lambda _done, _total: None, lambda: False)
    made.set_reel(reel, {film.film.id: film})
    yield made
    made.pause()


def expected(player: ReelPlayer, desk: ReelDesk) -> list[int]:
    reel = next(iter(desk.records[Reel].values()))
    index = desk.open_film(reel.clips[0].film, lambda _done, _total: None, lambda: False).index
    cuts = make_cut_list(reel, {reel.clips[0].film: index})
    return [film_frame(cut, n, cuts.rate, index) for cut in cuts.cuts for n in range(cut.out_first, cut.out_last + 1)]


def play_through(player: ReelPlayer, clock: FakeClock, step: Fraction) -> None:
    for _ in range(2000):
        if not player.is_playing:
            return
        clock.advance(step)
        player.refresh()
    raise AssertionError("it never ended")


def test_every_frame_of_the_copy_and_no_other(
    player: ReelPlayer, desk: ReelDesk, asked: Asked, clock: FakeClock
) -> None:
    player.play()
    play_through(player, clock, Fraction(1, 100))
    frames = expected(player, desk)
    assert sorted(set(asked.dues + asked.runs)) == sorted(set(frames))
    assert asked.dues == sorted(asked.dues)
    assert asked.wished[-1] == frames[-1], "it stands on its last frame"


def test_a_slow_screen_leaves_frames_out_and_shows_none_from_elsewhere(
    player: ReelPlayer, desk: ReelDesk, asked: Asked, clock: FakeClock
) -> None:
    player.play()
    play_through(player, clock, Fraction(7, 10))
    assert set(asked.dues) <= set(expected(player, desk))


def test_the_device_is_the_clock_of_a_clip_that_is_heard(
    player: ReelPlayer, asked: Asked, heard: Heard, clock: FakeClock
) -> None:
    heard.device = FakeClock(Fraction(5))
    player.play(player.cuts.cuts[0].clip if player.cuts else None)
    clock.advance(Fraction(1))
    player.refresh()
    assert asked.dues[-1] == 20, "the wall clock does not move it"
    heard.device.advance(Fraction(2, 5))
    player.refresh()
    assert asked.dues[-1] == 30
    player.go_by_wall_clock()
    clock.advance(Fraction(2, 5))
    player.refresh()
    assert asked.dues[-1] == 40


def test_each_clip_is_heard_from_its_own_beginning(
    player: ReelPlayer, desk: ReelDesk, heard: Heard, clock: FakeClock
) -> None:
    player.play()
    play_through(player, clock, Fraction(1, 50))
    reel = next(iter(desk.records[Reel].values()))
    assert heard.starts == [clip.span.start for clip in reel.clips]


def test_one_clip_alone(player: ReelPlayer, asked: Asked, clock: FakeClock) -> None:
    cuts = player.cuts
    assert cuts is not None
    player.play(cuts.cuts[1].clip)
    play_through(player, clock, Fraction(1, 25))
    assert min(asked.dues) >= 100
    assert player.place == cuts.cuts[1].out_last


def test_paused_within_a_clip_it_goes_on_from_there(player: ReelPlayer, clock: FakeClock) -> None:
    cuts = player.cuts
    assert cuts is not None
    clip = cuts.cuts[0].clip
    player.play(clip)
    clock.advance(Fraction(1))
    player.refresh()
    player.pause()
    place = player.place
    assert place == 25
    clock.advance(Fraction(9))
    player.play(clip)
    assert player.place == place


def test_without_clips_nothing_plays(player: ReelPlayer) -> None:
    player.set_reel(None, {})
    player.play()
    player.play_on()
    assert not player.is_playing
