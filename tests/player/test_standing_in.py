"""Pictures of a stand-in while the film's own would come too late: never another frame's, never said to be exact."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from fractions import Fraction

import pytest

import makers
from decoding_desk import SIZE, Desk, stand_in_of
from makers import Film
from vigtool.errors import FilmMissing
from vigtool.player.frame_cache import ViewPicture
from vigtool.player.stand_in import StandIn

LONG = Film(frames=250, gop=250)
FAST = Film(frames=300, gop=30, rate=Fraction(6000))
"""So many pixels a second that no machine is thought to decode it in time."""


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk(makers.make(LONG), stand_in=stand_in_of(LONG))
    yield made
    made.decoder.close()


def test_a_glance_shows_the_stand_in_and_then_the_film(desk: Desk) -> None:
    desk.decoder.glance(200, *SIZE)
    first, second = desk.next(), desk.next()
    assert (first.number, first.exact, first.pts) == (200, False, desk.index.pts(200))
    assert (second.number, second.exact, second.pts) == (200, True, desk.index.pts(200))


def test_a_frame_that_is_far_is_shown_by_the_stand_in_first(desk: Desk) -> None:
    desk.decoder.show(249, *SIZE)
    first, second = desk.next(), desk.next()
    assert (first.number, first.exact) == (249, False)
    assert (second.number, second.exact) == (249, True)


def test_a_frame_that_is_near_is_shown_at_once(desk: Desk) -> None:
    desk.picture(200)
    desk.decoder.show(201, *SIZE)
    assert desk.next().exact


def test_a_glance_at_what_is_at_hand_is_exact_and_all(desk: Desk) -> None:
    desk.picture(200)
    desk.decoder.glance(199, *SIZE)
    picture = desk.next()
    assert (picture.number, picture.exact) == (199, True)
    time.sleep(0.2)
    assert desk.said.empty()


def test_the_newest_glance_wins_and_the_film_comes_when_it_rests(desk: Desk) -> None:
    for number in (3, 240, 60, 180, 20, 130, 90, 210, 40):
        desk.decoder.glance(number, *SIZE)
        time.sleep(0.02)
    came = [desk.next()]
    while not (came[-1].number == 40 and came[-1].exact):
        came.append(desk.next())
    assert [picture.number for picture in came if picture.exact] == [40]
    time.sleep(0.2)
    assert desk.said.empty()


def test_without_a_stand_in_the_newest_glance_comes_exactly() -> None:
    desk = Desk(makers.make(LONG))
    for number in (240, 3, 180, 20, 130):
        desk.decoder.glance(number, *SIZE)
    while (picture := desk.next()).number != 130:
        assert picture.exact
    desk.decoder.close()


def test_going_back_by_glances_shows_each_frame(desk: Desk) -> None:
    came: list[ViewPicture] = []
    for number in range(120, 60, -1):
        desk.decoder.glance(number, *SIZE)
        while not came or came[-1].number != number:
            came.append(desk.next())
    assert came[-1].exact or desk.exactly(61).number == 61


def _played(desk: Desk, number: int) -> ViewPicture:
    """What playing shows at that frame."""
    while True:
        picture = desk.decoder.at(number)
        if picture is not None and picture.number == number:
            return picture
        time.sleep(0.002)


def test_a_heavy_film_is_played_from_its_stand_in_and_rests_on_itself() -> None:
    desk = Desk(makers.make(FAST), stand_in=stand_in_of(FAST))
    desk.decoder.play(40, *SIZE)
    played = [_played(desk, number) for number in range(40, 100)]
    assert not any(picture.exact for picture in played)
    assert all(picture.pts == desk.index.pts(picture.number) for picture in played)
    desk.decoder.rest()
    assert desk.picture(99).exact
    desk.decoder.close()


def test_a_stand_in_that_is_done_meanwhile_is_taken_up_while_playing() -> None:
    desk = Desk(makers.make(FAST))
    desk.decoder.play(0, *SIZE)
    assert _played(desk, 20).exact
    desk.decoder.use_stand_in(stand_in_of(FAST))
    later = [_played(desk, number) for number in range(21, 120)]
    assert not later[-1].exact
    desk.decoder.use_stand_in(None)
    assert [_played(desk, number) for number in range(120, 220)][-1].exact
    desk.decoder.close()


def test_a_light_film_is_played_itself(desk: Desk) -> None:
    desk.decoder.play(0, *SIZE)
    assert all(_played(desk, number).exact for number in range(60))


def test_a_stand_in_that_cannot_be_read_does_no_harm() -> None:
    def gone() -> io.BytesIO:
        message = "gone"
        raise FilmMissing(message)

    desk = Desk(makers.make(LONG), stand_in=stand_in_of(LONG, gone))
    desk.decoder.glance(200, *SIZE)
    assert desk.next().exact
    assert desk.picture(30).exact
    desk.decoder.close()


def test_a_stand_in_that_breaks_off_leaves_the_film() -> None:
    whole = stand_in_of(LONG)
    data = whole.opener().read()
    broken = StandIn(makers.opener(data[: len(data) * 2 // 3].ljust(len(data), b"\0")), whole.index)
    desk = Desk(makers.make(LONG), stand_in=broken)
    for number in (240, 10, 230):
        desk.decoder.glance(number, *SIZE)
        assert desk.exactly(number).number == number
    desk.decoder.close()
