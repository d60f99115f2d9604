"""One frame as a PNG: the very pixels, and nothing said about them."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import cv2
import numpy as np
import numpy.typing as npt

from vigtool.export.part_file import write_whole


def write_still(picture: npt.NDArray[np.uint8], out: BinaryIO) -> None:
    """Write a picture as PNG to an open file.

    Args:
        picture: RGB, uint8 of shape (height, width, 3), upright.
        out: takes the bytes.
    """
    done, data = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    if not done:
        message = "a picture of this shape cannot be written"
        raise ValueError(message)
    out.write(data.tobytes())


def save_still(picture: npt.NDArray[np.uint8], target: Path, *, replace: bool = False) -> None:
    """Write a picture as a PNG file, all or nothing.

    Raises:
        TargetExists: where something of that name is there.
        CannotWrite: where the system does not let it be written.
    """
    write_whole(target, lambda out: write_still(picture, out), replace=replace)
