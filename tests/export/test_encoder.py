"""What comes out plays anywhere, starts at once, and says nothing about its making."""

from __future__ import annotations

import errno
import io
import struct
from fractions import Fraction
from itertools import pairwise

import av
import av.container
import numpy as np
import pytest

from vigtool.errors import CannotWrite
from vigtool.export.cleanse import blank_user_data, check_clean, require_clean
from vigtool.export.encoder import Encoder, HeadTooLarge, Shape, room_for_head


def encoded(
    out: io.BytesIO | None = None, *, frames: int = 45, rate: int = 30, room: int = 0, noise: int = 40
) -> io.BytesIO:
    """A short film of noise and a tone."""
    file = out or io.BytesIO()
    shape = Shape(width=160, height=96, rate=Fraction(rate), frames=frames)
    encoder = Encoder(file, shape, room=room)
    generator = np.random.default_rng(7)
    tone = np.sin(2 * np.pi * 440 * np.arange(shape.samples) / 48000).astype(np.float32) * np.float32(0.1)
    for number in range(frames):
        frame, planes = encoder.picture()
        for plane in planes.each():
            plane[...] = generator.integers(100, 100 + noise, plane.shape)
        encoder.add_picture(frame)
        start, stop = (round(n * 48000 / rate) for n in (number, number + 1))
        encoder.add_sound(np.stack([tone[start:stop]] * 2))
    encoder.finish()
    return file


def lasts(stream: av.VideoStream | av.AudioStream) -> Fraction:
    assert stream.duration is not None
    assert stream.time_base is not None
    return stream.duration * stream.time_base


def top_boxes(data: bytes) -> list[tuple[bytes, int]]:
    found, place = [], 0
    while place < len(data):
        size, name = struct.unpack_from(">I4s", data, place)
        found.append((name, size))
        place += size
    return found


@pytest.mark.parametrize(("frames", "rate"), [(45, 30), (31, 25), (1, 30), (130, 24)])
def test_streams(frames: int, rate: int) -> None:
    file = encoded(frames=frames, rate=rate)
    file.seek(0)
    with av.open(file) as container:
        video, sound = container.streams.video[0], container.streams.audio[0]
        assert len(container.streams) == 2
        assert (video.codec_context.name, video.profile, video.pix_fmt) == ("h264", "High", "yuv420p")
        assert video.average_rate == rate
        assert video.frames == frames
        context = video.codec_context
        assert (context.colorspace, context.color_primaries, context.color_trc, context.color_range) == (1, 1, 1, 1)
        assert (sound.codec_context.name, sound.profile, sound.rate, sound.layout.name) == (
            "aac",
            "LC",
            48000,
            "stereo",
        )
        assert lasts(video) == Fraction(frames, rate)
        assert abs(lasts(sound) - Fraction(frames, rate)) <= Fraction(1024, 48000)
        assert video.start_time == sound.start_time == 0
        assert isinstance(container, av.container.InputContainer)
        keys = [(packet.pts or 0) * packet.time_base for packet in container.demux(video) if packet.is_keyframe]
        assert all(later - earlier <= 2 for earlier, later in pairwise(keys))


def test_it_starts_to_play_at_once_and_is_clean() -> None:
    data = encoded().getvalue()
    names = [name for name, _ in top_boxes(data)]
    assert names[:2] == [b"ftyp", b"moov"]
    assert names[-1] == b"mdat"
    assert check_clean(data) == []
    for word in (b"x264", b"Lavc", b"Lavf", b"udta", b"meta"):
        assert word not in data


def test_the_room_for_the_head_is_enough_and_a_small_room_is_noticed() -> None:
    shape = Shape(width=160, height=96, rate=Fraction(30), frames=300)
    head = dict(top_boxes(encoded(frames=300, noise=4).getvalue()))[b"moov"]
    assert head < room_for_head(shape) / 2
    with pytest.raises(HeadTooLarge):
        encoded(room=400)


class Full(io.BytesIO):
    """A disk that takes no more after a while."""

    def write(self, data: object) -> int:
        if self.tell() > 100_000:
            raise OSError(errno.ENOSPC, "No space left on device", "/a/name")
        return super().write(data)  # type: ignore[arg-type]  # whatever PyAV hands over


def test_a_full_disk() -> None:
    with pytest.raises(CannotWrite) as caught:
        encoded(Full(), frames=90, noise=150)
    assert "/a/name" not in str(caught.value)


def find(data: bytes, name: bytes) -> int:
    """Where a box begins."""
    return data.index(name) - 4


def test_whatever_else_is_said_is_found() -> None:
    clean = encoded(frames=8).getvalue()
    assert check_clean(clean) == []

    def changed(place: int, new: bytes) -> list[str]:
        data = bytearray(clean)
        data[place : place + len(new)] = new
        return check_clean(bytes(data))

    free = clean.index(b"free")
    assert changed(find(clean, b"mvhd") + 12, b"\0\0\0\1") == ["it says when it was made"]
    assert changed(find(clean, b"mdhd") + 28, b"\x15\xc7") == ["a track names a language"]
    assert changed(clean.index(b"VideoHandler"), b"Nokia") == ["a track has a name"]
    assert changed(free, b"loci") == ["it holds a box that is neither picture nor sound"]
    assert changed(free, b"uuid") == ["it holds a box that is neither picture nor sound"]
    assert changed(free + 20, b"+51.5-0.1") == ["its padding is not empty"]
    sample = clean.index(b"avc1", 40) - 4  # the first stands among the brands
    assert changed(sample + 51, b"iPhone") == ["it names the program that made it"]
    assert changed(find(clean, b"btrt") + 4, b"geo ") == ["the description of a track holds more than a player needs"]
    assert changed(clean.index(b"url ") + 7, b"\0") == ["it points to another file"]
    assert changed(clean.index(b"soun"), b"meta") == ["it has other tracks than one of picture and one of sound"]
    assert changed(len(clean) - 60, b"x264 - core 165") == ["it names the program that made it"]
    assert changed(0, b"\xff") == ["its boxes do not fit into each other"]
    assert changed(sample + 90, b"\0\0\0\1") != []
    assert check_clean(clean[: len(clean) // 2]) != []
    with pytest.raises(CannotWrite):
        require_clean(clean + struct.pack(">I4s", 12, b"udta") + b"Ella")


@pytest.mark.parametrize("spelling", ["utf-8", "utf-16-le", "utf-16-be"])
def test_hidden_words_are_found_even_across_blocks(spelling: str) -> None:
    data = encoded(frames=8).getvalue()
    for place in (0, (1 << 20) - len(data) - 12):
        grown = (
            data + struct.pack(">I4s", 8 + place + 40, b"mdat") + bytes(place) + "Nadia K.".encode(spelling).ljust(40)
        )
        assert check_clean(grown, ["Nadia K."]) == ["it holds words that must not leave"]
        assert check_clean(grown, ["Nadia Q.", b"\1\2\3\4\5\6"]) == []


def test_user_data_becomes_padding() -> None:
    data = encoded(frames=8).getvalue()
    inside = struct.pack(">I4s", 16, b"udta") + b"Ella1234"
    size = dict(top_boxes(data))[b"moov"] + len(inside)
    start = find(data, b"moov")
    grown = io.BytesIO(data[:start] + struct.pack(">I", size) + data[start + 4 : start + size - 16] + inside)
    assert check_clean(grown) != []
    blank_user_data(grown)
    assert b"Ella" not in grown.getvalue()
    assert b"udta" not in grown.getvalue()
