"""Sizes: even, within what any phone takes, films as they are wherever they fit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigtool.errors import InvalidRecord
from vigtool.export.arrangement import Arrangement, Box, arrange
from vigtool.export.drawing import TextLine

NO_WORDS: list[list[TextLine]] = [[]]
ONE = [[TextLine("You copied her sound. She had an answer.", "en")]]
TWO = [[*ONE[0], TextLine("قلّدتِ صوتها، فأجابتكِ.", "ar")]]


def whole(form: Arrangement) -> tuple[int, int]:
    return form.width, form.height


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (720, 1280), (1080, 1920), (640, 640), (320, 240)])
def test_a_film_that_fits_is_left_as_it_is(size: tuple[int, int]) -> None:
    form = arrange([size], NO_WORDS)
    assert whole(form) == size
    assert form.film_box(*size) == Box(0, 0, *size)


@pytest.mark.parametrize(
    ("films", "expected"),
    [
        ([(3840, 2160)], (1920, 1080)),
        ([(2160, 3840)], (1080, 1920)),
        ([(720, 405)], (720, 404)),
        ([(405, 721)], (404, 720)),
        ([(640, 480), (1280, 720)], (1280, 720)),
        ([(720, 1280), (1280, 720)], (1280, 720)),
        ([(720, 1280), (480, 640)], (720, 1280)),
        ([(2160, 3840), (640, 360)], (640, 360)),
        ([(1440, 1440)], (1080, 1080)),
    ],
)
def test_common_size(films: list[tuple[int, int]], expected: tuple[int, int]) -> None:
    assert whole(arrange(films, NO_WORDS)) == expected


def test_an_upright_film_stands_in_the_middle_of_a_wide_one() -> None:
    form = arrange([(1280, 720), (720, 1280)], NO_WORDS)
    assert form.film_box(720, 1280) == Box(438, 0, 404, 720)
    assert form.film_box(640, 480) == Box(160, 0, 960, 720)


def test_the_band_is_below_and_grows_with_languages() -> None:
    one, two = arrange([(1280, 720)], ONE), arrange([(1280, 720)], TWO)
    assert one.picture_height == two.picture_height == 720
    assert one.band.top == 720
    assert 0 < one.band.height < two.band.height < 260


def test_with_a_band_a_full_picture_becomes_smaller_and_keeps_its_shape() -> None:
    form = arrange([(1920, 1080)], TWO)
    assert form.height <= 1080
    assert form.height > 1060
    assert form.width / form.picture_height == pytest.approx(16 / 9, rel=0.005)
    tall = arrange([(1080, 1920)], TWO)
    assert tall.height <= 1920
    assert tall.width / tall.picture_height == pytest.approx(9 / 16, rel=0.005)


def test_letters_are_large_on_large_pictures_and_never_tiny() -> None:
    assert arrange([(1280, 720)], ONE).font_px >= 40
    assert arrange([(160, 120)], ONE).font_px == 14


def test_long_words_get_smaller_letters_and_endless_ones_are_refused() -> None:
    long = [[TextLine("She looked up at you and waited for you to go on. " * 14)]]
    form = arrange([(1280, 720)], long)
    assert form.font_px < arrange([(1280, 720)], ONE).font_px
    assert form.height <= 1080
    with pytest.raises(InvalidRecord):
        arrange([(1280, 720)], [[TextLine("word " * 4000)]])


SIDES = st.integers(2, 8000)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(SIDES, SIDES), min_size=1, max_size=4), st.sampled_from([NO_WORDS, ONE, TWO]))
def test_any_film_finds_a_place(films: list[tuple[int, int]], words: list[list[TextLine]]) -> None:
    try:
        form = arrange(films, words)
    except InvalidRecord:
        assert words
        return
    upright = all(height > width for width, height in films)
    most = (1080, 1920) if upright else (1920, 1080)
    assert 0 < form.width <= most[0]
    assert 0 < form.height <= most[1]
    assert form.width % 2 == form.height % 2 == form.picture_height % 2 == 0
    for size in films:
        box = form.film_box(*size)
        assert min(box.width, box.height) >= 2
        assert box.left >= 0
        assert box.top >= 0
        assert box.left + box.width <= form.width
        assert box.top + box.height <= form.picture_height
        assert box.left % 2 == box.top % 2 == box.width % 2 == box.height % 2 == 0
