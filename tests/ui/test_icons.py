"""The program's own icons: drawn by one rule, tinted exactly."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor

from vigtool import resources
from vigtool.ui import icons

NAMES = [name.removesuffix(".svg") for name in resources.names("icons", ".svg")]


@pytest.mark.parametrize("name", NAMES)
def test_drawn_by_one_rule_and_tinted_by_the_token(qapp: object, name: str) -> None:
    text = resources.read_text("icons", f"{name}.svg")
    assert 'viewBox="0 0 24 24"' in text
    assert 'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"' in text
    assert set(re.findall(r"#[0-9a-fA-F]{3,6}", text)) == {"#000"}
    image = icons.pixmap(name, "#0F766E", 24, 2.0).toImage()
    inked = [image.pixelColor(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255]
    assert len(inked) > 20
    assert {colour.rgb() for colour in inked} == {QColor("#0F766E").rgb()}
    frame = {image.pixelColor(x, y).alpha() for x in (0, 47) for y in range(48)}
    assert frame == {0}, "the drawing runs out of its box"


def test_mirrored_only_where_reading_direction_is_meant(qapp: object) -> None:
    left = icons.pixmap("chevron-left", "#000000", 24).toImage()
    right = icons.pixmap("chevron-left", "#000000", 24, mirrored=True).toImage()
    assert left != right
    assert "play" not in icons.MIRRORED
    assert set(NAMES) >= icons.MIRRORED
