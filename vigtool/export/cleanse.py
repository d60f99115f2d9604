"""Nothing but picture and sound: what a finished MP4 may hold, checked box by box.

A copy that leaves the vault says nothing about where, when, with what or by whom it was made. The check is a list of
what is allowed (ISO/IEC 14496-12, -14 and -15); everything else is a finding, so that a new kind of tag cannot slip
through. `blank_user_data` turns the empty user data box that the muxer always writes into plain padding.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from vigtool.errors import CannotWrite
from vigtool.export.hevc_words import filler, says_something, words_in

_CONTAINERS = {"moov", "trak", "mdia", "minf", "stbl", "dinf", "edts"}
_LEAVES = {
    "ftyp", "free", "mdat", "mvhd", "tkhd", "elst", "mdhd", "hdlr", "vmhd", "smhd", "dref", "stsd",
    "stts", "ctts", "stss", "stsc", "stsz", "stco", "co64", "sgpd", "sbgp", "sdtp",
}  # fmt: skip
_TIMED = {"mvhd", "tkhd", "mdhd"}
# What describes a picture besides its size: how to decode it, its colours, brightness, shape and order of fields.
_PICTURE_PARTS = {"avcC", "hvcC", "colr", "pasp", "btrt", "fiel", "mdcv", "clli"}
_SAMPLE_PARTS = {
    "avc1": (86, _PICTURE_PARTS),
    "hvc1": (86, _PICTURE_PARTS),
    "hev1": (86, _PICTURE_PARTS),
    "mp4a": (36, {"esds", "btrt"}),
}
_NEUTRAL_NAMES = {b"", b"VideoHandler", b"SoundHandler"}
_UNKNOWN_LANGUAGE = 0x55C4  # "und", ISO 639-2 in five bits a letter
_ENCODER_WORDS = re.compile(rb"x264 - core|x265 \(build|Lav[cf]\d+\.\d|https?://")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class _Box:
    """One box: its kind, where it starts, the size of its head, where it ends, and the kinds it lies in."""

    kind: str
    start: int
    head: int
    end: int
    path: tuple[str, ...]


def check_clean(source: BinaryIO | bytes, canaries: Sequence[str | bytes] = ()) -> list[str]:
    """What a finished copy holds besides picture and sound.

    Args:
        source: the whole MP4, seekable.
        canaries: words or bytes that may stand nowhere in it (text is looked for as UTF-8 and UTF-16); six bytes or
            more, since shorter runs turn up by chance in so many bytes of picture.

    Returns:
        One plain sentence a finding, without the words found; empty where it is clean.
    """
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    try:
        boxes = list(_walk(file, 0, file.seek(0, io.SEEK_END), ()))
        findings = [finding for box in boxes for finding in _look(file, box)]
    except (struct.error, ValueError, IndexError):
        return ["its boxes do not fit into each other", *_search(file, canaries)]
    handlers = sorted(_bytes(file, box)[8:12] for box in boxes if box.kind == "hdlr" and "meta" not in box.path)
    if handlers not in ([b"soun", b"vide"], [b"vide"]):
        findings.append("it has other tracks than one of picture and one of sound")
    kinds = [box.kind for box in boxes if not box.path]
    if "moov" not in kinds or "mdat" not in kinds or kinds.index("moov") > kinds.index("mdat"):
        findings.append("it cannot begin to play before it is loaded whole")
    return findings + _search(file, canaries)


def require_clean(source: BinaryIO | bytes, canaries: Sequence[str | bytes] = ()) -> None:
    """Refuse a copy that holds anything besides picture and sound.

    Raises:
        CannotWrite: with the findings in its hint.
    """
    if findings := check_clean(source, canaries):
        raise CannotWrite("the copy held more than picture and sound, and was not kept", "; ".join(findings))


def blank_user_data(file: BinaryIO) -> None:
    """Turn every user data box of a movie's head into padding of zeros, in place."""
    boxes = list(_walk(file, 0, file.seek(0, io.SEEK_END), ()))
    for box in boxes:
        if box.kind == "udta" and "udta" not in box.path:
            file.seek(box.start + 4)
            file.write(b"free" + bytes(box.end - box.start - 8))


def silence_configuration(file: BinaryIO) -> None:
    """Turn what an H.265 film says in its decoder's configuration into filler, in place."""
    for start, data in _configurations(file):
        for place, length in words_in(data):
            file.seek(start + place)
            file.write(filler(length))


