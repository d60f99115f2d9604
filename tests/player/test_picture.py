"""Which way up, how wide, how large at most."""

from __future__ import annotations

import io
from fractions import Fraction

import av
import numpy as np
import pytest

import colour_films
import interlaced_films
import makers
from vigtool.errors import FilmTooDemanding
from vigtool.player import index_format
from vigtool.player.conversion import upright
from vigtool.player.frame_index import FrameIndex
from vigtool.player.look import look_at
from vigtool.player.picture import Picture, check_size, orientation, sane_aspect

WAYS = [(rotation, mirrored) for rotation in (0, 90, 180, 270) for mirrored in (False, True)]


@pytest.mark.parametrize(("rotation", "mirrored"), WAYS)
def test_what_is_laid_down_one_way_stands_up_again(rotation: int, mirrored: bool) -> None:
    film = makers.Film(rotation=rotation, mirrored=mirrored)
    seen = makers.upright_picture(5, 60, 40)
    how = Picture(stream=0, codec="h264", stored_width=60, stored_height=40, rotation=rotation, mirrored=mirrored)
    assert np.array_equal(upright(makers.stored(seen, film), how), seen)


@pytest.mark.parametrize(("rotation", "mirrored"), WAYS)
def test_a_container_is_understood(rotation: int, mirrored: bool) -> None:
    data = makers.make(makers.Film(rotation=rotation, mirrored=mirrored, frames=2))
    picture = look_at(makers.opener(data)).index.picture
    assert (picture.rotation, picture.mirrored) == (rotation, mirrored)
    assert (picture.width, picture.height) == ((128, 192) if rotation % 180 else (192, 128))


def test_a_matrix_that_is_none_or_nonsense_turns_nothing() -> None:
    assert orientation(None) == (0, False)
    assert orientation(b"short") == (0, False)
    assert orientation(bytes(36)) == (0, False)


def test_an_angle_in_between_is_the_nearest_quarter() -> None:
    one = 1 << 16
    tilted = np.array([one // 5, one, 0, -one, one // 5, 0, 0, 0, 1 << 30], np.int32)
    assert orientation(tilted.tobytes()) == (90, False)


def test_wide_pixels_make_a_wide_picture_before_it_is_turned() -> None:
    wide = Picture(stream=0, codec="x", stored_width=1440, stored_height=1080, pixel_aspect=Fraction(4, 3))
    assert (wide.width, wide.height) == (1920, 1080)
    turned = Picture(
        stream=0, codec="x", stored_width=1440, stored_height=1080, pixel_aspect=Fraction(4, 3), rotation=270
    )
    assert (turned.width, turned.height) == (1080, 1920)


@pytest.mark.parametrize("told", [None, Fraction(0), Fraction(1000), Fraction(-1)])
def test_pixels_of_no_possible_shape_are_square(told: Fraction | None) -> None:
    assert sane_aspect(told) == 1


def test_a_picture_that_is_too_large_is_refused() -> None:
    check_size(8192, 8192)
    with pytest.raises(FilmTooDemanding):
        check_size(8192, 8193)
    with pytest.raises(FilmTooDemanding):
        check_size(20_000, 2)


def test_a_film_with_too_large_a_picture_is_refused_before_it_is_decoded() -> None:
    out = io.BytesIO()
    with av.open(out, "w", format="mov") as container:
        stream = container.add_stream("png", rate=25)
        stream.width, stream.height, stream.pix_fmt = 17_000, 16, "gray"
        frame = av.VideoFrame(17_000, 16, "gray")
        frame.pts = 0
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    with pytest.raises(FilmTooDemanding):
        look_at(makers.opener(out.getvalue()))


def test_what_a_film_is_beside_its_size_is_kept_with_it() -> None:
    """High dynamic range and half pictures are said of a film, and an index that was kept before says neither."""
    hlg = colour_films.ColourFilm(coded=9, matrix=9, range=1, transfer=18, primaries=9, pixel_format="yuv420p10le")
    woven = interlaced_films.make(interlaced_films.FILMS["mpeg-2, upper first"])
    plain = makers.make(makers.Film(frames=9))
    said = []
    for data in (colour_films.make(hlg), woven, plain):
        index = look_at(makers.opener(data)).index
        kept = FrameIndex.from_bytes(index.to_bytes()).picture
        assert kept == index.picture
        said.append((kept.hdr, kept.interlaced))
    assert said == [(True, False), (False, True), (False, False)]
    before = index_format._picture(
        {"stream": 0, "codec": "h264", "width": 8, "height": 8, "aspect": [1, 1]} | {"rotation": 0, "mirrored": False}
    )
    assert not before.hdr
    assert not before.interlaced
