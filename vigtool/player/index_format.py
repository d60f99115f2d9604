"""How an index is kept as bytes.

The bytes of an index, version 1, all integers big-endian: the 8 bytes `vigindex`; u16 version; u32 length of the
head; the head; one zlib stream. The head is a JSON object in UTF-8 with `size` (bytes of the film), `format` (short
name of its container), `time_base` [numerator, denominator], `end` (the tick at which the last frame ends),
`reorder` (most ticks by which a frame is decoded before it is shown), `fragile` (whether it is damaged and must be
decoded in one thread), `frames`, `keys` (how many of each), `named` ("pts"; or "dts" or "pos" where the film's
pictures carry no usable timestamps of their own), `sized` (whether there is a last column), and `picture`: `stream`,
`codec`, `width`, `height`, `aspect` [n, d], `rotation`, `mirrored` (see `picture.Picture`).

The zlib stream holds columns of i64, one after the other: `shown` (tick of each frame), then,
where `named` is not "pts", `names` (of the packet each frame came from the decoding timestamp, or for "pos" the byte
in the film), then for each place from which
decoding can begin, in the order in which it is shown: `pts`, `dts`, `pos` (byte in the film). Each column holds its
first value and then differences; an unknown `dts` or `pos` is -2**62. Where `sized` is true a column of u16 follows:
the lowest 16 bits of the size of the packet each frame came from.

`picture` also says `hdr` and `interlaced`; in an index that was kept before it did, they are missing and mean false.
"""

from __future__ import annotations

import json
import struct
import zlib
from fractions import Fraction
from typing import Any, Final

import numpy as np

from vigtool.errors import FilmChanged
from vigtool.player.frame_index import MAX_FRAMES, FrameIndex, KeyTable, Ticks
from vigtool.player.picture import Picture

_MAGIC: Final = b"vigindex"
_VERSION: Final = 1
_HEAD_LIMIT: Final = 1 << 16


def to_bytes(index: FrameIndex) -> bytes:
    """The index as it is kept."""
    head = json.dumps(_head(index), sort_keys=True, separators=(",", ":")).encode()
    columns = [index.shown, *([] if index.names is None else [index.names])]
    columns += [index.keys.pts, index.keys.dts, index.keys.pos]
    sizes = b"" if index.sizes is None else index.sizes.astype(">u2").tobytes()
    packed = zlib.compress(b"".join(_differences(column) for column in columns) + sizes, 6)
    return _MAGIC + struct.pack(">HI", _VERSION, len(head)) + head + packed


def from_bytes(data: bytes) -> FrameIndex:
    """The index that `to_bytes` wrote.

    Raises:
        FilmChanged: where the bytes are no index of a known version, or not a sound one.
    """
    try:
        return _parse(data)
    except (ValueError, KeyError, TypeError, ArithmeticError, struct.error, zlib.error) as problem:
        raise FilmChanged(
            "the list of this film's frames cannot be read", "bring the film in again, or update the program"
        ) from problem


def _head(index: FrameIndex) -> dict[str, object]:
    """What stands in front of the columns."""
    picture = index.picture
    return {
        "size": index.size,
        "format": index.format,
        "time_base": _pair(index.time_base),
        "end": index.end,
        "reorder": index.reorder,
        "fragile": index.fragile,
        "frames": index.frames,
        "keys": len(index.keys.pts),
        "named": "pts" if index.names is None else "pos" if index.by_place else "dts",
        "sized": index.sizes is not None,
        "picture": {
            "stream": picture.stream,
            "codec": picture.codec,
            "width": picture.stored_width,
            "height": picture.stored_height,
            "aspect": _pair(picture.pixel_aspect),
            "rotation": picture.rotation,
            "mirrored": picture.mirrored,
            "hdr": picture.hdr,
            "interlaced": picture.interlaced,
        },
    }


def _parse(data: bytes) -> FrameIndex:
    """Read strictly: sizes are checked before anything is unpacked."""
    version, length = struct.unpack_from(">HI", data, len(_MAGIC))
    if data[: len(_MAGIC)] != _MAGIC or version != _VERSION or length > _HEAD_LIMIT:
        message = "not an index of this version"
        raise ValueError(message)
    begin = len(_MAGIC) + 6
    head: dict[str, Any] = json.loads(data[begin : begin + length])
    named = str(head["named"])
    frames, keys = int(head["frames"]), int(head["keys"])
    if not 0 < frames <= MAX_FRAMES or not 0 < keys <= MAX_FRAMES or named not in ("pts", "dts", "pos"):
        message = "impossible numbers of frames"
        raise ValueError(message)
    lengths = [frames, *([] if named == "pts" else [frames]), keys, keys, keys]
    columns, rest = _columns(data[begin + length :], lengths, 2 * frames if head["sized"] else 0)
    return FrameIndex(
        picture=_picture(head["picture"]),
        format=str(head["format"]),
        size=int(head["size"]),
        time_base=Fraction(*head["time_base"]),
        shown=columns[0],
        end=int(head["end"]),
        names=None if named == "pts" else columns[1],
        by_place=named == "pos",
        keys=KeyTable(pts=columns[-3], dts=columns[-2], pos=columns[-1]),
        reorder=int(head["reorder"]),
        fragile=bool(head["fragile"]),
        sizes=np.frombuffer(rest, ">u2").astype(np.uint16) if head["sized"] else None,
    )


def _picture(head: dict[str, Any]) -> Picture:
    """The picture as it stands in the head."""
    return Picture(
        stream=int(head["stream"]),
        codec=str(head["codec"]),
        stored_width=int(head["width"]),
        stored_height=int(head["height"]),
        pixel_aspect=Fraction(*head["aspect"]),
        rotation=int(head["rotation"]),
        mirrored=bool(head["mirrored"]),
        hdr=bool(head.get("hdr", False)),
        interlaced=bool(head.get("interlaced", False)),
    )


def _columns(packed: bytes, lengths: list[int], more: int) -> tuple[list[Ticks], bytes]:
    """Columns of the given lengths, and `more` bytes, from a zlib stream that holds exactly them."""
    size = 8 * sum(lengths)
    unpacker = zlib.decompressobj()
    raw = unpacker.decompress(packed, size + more + 1)
    if len(raw) != size + more or not unpacker.eof or unpacker.unused_data:
        message = "the columns are not as long as they say"
        raise ValueError(message)
    pieces = np.split(np.frombuffer(raw[:size], ">i8").astype(np.int64), np.cumsum(lengths)[:-1])
    return [np.cumsum(piece) for piece in pieces], raw[size:]


def _differences(column: Ticks) -> bytes:
    """First value, then differences."""
    return np.diff(column, prepend=np.int64(0)).astype(">i8").tobytes()


def _pair(value: Fraction) -> list[int]:
    return [value.numerator, value.denominator]
