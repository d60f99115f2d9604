"""A still is the very frame, upright, and says nothing of itself."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
import pytest

from makers import read_number
from vigtool.errors import CannotWrite, TargetExists
from vigtool.export.still import save_still, write_still
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import look_at


class NumberedFilm(Protocol):
    def opener(self) -> io.BytesIO: ...


def chunks(png: bytes) -> list[bytes]:
    found, place = [], 8
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        found.append(png[place + 4 : place + 8])
        place += 12 + length
    return found


def back(png: bytes) -> np.ndarray:
    picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return picture[..., ::-1]


def test_every_pixel_comes_back_and_nothing_else_is_in_it() -> None:
    picture = np.random.default_rng(3).integers(0, 256, (37, 53, 3), np.uint8)
    out = io.BytesIO()
    write_still(picture, out)
    assert (back(out.getvalue()) == picture).all()
    assert set(chunks(out.getvalue())) == {b"IHDR", b"IDAT", b"IEND"}


def test_a_frame_of_a_turned_film(film: Callable[[str], NumberedFilm], tmp_path: Path) -> None:
    turned = film("turned")
    with FrameReader(turned.opener, look_at(turned.opener).index) as reader:
        save_still(reader.get(41).rgb(), tmp_path / "a.png")
    assert read_number(back((tmp_path / "a.png").read_bytes())) == 41


def test_it_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    picture = np.zeros((4, 4, 3), np.uint8)
    save_still(picture, tmp_path / "a.png")
    with pytest.raises(TargetExists):
        save_still(picture, tmp_path / "a.png")
    save_still(picture + 9, tmp_path / "a.png", replace=True)
    assert back((tmp_path / "a.png").read_bytes()).max() == 9
    with pytest.raises(CannotWrite):
        save_still(picture, tmp_path / "gone" / "a.png")
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]
