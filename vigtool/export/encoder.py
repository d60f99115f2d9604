"""Pictures and sound into an MP4 that plays on any phone, straight into an open file.

H.264 High, yuv420p, BT.709 limited, a key picture every two seconds; AAC-LC, 48 kHz, stereo; the table of contents
(`moov`) in front, so that it plays while it loads. The muxer can only put it there without a second pass when room was
kept for it: `room_for_head` bounds its size from the number of frames (ISO/IEC 14496-12: at most 36 bytes a picture and
32 a block of sound, should each be a chunk of its own). What x264 and the muxer would say about themselves is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import BinaryIO, TypeVar

import av
import av.error
import numpy as np
import numpy.typing as npt
from av.bitstream import BitStreamFilterContext
from av.codec.context import Flags

from vigtool.errors import CannotWrite
from vigtool.export.cleanse import blank_user_data
from vigtool.export.overlay import Planes

SOUND_RATE = 48_000
SOUND_BLOCK = 1024
KEY_SECONDS = 2
_BT709 = 1
_LIMITED = 1
_SOUND_BITS = 160_000
_HEAD = 8192

T = TypeVar("T")


class HeadTooLarge(Exception):
    """The room kept for the table of contents was too small; the file is unusable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What is going to be encoded: even width and height, frames a second, and how many frames there will be."""

    width: int
    height: int
    rate: Fraction
    frames: int

    @property
    def samples(self) -> int:
        """Samples of sound a channel that last as long as the pictures."""
        return int(self.frames * SOUND_RATE / self.rate + Fraction(1, 2))


def room_for_head(shape: Shape) -> int:
    """Bytes that the table of contents cannot exceed."""
    blocks = shape.samples // SOUND_BLOCK + 3
    return _HEAD + 36 * shape.frames + 32 * blocks


class MuxerFile:
    """The file as the muxer sees it. What is raised in there is kept, since PyAV loses all that is no `Exception`.

    Without it, a Ctrl-C that falls into a write would be swallowed together with the bytes that were to be written.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.failure: BaseException | None = None

    def read(self, size: int) -> bytes:
        """Up to `size` bytes."""
        return self._kept(self._file.read, size)

    def write(self, data: bytes) -> int:
        """All of `data`."""
        return self._kept(self._file.write, data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move; the new position."""
        return self._kept(self._file.seek, offset, whence)

    def tell(self) -> int:
        """The position."""
        return self._kept(self._file.tell)

    def seekable(self) -> bool:
        """Yes: the table of contents goes in front at the end."""
        return True

    def why(self, otherwise: BaseException) -> BaseException:
        """What to raise for an error of the muxer: what really happened here, where that was not the disk."""
        failure = self.failure
        return otherwise if failure is None or isinstance(failure, OSError | ValueError) else failure

    def _kept(self, act: Callable[..., T], *arguments: object) -> T:
        try:
            return act(*arguments)
        except BaseException as failure:
            self.failure = self.failure or failure
            raise OSError from failure


class Encoder:
    """Takes pictures and sound in order. One thread, used once; `finish` or `abandon` ends it."""

    def __init__(self, out: BinaryIO, shape: Shape, *, crf: int = 20, preset: str = "veryfast", room: int = 0) -> None:
        """Begin a film in `out`.

        Args:
            out: seekable and readable, empty.
            shape: the whole film's.
            crf: quality of the picture for x264; lower is better and larger.
            preset: x264's name for how much work it takes.
            room: bytes kept for the table of contents; 0 for as many as it can ever need.

        Raises:
            CannotWrite: where the file takes no more.
        """
        self.shape = shape
        self._file = out
        self._out = MuxerFile(out)
        # The muxer asks for the end of the padding as well: eight bytes for an empty box behind it.
        options = {"moov_size": str(room or room_for_head(shape)), "fflags": "+bitexact"}
        self._container = av.open(self._out, "w", format="mp4", options=options)
        self._video = self._add_video(crf, preset)
        self._sound = self._add_sound()
        self._pictures = 0
        self._samples = 0
        self._waiting = np.zeros((2, 0), np.float32)
        try:
            self._container.start_encoding()
        except (av.error.FFmpegError, OSError) as error:
            raise self._out.why(cannot_write(error)) from error
        # NAL units of kind 6 (SEI) carry nothing that a player needs, but the name and settings of the encoder.
        self._plain = BitStreamFilterContext("filter_units=remove_types=6", self._video, self._video)

    def picture(self) -> tuple[av.VideoFrame, Planes]:
        """An unwritten picture of the right size, and its planes to write on."""
        frame = av.VideoFrame(self.shape.width, self.shape.height, "yuv420p")
        return frame, planes_of(frame)

    def add_picture(self, frame: av.VideoFrame) -> None:
        """Encode the next picture.

        Raises:
            CannotWrite: where the file takes no more.
        """
        frame.pts, frame.time_base = self._pictures, 1 / self.shape.rate
        self._pictures += 1
        self._mux_video(frame)

    def add_sound(self, samples: npt.NDArray[np.float32]) -> None:
        """Encode the next stretch of sound.

        Args:
            samples: -1..1, shape (2, n), any n.

        Raises:
            CannotWrite: where the file takes no more.
        """
        self._waiting = np.concatenate([self._waiting, samples.astype(np.float32, copy=False)], axis=1)
        whole = self._waiting.shape[1] // SOUND_BLOCK * SOUND_BLOCK
        for start in range(0, whole, SOUND_BLOCK):
            self._encode_sound(self._waiting[:, start : start + SOUND_BLOCK])
        self._waiting = self._waiting[:, whole:]

    def finish(self) -> None:
        """Write what is left, the table of contents in front, and nothing about who made it.

        Raises:
            CannotWrite: where the file takes no more.
            HeadTooLarge: where `room` was too small; nothing else is wrong.
        """
        if self._waiting.shape[1]:
            self._encode_sound(self._waiting)
        self._mux_video(None)
        self._encode_sound(None)
        try:
            self._container.close()
        except av.error.ArgumentError as error:
            raise HeadTooLarge from error
        except (av.error.FFmpegError, OSError) as error:
            raise self._out.why(cannot_write(error)) from error
        blank_user_data(self._file)

    def abandon(self) -> None:
        """Let go after a failure; what is in the file is worth nothing. Never raises for the file's sake."""
        try:
            self._container.close()
        except (av.error.FFmpegError, OSError, ValueError):
            return

    def _add_video(self, crf: int, preset: str) -> av.VideoStream:
        """The stream of pictures."""
        options = {"crf": str(crf), "preset": preset, "profile": "high"}
        stream = self._container.add_stream("libx264", rate=self.shape.rate, options=options)
        stream.width, stream.height, stream.pix_fmt = self.shape.width, self.shape.height, "yuv420p"
        context = stream.codec_context
        context.time_base = 1 / self.shape.rate
        context.gop_size = int(KEY_SECONDS * self.shape.rate)
        context.thread_type = "AUTO"
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        context.color_range = _LIMITED
        context.flags |= Flags.bitexact
        return stream

    def _add_sound(self) -> av.AudioStream:
        """The stream of sound."""
        stream = self._container.add_stream("aac", rate=SOUND_RATE)
        stream.codec_context.layout = "stereo"
        stream.codec_context.bit_rate = _SOUND_BITS
        stream.codec_context.flags |= Flags.bitexact  # else each block of silence carries the encoder's name
        return stream

    def _mux_video(self, frame: av.VideoFrame | None) -> None:
        """Encode a picture, or with None what is still inside, and write what comes out."""
        try:
            for packet in self._video.encode(frame):
                for plain in self._plain.filter(packet):
                    self._container.mux(plain)
            if frame is None:
                for plain in self._plain.filter(None):
                    self._container.mux(plain)
        except (av.error.FFmpegError, OSError) as error:
            raise self._out.why(cannot_write(error)) from error

    def _encode_sound(self, block: npt.NDArray[np.float32] | None) -> None:
        """Encode one block, or with None what is still inside, and write what comes out."""
        frame = None
        if block is not None:
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, self._samples, Fraction(1, SOUND_RATE)
            self._samples += block.shape[1]
        try:
            for packet in self._sound.encode(frame):
                self._container.mux(packet)
        except (av.error.FFmpegError, OSError) as error:
            raise self._out.why(cannot_write(error)) from error


def planes_of(frame: av.VideoFrame) -> Planes:
    """The planes of a yuv420p picture as arrays that share its memory, for reading and writing."""
    sizes = [
        (frame.height, frame.width),
        *[((frame.height + 1) // 2, (frame.width + 1) // 2)] * 2,
    ]
    arrays = []
    for plane, (height, width) in zip(frame.planes, sizes, strict=True):
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        arrays.append(rows[:height, :width])
    return Planes(*arrays)


def cannot_write(error: Exception) -> CannotWrite:
    """What a person is told when the file takes no more."""
    del error  # its text may hold the name of the file
    return CannotWrite("the copy could not be written to its end", "look whether the disk is full or was unplugged")
