"""Colours as they were filmed, and sizes as they were asked."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import av
import cv2
import numpy as np
import pytest
from av.video.reformatter import Colorspace
from numpy.typing import NDArray

import makers
from makers import Film
from vigtool.player import conversion, light
from vigtool.player.frame import Frame, fitted
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import look_at
from vigtool.player.picture import Picture
from vigtool.player.still import png

PATCHES = [(255, 255, 255), (0, 0, 0), (128, 128, 128), (200, 40, 40), (40, 180, 60), (50, 60, 200), (220, 180, 150)]
# Kr and Kb of ITU-R BT.709, BT.601 and BT.2020, by their number in ITU-T H.273.
WEIGHTS = {1: (0.2126, 0.0722), 5: (0.299, 0.114), 6: (0.299, 0.114), 9: (0.2627, 0.0593)}


def coded(rgb: tuple[int, int, int], matrix: int, *, full: bool, bits: int = 8) -> tuple[int, int, int]:
    """Y, Cb and Cr as the standard defines them."""
    red, green, blue = (level / 255 for level in rgb)
    kr, kb = WEIGHTS[matrix]
    luma = kr * red + (1 - kr - kb) * green + kb * blue
    cb, cr = (blue - luma) / (2 * (1 - kb)), (red - luma) / (2 * (1 - kr))
    if full:
        return round(luma * 255), round(cb * 255 + 128), round(cr * 255 + 128)
    up = 1 << (bits - 8)
    return round((16 + 219 * luma) * up), round((128 + 224 * cb) * up), round((128 + 224 * cr) * up)


def plain(colour: tuple[int, int, int], width: int, height: int, pixel_format: str = "yuv420p") -> av.VideoFrame:
    """A picture of one colour."""
    frame = av.VideoFrame(width, height, pixel_format)
    for plane, level in zip(frame.planes, colour, strict=True):
        kind = np.uint16 if "10" in pixel_format else np.uint8
        plane.update(np.full(plane.buffer_size // np.dtype(kind).itemsize, level, kind).tobytes())
    return frame


def how(width: int, height: int) -> Picture:
    return Picture(stream=0, codec="h264", stored_width=width, stored_height=height)


def seen(frame: av.VideoFrame, width: int, height: int) -> NDArray[np.int16]:
    """Red, green and blue in the middle of the picture."""
    pixels = conversion.bgra(frame, how(frame.width, frame.height), width, height)
    assert pixels.shape == (height, width, 4)
    assert pixels.flags.c_contiguous
    assert np.all(pixels[..., 3] == 255)
    return pixels[height // 2, width // 2, 2::-1].astype(np.int16)


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("tag", [1, 5, 6, 9])
@pytest.mark.parametrize("size", [(64, 48), (128, 96), (200, 150)])
def test_a_tag_is_honoured(tag: int, full: bool, size: tuple[int, int]) -> None:
    for rgb in PATCHES:
        frame = plain(coded(rgb, tag, full=full), 128, 96)
        frame.colorspace, frame.color_range = tag, 2 if full else 1
        assert np.abs(seen(frame, *size) - rgb).max() <= 3, rgb


@pytest.mark.parametrize(
    ("size", "matrix"),
    [
        ((1920, 1080), 1),
        ((1280, 544), 1),
        ((720, 1280), 1),
        ((960, 720), 1),
        ((1024, 576), 6),
        ((720, 576), 6),
        ((480, 854), 6),
        ((64, 48), 6),
    ],
)
def test_untagged_pictures_are_as_televisions_take_them(size: tuple[int, int], matrix: int) -> None:
    for rgb in PATCHES:
        frame = plain(coded(rgb, matrix, full=False), *size)
        frame.colorspace, frame.color_range = 2, 0
        assert np.abs(seen(frame, 32, 40) - rgb).max() <= 3, rgb


def test_formats_that_are_full_by_name_are_full() -> None:
    frame = plain(coded((200, 40, 40), 6, full=True), 64, 48, "yuvj420p")
    frame.colorspace = 2
    assert np.abs(seen(frame, 64, 48) - (200, 40, 40)).max() <= 3


def test_ten_bits() -> None:
    frame = plain(coded((50, 60, 200), 1, full=False, bits=10), 64, 48, "yuv420p10le")
    frame.colorspace, frame.color_range = 1, 1
    assert np.abs(seen(frame, 64, 48) - (50, 60, 200)).max() <= 3


@pytest.mark.parametrize("source", ["yuv420p", "yuvj422p", "rgb24", "gbrp", "gray", "yuv444p10le"])
def test_any_stored_format_becomes_the_reels(source: str) -> None:
    rgb = np.full((48, 64, 3), (200, 200, 200), np.uint8)
    frame = av.VideoFrame.from_ndarray(rgb, format="rgb24").reformat(format=source, dst_colorspace=Colorspace.ITU601)
    frame.pts, frame.time_base = 7, Fraction(1, 600)
    made = conversion.yuv420p(frame, how(64, 48), 32, 24)
    assert (made.width, made.height, made.format.name) == (32, 24, "yuv420p")
    assert (made.pts, made.time_base) == (7, Fraction(1, 600))
    luma = np.frombuffer(memoryview(made.planes[0]), np.uint8)
    assert abs(int(luma[0]) - round(16 + 219 * 200 / 255)) <= 2


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("mirrored", [False, True])
def test_the_reels_picture_is_upright_and_tagged(rotation: int, mirrored: bool) -> None:
    data = makers.make(Film(rotation=rotation, mirrored=mirrored, frames=9, size=(192, 160)))
    with FrameReader(makers.opener(data), look_at(makers.opener(data)).index) as reader:
        frame = reader.get(6)
        width, height = frame.width * 2, frame.height * 2
        made = frame.upright_yuv(width, height)
    assert (made.width, made.height) == (width, height)
    assert (made.colorspace, made.color_range, made.color_trc, made.color_primaries) == (1, 1, 1, 1)
    assert not list(made.side_data)
    assert makers.read_number(np.asarray(made.to_ndarray(format="rgb24"), np.uint8)) == 6


def test_the_reels_colours_are_709() -> None:
    for rgb in PATCHES:
        frame = plain(coded(rgb, 6, full=True), 64, 48)
        frame.colorspace, frame.color_range = 6, 2
        made = conversion.yuv420p(frame, how(64, 48), 64, 48)
        levels = [int(np.frombuffer(memoryview(plane), np.uint8)[0]) for plane in made.planes]
        assert np.abs(np.array(levels) - coded(rgb, 1, full=False)).max() <= 2, rgb


def test_an_odd_reel_is_refused() -> None:
    with pytest.raises(ValueError, match="even"):
        conversion.yuv420p(plain((16, 128, 128), 64, 48), how(64, 48), 31, 24)


@pytest.mark.parametrize("transfer", [16, 18])
def test_high_dynamic_range_is_brought_down_without_clipping(transfer: int) -> None:
    """Brighter stays brighter, grey stays grey, white is bright, black is black."""
    levels = np.linspace(0, 255, 52).astype(int)
    greys = []
    for level in levels:
        frame = plain(coded((level, level, level), 9, full=False, bits=10), 32, 32, "yuv420p10le")
        frame.colorspace, frame.color_range, frame.color_trc, frame.color_primaries = 9, 1, transfer, 9
        grey = seen(frame, 32, 32)
        assert grey.max() - grey.min() <= 2
        greys.append(int(grey[1]))
    assert greys[0] <= 1
    assert all(before <= after for before, after in pairwise(greys))
    assert greys[-1] >= 250
    if transfer == 18:
        assert 215 <= greys[int(52 * 0.75)] <= 240


def test_the_light_of_the_standards() -> None:
    """ITU-R BT.2100: HLG 0.5 is a twelfth; PQ 0.5806 is 203 cd/m2. BT.2390 leaves the dark as it is."""
    assert light.hlg_to_scene(np.array([0.0, 0.5, 1.0])) == pytest.approx([0, 1 / 12, 1], abs=1e-6)
    assert light.pq_to_light(np.array([0.0, 0.5806, 1.0])) == pytest.approx([0, 203, 10_000], rel=1e-3)
    assert light.light_to_pq(np.array([203.0])) == pytest.approx([0.5806], abs=1e-4)
    assert light.roll_off(np.array([0.0, 20.0, 80.0, 1000.0])) == pytest.approx([0, 20, 80, 203], rel=1e-3)


def test_alpha_is_always_full() -> None:
    rgba = np.full((48, 64, 4), (200, 40, 60, 90), np.uint8)
    for source in ("rgba", "yuva420p"):
        frame = av.VideoFrame.from_ndarray(rgba, format="rgba").reformat(format=source, dst_colorspace="ITU601")
        frame.colorspace = 5
        assert np.abs(seen(frame, 32, 24) - (200, 40, 60)).max() <= 3, source


def test_a_frame_may_be_converted_by_several_threads() -> None:
    from concurrent.futures import ThreadPoolExecutor

    data = makers.make(Film(rotation=90))
    with FrameReader(makers.opener(data), look_at(makers.opener(data)).index) as reader:
        frame = reader.get(11)
    sizes = [(128, 192), (64, 96), (100, 150), (256, 384)] * 8
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda size: frame.bgra(*size), sizes))
    assert {makers.read_number(np.ascontiguousarray(pixels[..., 2::-1])) for pixels in made} == {11}
    assert [pixels.shape[1::-1] for pixels in made] == sizes


def test_the_same_frame_is_the_same_picture_every_time() -> None:
    """Also in widths that no processor likes."""
    frame = av.VideoFrame.from_ndarray(makers.upright_picture(99, 192, 128), format="rgb24").reformat(format="yuv420p")
    for size in ((100, 60), (54, 120)):
        first = conversion.bgra(frame, how(192, 128), *size)
        assert all(np.array_equal(conversion.bgra(frame, how(192, 128), *size), first) for _ in range(60))


def test_a_still_is_the_frame_and_nothing_else() -> None:
    data = makers.make(Film(aspect=Fraction(3, 2), rotation=270, metadata=(("title", "Ella"), ("comment", "kitchen"))))
    with FrameReader(makers.opener(data), look_at(makers.opener(data)).index) as reader:
        frame = reader.get(40)
        packed = png(frame)
    pixels = cv2.imdecode(np.frombuffer(packed, np.uint8), cv2.IMREAD_UNCHANGED)
    assert pixels is not None
    assert pixels.shape == (288, 128, 3) == (frame.height, frame.width, 3)
    assert makers.read_number(np.ascontiguousarray(pixels[..., ::-1])) == 40
    chunks = {packed[place - 4 : place] for place in range(8, len(packed)) if packed[place - 4 : place].isalpha()}
    assert not chunks & {b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME"}


@pytest.mark.parametrize(
    ("shape", "room", "size"),
    [
        ((1920, 1080), (1280, 720), (1280, 720)),
        ((1080, 1920), (1280, 720), (405, 720)),
        ((4000, 10), (100, 100), (100, 1)),
        ((10, 4000), (100, 100), (1, 100)),
        ((16, 9), (1, 1), (1, 1)),
    ],
)
def test_a_picture_fits_its_room(shape: tuple[int, int], room: tuple[int, int], size: tuple[int, int]) -> None:
    assert fitted(*shape, *room) == size


def test_a_frame_knows_what_it_weighs() -> None:
    frame = Frame(0, 0, plain((16, 128, 128), 640, 480), how(640, 480))
    assert 640 * 480 * 1.5 <= frame.bytes < 640 * 480 * 1.8
