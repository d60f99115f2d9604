"""What the demuxer is given: bytes alone, and nothing that goes wrong beneath it is lost or said aloud."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, BinaryIO, cast

import av
import pytest

import makers
from makers import Film
from vigtool.errors import Cancelled, FilmDamaged, FilmMissing, FilmTooDemanding, NoPicture, SealBroken
from vigtool.player import decoders, footage, registers
from vigtool.player.decoder import Decoder
from vigtool.player.footage import Footage, Opener
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import look_at
from vigtool.player.sound import SoundReader
from vigtool.player.source import Source
from vigtool.player.waveform import peaks

FILM = makers.make(Film(frames=90, sound=True, container="mpegts"))


class Spoilt(io.BytesIO):
    """A film whose bytes cannot be read from some place on, each time it is tried."""

    def __init__(self, data: bytes, sound: int, problem: Callable[[], BaseException]) -> None:
        super().__init__(data)
        self.sound, self.problem, self.asked = sound, problem, 0

    def read(self, size: int | None = -1) -> bytes:
        if min(self.tell() + (size or 0), len(self.getvalue())) > self.sound:
            self.asked += 1
            raise self.problem()
        return super().read(size)


def spoilt(problem: Callable[[], BaseException], made: list[Spoilt] | None = None) -> Opener:
    def opener() -> BinaryIO:
        source = Spoilt(FILM, len(FILM) - 50_000, problem)
        if made is not None:
            made.append(source)
        return source

    return opener


def everything(opener: Opener) -> None:
    index = look_at(makers.opener(FILM)).index
    with FrameReader(opener, index) as reader:
        for _ in reader.run(0):
            pass


@pytest.mark.parametrize(
    ("problem", "raised"),
    [
        (lambda: OSError(5, "the disk was pulled out"), FilmMissing),
        (lambda: SealBroken("sealed bytes were changed"), FilmDamaged),
        (KeyboardInterrupt, KeyboardInterrupt),
        (MemoryError, MemoryError),
    ],
)
def test_what_goes_wrong_beneath_is_raised_once_and_nothing_is_said(
    problem: Callable[[], BaseException], raised: type[BaseException], capfd: pytest.CaptureFixture[str]
) -> None:
    """libav reads again after a failure: a second exception there would be printed with its trace, or be lost."""
    made: list[Spoilt] = []
    with pytest.raises(raised):
        everything(spoilt(problem, made))
    once = 1 if raised is not FilmDamaged else 200  # what comes before the damage is read in ever smaller parts
    assert all(1 <= source.asked <= once for source in made)
    for use in (lambda: look_at(spoilt(problem)), lambda: peaks(spoilt(problem), look_at(makers.opener(FILM)).index)):
        with pytest.raises(raised):
            use()
    assert capfd.readouterr() == ("", "")


def test_sound_is_stopped_by_what_goes_wrong_too() -> None:
    index = look_at(makers.opener(FILM)).index
    source = Spoilt(FILM, len(FILM), lambda: OSError(5, ""))
    with SoundReader(lambda: source, index) as reader:
        source.sound = 0
        with pytest.raises(FilmMissing):
            list(reader.run(index.start))


def test_stopping_while_it_opens() -> None:
    with pytest.raises(Cancelled):
        Footage(makers.opener(FILM), lambda: True)


def test_a_seek_says_what_goes_wrong() -> None:
    source = Spoilt(FILM, len(FILM), lambda: OSError(5, ""))
    with Footage(lambda: source) as film:
        source.sound = 0
        with pytest.raises(FilmMissing):
            film.seek(0, film.container.streams.video[0])
        source.sound = len(FILM) + 1
        film.seek(0, film.container.streams.video[0])
        assert next(film.packets(film.container.streams.video[0])).size, "what can be read again is"


def test_a_place_outside_the_film_is_no_failure() -> None:
    """A damaged film points anywhere; that is not a disk that was pulled out."""
    source = Source(io.BytesIO(b"film"), None)
    assert source.seek(-1) < 0
    assert source.seek(2**70) < 0
    source.check()
    assert source.read(9) == b"film"


def test_no_more_bytes_are_handed_on_than_were_asked_for() -> None:
    class Generous(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(-1)

    assert Source(Generous(b"0123456789"), None).read(4) == b"0123"


def test_every_decoder_that_is_let_in_exists() -> None:
    assert av.codecs_available >= decoders.PICTURE_DECODERS | decoders.SOUND_DECODERS
    assert not decoders.PICTURE_DECODERS & decoders.SOUND_DECODERS


def test_a_film_for_a_decoder_that_no_camera_uses_is_refused() -> None:
    """Left as a row of pictures it would reach the decoder at once: opening a container decodes its first pictures."""
    film = makers.make(Film(codec="flashsv", container="flv", pixel_format="bgr24", frames=5, bframes=0))
    with pytest.raises(NoPicture):
        look_at(makers.opener(film))


def test_pictures_that_grow_beyond_measure_are_not_decoded() -> None:
    """The second half of the film has 100 times the pixels that its beginning and its container tell of."""
    small = Film(codec="mjpeg", container="matroska", pixel_format="yuvj420p", frames=4, size=(320, 240))
    large = Film(codec="mjpeg", container="matroska", pixel_format="yuvj420p", frames=1, size=(4400, 2400))
    packets = [bytes(packet) for film in (small, large) for packet in _packets(makers.make(film))]
    with Footage(makers.opener(_rewrapped(packets))) as film:
        decoder = Decoder(film, 0, threads=1)
        assert [picture.width for picture in decoder.pictures()] == [320] * 4
        assert decoder.faults == 1


def test_tables_that_claim_a_thousand_million_packets_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(footage, "_MOST_ENTRIES", 50)
    with pytest.raises(FilmTooDemanding):
        Footage(makers.opener(makers.make(Film(frames=60))))
    Footage(makers.opener(makers.make(Film(frames=40)))).close()


def _packets(data: bytes) -> list[Any]:
    with av.open(io.BytesIO(data), "r") as container:
        return [packet for packet in container.demux(video=0) if packet.size]


def _rewrapped(packets: list[bytes]) -> bytes:
    """Pictures of any size in a film that says they have the size of the first."""
    out = io.BytesIO()
    with av.open(out, "w", format="matroska") as container:
        stream = cast("Any", container.add_stream("mjpeg", rate=25))
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuvj420p"
        for number, data in enumerate(packets):
            packet = av.Packet(data)
            packet.stream, packet.pts, packet.dts, packet.is_keyframe = stream, number * 40, number * 40, True
            container.mux(packet)
    return out.getvalue()


def test_registers_are_settled_after_each_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What they are left like by unsealing cannot be seen from here: `benchmarks/seek.py` shows what comes of it."""
    settled: list[int] = []
    monkeypatch.setattr(registers, "settle", lambda: settled.append(len(settled)))
    film = Footage(makers.opener(FILM))
    opened = len(settled)
    assert opened > 0
    for _ in film.packets(film.container.streams.video[0]):
        pass
    film.close()
    assert len(settled) > opened
