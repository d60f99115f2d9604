"""Plays a film in a window and says when a flash was painted: `python -m benchmarks.eye FILM SPEED SECONDS`.

Every line on standard output is one moment of the computer's monotonic clock, in seconds.
"""

from __future__ import annotations

import sys
import time
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from vigtool.player.footage import path_opener
from vigtool.player.look import look_at
from vigtool.ui.film.picture_view import PictureView
from vigtool.ui.film.playback import Playback

_BRIGHT = 128


class Eye(PictureView):
    """The program's own view of a picture, watched: when a bright picture came after a dark one."""

    def __init__(self) -> None:
        super().__init__()
        self.flashes: list[float] = []
        self.playback: Playback | None = None
        self._was_bright = True  # the first picture stands there before anything is heard

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and note the time."""
        super().paintEvent(event)
        painted = time.monotonic()
        picture = None if self.playback is None else self.playback.picture
        if picture is not None:
            height, width = picture.pixels.shape[:2]
            bright = int(picture.pixels[height // 2, width // 2, 1]) > _BRIGHT
            if bright and not self._was_bright:
                self.flashes.append(painted)
            self._was_bright = bright


def main() -> None:
    """Play, and say what was seen."""
    film, speed, seconds = Path(sys.argv[1]), Fraction(sys.argv[2]), float(sys.argv[3])
    app = QApplication(sys.argv[:1])
    opener = path_opener(film)
    playback = Playback(opener, look_at(opener).index, has_sound=True)
    view = Eye()
    view.playback = playback
    view.size_wanted.connect(playback.set_box)
    playback.frame_shown.connect(
        lambda *_: view.show_picture(playback.picture.pixels) if playback.picture is not None else None
    )
    view.resize(960, 540)
    view.show()
    playback.set_speed(speed)
    QTimer.singleShot(1000, playback.play)
    QTimer.singleShot(int(1000 * (seconds + 1)), app.quit)
    app.exec()
    playback.close()
    print("\n".join(f"{moment:.6f}" for moment in view.flashes))


if __name__ == "__main__":
    main()
