"""A film of hours, made in seconds: the packets of a short one, again and again, each round later than the last."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.container import InputContainer, OutputContainer
from av.stream import Stream

_SIZE: Final = (1280, 720)
_RATE: Final = 30
_SECONDS: Final = 10
_SOUND: Final = 48_000
_BLOCK: Final = 1024


def film(folder: Path, seconds: int) -> Path:
    """A phone's film in HD with sound, so long; made where it is not there yet. Ten seconds take about 2 MB."""
    target = folder / f"hd-{seconds}-seconds.mp4"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        short, part = folder / f"short-{os.getpid()}.mp4", folder / f"part-{os.getpid()}.mp4"
        with av.open(short, "w", format="mp4") as container:
            _write(container)
        with av.open(short, "r") as source, av.open(part, "w", format="mp4") as long:
            _repeat(source, long, seconds // _SECONDS)
        short.unlink()
        part.rename(target)
    return target


def _write(container: OutputContainer) -> None:
    """The short film: a picture that moves a little, in groups of two seconds, and a tone."""
    video = container.add_stream("libx264", rate=_RATE, options={"preset": "veryfast", "g": "60", "bf": "2"})
    video.width, video.height = _SIZE
    video.pix_fmt, video.bit_rate = "yuv420p", 1_400_000
    sound = container.add_stream("aac", rate=_SOUND)
    rng = np.random.default_rng(5)
    ground = rng.integers(40, 200, (_SIZE[1] // 8, _SIZE[0] // 8, 3), np.uint8).repeat(8, 0).repeat(8, 1)
    for number in range(_RATE * _SECONDS):
        picture = np.roll(ground, number, axis=1)
        picture = picture + rng.integers(0, 6, picture.shape, np.uint8)
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts, frame.time_base = number, Fraction(1, _RATE)
        container.mux(video.encode(frame))
    container.mux(video.encode(None))
    wave = (8000 * np.sin(np.arange(_SOUND * _SECONDS) / 20)).astype(np.int16).reshape(1, -1)
    for begin in range(0, wave.shape[1], _BLOCK):
        block = av.AudioFrame.from_ndarray(np.ascontiguousarray(wave[:, begin : begin + _BLOCK]), "s16", "mono")
        block.sample_rate, block.pts, block.time_base = _SOUND, begin, Fraction(1, _SOUND)
        container.mux(sound.encode(block))
    container.mux(sound.encode(None))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A packet of the short film."""

    stream: int
    data: bytes
    pts: int
    dts: int
    duration: int
    is_key: bool


def _repeat(source: InputContainer, long: OutputContainer, times: int) -> None:
    copies = [long.add_stream_from_template(stream) for stream in (*source.streams.video, *source.streams.audio)]
    bases = [stream.time_base or Fraction(1) for stream in source.streams]
    pieces = list(_pieces(source))
    for turn in range(times):
        for piece in pieces:
            packet = av.Packet(piece.data)
            later = int(turn * _SECONDS / bases[piece.stream])
            packet.pts, packet.dts, packet.duration = piece.pts + later, piece.dts + later, piece.duration
            packet.time_base, packet.is_keyframe = bases[piece.stream], piece.is_key
            packet.stream = copies[piece.stream]
            long.mux(packet)


def _pieces(source: InputContainer) -> Iterator[_Piece]:
    """Packets that lie wholly in the seconds that are repeated."""
    for packet in source.demux():
        stream: Stream = packet.stream
        if packet.size and packet.pts is not None and packet.dts is not None:
            end = (packet.pts + (packet.duration or 0)) * (stream.time_base or Fraction(1))
            if end <= _SECONDS and (stream.type == "video" or packet.pts >= 0):  # sound begins a block too early
                yield _Piece(
                    stream.index, bytes(packet), packet.pts, packet.dts, packet.duration or 0, packet.is_keyframe
                )
