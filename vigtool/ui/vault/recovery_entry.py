"""Typing the 24 words of a recovery sheet: a field for each, completed as soon as the letters tell the word."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCompleter, QGridLayout, QWidget

from vigtool.practice.ways_in import listed_words
from vigtool.ui.measures import Type
from vigtool.ui.parts.field import Line
from vigtool.ui.parts.surface import column
from vigtool.ui.parts.words import Words
from vigtool.ui.vault.recovery_words import COLUMNS, ROWS

COUNT = COLUMNS * ROWS


class WordLine(Line):
    """One word. The space bar completes it and goes on; pasted text is handed out over the fields.

    Signals:
        ended: the word is done; the next one comes.
        pasted: several words came at once.
    """

    ended = Signal()
    pasted = Signal()

    def __init__(self, words: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._known = words
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        completer = QCompleter(words, self)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)

    def complete(self) -> None:
        """Write the whole word where what was typed tells it; say where it can be none."""
        typed = self._typed()
        meant = [word for word in self._known if word.startswith(typed)] if typed else []
        if typed in self._known or len(meant) == 1:
            self.setText(typed if typed in self._known else meant[0])
        self.show_wrong(wrong=bool(typed) and self.text().strip().lower() not in self._known)

    def show_wrong(self, *, wrong: bool) -> None:
        """Mark it as none of the words that there are."""
        self.setProperty("wrong", wrong)
        self.style().unpolish(self)
        self.style().polish(self)
        self.keep_room()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ends the word, as on the paper."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.complete()
            self.ended.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Complete the word when the field is left."""
        if event.type() == QEvent.Type.FocusOut:
            self.complete()
        return super().event(event)

    def _typed(self) -> str:
        """What the person typed, without what the completion put behind it."""
        text = self.text()
        if self.hasSelectedText() and self.selectionEnd() == len(text):
            text = text[: self.selectionStart()] or text
        return text.strip().lower()


class RecoveryEntry(QWidget):
    """All 24, read down each column as on the sheet, from left to right in every window.

    Signals:
        entered: Enter was pressed in the last field.
    """

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        column(self).addLayout(grid)
        known = list(listed_words())
        self.lines: list[WordLine] = []
        for place in range(COUNT):
            line = WordLine(known)
            line.setAccessibleName(self.tr("Word {0}").format(place + 1))
            line.ended.connect(partial(self._go_on, place))
            line.returnPressed.connect(partial(self._enter, place))
            line.pasted.connect(partial(self._paste, place))
            number = Words(str(place + 1), size=Type.LEAST, tone="quiet", tabular=True)
            at, row = (place // ROWS) * 2, place % ROWS
            grid.addWidget(number, row, at, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(line, row, at + 1)
            self.lines.append(line)
        self.setFocusProxy(self.lines[0])

    @property
    def text(self) -> str:
        """All words, joined by spaces."""
        return " ".join(line.text().strip() for line in self.lines if line.text().strip())

    def set_text(self, text: str, first: int = 0) -> None:
        """Hand words out over the fields, from the field `first` on; numbers between them are passed over."""
        words = [word for word in text.lower().split() if not word.strip(".,:;)").isdigit()]
        for line, word in zip(self.lines[first:], words, strict=False):
            line.setText(word)
            line.deselect()
            line.complete()

    def forget(self) -> None:
        """Let nothing that was typed stay."""
        for line in self.lines:
            line.clear()
            line.show_wrong(wrong=False)

    def _go_on(self, place: int) -> None:
        self.lines[place].complete()
        if place + 1 < COUNT:
            self.lines[place + 1].setFocus(Qt.FocusReason.TabFocusReason)

    def _enter(self, place: int) -> None:
        self._go_on(place)
        if place + 1 == COUNT:
            self.entered.emit()

    def _paste(self, place: int) -> None:
        text = QGuiApplication.clipboard().text()
        if len(text.split()) > 1:
            self.set_text(text, place)
        else:
            self.lines[place].paste()
