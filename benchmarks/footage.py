"""Films to measure with: a textured, noisy picture that moves, with the frame's number in its upper edge.

The number stands in 16 blocks, its highest bit at the left, and below them the same blocks inverted.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, cycle, islice
from pathlib import Path
from typing import Any, Final, cast

import av
import cv2
import numpy as np
from av.container import OutputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

WIDTH: Final = 1920
HEIGHT: Final = 1080
_BITS: Final = 16
_BAND: Final = 64  # rows of one line of blocks
_SOUND_RATE: Final = 48_000
_BASE: Final = Fraction(1, 90_000)
Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A film, of 1920 x 1080 unless told.

    Attributes:
        name: of its file.
        gop: frames from one key frame to the next.
        steps: how long the frames are shown, in 1/90000 s, again and again.
        width, height, codec, pixels: of the pictures; HEVC has open groups.
    """

    name: str
    frames: int
    gop: int
    steps: Sequence[int] = (3000,)
    width: int = WIDTH
    height: int = HEIGHT
    codec: str = "libx264"
    pixels: str = "yuv420p"

    def times(self) -> list[int]:
        """When each frame begins, in 1/90000 s."""
        return [0, *accumulate(islice(cycle(self.steps), self.frames - 1))]


SHORT_GOP: Final = Recipe(name="gop30.mp4", frames=180, gop=30)
LONG_GOP: Final = Recipe(name="gop250.mp4", frames=320, gop=250)
UNEVEN: Final = Recipe(name="vfr.mp4", frames=150, gop=30, steps=(3000, 3010, 2990, 6000, 3000, 1500, 4500))
TEN_BIT: Final = Recipe(name="hevc10.mp4", frames=150, gop=60, codec="libx265", pixels="yuv420p10le")
STREAM_NAME: Final = "gop30.ts"
CUT_NAME: Final = "edit-list.mp4"


def film(folder: Path, recipe: Recipe) -> Path:
    """The film in that folder; made where it is not there yet."""
    target = folder / recipe.name
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"part-{os.getpid()}-{recipe.name}"
        with av.open(part, "w", format="mp4") as container:
            _write(container, recipe)
        part.rename(target)
    return target


def transport_stream(folder: Path) -> Path:
    """The film with short groups as a camera would write it: the same packets in an MPEG transport stream."""
    target = folder / STREAM_NAME
    if not target.exists():
        with av.open(film(folder, SHORT_GOP)) as source, av.open(target, "w", format="mpegts") as out:
            streams = {stream.index: out.add_stream_from_template(stream) for stream in source.streams.video}
            for packet in source.demux(video=0):
                if packet.dts is not None:
                    packet.stream = streams[packet.stream.index]
                    out.mux(packet)
    return target


def cut(folder: Path) -> Path | None:
    """The film with short groups, its first second and a half cut off by an edit list, as phones cut; needs ffmpeg."""
    target = folder / CUT_NAME
    if not target.exists():
        program = shutil.which("ffmpeg")
        if program is None:
            return None
        source = film(folder, SHORT_GOP)
        command = [program, "-v", "error", "-ss", "1.5", "-i", str(source), "-map", "0:v", "-c", "copy", str(target)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return target


def read_number(luma: NDArray[Any]) -> int:
    """The number of the frame whose picture this is, (height, width), in grey; -1 where there is none."""
    height, width = luma.shape
    band, block = height * _BAND / HEIGHT, width / _BITS
    number = 0
    for place in range(_BITS):
        columns = slice(int((place + 0.3) * block), int((place + 0.7) * block))
        above = float(luma[int(0.3 * band) : int(0.7 * band), columns].mean())
        below = float(luma[int(1.3 * band) : int(1.7 * band), columns].mean())
        if abs(above - below) < 60:
            return -1
        number = number << 1 | int(above > below)
    return number


def _write(container: OutputContainer, recipe: Recipe) -> None:
    """Picture and sound of a film, muxed in turns."""
    picture = cast("VideoStream", container.add_stream(recipe.codec, rate=30))
    picture.width, picture.height, picture.pix_fmt = recipe.width, recipe.height, recipe.pixels
    picture.codec_context.time_base = picture.time_base = _BASE
    if recipe.codec == "libx265":
        params = f"keyint={recipe.gop}:min-keyint={recipe.gop}:scenecut=0:open-gop=1:bframes=3:log-level=none"
        picture.options = {"preset": "ultrafast", "crf": "24", "x265-params": params}
    else:
        params = f"keyint={recipe.gop}:min-keyint={recipe.gop}:scenecut=0:open-gop=0:bframes=2:b-adapt=0"
        picture.options = {"preset": "superfast", "crf": "23", "x264-params": params}
    sound = container.add_stream("aac", rate=_SOUND_RATE)
    sound.codec_context.layout = "stereo"
    pictures = _Pictures()
    written = 0
    for number, tick in enumerate(recipe.times()):
        frame = av.VideoFrame.from_ndarray(pictures.draw(number), format="yuv420p")
        frame = frame.reformat(recipe.width, recipe.height, recipe.pixels)
        frame.pts, frame.time_base = tick, _BASE
        container.mux(picture.encode(frame))
        while written * _BASE.denominator < tick * _SOUND_RATE:
            container.mux(sound.encode(_tone(written)))
            written += 1024
    container.mux(picture.encode(None))
    container.mux(sound.encode(None))


def _tone(first: int) -> av.AudioFrame:
    """1024 samples of a tone, from sample `first`."""
    wave = 0.2 * np.sin(2 * np.pi * 440 * (first + np.arange(1024)) / _SOUND_RATE)
    frame = av.AudioFrame.from_ndarray(np.tile(wave.astype(np.float32), (2, 1)), format="fltp", layout="stereo")
    frame.sample_rate, frame.pts, frame.time_base = _SOUND_RATE, first, Fraction(1, _SOUND_RATE)
    return frame


class _Pictures:
    """Draws the frames: a texture that slides by, grain over it, the number on top."""

    def __init__(self) -> None:
        dice = np.random.default_rng(7)
        coarse = dice.integers(60, 190, (HEIGHT // 24, 2 * WIDTH // 24), np.uint8)
        self._texture = cv2.resize(coarse, (2 * WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
        self._grain = [dice.normal(0, 5, (HEIGHT, WIDTH)).astype(np.int8) for _ in range(5)]
        self._colour = np.full((HEIGHT // 2, WIDTH), 128, np.uint8)
        self._colour[:, :] = cv2.resize(dice.integers(108, 148, (9, 16), np.uint8), (WIDTH, HEIGHT // 2))

    def draw(self, number: int) -> Grey:
        """(height * 3 / 2, width): the planes of yuv420p."""
        left = number * 6 % WIDTH
        luma = cv2.add(self._texture[:, left : left + WIDTH], self._grain[number % 5], dtype=cv2.CV_8U)
        for place in range(_BITS):
            bit = number >> (_BITS - 1 - place) & 1
            columns = slice(place * WIDTH // _BITS, (place + 1) * WIDTH // _BITS)
            luma[:_BAND, columns] = 235 if bit else 16
            luma[_BAND : 2 * _BAND, columns] = 16 if bit else 235
        return np.ascontiguousarray(np.concatenate([luma, self._colour]))