def _configurations(file: BinaryIO) -> list[tuple[int, bytes]]:
    """Each `hvcC` of a film: where its content begins, and that content."""
    found = []
    for box in list(_walk(file, 0, file.seek(0, io.SEEK_END), ())):
        if box.kind == "stsd" and (data := _bytes(file, box))[12:16] in (b"hvc1", b"hev1"):
            inner = io.BytesIO(data)
            head = 8 + _SAMPLE_PARTS["hvc1"][0]
            found += [
                (box.start + box.head + part.start + part.head, _bytes(inner, part))
                for part in _walk(inner, head, len(data), ())
                if part.kind == "hvcC"
            ]
    return found


def _walk(file: BinaryIO, start: int, end: int, path: tuple[str, ...]) -> Iterator[_Box]:
    """Every box between two places, parents before their children; ValueError where one does not fit."""
    while start < end:
        file.seek(start)
        size, name = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            (size,) = struct.unpack(">Q", file.read(8))
            head = 16
        stop = end if size == 0 else start + size
        if stop > end or stop < start + head:
            message = "a box is larger than what it lies in"
            raise ValueError(message)
        box = _Box(name.decode("latin-1"), start, head, stop, path)
        yield box
        if box.kind in _CONTAINERS:
            yield from _walk(file, start + head, stop, (*path, box.kind))
        start = stop


def _bytes(file: BinaryIO, box: _Box) -> bytes:
    """What is inside a box."""
    file.seek(box.start + box.head)
    return file.read(box.end - box.start - box.head)


def _look(file: BinaryIO, box: _Box) -> Iterator[str]:
    """Findings about one box; media data is searched elsewhere."""
    if box.kind not in _CONTAINERS and box.kind not in _LEAVES:
        yield "it holds a box that is neither picture nor sound"
    elif box.kind == "free":
        if any(_bytes(file, box)):
            yield "its padding is not empty"
    elif box.kind in _TIMED:
        yield from _times(_bytes(file, box), box.kind)
    elif box.kind == "hdlr":
        if _bytes(file, box)[24:].rstrip(b"\0") not in _NEUTRAL_NAMES:
            yield "a track has a name"
    elif box.kind == "dref":
        if _bytes(file, box)[8:] != b"\0\0\0\x0curl \0\0\0\x01":
            yield "it points to another file"
    elif box.kind == "stsd":
        yield from _samples(_bytes(file, box))


def _times(data: bytes, kind: str) -> Iterator[str]:
    """Findings about dates and language in a head box."""
    wide = data[0] == 1
    first, second = struct.unpack_from(">QQ" if wide else ">II", data, 4)
    if first or second:
        yield "it says when it was made"
    if kind == "mdhd":
        (language,) = struct.unpack_from(">H", data, 32 if wide else 20)
        if language != _UNKNOWN_LANGUAGE:
            yield "a track names a language"


def _samples(data: bytes) -> Iterator[str]:
    """Findings about how picture or sound is described: only what a player needs, and no maker's name."""
    (size,) = struct.unpack_from(">I", data, 8)
    kind = data[12:16].decode("latin-1")
    if kind not in _SAMPLE_PARTS or 8 + size != len(data):
        yield "it holds something besides one picture and one sound"
        return
    if kind != "mp4a" and any(data[8 + 50 : 8 + 82]):
        yield "it names the program that made it"
    head, allowed = _SAMPLE_PARTS[kind]
    inner = io.BytesIO(data[8 + head :])
    parts = list(_walk(inner, 0, len(data) - 8 - head, ()))
    if any(box.kind not in allowed or (box.kind == "hvcC" and says_something(_bytes(inner, box))) for box in parts):
        yield "the description of a track holds more than a player needs"


def _search(file: BinaryIO, canaries: Sequence[str | bytes]) -> list[str]:
    """Look through every byte for words that may not be there."""
    hidden = [needle for canary in canaries for needle in _spellings(canary) if needle]
    keep = max(map(len, (*hidden, b"x" * 32))) - 1
    found: set[str] = set()
    file.seek(0)
    tail = b""
    while block := file.read(_BLOCK):
        data = tail + block
        if any(needle in data for needle in hidden):
            found.add("it holds words that must not leave")
        if _ENCODER_WORDS.search(data):
            found.add("it names the program that made it")
        tail = data[-keep:]
    return sorted(found)


def _spellings(canary: str | bytes) -> tuple[bytes, ...]:
    """One word in the encodings in which it may be hidden."""
    if isinstance(canary, bytes):
        return (canary,)
    return canary.encode(), canary.encode("utf-16-le"), canary.encode("utf-16-be")
