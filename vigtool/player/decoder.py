"""Decoding one picture stream: every picture that comes out, whatever is damaged on the way."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from typing import cast

import av
import av.error
from av.packet import Packet
from av.video.stream import VideoStream

from vigtool.errors import FilmDamaged
from vigtool.player.decoders import PICTURE_DECODERS, most_pixels
from vigtool.player.footage import Footage
from vigtool.player.problems import Problem


class Decoder:
    """Pictures of one stream from where the demuxer stands, to the end.

    Attributes:
        packets: how many packets were given to the decoder so far.
        faults: how many of them it refused.
        broken_off: whether the demuxer could not read on before the end.
    """

    def __init__(
        self, footage: Footage, stream: int, *, threads: int, watch: Callable[[Packet[VideoStream]], bool] | None = None
    ) -> None:
        """Prepare; nothing is read yet.

        Args:
            footage: the open film, which must not be used by another thread.
            stream: index of the picture stream in the container.
            threads: how many the decoder may use.
            watch: is given each packet before it is decoded and says whether to go on; whatever it puts into
                `packet.opaque` is in `opaque` of the picture that comes of the packet.

        Raises:
            NoPicture: where there is no such stream, or nothing here can decode it.
        """
        self.packets = 0
        self.faults = 0
        self.broken_off = False
        self._footage = footage
        self._stream = picture_stream(footage, stream)
        self._watch = watch
        context = self._stream.codec_context
        if not context.is_open:
            context.thread_type = "AUTO"
            context.thread_count = threads
            context.copy_opaque = watch is not None
            context.options = {"max_pixels": str(most_pixels(context.width, context.height))}

    def pictures(self) -> Iterator[av.VideoFrame]:
        """Every picture that comes out, in the order in which it does. A container is sought before, never during.

        Raises:
            FilmMissing, Cancelled: what the source of the bytes raised.
            FilmDamaged: the same, once everything has come out that was read before.
            FilmTooDemanding: where there is no memory left.
        """
        for packet in self._packets():
            try:
                yield from packet.decode()
            except av.error.FFmpegError as problem:
                if problem.errno == errno.ENOMEM:
                    raise Problem.TOO_MUCH.error() from problem
                self.faults += 1

    def _packets(self) -> Iterator[Packet[VideoStream]]:
        """The stream's packets and an empty one, which makes the decoder give up what it still holds."""
        coming = self._footage.packets(self._stream)
        torn: FilmDamaged | None = None
        while True:
            try:
                packet = next(coming, None)
            except av.error.FFmpegError:
                self.broken_off = True
                break
            except FilmDamaged as problem:
                torn = problem
                break
            if packet is None:
                return
            if packet.size:
                if self._watch is not None and not self._watch(packet):
                    return
                self.packets += 1
            yield packet
        yield _flush(self._stream)
        if torn is not None:
            raise torn


def _flush(stream: VideoStream) -> Packet[VideoStream]:
    """An empty packet: the end of the stream."""
    packet = cast("Packet[VideoStream]", Packet())
    packet.stream = stream
    return packet


def picture_stream(footage: Footage, stream: int) -> VideoStream:
    """The picture stream with that index.

    Raises:
        NoPicture: where there is none, or nothing here can decode it.
    """
    found = next((item for item in footage.container.streams.video if item.index == stream), None)
    # The stubs do not know that a stream may have no decoder.
    if found is None or not bool(found.codec_context) or found.codec_context.codec.name not in PICTURE_DECODERS:
        raise Problem.NO_PICTURE.error()
    return found
