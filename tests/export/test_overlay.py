"""Colours land where BT.709 puts them, and nothing outside the art is touched."""

from __future__ import annotations

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.export.overlay import Overlay, Planes


def shown(planes: Planes) -> np.ndarray:
    """The planes as libswscale turns them into RGB: another reader than ours."""
    flat = np.concatenate([plane.reshape(-1) for plane in planes.each()])
    frame = av.VideoFrame.from_ndarray(flat.reshape(planes.height * 3 // 2, planes.width), format="yuv420p")
    frame.colorspace, frame.color_range = 1, 1
    return frame.reformat(format="rgb24", src_colorspace="ITU709", dst_color_range="JPEG").to_ndarray()


@pytest.mark.parametrize("colour", ["#000000", "#FFFFFF", "#F3E6CF", "#0D0E11", "#C2660A", "#0000FF", "#00FF00"])
def test_one_colour(colour: str) -> None:
    wanted = np.frombuffer(bytes.fromhex(colour[1:]), np.uint8).astype(int)
    assert np.abs(shown(Planes.filled(16, 8, colour)).astype(int) - wanted).max() <= 2
    art = np.full((8, 16, 4), 255, np.uint8)
    art[..., :3] = wanted
    ground = Planes.filled(16, 8, "#808080")
    Overlay(art).blend(ground)
    assert np.abs(shown(ground).astype(int) - wanted).max() <= 2


def test_half_clear_is_half_way() -> None:
    art = np.full((4, 4, 4), 255, np.uint8)
    art[..., 3] = 128
    ground = Planes.filled(4, 4, "#000000")
    Overlay(art).blend(ground)
    assert np.abs(ground.y.astype(int) - (16 + 219 / 2)).max() <= 1


@given(st.integers(0, 21), st.integers(0, 13), st.integers(1, 9), st.integers(1, 9))
def test_any_place_and_size_touches_its_own_rectangle_only(left: int, top: int, width: int, height: int) -> None:
    art = np.full((height, width, 4), 255, np.uint8)
    ground = Planes.filled(32, 24, "#000000")
    Overlay(art, left, top).blend(ground)
    white = np.zeros((24, 32), bool)
    white[top : top + height, left : left + width] = True
    assert (ground.y[white] == 235).all()
    assert (ground.y[~white] == 16).all()
    assert (ground.u == 128).all()


def test_a_part_is_a_view() -> None:
    whole = Planes.filled(16, 16, "#000000")
    whole.part(4, 6, 8, 2).put(Planes.filled(8, 2, "#FFFFFF"))
    assert (whole.y == 235).sum() == 16
    assert (whole.y[6:8, 4:12] == 235).all()
