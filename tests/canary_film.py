"""A film one frame of which is a known pattern that nothing else looks like."""

from __future__ import annotations

import io
from fractions import Fraction

import av
import numpy as np
from numpy.typing import NDArray

SIZE = (320, 192)
FRAMES = 48
CANARY = 20
"""The number of the frame that is looked for."""


def canary_film(metadata: dict[str, str]) -> bytes:
    """The film: quiet clouds, and in the middle of them one frame of noise. H.264 in MP4, 25 frames a second."""
    chance = np.random.default_rng(20_261_122)
    out = io.BytesIO()
    with av.open(out, "w", format="mp4", options={"movflags": "use_metadata_tags"}) as container:
        container.metadata.update(metadata)
        stream = container.add_stream("libx264", rate=Fraction(25), options={"crf": "18", "g": "12", "threads": "1"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        cloud = chance.integers(0, 255, (6, 10, 3), dtype=np.uint8)
        for number in range(FRAMES):
            if number == CANARY:
                picture = chance.integers(0, 255, (SIZE[1], SIZE[0], 3), dtype=np.uint8)
            else:
                picture = np.repeat(np.repeat(np.roll(cloud, number, 1), 32, 0), 32, 1)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), "rgb24")))
        container.mux(stream.encode(None))
    return out.getvalue()


def canary_pixels(film: bytes) -> dict[str, bytes]:
    """The pattern as a decoder gives it and as a screen wants it: the rows of its brightness, and of BGRA."""
    with av.open(io.BytesIO(film), "r") as container:
        frame = next(frame for number, frame in enumerate(container.decode(video=0)) if number == CANARY)
    planes: NDArray[np.uint8] = np.asarray(frame.to_ndarray(format="yuv420p"), np.uint8)
    shown: NDArray[np.uint8] = np.asarray(frame.to_ndarray(format="bgra"), np.uint8)
    return {"the frame's brightness": planes[: SIZE[1]].tobytes(), "the frame on a screen": shown.tobytes()}
