"""A long film made of a short one: its packets again and again, each round later than the last."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import cast

import av


def repeat_picture(source: Path, target: Path, frames: int, frame: Fraction, times: int) -> None:
    """The first `frames` frames of a film's picture, which lasts `frame` seconds each, so many times."""
    with av.open(source) as film, av.open(target, "w") as out:
        stream = film.streams.video[0]
        copied = out.add_stream_from_template(stream)
        assert stream.time_base is not None
        step = frame / stream.time_base
        whole = [packet for packet in film.demux(stream) if packet.pts is not None and packet.dts is not None]
        packets = [packet for packet in whole if cast("int", packet.pts) < frames * step]
        for turn in range(times):
            later = int(turn * frames * step)
            for packet in packets:
                again = av.Packet(bytes(packet))
                again.pts, again.dts = cast("int", packet.pts) + later, cast("int", packet.dts) + later
                again.duration, again.time_base = int(step), stream.time_base
                again.is_keyframe, again.stream = packet.is_keyframe, copied
                out.mux(again)
