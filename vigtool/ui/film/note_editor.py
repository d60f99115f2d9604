"""The note of the chosen mark, written where one looks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vigtool.annotate.mark import Mark
from vigtool.ids import Id
from vigtool.ui import measures
from vigtool.ui.actions import key_words
from vigtool.ui.measures import Type
from vigtool.ui.parts.field import Paper
from vigtool.ui.parts.surface import row
from vigtool.ui.parts.words import Words

CLOSED, OPEN = 36, 76
"""One line while it is only read, four while it is written."""


class _NotePaper(Paper):
    """Enter ends it, Shift+Enter begins a new line, Escape leaves it as it was."""

    ended = Signal()
    given_up = Signal()
    left = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setFixedHeight(OPEN)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.ended.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setFixedHeight(CLOSED)
        self.left.emit()


class NoteEditor(QWidget):
    """A few lines for the note of one mark. What was typed is kept when the keyboard goes elsewhere, too.

    Signals:
        written (id, text): the note of a mark shall be that.
        done: the person is done here: the keys go back to the picture.
    """

    written = Signal(str, str)
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark: Id | None = None
        self._kept = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.label = Words(self.tr("Note"), size=Type.LEAST, tone="quiet")
        self.paper = _NotePaper(placeholder=self.tr("What you saw, in your own words"))
        self.paper.setFont(measures.font(Type.DENSE))
        self.paper.setFixedHeight(CLOSED)
        self.paper.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.paper.setAccessibleName(self.tr("Note of the chosen mark"))
        self.paper.setToolTip(self.tr("{0} comes here; Enter is done, Esc leaves it").format(key_words("note")))
        self.paper.ended.connect(self._end)
        self.paper.given_up.connect(self._give_up)
        self.paper.left.connect(self.commit)
        line = row(self, gap=12, margins=(12, 8, 12, 12))
        line.addWidget(self.label)
        line.addWidget(self.paper, 1)
        self.hide()

    def show_mark(self, mark: Mark | None, words: str) -> None:
        """Show the note of a mark, called `words`; what was typed for another one is kept first."""
        other = mark is None or mark.id != self._mark
        if other:
            self.commit()
        self._mark = None if mark is None else mark.id
        note = "" if mark is None else mark.note
        if other or note != self._kept:
            self._kept = note
            self.paper.setPlainText(note)
        self.paper.setAccessibleDescription(words)
        self.setVisible(mark is not None)

    def begin(self) -> None:
        """Let the person write."""
        self.paper.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.paper.moveCursor(self.paper.textCursor().MoveOperation.End)

    def commit(self) -> None:
        """Keep what was typed."""
        text = self.paper.toPlainText().strip()
        if self._mark is not None and text != self._kept:
            self._kept = text
            self.written.emit(self._mark, text)

    def _end(self) -> None:
        self.commit()
        self.done.emit()

    def _give_up(self) -> None:
        self.paper.setPlainText(self._kept)
        self.done.emit()
