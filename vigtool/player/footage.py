"""Where the bytes of a film come from, and the one way in which a container is opened.

An opener gives a fresh seekable file each time it is called; every thread opens its own. Whether the bytes lie in a
plain file or are unsealed on the way is not known here.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, TypeAlias

import av
import av.container
import av.error
import av.logging

from vigtool.errors import Cancelled
from vigtool.player.problems import Problem

Opener: TypeAlias = Callable[[], BinaryIO]

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

_OPTIONS = {
    "format_whitelist": ",".join((*_FILM_FORMATS, *_SOUND_FORMATS)),
    "protocol_whitelist": "none",
    "enable_drefs": "0",
}

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


class _Source:
    """What the demuxer sees: bytes and nothing else, no name, no path.

    A film is thereby told by its content alone and behaves the same from a plain file and from a vault.
    """

    def __init__(self, source: BinaryIO, cancelled: Callable[[], bool] | None) -> None:
        self._source = source
        self._cancelled = cancelled

    def read(self, size: int) -> bytes:
        """Up to `size` bytes.

        Raises:
            FilmMissing: where the system cannot read on.
            Cancelled: where the person stopped the work.
        """
        if self._cancelled is not None and self._cancelled():
            raise Cancelled
        try:
            return self._source.read(size)
        except (OSError, ValueError) as problem:
            raise Problem.MISSING.error() from problem

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move; the new position."""
        try:
            return self._source.seek(offset, whence)
        except (OSError, ValueError) as problem:
            raise Problem.MISSING.error() from problem

    def tell(self) -> int:
        """The position."""
        return self._source.tell()


class Footage:
    """A film that is open for one thread.

    Attributes:
        container: the demuxer; it belongs to the thread that opened it.
        size: bytes of the film.
    """

    def __init__(self, opener: Opener, cancelled: Callable[[], bool] | None = None) -> None:
        """Open it.

        Raises:
            FilmMissing: where the bytes cannot be read.
            NotAFilm: where they are none of the formats a film comes in.
        """
        self._source = opener()
        try:
            self.size = film_size(self._source)
            self.container = _open(_Source(self._source, cancelled))
        except BaseException:
            self._source.close()
            raise

    @property
    def format(self) -> str:
        """Short name of the container format, such as `mov`, `matroska` or `mpegts`."""
        return self.container.format.name.split(",", 1)[0]

    def close(self) -> None:
        """Let the film go."""
        self.container.close()
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _open(source: _Source) -> av.container.InputContainer:
    """The demuxer over `source`; names of metadata that are no UTF-8 are let be."""
    try:
        return av.open(source, "r", container_options=_OPTIONS, metadata_errors="ignore")
    except (av.error.FFmpegError, EOFError) as problem:
        raise Problem.NO_FILM.error() from problem
