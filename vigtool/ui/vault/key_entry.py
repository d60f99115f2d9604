"""What opens something sealed: a passphrase, whose it is where there are several, or the words of a recovery sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.errors import VigtoolError
from vigtool.ids import Id
from vigtool.practice.ways_in import RecoveryKey, recovery_key
from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.field import Choice, Field, Passphrase
from vigtool.ui.parts.surface import column
from vigtool.ui.parts.words import Words
from vigtool.ui.vault.recovery_entry import RecoveryEntry


class KeyEntry(QWidget):
    """The fields.

    Signals:
        entered: Enter was pressed in the passphrase, or in the last of the words.
    """

    entered = Signal()

    def __init__(self, *, hint: str = "", parent: QWidget | None = None) -> None:
        """Make the fields; `hint` is said below the passphrase."""
        super().__init__(parent)
        body = column(self, gap=12)
        self.who = Field(self.tr("Who you are"), Choice())
        self.who.hide()
        self.passphrase = Field(self.tr("Passphrase"), Passphrase(), hint=hint)
        self.passphrase.input.returnPressed.connect(self.entered)
        self.words = RecoveryEntry()
        self.words.entered.connect(self.entered)
        self._words_said = Words("", size=Type.LEAST, tone="error", wrap=True)
        self.other = Button("", Kind.LINK, icon="key", height=measures.BUTTON_SMALL)
        self.other.clicked.connect(self._turn)
        for widget in (self.who, self.passphrase, self.words, self._words_said):
            body.addWidget(widget)
        body.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeading)
        self.show_words(on=False)

    @property
    def asks_words(self) -> bool:
        """Whether the words of a recovery sheet are asked for instead of the passphrase."""
        return not self.words.isHidden()

    @property
    def error(self) -> str:
        """What is wrong with what was typed; empty where nothing is."""
        return self._words_said.text() if self.asks_words else self.passphrase.error

    @property
    def user(self) -> Id | None:
        """Who was chosen; none where nobody was, and for a recovery sheet, which knows whose it is."""
        found: Id | None = None if self.asks_words else self.who.input.currentData()
        return found

    def set_users(self, users: Sequence[tuple[Id, str]]) -> None:
        """Who can be chosen: their ids and the short names they gave themselves. Of one alone nothing is asked."""
        choice = self.who.input
        choice.clear()
        choice.addItem(self.tr("Choose your name"), None)
        for number, (user, label) in enumerate(users, start=1):
            choice.addItem(label or self.tr("Somebody without a name here ({0})").format(number), user)
        self.who.setVisible(len(users) > 1 and not self.asks_words)

    def show_words(self, *, on: bool) -> None:
        """Ask for the words of a recovery sheet, or for the passphrase."""
        self.forget()
        self.words.setVisible(on)
        self.passphrase.setVisible(not on)
        self.who.setVisible(self.who.input.count() > 2 and not on)
        self.other.set_words(self.tr("Use the passphrase") if on else self.tr("Use the recovery sheet"))

    def take_focus(self) -> None:
        """Let the keyboard be at what is asked for."""
        asked = self.words.lines[0] if self.asks_words else self.passphrase.input
        asked.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Let nothing that was typed stay."""
        self.passphrase.input.clear()
        self.passphrase.set_error("")
        self.words.forget()
        self._say("")

    def show_wrong(self, error: VigtoolError) -> None:
        """Say beside what was typed that it does not open anything, or cannot be a key."""
        notice = words_of(error)
        self._say(f"{notice.title}. {notice.hint}".strip())
        if not self.asks_words:
            self.passphrase.input.selectAll()
        self.take_focus()

    def typed(self) -> str | RecoveryKey | None:
        """The key, as far as it can be one; what is wrong is said beside it."""
        self._say("")
        if not self.asks_words:
            if not self.passphrase.input.text():
                self.passphrase.set_error(self.tr("Type the passphrase first."))
            return self.passphrase.input.text() or None
        try:
            return recovery_key(self.words.text)
        except VigtoolError as error:
            self.show_wrong(error)
            return None

    def _turn(self) -> None:
        self.show_words(on=not self.asks_words)
        self.take_focus()

    def _say(self, text: str) -> None:
        self._words_said.setText(text if self.asks_words else "")
        self._words_said.setVisible(bool(text) and self.asks_words)
        self.passphrase.set_error("" if self.asks_words else text)
