"""A whole film for somebody else: picture and sound as they were filmed, and nothing that was said beside them.

Where the film is H.264 or H.265 with AAC or no sound, its packets are copied as they are into a plain MP4: no picture
loses anything. Left behind are the container's own words (place, day, device, names), every other track, and the NAL
units of kind SEI, in which cameras write the day, the place and their settings (ITU-T H.264 annex D, H.265 annex D).
Any other film is encoded anew from its exact frames, by the renderer that makes the parent's copy. So is one of which
the container hides pictures: what somebody has cut away on the phone is not given out with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import BinaryIO, cast

import av
import av.error
from av.audio.stream import AudioStream
from av.bitstream import BitStreamFilterContext
from av.container import OutputContainer
from av.packet import Packet
from av.sidedata.sidedata import SideData, Type
from av.video.stream import VideoStream

from vigtool.annotate.reel import Clip, Reel
from vigtool.errors import Cancelled
from vigtool.export.cleanse import blank_user_data, check_clean, silence_configuration
from vigtool.export.cut_list import make_cut_list
from vigtool.export.encoder import MuxerFile, cannot_write
from vigtool.export.render import RenderSettings, Source, render
from vigtool.ids import new_id
from vigtool.player.footage import Footage, Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.picture import orientation
from vigtool.player.probe import FilmFacts
from vigtool.player.streams import film_picture, film_sound
from vigtool.timebase import Span

Report = Callable[[int, int], None]

# What is taken out of each kind of picture: units that say something and show nothing.
_SILENCE = {"h264": "filter_units=remove_types=6", "hevc": "filter_units=remove_types=39-40"}
_TAGS = {"h264": "avc1", "hevc": "hvc1"}
_HEAD, _HEAD_A_PACKET = 65_536, 48  # bytes of the table of contents, generously (see `encoder`)
_REPORT_EVERY = 200
_BEST = 16  # x264's quality where a film has to be encoded anew


class _NotAsItIs(Exception):
    """The film cannot be copied packet by packet."""


@dataclass(frozen=True, slots=True)
class FilmCopy:
    """What was written.

    Attributes:
        as_it_is: whether the pictures are the film's own, bit by bit; false where they were encoded anew.
    """

    as_it_is: bool


def expected_copy_size(film: int) -> int:
    """About how many bytes the copy of a film of so many bytes will have."""
    return film + film // 50 + _HEAD


def write_film_copy(
    opener: Opener,
    index: FrameIndex,
    facts: FilmFacts,
    out: BinaryIO,
    *,
    report: Report = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> FilmCopy:
    """Write a film without anything besides picture and sound.

    Args:
        opener: opens it.
        index: its frames; exactly these are in the copy.
        facts: what is known of it.
        out: empty, seekable and readable. Whoever opened it throws it away after any error.
        report: told how far it is.
        cancelled: asked now and then.

    Raises:
        Cancelled, CannotWrite, FilmError.
    """
    try:
        _copy(opener, index, facts, out, report, cancelled)
    except _NotAsItIs:
        out.seek(0)
        out.truncate()
        _encode(opener, index, facts, out, report, cancelled)
        return FilmCopy(as_it_is=False)
    return FilmCopy(as_it_is=True)


def _copy(
    opener: Opener,
    index: FrameIndex,
    facts: FilmFacts,
    out: BinaryIO,
    report: Report,
    cancelled: Callable[[], bool],
) -> None:
    """Copy the packets of picture and sound.

    Raises:
        _NotAsItIs: picture or sound are of another kind, or what came out is not exactly the film.
    """
    if facts.codec not in _SILENCE or (facts.audio is not None and facts.audio.codec != "aac"):
        raise _NotAsItIs
    with Footage(opener, cancelled) as footage:
        picture = film_picture(footage)
        sound = film_sound(footage) if facts.audio is not None else None
        room = _HEAD + _HEAD_A_PACKET * _packets(index, facts)
        file = MuxerFile(out)
        try:
            shown = _mux(footage, picture, sound, file, room, _Watch(index.frames, report, cancelled))
        except (av.error.FFmpegError, OSError) as failed:
            if file.failure is not None:
                raise file.why(cannot_write(failed)) from failed
            raise _NotAsItIs from failed  # damaged packets, or more of them than room was kept for
    blank_user_data(out)
    silence_configuration(out)
    if sorted(shown) != index.shown.tolist() or check_clean(out) or not _seen_alike(out, facts):
        raise _NotAsItIs


def _packets(index: FrameIndex, facts: FilmFacts) -> int:
    """How many packets there will be, not fewer: a packet of AAC has 1024 samples, with SBR 2048."""
    blocks = 0 if facts.audio is None else int(index.duration * facts.audio.rate / 1024) + 2000
    return 2 * index.frames + 2 * blocks


@dataclass(slots=True)
class _Watch:
    """Says how far the work is, and hears that it shall stop."""

    frames: int
    report: Report
    cancelled: Callable[[], bool]
    done: int = 0

    def step(self) -> None:
        """One more picture."""
        if self.done % _REPORT_EVERY == 0:
            if self.cancelled():
                raise Cancelled
            self.report(min(self.done, self.frames), self.frames)
        self.done += 1


def _mux(
    footage: Footage, picture: VideoStream, sound: AudioStream | None, file: MuxerFile, room: int, watch: _Watch
) -> list[int]:
    """Write the packets; the timestamps of the pictures among them."""
    codec = picture.codec_context.name
    options = {"moov_size": str(room), "fflags": "+bitexact", "video_track_timescale": _timescale(picture)}
    shown: list[int] = []
    container = av.open(file, "w", format="mp4", options=options)
    try:
        into: dict[int, VideoStream | AudioStream] = {picture.index: _like(container, picture)}
        into[picture.index].codec_context.codec_tag = _TAGS[codec]
        if sound is not None:
            into[sound.index] = _like(container, sound)
        # The filter tells the muxer in which of two forms it gives units out; of a transport stream the muxer knows it,
        # and would take over a tag that MP4 has not.
        own_form = (picture.codec_context.extradata or b"\0")[0] == 1
        plain = BitStreamFilterContext(_SILENCE[codec], picture, into[picture.index] if own_form else None)
        streams = [picture] if sound is None else [picture, sound]
        container.start_encoding()
        for packet in footage.packets(*streams):
            if packet.stream.index == picture.index:
                if packet.size:
                    if packet.pts is None:
                        raise _NotAsItIs
                    shown.append(packet.pts)
                    watch.step()
                for silent in plain.filter(packet if packet.size else None):
                    _write(container, silent, into[picture.index])
            elif packet.size:
                _write(container, packet, into[packet.stream.index])
    finally:
        container.close()
    return shown


def _write(
    container: OutputContainer, packet: Packet[VideoStream] | Packet[AudioStream], stream: VideoStream | AudioStream
) -> None:
    packet.stream = stream
    container.mux(packet)


def _like(container: OutputContainer, stream: VideoStream | AudioStream) -> VideoStream | AudioStream:
    """A stream for the packets of another."""
    made = container.add_stream_from_template(stream, opaque=False)
    made.time_base = stream.time_base
    return made


def _timescale(picture: VideoStream) -> str:
    base = picture.time_base or Fraction(1, 90_000)
    return str(base.denominator)


def _seen_alike(out: BinaryIO, facts: FilmFacts) -> bool:
    """Whether the copy's pictures stand upright as the film's do."""
    out.seek(0)
    with av.open(out, "r", format="mov") as made:
        for frame in made.decode(made.streams.video[0]):
            carried = cast("Iterable[SideData]", frame.side_data)
            matrix = next((bytes(item) for item in carried if item.type is Type.DISPLAYMATRIX), None)
            return orientation(matrix) == (facts.rotation, facts.mirrored)
    return False


def _encode(
    opener: Opener, index: FrameIndex, facts: FilmFacts, out: BinaryIO, report: Report, cancelled: Callable[[], bool]
) -> None:
    """Encode every frame anew, by the rules of the parent's copy and in the film's own size."""
    film = new_id()
    clip = Clip(id=new_id(), mark=None, film=film, span=Span(index.start, index.end))
    cuts = make_cut_list(Reel(id=new_id(), family=new_id(), author=new_id(), clips=(clip,)), {film: index})
    longest, shortest = max(facts.width, facts.height), min(facts.width, facts.height)
    settings = RenderSettings(width=longest, height=shortest, crf=_BEST)
    render(cuts, {film: Source(opener, index, facts)}, out, settings, report=report, cancelled=cancelled)
