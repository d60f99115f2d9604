"""What this machine can decode and encode: looked up, and tried on pictures and sounds made on the fly."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, cast

import av
import av.error
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

_RATE: Final = 48_000
_GREY: Final = 90
_NEAR: Final = 12
_SIDE: Final = 128
_THREADS: Final = 2
_QUIET: Final = {"libx265": {"x265-params": "log-level=none"}}

# Decoder, the encoder that makes its sample (where there is one that is quick and quiet), pixel format, plain words.
_PICTURES: Final = (
    ("h264", "libx264", "yuv420p", "H.264"),
    ("hevc", "libx265", "yuv420p", "H.265"),
    ("hevc", "libx265", "yuv420p10le", "H.265 with 10 bits"),
    ("vp8", "libvpx", "yuv420p", "VP8"),
    ("vp9", "libvpx-vp9", "yuv420p", "VP9"),
    ("libdav1d", "", "", "AV1"),
    ("mpeg2video", "mpeg2video", "yuv420p", "MPEG-2"),
    ("mpeg4", "mpeg4", "yuv420p", "MPEG-4"),
    ("mjpeg", "mjpeg", "yuvj420p", "motion JPEG"),
    ("prores", "prores_ks", "yuv422p10le", "ProRes"),
    ("dvvideo", "", "", "DV"),
    ("vc1", "", "", "VC-1"),
)
_SOUNDS: Final = (
    ("aac", "aac", "AAC"),
    ("opus", "libopus", "Opus"),
    ("mp3float", "libmp3lame", "MP3"),
    ("ac3", "ac3", "AC-3"),
    ("mp2float", "mp2", "MP2"),
    ("pcm_s16le", "pcm_s16le", "PCM"),
    ("amrnb", "", "AMR"),
)
_WRITERS: Final = (("libx264", "H.264"), ("aac", "AAC"))


@dataclass(frozen=True, slots=True)
class Ability:
    """One codec.

    Attributes:
        words: what people call it.
        there: whether it can be used at all.
        works: whether a sample came out as it went in; none where it was not tried.
        writes: whether it is about making copies rather than reading films.
    """

    words: str
    there: bool
    works: bool | None = None
    writes: bool = False


def try_everything() -> list[Ability]:
    """All that films of phones and cameras need, and all that a copy needs. Takes about a second."""
    found = []
    for decoder, encoder, pixels, words in _PICTURES:
        there = _known(decoder, "r")
        works = _pictures_come_out(decoder, encoder, pixels) if there and encoder and _known(encoder, "w") else None
        found.append(Ability(words, there, works))
    for decoder, encoder, words in _SOUNDS:
        there = _known(decoder, "r")
        works = _sound_comes_out(decoder, encoder) if there and encoder and _known(encoder, "w") else None
        found.append(Ability(words, there, works))
    worked = {ability.words: ability.works for ability in found}
    return found + [
        Ability(f"{words} of the copy", _known(encoder, "w"), worked[words], writes=True) for encoder, words in _WRITERS
    ]


def decoding_speed() -> float:
    """How many times faster than real time 1280 x 720 at 30 pictures a second in H.264 is decoded here, roughly.

    Processor time counts, so that what else the machine does at the moment does not.
    """
    pictures = 30
    coarse = np.random.default_rng(1).integers(0, 256, (90, 160, 3), np.uint8)
    ground = coarse.repeat(8, axis=0).repeat(8, axis=1)
    made = [np.roll(ground, 5 * number, axis=1) for number in range(pictures)]
    packets = _encoded("libx264", "yuv420p", made, {"preset": "veryfast", "crf": "20"})
    decoder = av.CodecContext.create("h264", "r")
    decoder.thread_count = 1
    began = time.thread_time()
    count = sum(len(decoder.decode(packet)) for packet in (*packets, None))
    return count / 30 / max(1e-6, time.thread_time() - began) * min(_THREADS, os.cpu_count() or 1)


def _known(name: str, mode: str) -> bool:
    """Whether there is a decoder (r) or an encoder (w) of that name."""
    try:
        av.Codec(name, "r" if mode == "r" else "w")
    except (ValueError, av.error.FFmpegError):
        return False
    return True


def _pictures_come_out(decoder: str, encoder: str, pixels: str) -> bool:
    """Whether grey pictures with a light half come out as they went in."""
    picture = np.full((_SIDE, _SIDE, 3), _GREY, np.uint8)
    picture[:, _SIDE // 2 :] = 2 * _GREY
    try:
        packets = _encoded(encoder, pixels, [picture] * 4, _QUIET.get(encoder, {}))
        reader = cast("VideoCodecContext", av.CodecContext.create(decoder, "r"))
        came = [frame for packet in (*packets, None) for frame in reader.decode(packet)]
        seen = [frame.to_ndarray(format="gray8").astype(int) for frame in came]
    except (av.error.FFmpegError, ValueError):
        return False
    halves = [(int(grey[:, : _SIDE // 2].mean()), int(grey[:, _SIDE // 2 :].mean())) for grey in seen]
    return len(halves) == 4 and all(_alike(left, right) for left, right in halves)


def _alike(left: int, right: int) -> bool:
    """Whether two halves have the greys they were given; limited range lies within the tolerance."""
    return abs(left - _GREY) <= 2 * _NEAR and abs(right - 2 * _GREY) <= 2 * _NEAR


def _encoded(
    encoder: str, pixels: str, pictures: list[np.ndarray], options: dict[str, str]
) -> list[Packet[VideoStream]]:
    """Packets of pictures (height, width, 3), 30 a second."""
    writer = cast("VideoCodecContext", av.CodecContext.create(encoder, "w"))
    writer.height, writer.width = pictures[0].shape[:2]
    writer.pix_fmt, writer.framerate, writer.time_base = pixels, Fraction(30), Fraction(1, 30)
    writer.options = options
    packets: list[Packet[VideoStream]] = []
    for number, pixels_of_one in enumerate(pictures):
        frame = av.VideoFrame.from_ndarray(pixels_of_one, format="rgb24").reformat(format=pixels)
        frame.pts = number
        packets += writer.encode(frame)
    return packets + writer.encode(None)


def _sound_comes_out(decoder: str, encoder: str) -> bool:
    """Whether half a second of a tone comes out about as loud and long as it went in."""
    tone = (np.sin(np.arange(_RATE // 2) * 2 * np.pi * 440 / _RATE) * 12_000).astype(np.int16)
    try:
        heard = np.concatenate(_heard(decoder, encoder, np.repeat(tone, 2).reshape(1, -1)))
    except (av.error.FFmpegError, ValueError):
        return False
    return abs(len(heard) - len(tone)) < _RATE // 8 and bool(6_000 < np.abs(heard).max() < 24_000)


def _heard(decoder: str, encoder: str, stereo: np.ndarray) -> list[np.ndarray]:
    """Mono blocks of what comes out of both."""
    writer = cast("AudioCodecContext", av.CodecContext.create(encoder, "w"))
    writer.sample_rate, writer.layout, writer.time_base = _RATE, "stereo", Fraction(1, _RATE)
    writer.format = (writer.codec.audio_formats or [av.AudioFormat("s16")])[0]
    whole = av.AudioFrame.from_ndarray(stereo, format="s16", layout="stereo")
    whole.sample_rate, whole.pts = _RATE, 0
    writer.open()
    fitting = av.AudioResampler(writer.format, "stereo", _RATE, frame_size=writer.frame_size or None)
    packets = [
        packet for given in (whole, None) for frame in fitting.resample(given) for packet in writer.encode(frame)
    ]
    reader = cast("AudioCodecContext", av.CodecContext.create(decoder, "r"))
    reader.extradata = writer.extradata
    if decoder.startswith("pcm"):
        reader.sample_rate, reader.layout = _RATE, "stereo"
    plain = av.AudioResampler("s16", "mono", _RATE)
    came = [frame for packet in (*packets, *writer.encode(None), None) for frame in reader.decode(packet)]
    return [ready.to_ndarray().reshape(-1) for frame in (*came, None) for ready in plain.resample(frame)]
