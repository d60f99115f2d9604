"""When the vault locks: after idle time, on sleep and screen lock, some time after it was covered, and when asked to.

The window says how it is used; this counts, says it 20 seconds before, and emits the window's `lock_wanted`. Long work
that somebody waits for, such as a film that is brought in, is not cut off by idle time: the screen is covered then, and
the vault locks when the work is done. Sleep, a locked screen and the person's own wish wait for nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QCursor, QGuiApplication, QWindow
from shiboken6 import isValid

from vigtool.settings import load_settings
from vigtool.ui import lock_signals
from vigtool.ui.clipboard import ClipboardKeeper
from vigtool.ui.idleness import Idleness, Limits, seconds
from vigtool.ui.lock_notice import LockNotice
from vigtool.ui.main_window import MainWindow

NOTICE_SECONDS: Final = 20
_EVERY_MS: Final = 1000
_KEYS: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride})
_TOUCHES: Final = _KEYS | {
    QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate,
    QEvent.Type.TabletPress, QEvent.Type.TabletMove,
}  # fmt: skip


class Locking(QObject):
    """Watches over one window, as long as it is there."""

    def __init__(
        self,
        window: MainWindow,
        *,
        now: Callable[[], float] = seconds,
        listen: Callable[[MainWindow, Callable[[], None]], QObject | None] = lock_signals.listen,
    ) -> None:
        """Begin to watch.

        Args:
            window: whose vault locks.
            now: seconds that also pass while the computer sleeps.
            listen: hears of sleep and screen locks.
        """
        super().__init__(window)
        self._window = window
        self.idleness = Idleness(now, Limits.of(load_settings()))
        self.notice = LockNotice(window, window.header)
        self.clipboard = ClipboardKeeper(self)
        self._pointer = QPoint()
        self._swallows = False
        self._done = False
        self._watched: list[QWindow] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        workspace = window.workspace
        workspace.uses_changed.connect(lambda: self.idleness.set_uses(workspace.uses))
        workspace.preferences_changed.connect(lambda settings: self._prefer(Limits.of(settings)))
        workspace.desk_changed.connect(self._opened)
        window.cover.covered.connect(lambda: self._covered(covered=True))
        window.cover.uncovered.connect(lambda: self._covered(covered=False))
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)
        self._heard = listen(window, self.lock)
        window.installEventFilter(self)
        self._opened()

    @property
    def is_counting(self) -> bool:
        """Whether a vault is open, so that there is something to lock."""
        return self._timer.isActive()

    def look(self) -> None:
        """See how long it is still; called every second while a vault is open."""
        left = self.idleness.left()
        covered = self._window.cover.isVisible()
        if left <= 0:
            self._too_long(covered=covered)
        elif left <= NOTICE_SECONDS and not covered:
            self.notice.show_left(math.ceil(left))
        else:
            self.notice.go()

    def lock(self) -> None:
        """Lock now, where there is something to lock."""
        if self._window.holds_vault and not self._done:
            self._done = True
            self._timer.stop()
            self.notice.go()
            self.clipboard.clear()
            self._window.lock_wanted.emit()

    def stop(self) -> None:
        """The window closes: count no longer, and leave nothing in the clipboard."""
        self._timer.stop()
        self.notice.go()
        self.clipboard.clear()
        for window in self._watched:
            if isValid(window):
                window.removeEventFilter(self)
        self._watched.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear every key and touch. The key that says "stay" does nothing else."""
        kind = event.type()
        if watched is self._window:
            if kind == QEvent.Type.Close:
                self.stop()
            return False
        if kind == QEvent.Type.MouseMove:
            # Platforms send one without any movement when something else comes under the pointer.
            if QCursor.pos() != self._pointer:
                self._pointer = QCursor.pos()
                self._touched()
        elif kind in _TOUCHES:
            return self._pressed(event)
        return False

    def _pressed(self, event: QEvent) -> bool:
        kind = event.type()
        if self._swallows and kind == QEvent.Type.KeyPress:
            self._swallows = False  # the press that belongs to the override swallowed before
            return True
        self._swallows = False
        said = self.notice.isVisible()
        self._touched()
        if said and kind == QEvent.Type.ShortcutOverride:
            self._swallows = True
            event.accept()
        return said and kind in _KEYS

    def _touched(self) -> None:
        if self._window.cover.isVisible():
            return  # the cover says itself when somebody is back
        self.idleness.touch()
        self.notice.go()

    def _too_long(self, *, covered: bool) -> None:
        self.notice.go()
        if not self._window.jobs.is_waited_for:
            self.lock()
        elif not covered:
            self._window.cover_now()

    def _opened(self) -> None:
        self.idleness.touch()
        if self._window.holds_vault:
            self._timer.start()
            self._watch(self._window.windowHandle())
        else:
            self._timer.stop()
            self.notice.go()

    def _covered(self, *, covered: bool) -> None:
        self.notice.go()
        self.idleness.set_covered(covered=covered)

    def _prefer(self, limits: Limits) -> None:
        self.idleness.limits = limits

    def _watch(self, window: QWindow | None) -> None:
        if window is not None and window not in self._watched:
            window.installEventFilter(self)
            self._watched.append(window)
