"""Text as pictures: all of it there, nothing garbled, nothing cut off."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from vigtool.export.drawing import CREAM, TextLine, missing_scripts, text_picture

ENGLISH = TextLine("You copied her sound. She had an answer.", "en")
ARABIC = TextLine("قلّدتِ صوتها، فأجابتكِ.", "ar")


def ink(picture: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is drawn."""
    rows = np.flatnonzero(picture[..., 3].any(axis=1))
    columns = np.flatnonzero(picture[..., 3].any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]), int(rows[-1])


def test_shape_colour_and_middle() -> None:
    picture = text_picture([ENGLISH], 1280, 40, colour=CREAM)
    assert picture.dtype == np.uint8
    assert picture.shape[1:] == (1280, 4)
    left, top, right, bottom = ink(picture)
    assert abs(left + right - 1280) < 12
    assert top > 0
    assert bottom < picture.shape[0] - 1
    solid = picture[picture[..., 3] == 255]
    assert len(solid) > 500
    assert (solid[:, :3] == (0xF3, 0xE6, 0xCF)).all()


def test_the_picture_keeps_its_own_pixels() -> None:
    pictures = [text_picture([ENGLISH], 640, 30) for _ in range(20)]
    assert all((picture == pictures[0]).all() for picture in pictures)


def test_long_words_are_wrapped_and_never_cut() -> None:
    one = text_picture([TextLine("calm")], 400, 30)
    many = text_picture([TextLine("calm " * 40)], 400, 30)
    assert many.shape[0] > 4 * one.shape[0]
    endless = text_picture([TextLine("a" * 400)], 400, 30)
    for picture in (many, endless):
        left, top, right, bottom = ink(picture)
        assert left > 0
        assert right < 399
        assert top > 0
        assert bottom < picture.shape[0] - 1


def test_each_language_has_its_own_rows() -> None:
    both = text_picture([ENGLISH, ARABIC], 1280, 40)
    alone = text_picture([ARABIC], 1280, 40)
    assert both.shape[0] > text_picture([ENGLISH], 1280, 40).shape[0]
    # the Arabic rows are the same pixels as when it stands alone
    offset = ink(both)[3] - ink(alone)[3]
    left, top, right, bottom = ink(alone)
    assert (both[top + offset : bottom + offset, left:right] == alone[top:bottom, left:right]).all()


def test_an_arabic_sentence_with_a_latin_name_first_runs_right_to_left() -> None:
    picture = text_picture([TextLine("Mina ابتسمت", "ar")], 800, 40)
    swapped = text_picture([TextLine("ابتسمت Mina", "ar")], 800, 40)
    left_half = text_picture([TextLine("Mina ابتسمت", "en")], 800, 40)
    assert (picture != swapped).any()
    assert (picture != left_half).any()


def test_kept_line_breaks_and_blank_text() -> None:
    one, two = text_picture([TextLine("a b")], 400, 30), text_picture([TextLine("a\n b ")], 400, 30)
    assert two.shape[0] > one.shape[0]
    assert text_picture([TextLine(" \n ")], 400, 30).shape == (0, 400, 4)
    assert text_picture([], 400, 30).shape == (0, 400, 4)


@pytest.mark.parametrize("text", ["You waited.", "Powtórzyłaś jej dźwięk.", "a\u200db\n\tc", ""])
def test_nothing_is_missing_for_plain_words(text: str) -> None:
    assert missing_scripts(text) == ()


def test_what_no_font_has_is_named() -> None:
    assert missing_scripts("calm \U00016fe4") == ("Khitan",)
    assert missing_scripts("\U0003ffff") == ("unknown",)


def test_without_a_window_qt_starts_without_a_screen_and_says_nothing() -> None:
    code = (
        "from vigtool.export.drawing import TextLine, text_picture\n"
        "import sys\n"
        "print(text_picture([TextLine('calm \\u0642')], 300, 20)[..., 3].any())\n"
        "print([name for name in sys.modules if 'QtWidgets' in name])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60, env={})
    assert done.stdout == "True\n[]\n"
    assert done.stderr == ""
