"""The camera of an invented telephone: H.264 lying on its side, AAC, and tags that say too much.

The file is what phones write: a QuickTime film whose pictures are stored upright-for-the-sensor and turned by the
track's display matrix (ISO/IEC 14496-12, 8.3.2), with B-frames, a variable frame rate on a 90 kHz clock, sound that
begins a moment after the picture, and where, when and on what it was filmed. All of that is invented: the place
lies in the Atlantic.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from fractions import Fraction
from io import BytesIO

import av
import cv2
import numpy as np
import numpy.typing as npt
from av.container import OutputContainer
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter
from av.video.stream import VideoStream

from vigtool.sample.canvas import Picture
from vigtool.sample.timestamps import TIME_BASE

PHONE_MAKE = "Sample Phone"
PHONE_MODEL = "Sample Phone 7"
PLACE = "+00.0000-030.0000/"
FILMED_AT = "2026-11-12T10:21:07Z"
SOUND_RATE = 48_000
SOUND_LATE = 1_792  # samples (37 ms) by which the sound begins after the picture: AAC's lead-in of 1024, and 16 ms

_GROUP = 45  # frames between keyframes: a second and a half
_TAGS = {
    "location": PLACE,
    "make": PHONE_MAKE,
    "model": PHONE_MODEL,
    "creation_time": FILMED_AT,
    "com.apple.quicktime.location.ISO6709": PLACE,
    "com.apple.quicktime.make": PHONE_MAKE,
    "com.apple.quicktime.model": PHONE_MODEL,
    "com.apple.quicktime.software": "Sample Phone 7.1",
    "com.apple.quicktime.creationdate": "2026-11-12T10:21:07+0000",
}

_own = threading.local()


def _reformatter() -> VideoReformatter:
    """The calling thread's own converter: one must not be shared."""
    if not hasattr(_own, "reformatter"):
        _own.reformatter = VideoReformatter()
    found: VideoReformatter = _own.reformatter
    return found


def sensor_frame(picture: Picture) -> av.VideoFrame:
    """An upright picture as the sensor would deliver it: on its side, in limited BT.709 YUV 4:2:0."""
    sideways = cv2.rotate(picture, cv2.ROTATE_90_CLOCKWISE).astype(np.uint8, copy=False)
    frame = av.VideoFrame.from_ndarray(sideways, format="rgb24")
    return _reformatter().reformat(
        frame,
        format="yuv420p",
        src_color_range=ColorRange.JPEG,
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
        threads=1,
    )


class Recording:
    """A film being recorded into memory."""

    def __init__(self, size: tuple[int, int], ticks: Sequence[int], end: int) -> None:
        """Begin a film.

        Args:
            size: width and height upright.
            ticks: when each frame is shown.
            end: when the last one ends.
        """
        self._bytes = BytesIO()
        self._ticks = ticks
        self._stays = dict(zip(ticks, (b - a for a, b in zip(ticks, (*ticks[1:], end), strict=True)), strict=True))
        # The handler's own tags and QuickTime's older ones are both written, as phones do.
        self._container: OutputContainer = av.open(
            self._bytes, "w", format="mov", options={"movflags": "use_metadata_tags"}
        )
        self._container.metadata.update(_TAGS)
        self._video = self._picture_stream(size)
        self._audio = self._container.add_stream("aac", rate=SOUND_RATE, layout="stereo", options={"b": "96k"})

    def _picture_stream(self, size: tuple[int, int]) -> VideoStream:
        options = {"crf": "21", "preset": "veryfast", "bf": "2", "g": str(_GROUP), "profile": "high"}
        stream = self._container.add_stream("libx264", rate=30, options=options)
        width, height = size
        context = stream.codec_context
        stream.width, stream.height, stream.pix_fmt = height, width, "yuv420p"
        stream.time_base = context.time_base = TIME_BASE
        context.color_primaries, context.color_trc = ColorPrimaries.BT709, ColorTrc.BT709
        context.colorspace, context.color_range = Colorspace.ITU709, ColorRange.MPEG
        stream.set_display_rotation(90)
        return stream

    def picture(self, number: int, frame: av.VideoFrame) -> None:
        """Record frame `number`; they come in order."""
        frame.pts, frame.time_base = self._ticks[number], TIME_BASE
        self._mux_video(self._video.encode(frame))

    def _mux_video(self, packets: list[av.Packet[VideoStream]]) -> None:
        for packet in packets:
            if packet.pts is not None:
                packet.duration = self._stays[packet.pts]
            self._container.mux(packet)

    def finish(self, sound: npt.NDArray[np.float32]) -> BytesIO:
        """Add the sound (2, samples), which begins with the picture, and close; gives the whole file."""
        self._mux_video(self._video.encode(None))
        late = sound[:, SOUND_LATE:]
        for start in range(0, late.shape[1], 1024):
            block = np.ascontiguousarray(late[:, start : start + 1024])
            frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
            frame.sample_rate, frame.time_base = SOUND_RATE, Fraction(1, SOUND_RATE)
            frame.pts = SOUND_LATE + start
            self._container.mux(self._audio.encode(frame))
        self._container.mux(self._audio.encode(None))
        self._container.close()
        self._bytes.seek(0)
        return self._bytes

    def drop(self) -> None:
        """Give the recording up."""
        self._container.close()
