"""Contrast of every pair of tokens that meets on a screen.

Relative luminance and ratio as in WCAG 2.2, "relative luminance" and "contrast ratio"
(https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio); 4.5:1 for text (1.4.3), 3:1 for what must be seen to use a control
or read a drawing (1.4.11).
"""

from __future__ import annotations

import itertools

import pytest

from vigtool.annotate.mark import Lane
from vigtool.ui import theme
from vigtool.ui.theme import Colours


def luminance(colour: str) -> float:
    def channel(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


GROUNDS = ("ground", "surface", "raised", "sunken")
TEXT = [
    *itertools.product(("ink", "quiet", "accent"), GROUNDS),
    ("ink", "accent_wash"), ("quiet", "accent_wash"), ("accent", "accent_wash"), ("on_accent", "accent"),
    ("caution_ink", "caution_wash"), ("ink", "caution_wash"), ("caution_ink", "ground"), ("caution_ink", "surface"),
    ("error_ink", "error_wash"), ("ink", "error_wash"), ("error_ink", "ground"), ("error_ink", "surface"),
]  # fmt: skip
SHAPES = [
    *itertools.product(("edge", "accent", "star"), GROUNDS),
    ("accent", "accent_wash"), ("star", "accent_wash"),
    ("caution", "caution_wash"), ("error", "error_wash"), ("error", "ground"), ("error", "surface"),
    ("error_ink", "error_wash"), ("caution_ink", "caution_wash"),
]  # fmt: skip
both = pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=lambda c: c.name)


def test_formula_is_the_published_one() -> None:
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)  # the well-known grey that just fails


@both
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(colours: Colours, text: str, ground: str) -> None:
    assert ratio(getattr(colours, text), getattr(colours, ground)) >= 4.5


@both
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_and_borders_can_be_seen(colours: Colours, shape: str, ground: str) -> None:
    assert ratio(getattr(colours, shape), getattr(colours, ground)) >= 3.0


@both
@pytest.mark.parametrize("lane", list(Lane), ids=lambda lane: lane.value)
def test_lanes_can_be_seen_and_read(colours: Colours, lane: Lane) -> None:
    tokens = colours.lane(lane)
    assert ratio(tokens.ink, tokens.wash) >= 4.5
    assert ratio(colours.chosen_text, colours.chosen(lane)) >= 4.5
    for ground in (colours.surface, colours.sunken, colours.ground, tokens.wash):
        assert ratio(tokens.shape, ground) >= 3.0
    assert ratio(colours.star, tokens.wash) >= 3.0
    for ground in (colours.surface, colours.sunken):  # the extra ring of a chosen mark
        assert ratio(colours.ink, ground) >= 3.0


def test_both_themes_name_the_same_things_differently() -> None:
    for name in Colours.__slots__:
        light, dark = getattr(theme.LIGHT, name), getattr(theme.DARK, name)
        assert light != dark, name
    assert theme.DARK.is_dark
    assert not theme.LIGHT.is_dark
