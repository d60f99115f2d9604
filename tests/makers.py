"""Films for tests: every frame carries its number in its pixels, every whole second a burst of sound.

A picture is, seen upright: in its upper quarter 24 black or white blocks, the frame's number with its highest bit at
the left; below them the same blocks inverted; and in the lower half a red, a green and a blue field that tell which
way up it stands, over a grey that moves. `read_number` reads the number from an upright picture of any size and fails
on one that is turned, mirrored or of another film.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any, BinaryIO, cast

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

BITS = 24
RATE = 48_000
BURST = 4_800
Rgb = NDArray[np.uint8]

_SOUND_CODECS = {
    **dict.fromkeys(("mp4", "mov", "3gp"), "aac"),
    **dict.fromkeys(("matroska", "webm"), "libopus"),
    **dict.fromkeys(("mpegts", "mpeg"), "mp2"),
}


@dataclass(frozen=True, kw_only=True)
class Film:
    """What film to make.

    Attributes:
        codec, container: an encoder and a muxer of libav.
        size: of the stored picture, not upright.
        times: the tick at which each frame begins; from `frames` and `rate` if none are given.
        time_base: of the ticks.
        last: how many ticks the last frame is shown.
        rotation, mirrored: what makes the stored picture upright: turned clockwise, then left and right exchanged.
        sound: whether there is any; it begins at `sound_start` seconds of the film's clock.
        bursts: seconds of the film's clock at which it sounds; every whole second if none are given.
        open_gop: whether key frames have leading pictures that need the group before.
        pixel_format: of the stored picture.
        options: more for the encoder.
        muxer: more for the muxer.
        first: the tick added to all times.
    """

    codec: str = "libx264"
    container: str = "mp4"
    size: tuple[int, int] = (192, 128)
    frames: int = 60
    rate: Fraction = Fraction(25)
    times: tuple[int, ...] | None = None
    time_base: Fraction | None = None
    last: int | None = None
    gop: int = 12
    bframes: int = 2
    open_gop: bool = False
    rotation: int = 0
    mirrored: bool = False
    aspect: Fraction = Fraction(1)
    sound: bool = False
    sound_start: Fraction = Fraction(0)
    sound_channels: int = 2
    bursts: tuple[Fraction, ...] | None = None
    pixel_format: str = "yuv420p"
    options: tuple[tuple[str, str], ...] = ()
    muxer: tuple[tuple[str, str], ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    first: int = 0
    numbers: tuple[int, ...] | None = field(default=None)

    @property
    def base(self) -> Fraction:
        """Seconds of one tick of `times`."""
        return self.time_base or 1 / self.rate

    def ticks(self) -> tuple[int, ...]:
        """When each frame begins, in ticks of `base`."""
        times = self.times if self.times is not None else tuple(range(self.frames))
        return tuple(self.first + tick for tick in times)

    def seconds(self) -> tuple[Fraction, ...]:
        """When each frame begins."""
        return tuple(tick * self.base for tick in self.ticks())


def opener(data: bytes) -> Callable[[], BinaryIO]:
    """A film in memory, as the player opens it."""
    return lambda: io.BytesIO(data)


@cache
def make(film: Film) -> bytes:
    """The bytes of the film."""
    out = io.BytesIO()
    with av.open(out, "w", format=film.container, container_options=dict(film.muxer)) as container:
        for key, value in film.metadata:
            container.metadata[key] = value
        picture = _picture_stream(container, film)
        sound = _sound_stream(container, film) if film.sound else None
        _encode(container, film, picture)
        if sound is not None:
            _encode_sound(container, film, sound)
    return out.getvalue()


def upright_picture(number: int, width: int, height: int) -> Rgb:
    """(height, width, 3): what frame `number` looks like."""
    picture = np.full((height, width, 3), 90 + number % 60, np.uint8)
    bits = [number >> place & 1 for place in range(BITS - 1, -1, -1)]
    edges = np.linspace(0, width, BITS + 1).round().astype(int)
    quarter = height // 4
    for bit, left, right in zip(bits, edges[:-1], edges[1:], strict=True):
        picture[:quarter, left:right] = 255 * bit
        picture[quarter : 2 * quarter, left:right] = 255 * (1 - bit)
    third, low = width // 3, 3 * quarter
    for place, colour in enumerate(((200, 40, 40), (40, 180, 60), (50, 60, 200))):
        picture[low:, place * third : (place + 1) * third] = colour
    x = number * 5 % (width - 8)
    picture[2 * quarter : low, x : x + 8] = 235
    return picture


def read_number(rgb: Rgb) -> int:
    """The number of the frame that an upright picture (height, width, 3) shows.

    Raises:
        ValueError: where the picture is not one of these, or does not stand upright.
    """
    height, width = rgb.shape[:2]
    grey = rgb[..., :3].mean(axis=2)
    edges = np.linspace(0, width, BITS + 1)
    number = 0
    for left, right in pairwise(edges):
        inner = slice(int(left + (right - left) * 0.3), max(int(left + (right - left) * 0.7), int(left) + 1))
        upper = grey[int(height * 0.06) : int(height * 0.19), inner].mean()
        lower = grey[int(height * 0.31) : int(height * 0.44), inner].mean()
        if abs(upper - lower) < 90:
            message = f"no number here: {upper:.0f} over {lower:.0f}"
            raise ValueError(message)
        number = number << 1 | int(upper > lower)
    low = rgb[int(height * 0.8) : int(height * 0.95)].astype(float)
    found = [
        int(low[:, int(width * place) - 2 : int(width * place) + 2].mean(axis=(0, 1)).argmax())
        for place in (1 / 6, 1 / 2, 5 / 6)
    ]
    if found != [0, 1, 2]:
        message = f"it does not stand upright: {found}"
        raise ValueError(message)
    return number


def bursts(samples: NDArray[Any], rate: int = RATE) -> list[float]:
    """Seconds at which bursts begin in (samples,) or (samples, channels)."""
    mono = samples if samples.ndim == 1 else samples.mean(axis=1)
    loud = np.abs(mono.astype(float)) > np.abs(mono.astype(float)).max() * 0.3
    places = np.flatnonzero(loud)
    if not len(places):
        return []
    begin = places[np.concatenate([[True], np.diff(places) > rate // 5])]
    return [float(place) / rate for place in begin]


def truncated(data: bytes, part: float) -> bytes:
    """The beginning of a film, so much of it."""
    return data[: int(len(data) * part)]


def corrupted(data: bytes, seed: int = 1, hits: int = 40, begin: float = 0.3, end: float = 0.8) -> bytes:
    """The film with single bytes changed between two parts of its length."""
    dice = np.random.default_rng(seed)
    spoilt = bytearray(data)
    for place in dice.integers(int(len(data) * begin), int(len(data) * end), hits):
        spoilt[place] ^= int(dice.integers(1, 256))
    return bytes(spoilt)


def cut_by_edit_list(data: bytes, ticks: int, length: int | None = None) -> bytes:
    """An MP4 with its first track trimmed by its edit list: so many ticks of the track are hidden at its beginning.

    Args:
        data: an MP4 whose first track has an edit list of one entry (as B-frames give it).
        ticks: how much later than before the film begins, in the track's time base.
        length: units of the film's own clock (milliseconds) that remain; as before if none.
    """
    place = data.index(b"elst")
    version, entries, duration, begin = struct.unpack_from(">B3xIIi", data, place + 4)
    assert version == 0
    assert entries == 1
    spoilt = bytearray(data)
    struct.pack_into(">Ii", spoilt, place + 12, duration if length is None else length, begin + ticks)
    return bytes(spoilt)


def moov_first(data: bytes) -> bytes:
    """The same MP4 with its table in front, as cameras and editors write it."""
    out = io.BytesIO()
    with (
        av.open(io.BytesIO(data), "r") as source,
        av.open(out, "w", format="mp4", options={"moov_size": "6000"}) as copy,
    ):
        stream = copy.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.size:
                packet.stream = stream
                copy.mux(packet)
    return out.getvalue()


def _picture_stream(container: OutputContainer, film: Film) -> VideoStream:
    """The stream of pictures, set up."""
    options = dict(film.options)
    if film.codec == "libx264":
        extra = f":{options.pop('x264-params')}" if "x264-params" in options else ""
        options["x264-params"] = f"scenecut=0:keyint={film.gop}:open-gop={int(film.open_gop)}:threads=1{extra}"
    if film.codec == "libx265":
        options["x265-params"] = f"log-level=none:scenecut=0:keyint={film.gop}:open-gop={int(film.open_gop)}:pools=1"
    stream = cast("VideoStream", container.add_stream(film.codec, rate=film.rate, options=options))
    stream.width, stream.height = film.size
    stream.pix_fmt = film.pixel_format
    stream.codec_context.time_base = film.base
    stream.time_base = film.base
    stream.codec_context.gop_size = film.gop
    if film.codec not in ("mjpeg", "ffv1", "libvpx-vp9", "libvpx", "prores_ks"):
        stream.codec_context.max_b_frames = film.bframes
    if film.aspect != 1:
        stream.codec_context.sample_aspect_ratio = film.aspect
    if film.rotation or film.mirrored:
        stream.set_display_rotation(-film.rotation, hflip=film.mirrored)
    return stream


def _sound_stream(container: OutputContainer, film: Film) -> AudioStream:
    """The stream of sound, set up."""
    codec = _SOUND_CODECS.get(film.container, "pcm_s16le")
    stream = cast("AudioStream", container.add_stream(codec, rate=RATE))
    stream.codec_context.layout = "stereo" if film.sound_channels == 2 else "mono"
    return stream


def stored(upright: Rgb, film: Film) -> Rgb:
    """A picture as it lies in the film, from how it is seen."""
    seen = upright[:, ::-1] if film.mirrored else upright
    return np.ascontiguousarray(np.rot90(seen, film.rotation // 90))


def _encode(container: OutputContainer, film: Film, stream: VideoStream) -> None:
    """All pictures."""
    width, height = film.size if film.rotation % 180 == 0 else film.size[::-1]
    ticks = film.ticks()
    numbers = film.numbers or tuple(range(len(ticks)))
    ends = (*ticks[1:], ticks[-1] + (film.last or (ticks[-1] - ticks[-2] if len(ticks) > 1 else 1)))
    for number, tick, end in zip(numbers, ticks, ends, strict=True):
        rgb = stored(upright_picture(number, width, height), film)
        frame = av.VideoFrame.from_ndarray(rgb, format="rgb24").reformat(format=film.pixel_format)
        frame.pts, frame.time_base, frame.duration = tick, film.base, end - tick
        for packet in stream.encode(frame):
            container.mux(packet)
    for packet in stream.encode(None):
        container.mux(packet)


def sound_of(
    seconds: float, start: Fraction, channels: int, bursts: tuple[Fraction, ...] | None = None
) -> NDArray[np.int16]:
    """(channels, samples): silence from `start` of the film's clock, with bursts of 1 kHz at every whole second."""
    count = int(seconds * RATE)
    when = np.arange(count) + round(start * RATE)
    tone = np.sin(2 * np.pi * 1000 * when / RATE) * 20_000
    sounds = when % RATE < BURST
    if bursts is not None:
        sounds = np.zeros(count, bool)
        for burst in bursts:
            place = round((burst - start) * RATE)
            sounds[max(place, 0) : max(place + BURST, 0)] = True
    mono = np.where(sounds, tone, 0).astype(np.int16)
    return np.tile(mono, (channels, 1))


def _encode_sound(container: OutputContainer, film: Film, stream: AudioStream) -> None:
    """Sound from `sound_start` until the last frame begins, and a little more."""
    seconds = film.seconds()
    length = float(seconds[-1] - film.sound_start) + 0.2
    samples = sound_of(length, film.sound_start, film.sound_channels, film.bursts)
    layout = "stereo" if film.sound_channels == 2 else "mono"
    resampler = av.AudioResampler(format=stream.codec_context.format, layout=layout, rate=RATE)
    step = stream.codec_context.frame_size or 1024
    for place in range(0, samples.shape[1], step):
        piece = np.ascontiguousarray(samples[:, place : place + step])
        frame = av.AudioFrame.from_ndarray(piece, format="s16p", layout=layout)
        frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
        frame.pts = place + round(film.sound_start * RATE)
        for ready in resampler.resample(frame):
            for packet in stream.encode(ready):
                container.mux(packet)
    for packet in stream.encode(None):
        container.mux(packet)


def vary(count: int, steps: Sequence[int]) -> tuple[int, ...]:
    """`count` times whose distances repeat `steps`."""
    return tuple(int(tick) for tick in np.cumsum([0, *(steps[place % len(steps)] for place in range(count - 1))]))
