"""Where the bytes of a film come from, and the one way in which a container is opened.

An opener gives a fresh seekable file each time it is called; every thread opens its own. Whether the bytes lie in a
plain file or are unsealed on the way is not known here.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self, TypeAlias, TypeVar, cast

import av
import av.container
import av.error
import av.logging
from av.audio.stream import AudioStream
from av.packet import Packet
from av.video.stream import VideoStream

from vigtool.player.decoders import WHITELIST
from vigtool.player.picture import MAX_PIXELS
from vigtool.player.problems import Problem
from vigtool.player.source import Source

Opener: TypeAlias = Callable[[], BinaryIO]
AnyStream = TypeVar("AnyStream", VideoStream, AudioStream)

# What a film may come in. Everything else that libavformat knows (play lists that name other files or the network,
# pictures, captions, devices) is refused before it is looked at.
_FILM_FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2",
    "matroska,webm",
    *("avi", "mpegts", "mpeg", "mpegvideo", "flv", "asf", "ogg", "mxf", "dv", "rm", "wtv", "nut", "ivf", "gxf"),
    *("h264", "hevc", "m4v", "vc1", "av1", "obu"),
)
# Sound alone is recognised, so that it can be told apart from no film at all.
_SOUND_FORMATS = ("wav", "mp3", "aac", "flac", "aiff", "amr", "ac3", "caf", "w64", "au")

_MOST_STREAMS: Final = 100
_MOST_ENTRIES: Final = 16_000_000  # places of packets, 24 bytes each; two hours of film and sound have half a million
_LONGEST_OPENING: Final = 10.0  # seconds of processor time; two hours of film take less than half of one
_FAR: Final = 2**62  # no tick beyond it; the demuxer takes 64 bits and adds to them

_OPTIONS: Final = {
    "format_whitelist": ",".join((*_FILM_FORMATS, *_SOUND_FORMATS)),
    "protocol_whitelist": "none",
    "codec_whitelist": WHITELIST,
    "enable_drefs": "0",
    "max_streams": str(_MOST_STREAMS),
}
_PROBING: Final = {"max_pixels": str(MAX_PIXELS)}  # opening decodes the first pictures, too

av.logging.set_level(None)


def path_opener(path: Path) -> Opener:
    """An opener of a plain file.

    The opener raises:
        FilmMissing: where the file is gone or may not be read.
    """

    def opener() -> BinaryIO:
        try:
            return path.open("rb")
        except (OSError, ValueError) as problem:
            raise Problem.MISSING.error() from problem

    return opener


def film_size(source: BinaryIO) -> int:
    """Length of the film in bytes; the reading position afterwards is its beginning."""
    try:
        size = source.seek(0, io.SEEK_END)
        source.seek(0)
    except (OSError, ValueError) as problem:
        raise Problem.MISSING.error() from problem
    return size


class Footage:
    """A film that is open for one thread.

    Attributes:
        container: the demuxer; it belongs to the thread that opened it. What reads (`demux`, `seek`) is called through
            `packets` and `seek` here, so that nothing that goes wrong beneath is lost.
        size: bytes of the film.
    """

    def __init__(self, opener: Opener, cancelled: Callable[[], bool] | None = None) -> None:
        """Open it.

        Raises:
            FilmMissing: where the bytes cannot be read.
            NotAFilm: where they are none of the formats a film comes in.
            FilmTooDemanding: where its tables alone are larger than any film's, or take longer to read.
            Cancelled: where the person stopped the work.
        """
        self._source = opener()
        try:
            self.size = film_size(self._source)
            self._bytes = Source(self._source, cancelled)
            self.container = _open(self._bytes)
        except BaseException:
            self._source.close()
            raise

    @property
    def format(self) -> str:
        """Short name of the container format, such as `mov`, `matroska` or `mpegts`."""
        return self.container.format.name.split(",", 1)[0]

    @property
    def ends_early(self) -> bool:
        """Whether damage was met while the film was opened, which the demuxer takes for its end until it is sent on."""
        return self._bytes.ends_early

    def packets(self, *streams: AnyStream) -> Iterator[Packet[AnyStream]]:
        """The packets of one stream or of several from where the demuxer stands, and at the end an empty one of each.

        Raises:
            FilmMissing, Cancelled: and whatever else the source of the bytes raised.
            FilmTooDemanding: where its tables grew larger than any film's.
            av.error.FFmpegError: where the demuxer cannot make sense of what comes next.
        """
        coming = cast("Iterator[Packet[AnyStream]]", self.container.demux(*streams))
        while True:
            try:
                packet = next(coming, None)
            except IndexError:  # PyAV, at the end of a film in which a stream began on the way
                packet = None
            finally:
                self._bytes.check()
            if packet is None:
                _check_tables(self.container)  # those of a film in fragments grow on the way
                if self._bytes.ends_early:
                    raise Problem.TORN.error()
                return
            yield packet

    def seek(self, tick: int, stream: VideoStream | AudioStream) -> None:
        """Send the demuxer to `tick` of a stream, or before it.

        Raises:
            FilmMissing, Cancelled: and whatever else the source of the bytes raised.
            av.error.FFmpegError: where it does not go.
        """
        try:
            self.container.seek(max(-_FAR, min(tick, _FAR)), stream=stream, backward=True)
        finally:
            self._bytes.check()

    def close(self) -> None:
        """Let the film go.

        The decoders are brought to rest first. To free one PyAV waits for its threads while it holds Python's lock;
        a thread that then lets go of a packet with a label on it waits for that lock, and the program stands still.
        """
        for stream in self.container.streams:
            context = getattr(stream, "codec_context", None)
            if context is not None:
                context.flush_buffers()  # waits for the threads without holding the lock
        self.container.close()
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _open(source: Source) -> av.container.InputContainer:
    """The demuxer over `source`; names of metadata that are no UTF-8 are let be."""
    began = time.thread_time()
    options: dict[str, Any] = {"container_options": _OPTIONS, "options": _PROBING, "metadata_errors": "ignore"}
    try:
        container = av.open(source, "r", **options)
    except (av.error.FFmpegError, EOFError) as problem:
        source.check()
        raise Problem.NO_FILM.error() from problem
    finally:
        source.check_opened()
    opened = cast("av.container.InputContainer", container)
    _check_tables(opened)
    if time.thread_time() - began > _LONGEST_OPENING:
        opened.close()
        raise Problem.TOO_MUCH.error()
    return opened


def _check_tables(container: av.container.InputContainer) -> None:
    """Refuse a film whose tables name more packets than any film has: a few bytes can claim a thousand million."""
    if sum(len(stream.index_entries) for stream in container.streams) > _MOST_ENTRIES:
        container.close()
        raise Problem.TOO_LONG.error()
