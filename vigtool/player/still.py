"""One frame as a picture file."""

from __future__ import annotations

import cv2

from vigtool.player.frame import Frame


def png(frame: Frame) -> bytes:
    """The frame as a PNG: its full size in square pixels, upright, in the right colours, without any other data."""
    pixels = frame.bgra(frame.width, frame.height)[..., :3]
    _, packed = cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 6])
    return bytes(packed)
