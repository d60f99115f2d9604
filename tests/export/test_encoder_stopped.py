"""A stop that falls into one of the muxer's own writes is a stop, and not a damaged copy."""

from __future__ import annotations

import io
from fractions import Fraction

import numpy as np
import pytest

from vigtool.export.encoder import Encoder, Shape


class Stopped(io.BytesIO):
    """A file in whose n-th write somebody presses Ctrl-C."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.left = at

    def write(self, data: object) -> int:
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt
        return super().write(data)  # type: ignore[arg-type]  # whatever PyAV hands over


@pytest.mark.parametrize("at", [1, 2, 5])
def test_a_stop_inside_a_write_is_not_lost(at: int) -> None:
    shape = Shape(width=160, height=96, rate=Fraction(30), frames=60)
    generator = np.random.default_rng(7)

    def encode() -> None:
        encoder = Encoder(Stopped(at), shape)
        try:
            for _ in range(shape.frames):
                frame, planes = encoder.picture()
                for plane in planes.each():
                    plane[...] = generator.integers(20, 230, plane.shape)
                encoder.add_picture(frame)
                encoder.add_sound(np.zeros((2, 1600), np.float32))
            encoder.finish()
        except BaseException:
            encoder.abandon()
            raise

    with pytest.raises(KeyboardInterrupt):
        encode()
