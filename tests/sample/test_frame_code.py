"""The frame code: what is written is read, through encoders and changes of size; what is not there is not read."""

from __future__ import annotations

from io import BytesIO

import av
import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigtool.sample import frame_code
from vigtool.sample.scene import draw_picture

Picture = npt.NDArray[np.uint8]
NUMBERS = (0, 1, 2, 1234, 5461, 8191, 8192, 10922, 16382, 16383)


@pytest.fixture(scope="module")
def scene() -> Picture:
    return draw_picture(14.6, (1280, 720))


def written(scene: Picture, number: int) -> Picture:
    picture = scene.copy()
    frame_code.draw(picture, number)
    return picture


def encoded(pictures: list[Picture], crf: int, size: tuple[int, int] | None = None) -> list[Picture]:
    """The pictures after an encoder, at another size."""
    out = BytesIO()
    height, width = pictures[0].shape[:2]
    wide, high = size or (width, height)
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=30, options={"crf": str(crf), "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = wide, high, "yuv420p"
        for picture in pictures:
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            container.mux(stream.encode(frame.reformat(wide, high, "yuv420p")))
        container.mux(stream.encode(None))
    out.seek(0)
    with av.open(out, "r") as container:
        return [frame.to_ndarray(format="rgb24").astype(np.uint8) for frame in container.decode(video=0)]


@given(st.integers(0, frame_code.LARGEST), st.sampled_from([(640, 360), (960, 540), (1280, 720), (1920, 1080)]))
@settings(deadline=None, max_examples=60)
def test_what_is_written_is_read(number: int, size: tuple[int, int]) -> None:
    picture = np.full((size[1], size[0], 3), 190, np.uint8)
    frame_code.draw(picture, number)
    assert frame_code.read(picture) == number


@pytest.mark.parametrize("size", [(640, 360), (960, 540), (1920, 1080), (854, 480)])
def test_it_survives_two_encoders_and_a_change_of_size(scene: Picture, size: tuple[int, int]) -> None:
    first = encoded([written(scene, number) for number in NUMBERS], 23)
    second = encoded(first, 28, size)
    assert [frame_code.read(picture) for picture in second] == list(NUMBERS)


def test_it_survives_a_coarse_encoder(scene: Picture) -> None:
    """With room to spare: at crf 34 as well."""
    coarse = encoded([written(scene, number) for number in NUMBERS], 34)
    assert [frame_code.read(picture) for picture in coarse] == list(NUMBERS)


def test_neighbours_are_told_apart_in_a_small_copy(scene: Picture) -> None:
    """Where nothing but the code changes, an encoder is tempted to leave it as it was."""
    numbers = list(range(980, 1040))
    small = encoded(encoded([written(scene, number) for number in numbers], 23), 28, (640, 360))
    assert [frame_code.read(picture) for picture in small] == numbers


def test_it_is_read_inside_bars(scene: Picture) -> None:
    small = cv2.resize(written(scene, 777), (960, 540), interpolation=cv2.INTER_AREA)
    boxed = np.zeros((720, 960, 3), np.uint8)
    boxed[90:630] = small
    assert frame_code.read(boxed, (0, 90, 960, 540)) == 777
    assert frame_code.read(boxed) is None


def test_a_picture_without_code_reads_as_none(scene: Picture) -> None:
    assert frame_code.read(scene) is None
    for level in (0, 127, 255):
        assert frame_code.read(np.full((720, 1280, 3), level, np.uint8)) is None
    assert frame_code.read(np.zeros((0, 0, 3), np.uint8)) is None


@given(st.integers(0, frame_code.LARGEST), st.sets(st.integers(0, 18), min_size=1, max_size=2))
@settings(deadline=None)
def test_one_or_two_wrong_cells_are_seen(number: int, wrong: set[int]) -> None:
    picture = np.full((720, 1280, 3), 190, np.uint8)
    frame_code.draw(picture, number)
    for cell in wrong:
        left = 20 + (2 + cell) * 12
        dark = picture[705, left + 6].mean() < 140
        picture[698:714, left : left + 12] = (211, 169, 128) if dark else (158, 114, 75)
    assert frame_code.read(picture) is None


@pytest.mark.parametrize("number", [-1, frame_code.LARGEST + 1])
def test_a_number_that_does_not_fit_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        frame_code.draw(np.zeros((720, 1280, 3), np.uint8), number)
