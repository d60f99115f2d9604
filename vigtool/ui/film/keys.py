"""The keys of the Film room: they act while the focus is in the picture or the timeline, and nowhere else.

Keys of one letter must never mark while somebody types a note or looks for a word, so the keys are heard by watching
those widgets, not by shortcuts of the window.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from vigtool.ui.actions import keys_of
from vigtool.ui.film.code_keys import CodeKeys

_REPEATED = frozenset(
    {"frame-back", "frame-forward", "second-back", "second-forward", "next-mark", "previous-mark"}
    | {"zoom-in", "zoom-out"}
    | {"picture-closer", "picture-wider", "picture-left", "picture-right", "picture-up", "picture-down"}
    | {"brighter", "darker", "beside-back", "beside-forward"}
)
"""What goes on while its key is held."""
_TOGETHER = {
    ("shuttle-stop", "shuttle-back"): "frame-back",
    ("shuttle-stop", "shuttle-forward"): "frame-forward",
}
"""What a key (the second) does while another (the first) is held down."""
_BARE = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier


class FilmKeys(QObject):
    """Turns keys pressed in the watched widgets into acts."""

    def __init__(
        self,
        acts: Mapping[str, Callable[[], object]],
        codes: CodeKeys,
        own: Mapping[str, tuple[str, ...]] | None = None,
        held: Mapping[str, Callable[[], object]] | None = None,
        let_go: Callable[[], object] = lambda: None,
        parent: QObject | None = None,
    ) -> None:
        """Make it.

        Args:
            acts: what each action of `ui.actions` does, by its id.
            codes: hears digits and letters first.
            own: the person's own keys, by the id of the action.
            held: what an action does instead while its key is held and repeats itself.
            let_go: is done when such a key comes up.
            parent: its owner.
        """
        super().__init__(parent)
        self._codes = codes
        self._widgets: dict[QObject, frozenset[str] | None] = {}
        self._acts = dict(acts)
        self._names = {key.toString(): name for name in acts for key in keys_of(name, own)}
        self._held, self._let_go = dict(held or {}), let_go
        self._down: dict[int, str] = {}  # by key: what it does
        self._repeating = ""
        # A key that repeats itself faster than the window can follow must not queue up: the newest one counts.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._repeat)

    def watch(self, widget: QWidget, only: frozenset[str] | None = None) -> None:
        """Hear the keys of a widget; with `only` just those acts, and no codes."""
        self._widgets[widget] = only
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Act on a key; what means nothing here is left to the widget."""
        only = self._widgets.get(watched)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._press(event, only)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease and only is None:
            return not event.isAutoRepeat() and self._release(event)
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._left()
        return False

    def _press(self, event: QKeyEvent, only: frozenset[str] | None) -> bool:
        modifiers = event.modifiers() & ~_BARE
        if only is None and not modifiers and self._code(event):
            return True
        pressed = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key()))).toString()
        name = self._names.get(pressed, "")
        if not name or (only is not None and name not in only):
            return False
        name = next(
            (both for (first, second), both in _TOGETHER.items() if second == name and self._is_down(first)), name
        )
        if not event.isAutoRepeat():
            self._down[event.key()] = name
            self._stop_repeating()
            self._acts[name]()
        elif name in _REPEATED:
            self._repeating = name
            self._soon.start(0)
        return True

    def _release(self, event: QKeyEvent) -> bool:
        name = self._down.pop(event.key(), "")
        self._stop_repeating()
        if name in self._held:
            self._let_go()
        return self._codes.release(_letter(event))

    def _is_down(self, name: str) -> bool:
        return name in self._down.values()

    def _repeat(self) -> None:
        name, self._repeating = self._repeating, ""
        if name:
            self._held.get(name, self._acts[name])()

    def _stop_repeating(self) -> None:
        self._repeating = ""
        self._soon.stop()

    def _code(self, event: QKeyEvent) -> bool:
        """Whether the key is a digit of a group, or the letter that follows one."""
        key = event.key()
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            return event.isAutoRepeat() or self._codes.await_letter(key - Qt.Key.Key_0)
        letter = _letter(event)
        if not letter:
            return False
        if event.isAutoRepeat():
            return self._codes.is_held(letter)
        return self._codes.press(letter)

    def _left(self) -> None:
        """The keys go elsewhere; from the picture to the timeline they do not."""
        if QApplication.focusWidget() not in self._widgets:
            self._codes.let_go()
            self._down.clear()
            self._stop_repeating()


def _letter(event: QKeyEvent) -> str:
    """The letter on a key, as a capital; empty for every other key."""
    key = event.key()
    return chr(key) if Qt.Key.Key_A <= key <= Qt.Key.Key_Z else ""
