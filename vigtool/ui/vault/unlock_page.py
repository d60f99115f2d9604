"""Opening a vault: whose passphrase where there are several users, or the words of a recovery sheet.

Whoever sees this page learns where the vault lies and the short names that its users gave themselves for it: nothing
of any family.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.errors import VigtoolError, WrongPassphrase
from vigtool.ids import Id
from vigtool.practice.ways_in import RecoveryKey, recovery_key
from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.notices import Notice, words_of
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.field import Choice, Field, Passphrase
from vigtool.ui.parts.surface import Panel, column, empty, row
from vigtool.ui.parts.words import ElidedWords, Words
from vigtool.ui.vault.recovery_entry import RecoveryEntry


class UnlockPage(QWidget):
    """The form.

    Signals:
        back_wanted: the person changed their mind.
        open_wanted (folder, key, user): they typed a passphrase (str) or the words of a recovery key (RecoveryKey);
            the user is None where nobody was chosen.
    """

    back_wanted = Signal()
    open_wanted = Signal(object, object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = Path()
        body = column(self, gap=16)
        body.addWidget(Words(self.tr("Open the vault"), size=Type.HUGE, weight=measures.SEMIBOLD))
        panel = Panel(padding=20, gap=12)
        self._where = ElidedWords(tone="quiet")
        panel.body.addWidget(self._where)
        self.who = Field(self.tr("Who you are"), Choice())
        self.who.hide()
        panel.body.addWidget(self.who)
        self.passphrase = Field(self.tr("Passphrase"), Passphrase())
        self.passphrase.input.returnPressed.connect(self._go)
        panel.body.addWidget(self.passphrase)
        self.words = RecoveryEntry()
        self.words.entered.connect(self._go)
        self._words_said = Words("", size=Type.LEAST, tone="error", wrap=True)
        panel.body.addWidget(self.words)
        panel.body.addWidget(self._words_said)
        self.other = Button("", Kind.LINK, icon="key", height=measures.BUTTON_SMALL)
        self.other.clicked.connect(lambda: self.show_words(on=not self.asks_words))
        panel.body.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeading)
        self._errors = column()
        panel.body.addLayout(self._errors)
        body.addWidget(panel)
        self.back, self.open = Button(self.tr("Back")), Button(self.tr("Open"), Kind.PRIMARY)
        self.back.clicked.connect(self.back_wanted)
        self.open.clicked.connect(self._go)
        foot = row(gap=12)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.open)
        body.addLayout(foot)
        self.show_words(on=False)

    @property
    def folder(self) -> Path:
        """Which vault it is."""
        return self._folder

    @property
    def asks_words(self) -> bool:
        """Whether the words of a recovery sheet are asked for instead of the passphrase."""
        return not self.words.isHidden()

    @property
    def error(self) -> str:
        """What is wrong with what was typed; empty where nothing is."""
        return self._words_said.text() if self.asks_words else self.passphrase.error

    def set_folder(self, folder: Path) -> None:
        """Which vault it is."""
        self._folder = folder
        self._where.setText(str(folder))
        self.set_users(())
        self.forget()

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
        (self.words.lines[0] if on else self.passphrase.input).setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Let nothing that was typed stay."""
        self.passphrase.input.clear()
        self.passphrase.set_error("")
        self.words.forget()
        self._say_of_words("")
        empty(self._errors)

    def show_error(self, error: BaseException) -> None:
        """Say what went wrong: a wrong passphrase beside its field, all else below."""
        empty(self._errors)
        notice: Notice = words_of(error)
        wrong = f"{notice.title}. {notice.hint}".strip() if isinstance(error, WrongPassphrase) else ""
        if self.asks_words:
            self._say_of_words(wrong)
        else:
            self.passphrase.set_error(wrong)
            self.passphrase.input.selectAll()
            self.passphrase.input.setFocus(Qt.FocusReason.OtherFocusReason)
        if not wrong:
            self._errors.addWidget(ErrorPanel(notice))

    def _say_of_words(self, text: str) -> None:
        self._words_said.setText(text)
        self._words_said.setVisible(bool(text))

    def _go(self) -> None:
        key = self._typed()
        if key is not None:
            user: Id | None = None if self.asks_words else self.who.input.currentData()
            self.open_wanted.emit(self._folder, key, user)

    def _typed(self) -> str | RecoveryKey | None:
        """The key, as far as it can be one; what is wrong is said beside it."""
        if not self.asks_words:
            if not self.passphrase.input.text():
                self.passphrase.set_error(self.tr("Type the passphrase first."))
            return self.passphrase.input.text() or None
        try:
            return recovery_key(self.words.text)
        except VigtoolError as error:
            self.show_error(error)
            return None
