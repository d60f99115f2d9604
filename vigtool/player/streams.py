"""Which of a container's streams is the film's picture, and which its sound."""

from __future__ import annotations

from typing import Final

import av.error
from av.audio.stream import AudioStream
from av.stream import Disposition
from av.video.stream import VideoStream

from vigtool.player.decoders import PICTURE_DECODERS, SOUND_DECODERS, can_sound
from vigtool.player.footage import Footage
from vigtool.player.problems import Problem

# Covers and thumbnails are stored as picture streams too.
_NO_FILM: Final = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image
# A stream with far fewer pictures than another is a row of stills beside the film (motion photos have one).
_FEW: Final = 4
_SAMPLE: Final = 240  # packets from which that is told where the container does not


def film_picture(footage: Footage) -> VideoStream:
    """The stream that is the film: moving, marked as default, with the most pixels, and of two such the first.

    Where there are several, the demuxer may have moved on afterwards.

    Raises:
        NoPicture: where there is none that can be decoded.
    """
    able = [stream for stream in footage.container.streams.video if _is_film(stream)]
    if not able:
        alone = footage.container.streams.audio and not footage.container.streams.video
        raise (Problem.SOUND_ONLY if alone else Problem.NO_PICTURE).error()
    counts = _counts(footage, able)
    most = max(counts.values())
    moving = [stream for stream in able if counts[stream.index] * _FEW >= most]
    return max(moving, key=lambda stream: (*_rank(stream), -stream.index))


def _counts(footage: Footage, streams: list[VideoStream]) -> dict[int, int]:
    """How many pictures each has, as the container tells; where it tells of none, among the first packets."""
    if len(streams) < 2 or all(stream.frames for stream in streams):
        return {stream.index: stream.frames for stream in streams}
    counts = {stream.index: 0 for stream in streams}
    try:
        for packet, _ in zip(footage.packets(*streams), range(_SAMPLE), strict=False):
            counts[packet.stream.index] += packet.size > 0
    except av.error.FFmpegError:
        pass  # what was read so far has to do
    return counts


def film_sound(footage: Footage) -> AudioStream | None:
    """The sound that goes with it: the one marked as default, else the first that can be decoded."""
    able = [stream for stream in footage.container.streams.audio if _can_sound(stream)]
    if not able:
        return None
    return max(able, key=lambda stream: (bool(stream.disposition & Disposition.default), -stream.index))


def _is_film(stream: VideoStream) -> bool:
    context = stream.codec_context
    return bool(context) and context.codec.name in PICTURE_DECODERS and not stream.disposition & _NO_FILM


def _can_sound(stream: AudioStream) -> bool:
    context = stream.codec_context
    known = bool(context) and context.codec.name in SOUND_DECODERS
    return known and can_sound(context.sample_rate, context.layout.nb_channels)


def _rank(stream: VideoStream) -> tuple[bool, int]:
    context = stream.codec_context
    return bool(stream.disposition & Disposition.default), context.width * context.height
