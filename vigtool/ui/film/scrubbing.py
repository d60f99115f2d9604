"""While the pointer is held down: what is nearest to the frame under it, until that frame itself comes.

What is shown meanwhile is a true picture of the film, but of another frame; it carries its own number and time, so
that the screen can say so (`ui.film.approximate`).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from vigtool.player.frame_cache import ViewPicture
from vigtool.player.frame_index import FrameIndex

Source = Callable[[int], ViewPicture | None]
_REFRESH_MS = 16
"""The decoder is given one refresh of the screen; what it has at hand comes sooner."""


def _no_picture(_number: int) -> None:
    """Nothing is near."""


class Nearest(QObject):
    """Shows what is nearest to a wished frame.

    Attributes:
        source: gives the nearest small picture of a frame that there is, `exact` false, with its own number.
    """

    def __init__(
        self,
        index: FrameIndex,
        shown: Callable[[], ViewPicture | None],
        show: Callable[[ViewPicture], None],
        parent: QObject,
    ) -> None:
        """Make it.

        Args:
            index: the film's frames.
            shown: what is on the screen.
            show: puts a picture there.
            parent: its owner.
        """
        super().__init__(parent)
        self.source: Source = _no_picture
        self._index, self._shown, self._show = index, shown, show
        self._wished: int | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_REFRESH_MS)
        self._wait.timeout.connect(self._show_nearest)

    def follow(self, number: int) -> None:
        """Frame `number` is wished for now. Wishes in quick succession do not put off what is shown meanwhile."""
        self._wished = number
        if not self._wait.isActive():
            self._wait.start()

    def rest(self) -> None:
        """The pointer was let go: from now on only what is wished for is shown."""
        self._wished = None
        self._wait.stop()

    def is_better(self, picture: ViewPicture) -> bool:
        """Whether a picture is nearer to what is under the pointer than the one on the screen."""
        if self._wished is None:
            return False
        shown, aim = self._shown(), self._index.pts(self._wished)
        return shown is None or abs(picture.pts - aim) < abs(shown.pts - aim)

    def _show_nearest(self) -> None:
        picture = None if self._wished is None else self.source(self._wished)
        if picture is not None and self.is_better(picture):
            self._show(picture)
