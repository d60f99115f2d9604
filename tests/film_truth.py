"""The truth about a film: a plain decoding from its beginning.

It is found by PyAV alone, in one thread, without an index and without seeking.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

import av
import av.error
import numpy as np

import makers
from film_kind import Kind


@dataclass(frozen=True)
class Truth:
    """What a plain decoding shows.

    Attributes:
        pts: the time of each picture in ticks, as it comes; none where it carries none.
        sums: a checksum of the bytes of each.
        numbers: what is drawn into each, where that can be read.
    """

    pts: list[int | None]
    sums: list[bytes]
    numbers: list[int | None]


def checksum(picture: av.VideoFrame) -> bytes:
    """Of what is seen of a decoded picture, before any colour is made of it."""
    found = hashlib.blake2b(f"{picture.width} {picture.height} {picture.format.name}".encode(), digest_size=16)
    for plane in picture.planes:
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[: plane.height]
        wide = plane.line_size if plane.width > plane.line_size else plane.width * _sample(picture)
        found.update(np.ascontiguousarray(rows[:, :wide]).tobytes())
    return found.digest()


def _sample(picture: av.VideoFrame) -> int:
    """Bytes of a sample."""
    return (picture.format.components[0].bits + 7) // 8


def plainly(data: bytes, kind: Kind) -> Truth:
    """Decode the film from its beginning, in one thread."""
    truth = Truth([], [], [])
    with av.open(io.BytesIO(data), "r", metadata_errors="ignore") as container:
        stream = next(stream for stream in container.streams.video if stream.index == kind.stream)
        stream.codec_context.thread_count = 1
        packets = container.demux(stream)
        while True:
            try:
                packet = next(packets, None)
                if packet is None:
                    return truth
                for picture in packet.decode():
                    truth.pts.append(picture.pts)
                    truth.sums.append(checksum(picture))
                    truth.numbers.append(_drawn(picture, kind.film))
            except av.error.FFmpegError:
                continue
            except IndexError:  # PyAV, at the end of a film in which a stream began on the way
                return truth


def _drawn(picture: av.VideoFrame, film: makers.Film) -> int | None:
    """The number in a stored picture, laid upright as it was made."""
    seen = np.rot90(np.asarray(picture.to_ndarray(format="rgb24"), np.uint8), -(film.rotation // 90))
    try:
        return makers.read_number(seen[:, ::-1] if film.mirrored else seen)
    except ValueError:
        return None
