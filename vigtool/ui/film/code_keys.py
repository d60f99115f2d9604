"""A digit, then a letter: the two keys that put a code."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from vigtool.annotate.scheme import Group, Scheme
from vigtool.errors import InvalidRecord


class CodeKeys(QObject):
    """Which group's letters are awaited, and which code's key is down.

    Signals:
        group_changed: another group's letters are awaited, or none's.
        pressed: the id of the code whose key went down.
        released: that key came up.
        refused: a letter that the group does not have.
    """

    group_changed = Signal()
    pressed = Signal(str)
    released = Signal()
    refused = Signal(object)

    def __init__(self, scheme: Scheme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self.group: Group | None = None
        self._down = ""

    def await_letter(self, digit: int | None) -> bool:
        """A group's digit was pressed (none: leave it); whether there is such a group."""
        group = None if digit is None else self._scheme.group(digit)
        if group != self.group:
            self.group = group
            self.group_changed.emit()
        return group is not None

    def press(self, letter: str) -> bool:
        """A letter went down; whether it was awaited here, so that it means nothing else."""
        if self.group is None:
            return False
        code = self._scheme.by_keys(self.group.digit, letter)
        if code is None:
            self.refused.emit(
                InvalidRecord(
                    self.tr("“{0}” has no key {1}").format(self.group.name, letter.upper()),
                    self.tr("its letters stand on its buttons; Esc leaves it"),
                )
            )
            return True
        self.release(self._down)
        self._down = letter.upper()
        self.pressed.emit(code.id)
        self.await_letter(None)
        return True

    def release(self, letter: str) -> bool:
        """A letter came up; whether it was the one that is held."""
        if not self.is_held(letter):
            return False
        self._down = ""
        self.released.emit()
        return True

    def is_held(self, letter: str) -> bool:
        """Whether that letter's key is down as a code's."""
        return bool(self._down) and letter.upper() == self._down

    def let_go(self) -> None:
        """The keyboard went elsewhere: nothing is held or awaited any more."""
        self.release(self._down)
        self.await_letter(None)
