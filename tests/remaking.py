"""What can befall a film after it was made: cut, broken, edited, put together with others, labelled wrongly.

Each gives bytes from bytes, or from several films.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Any

import av
import numpy as np
from av.stream import Disposition

from makers import Film, corrupted, make, truncated

__all__ = ["corrupted", "truncated"]

_DIVX = b"\0\0\1\xb2DivX503b1393p"


def edited(data: bytes, *entries: tuple[int, int], film_scale: int = 1000) -> bytes:
    """An MP4 or MOV whose first track has this edit list: each entry is a length in milliseconds and the tick of the
    track at which it begins, -1 for nothing at all.

    Its boxes must follow its pictures, as our muxer writes them: then nothing else moves.
    """
    body = b"".join(struct.pack(">iihh", length * film_scale // 1000, begin, 1, 0) for length, begin in entries)
    edts = _box(b"edts", _box(b"elst", struct.pack(">II", 0, len(entries)) + body))
    place = _find(data, b"moov")
    moov = data[place + 8 :]
    track = _find(moov, b"trak")
    inner = moov[track + 8 : track + _size(moov, track)]
    kept = b"".join(box for box in _boxes(inner) if box[4:8] != b"edts")
    head = _size(kept, 0)  # the edit list stands between the track's header and its media
    trak = _box(b"trak", kept[:head] + edts + kept[head:])
    return data[:place] + _box(b"moov", moov[:track] + trak + moov[track + _size(moov, track) :])


def nameless_sound(data: bytes) -> bytes:
    """An MP4 whose sound is in a codec that nobody knows."""
    assert b"mp4a" in data
    return data.replace(b"mp4a", b"zz9a")


def bad_names(data: bytes) -> bytes:
    """A film whose title `QQQQQQQQ` is no UTF-8."""
    assert b"QQQQQQQQ" in data
    return data.replace(b"QQQQQQQQ", b"\xff\xfe\x80QQQQQ")


def holed(data: bytes, *numbers: int, part: float = 0.5) -> bytes:
    """The film with zeros in the first part of the packets of these pictures, by their place in the film."""
    with av.open(io.BytesIO(data), "r") as container:
        places = [(packet.pos, packet.size) for packet in container.demux(video=0) if packet.pos and packet.size]
    spoilt = bytearray(data)
    for number in numbers:
        place, size = places[number]
        count = max(1, int(size * part))
        spoilt[place + 5 : place + 5 + count] = bytes(min(count, len(data) - place - 5))
    return bytes(spoilt)


def joined(*films: Film) -> bytes:
    """One recording after the other in one file: the clock starts again with each."""
    return b"".join(make(film) for film in films)


def packed(data: bytes) -> bytes:
    """An AVI of MPEG-4 whose B-frames travel in the packet of the picture they follow, as DivX wrote them: where each
    would have stood there is a picture that is not coded.
    """
    out = io.BytesIO()
    with av.open(io.BytesIO(data), "r") as source, av.open(out, "w", format="avi") as copy:
        stream = copy.add_stream_from_template(source.streams.video[0])
        packets = [bytes(packet) for packet in source.demux(video=0) if packet.size]
        for number, chunk in enumerate(_packed(packets)):
            packet = av.Packet(chunk)
            packet.stream, packet.pts, packet.dts = stream, number, number
            packet.time_base, packet.is_keyframe = Fraction(1, 25), _kind(chunk) == 0
            copy.mux(packet)
    return out.getvalue()


def _packed(packets: Sequence[bytes]) -> list[bytes]:
    """The packets with each B-frame moved into the one before it."""
    chunks: list[bytes] = []
    place = 0
    while place < len(packets):
        chunk = packets[place]
        if chunk.startswith(b"\0\0\1\xb0") and _DIVX not in chunk:
            begin = chunk.index(b"\0\0\1\xb6")
            chunk = chunk[:begin] + _DIVX + chunk[begin:]
        following = packets[place + 1] if place + 1 < len(packets) else b""
        if _kind(following) == 2:
            chunks += [chunk + following, b"\0\0\1\xb6\x50\x7f"]
            place += 2
        else:
            chunks.append(chunk)
            place += 1
    return chunks


def _kind(packet: bytes) -> int:
    """Of an MPEG-4 picture (ISO/IEC 14496-2, 6.2.5): 0 is whole, 1 predicted, 2 predicted both ways."""
    place = packet.find(b"\0\0\1\xb6")
    return packet[place + 4] >> 6 if place >= 0 else -1


@cache
def beside(
    film: Film,
    *others: Film,
    stills: tuple[tuple[int, int], ...] = (),
    cover: bool = False,
    texts: int = 0,
    timecode: bool = False,
    data: bool = False,
    container: str = "",
) -> bytes:
    """Several films in one file: all their streams, those of `film` last.

    Args:
        film: the one that is the film.
        others: come first.
        stills: sizes of streams of two large pictures each, which come first too.
        cover: whether there is a picture of a cover.
        texts: how many streams of captions.
        timecode: whether there is a track of a camera's time code.
        data: whether there is a track of what is neither picture nor sound.
        container: if not the film's own.
    """
    out = io.BytesIO()
    sources = [av.open(io.BytesIO(make(one)), "r") for one in (*others, film)]
    with av.open(out, "w", format=container or film.container) as copy:
        pairs = [(stream, copy.add_stream_from_template(stream)) for source in sources for stream in source.streams]
        if timecode:
            pairs[-1][1].metadata["timecode"] = "10:00:00:00"
        extra = [_stills(copy, size, cover=False) for size in stills] + [_stills(copy, (320, 240), cover=True)] * cover
        for _ in range(texts):
            with av.open(io.BytesIO(b"1\n00:00:00,000 --> 00:00:01,000\nSpoken\n\n"), "r", format="srt") as words:
                copy.add_stream_from_template(words.streams.subtitles[0])
        if data:
            copy.add_data_stream("bin_data")
        for packet in _by_time(sources):
            packet.stream = next(to for stream, to in pairs if stream is packet.stream)
            copy.mux(packet)
        for stream, count in extra:
            _draw(copy, stream, count)
    for source in sources:
        source.close()
    return out.getvalue()


def _by_time(sources: list[Any]) -> list[Any]:
    """All packets of several films in the order in which they are decoded."""
    packets = [packet for source in sources for packet in source.demux() if packet.size]
    return sorted(packets, key=lambda packet: float((packet.dts or 0) * packet.time_base))


def _stills(copy: Any, size: tuple[int, int], *, cover: bool) -> tuple[Any, int]:
    stream = copy.add_stream("mjpeg", rate=25)
    stream.width, stream.height, stream.pix_fmt = *size, "yuvj420p"
    if cover:
        stream.disposition = Disposition.attached_pic
    return stream, 1 if cover else 2


def _draw(copy: Any, stream: Any, count: int) -> None:
    for number in range(count):
        grey = np.full((stream.height, stream.width, 3), 120, np.uint8)
        frame = av.VideoFrame.from_ndarray(grey, format="rgb24").reformat(format=stream.pix_fmt)
        frame.pts, frame.time_base = number, stream.codec_context.time_base
        copy.mux(stream.encode(frame))
    copy.mux(stream.encode(None))


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, kind) + body


def _size(data: bytes, place: int) -> int:
    return int.from_bytes(data[place : place + 4], "big")


def _boxes(data: bytes) -> list[bytes]:
    place, found = 0, []
    while place < len(data):
        found.append(data[place : place + _size(data, place)])
        place += len(found[-1])
    return found


def _find(data: bytes, kind: bytes) -> int:
    """Where the first box of that kind begins."""
    place = 0
    while data[place + 4 : place + 8] != kind:
        place += _size(data, place)
    return place
