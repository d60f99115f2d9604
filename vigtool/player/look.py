"""Looking at a film that was not seen before: its facts and its frames.

This reads and decodes what a stranger's file holds. `examine` does it in a process of its own, without keys.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, cast

import av
import numpy as np
from av.sidedata.sidedata import SideData, Type
from av.video.stream import VideoStream

from vigtool.errors import FilmError, NotAFilm
from vigtool.player import ordering
from vigtool.player.colours import signal_of
from vigtool.player.damage import Damage
from vigtool.player.decoder import Decoder, picture_stream
from vigtool.player.findings import Findings
from vigtool.player.footage import Footage, Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.ordering import Order
from vigtool.player.packets import Packets, read_packets
from vigtool.player.picture import Picture, check_size, orientation, sane_aspect
from vigtool.player.probe import SoundFacts
from vigtool.player.problems import Problem
from vigtool.player.seeking import UNALIGNED
from vigtool.player.showing import Showing, begins_as_promised, decode_whole, head_as_told, tail_as_told
from vigtool.player.streams import film_picture, film_sound
from vigtool.player.wholeness import is_cut

Report = Callable[[int, int], None]

# Below so many pixels in all a film is decoded wholly, if that does not take longer than some seconds.
_QUICK_PIXELS: Final = 2**29
_QUICK_SECONDS: Final = 2.0
_PATIENCE: Final = 120.0
_THREADS: Final = min(2, os.cpu_count() or 1)
# How films begin, by the four bytes at 0 or, for MP4 and its kin, at 4.
_FILM_BEGINS: Final = (b"RIFF", b"\x1aE\xdf\xa3", b"FLV\x01")
_MP4_BEGINS: Final = (b"ftyp", b"wide", b"mdat", b"moov")


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """All that was found out about a film: its frames, its sound, what is broken in it."""

    index: FrameIndex
    audio: SoundFacts | None
    damage: Damage


def look_at(
    opener: Opener,
    report: Report = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
    patience: float = _PATIENCE,
) -> Look:
    """Read the whole film once, decode what is needed to be sure, and say what it is.

    Args:
        opener: of the film.
        report: called with done and total.
        cancelled: whether to stop.
        patience: for so many seconds a film that is damaged or out of order is decoded; what comes after is taken
            at the word of its packets.

    Raises:
        FilmMissing, NotAFilm, NoPicture, EmptyFilm, FilmTooDemanding: what is wrong with it.
        Cancelled: when stopped.
    """
    return _Looking(opener, report, cancelled, patience).look()


class _Looking:
    """One look at one film; each step opens the film afresh, so that none depends on where another left it."""

    def __init__(self, opener: Opener, report: Report, cancelled: Callable[[], bool], patience: float) -> None:
        self._opener = opener
        self._report = report
        self._cancelled = cancelled
        self._patience = patience
        self._stream = 0

    def look(self) -> Look:
        """Everything, step by step."""
        with self._open() as footage:
            self._stream = film_picture(footage).index
            audio = _sound_facts(footage)
        with self._open() as footage:
            stream = picture_stream(footage, self._stream)
            _check_stated_size(stream)
            rate = stream.average_rate or stream.guessed_rate or Fraction(25)
            lacking = _lacking(footage, stream)
            time_base = stream.time_base or Fraction(1, 1000)
            packets = read_packets(footage, stream, lambda done, total: self._report(done, 2 * total))
            size, kind = footage.size, footage.format
        if not packets.count:
            raise Problem.EMPTY.error()
        seams = ordering.seams(packets, round(1 / time_base))
        picture = self._first_picture()
        order, showing = self._order(packets, picture, lacking, anew=len(seams) > 0)
        if not len(order.shown):
            raise Problem.EMPTY.error()
        cut = is_cut(self._opener, kind)
        found = Findings(packets=packets, order=order, showing=showing, seams=seams, lacking=lacking, cut=cut)
        self._report(1, 1)
        end = ordering.end_of(packets, order, max(1, round(1 / rate / time_base)))
        damage = found.damage(end, time_base)
        index = FrameIndex(
            picture=picture,
            format=kind,
            size=size,
            time_base=time_base,
            shown=order.shown,
            end=end,
            keys=ordering.key_table(packets, order, found.unsound()),
            reorder=ordering.reorder_of(packets),
            fragile=damage.hurts,
            names=order.names(packets),
            by_place=order.naming == "pos",
            sizes=(packets.size[order.rows] & 0xFFFF).astype(np.uint16) if kind in UNALIGNED else None,
        )
        return Look(index, audio, damage)

    def _open(self) -> Footage:
        """The film, at its beginning."""
        try:
            return Footage(self._opener, self._cancelled)
        except NotAFilm as problem:
            raise (self._beginning_of_a_film() or problem) from problem

    def _beginning_of_a_film(self) -> FilmError | None:
        """What to say where it begins as a film does and yet cannot be opened: the rest is not there."""
        with self._opener() as source:
            source.seek(0)
            begin = source.read(8)
        if begin[4:] in _MP4_BEGINS:
            return Problem.UNFINISHED.error()  # without its table of pictures
        return Problem.EMPTY.error() if begin[:4] in _FILM_BEGINS else None

    def _first_picture(self) -> Picture:
        """How the pictures are to be seen, from the first one that comes out."""
        with self._open() as footage:
            decoder = Decoder(footage, self._stream, threads=_THREADS)
            stream = picture_stream(footage, self._stream)
            for picture in decoder.pictures():
                rotation, mirrored = orientation(_display_matrix(picture))
                return Picture(
                    stream=self._stream,
                    codec=stream.codec_context.codec.canonical_name,
                    stored_width=picture.width,
                    stored_height=picture.height,
                    pixel_aspect=sane_aspect(stream.sample_aspect_ratio),
                    rotation=rotation,
                    mirrored=mirrored,
                    hdr=signal_of(picture).hdr,
                    interlaced=picture.interlaced_frame,
                )
        raise Problem.EMPTY.error()

    def _order(self, packets: Packets, picture: Picture, lacking: int, *, anew: bool) -> tuple[Order, Showing | None]:
        """The frames in order, and what came of decoding them all, where that was needed.

        Args:
            packets: of the film.
            picture: how its pictures are seen.
            lacking: how many pictures lie beyond its end.
            anew: whether its clock starts anew on the way.
        """
        hurt = bool(packets.torn.any()) or packets.broken_off or lacking > 0
        showing: Showing | None = None
        if packets.plain and not hurt and not anew:
            if packets.count * picture.stored_width * picture.stored_height <= _QUICK_PIXELS:
                showing = self._decode(packets, min(_QUICK_SECONDS, self._patience))
            if self._as_told(packets, showing):
                return ordering.as_promised(packets), None
        if showing is None or showing.unseen_from is not None or not showing.sound:
            showing = self._decode(packets, self._patience, threads=1)  # with more, what breaks differs by chance
        return ordering.as_decoded(packets, showing, anew=anew), showing

    def _decode(self, packets: Packets, seconds: float, threads: int = _THREADS) -> Showing:
        """Decode from the beginning, for so long at most."""
        total = packets.count
        with self._open() as footage:
            return decode_whole(
                footage,
                self._stream,
                threads,
                seconds,
                lambda done: self._report(total + min(done, total), 2 * total),
            )

    def _as_told(self, packets: Packets, showing: Showing | None) -> bool:
        """Whether pictures come out as the packets promise: all of them, or the first and the last ones.

        Args:
            packets: of the film.
            showing: what came out so far, if it was decoded.
        """
        if showing is None:
            with self._open() as footage:
                told = head_as_told(footage, self._stream, _THREADS, packets)
        else:
            told = showing.sound and begins_as_promised(packets, showing.pts)
            if showing.unseen_from is None:
                return told and len(showing.pts) == np.count_nonzero(~packets.hidden)
        if not told:
            return False
        with self._open() as footage:
            return tail_as_told(footage, self._stream, _THREADS, packets, _QUICK_SECONDS)


def _lacking(footage: Footage, stream: VideoStream) -> int:
    """How many pictures lie beyond the end of the film, by the table of an MP4: it was cut short then."""
    if footage.format != "mov":
        return 0
    return sum(entry.pos + entry.size > footage.size for entry in stream.index_entries)


def _display_matrix(picture: av.VideoFrame) -> bytes | None:
    """The matrix that came with a picture."""
    carried = cast("Iterable[SideData]", picture.side_data)
    return next((bytes(item) for item in carried if item.type is Type.DISPLAYMATRIX), None)


def _check_stated_size(stream: VideoStream) -> None:
    """Before anything is decoded, refuse pictures that would take too much memory."""
    if stream.codec_context.width > 0 and stream.codec_context.height > 0:
        check_size(stream.codec_context.width, stream.codec_context.height)


def _sound_facts(footage: Footage) -> SoundFacts | None:
    """The film's sound, if it has one that can be decoded."""
    stream = film_sound(footage)
    if stream is None:
        return None
    return SoundFacts(
        stream=stream.index,
        codec=stream.codec_context.codec.canonical_name,
        rate=stream.codec_context.sample_rate,
        channels=stream.codec_context.layout.nb_channels,
        start=(stream.start_time or 0) * (stream.time_base or Fraction(0)),
    )
