"""How other programs and libraries seek, each as a function that shows a frame and says which number came."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
import cv2

from benchmarks import footage
from vigtool.player.frame_index import FrameIndex

Show = Callable[[int], int]
"""Shows the frame of that number; says which number stood in the picture that came, -1 for none."""

_PATIENCE: Final = 10.0  # seconds that another program has for one picture
_QUIET: Final = 0.4  # seconds without another picture, until Qt's player is taken to have arrived


@contextmanager
def opencv(path: Path) -> Iterator[Show]:
    """OpenCV, asked for a frame's number."""
    film = cv2.VideoCapture(str(path))

    def show(number: int) -> int:
        film.set(cv2.CAP_PROP_POS_FRAMES, number)
        came, picture = film.read()
        return footage.read_number(picture[..., 1]) if came else -1

    try:
        yield show
    finally:
        film.release()


@contextmanager
def pyav(path: Path, index: FrameIndex) -> Iterator[Show]:
    """PyAV's own seek, then on to the time that is wanted: what most people write."""
    with av.open(path) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"

        def show(number: int) -> int:
            wanted = index.pts(number)
            container.seek(wanted, stream=stream)
            for picture in container.decode(stream):
                if picture.pts is not None and picture.pts >= wanted:
                    return footage.read_number(picture.to_ndarray(format="gray"))
            return -1

        yield show


class Mpv:
    """mpv in a process of its own, steered through its socket, with exact seeking on and no window.

    What is timed ends when mpv says that playback has begun again after the seek; the picture is read afterwards.
    """

    def __init__(self, path: Path, work: Path) -> None:
        self._shot, place = work / "mpv.png", work / "mpv.socket"
        place.unlink(missing_ok=True)
        options = [
            "--no-config",
            "--pause",
            "--hr-seek=yes",
            "--vo=null",
            "--ao=null",
            "--no-terminal",
            "--keep-open=yes",
        ]
        more = ["--screenshot-png-compression=0", "--idle=yes", f"--input-ipc-server={place}"]
        self._program = subprocess.Popen(["mpv", *options, *more], stdin=subprocess.DEVNULL)
        self._asked = 0
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(_PATIENCE)
        _until(lambda: self._reached(place))
        self._lines = self._socket.makefile("r", encoding="utf-8")
        self._ask("loadfile", str(path))
        self._arrive()

    def seek(self, seconds: float) -> None:
        """Stand at a time of the film's own clock; returns when mpv has arrived."""
        self._say("seek", seconds, "absolute+exact")
        self._arrive()

    def number(self) -> int:
        """Which number stands in its picture."""
        self._ask("screenshot-to-file", str(self._shot), "video")
        picture = cv2.imread(str(self._shot))
        self._shot.unlink(missing_ok=True)
        return -1 if picture is None else footage.read_number(picture[..., 1])

    def close(self) -> None:
        """End it."""
        with suppress(OSError):
            self._say("quit")
        self._lines.close()
        self._socket.close()
        try:
            self._program.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._program.kill()
            self._program.wait()

    def _arrive(self) -> None:
        while self._hear().get("event") != "playback-restart":
            pass

    def _reached(self, place: Path) -> bool:
        with suppress(OSError):
            self._socket.connect(str(place))
            return True
        return False

    def _say(self, *command: object) -> None:
        self._asked += 1
        self._socket.sendall(json.dumps({"command": command, "request_id": self._asked}).encode() + b"\n")

    def _hear(self) -> dict[str, Any]:
        line = self._lines.readline()
        if not line:
            message = "the other program has ended"
            raise TimeoutError(message)
        heard: dict[str, Any] = json.loads(line)
        return heard

    def _ask(self, *command: object) -> dict[str, Any]:
        self._say(*command)
        while (answer := self._hear()).get("request_id") != self._asked:
            pass
        return answer


def has_mpv() -> bool:
    """Whether it is installed here."""
    return shutil.which("mpv") is not None


class QtPlayer:
    """Qt's media player, paused, with its pictures going into a sink. Asked for the middle of a frame, which is kind.

    It takes whole milliseconds and tells of pictures as they come, not of having arrived: it has when none follows.
    """

    def __init__(self, path: Path) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QGuiApplication
        from PySide6.QtMultimedia import QMediaPlayer, QVideoSink

        self._qt = QGuiApplication.instance() or QGuiApplication([])
        self._player, self._sink = QMediaPlayer(), QVideoSink()
        self._player.setVideoSink(self._sink)
        self._came: list[tuple[float, Any]] = []
        self._sink.videoFrameChanged.connect(lambda frame: self._came.append((time.perf_counter(), frame)))
        self._player.setSource(QUrl.fromLocalFile(str(path)))
        self._player.pause()
        self._turn(lambda: bool(self._came))

    def seek(self, seconds: Fraction) -> tuple[float, Any]:
        """The picture that it came to rest on, and how long that took; none where none came."""
        self._turn(lambda: False, _QUIET)
        self._came.clear()
        began = time.perf_counter()
        self._player.setPosition(int(seconds * 1000))
        self._turn(lambda: bool(self._came))
        self._turn(lambda: bool(self._came) and time.perf_counter() - self._came[-1][0] > _QUIET, _PATIENCE)
        if not self._came:
            return _PATIENCE, None
        return self._came[-1][0] - began, self._came[-1][1]

    def number(self, frame: Any) -> int:
        """Which number stands in a picture."""
        from PySide6.QtGui import QImage

        image = frame.toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        if image.isNull():
            return -1
        import numpy as np

        grey = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        return footage.read_number(grey[:, : image.width()])

    def close(self) -> None:
        """Let the film go."""
        self._player.stop()
        self._sink.videoFrameChanged.disconnect()
        self._turn(lambda: False, 0.05)

    def _turn(self, done: Callable[[], bool], seconds: float = _PATIENCE) -> None:
        until = time.perf_counter() + seconds
        while not done() and time.perf_counter() < until:
            self._qt.processEvents()
            time.sleep(0.001)


def _until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while not done():
        if time.monotonic() > until:
            message = "the other program does not answer"
            raise TimeoutError(message)
        time.sleep(0.01)
