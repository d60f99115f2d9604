"""One field for a colleague's card: the six words that they read out, or the code that a scanner types.

It says at once whether that is the card which lies in the vault. The words of that card are never shown here: beside
them one would nod instead of listening.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from vigtool.ids import Id
from vigtool.practice.card_heard import is_code, is_enough, words_heard
from vigtool.ui import measures
from vigtool.ui.desk_keeping import Heard
from vigtool.ui.measures import Type
from vigtool.ui.notices import Notice, words_of
from vigtool.ui.parts.error_panel import ErrorPanel, Sign
from vigtool.ui.parts.field import Field, Line
from vigtool.ui.parts.surface import Panel, column, empty, row
from vigtool.ui.parts.words import Words, isolated
from vigtool.ui.room import Bench

_REST = 700
"""Milliseconds without a key after which what was typed is compared: the last word may not be at its end before."""


class CardHeard(Panel):
    """The field, and what came of it.

    Signals:
        changed: it agrees now, or does not any more, or says something else.
        go_on: the enter key was pressed although it agrees already.
    """

    changed = Signal()
    go_on = Signal()

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(kind="sunken", padding=16, gap=10, parent=parent)
        self._bench = bench
        self._user: Id | None = None
        self._name, self._asked = "", 0
        self.agrees = False
        self._told = Words("", size=Type.DENSE, wrap=True)
        self.said = Field(self.tr("The six words that you hear, or the code"), Line())
        line = self.said.input
        line.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhNoAutoUppercase)
        line.textChanged.connect(self._typed)
        line.returnPressed.connect(self._entered)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._compare)
        self._outcome = column()
        self.body.addWidget(self._told)
        self.body.addWidget(self.said)
        self.body.addLayout(self._outcome)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.said.input.text().strip()

    def ask_for(self, user: Id, name: str) -> None:
        """Ask for the card of this colleague; what was typed for another is forgotten."""
        self._user, self._name = user, name
        self._told.setText(
            self.tr(
                "{0} opens this vault on a screen of their own, goes to Service, People with keys, and reads you the "
                "six words under “Your card”, face to face or on the telephone. Type what you hear. Or scan the code "
                "there with a scanner that types."
            ).format(isolated(name))
        )
        self.said.input.clear()
        self._typed()

    def _typed(self) -> None:
        self._asked += 1  # an answer about what stood there before is not about this
        self.agrees = False
        empty(self._outcome)
        count = words_heard(self.text)
        if not self.text or is_code(self.text):
            self._hint("")
        else:
            self._hint(self.tr("%n of 6 words", "", count) if count < 6 else "")
        self._rest.stop()
        if is_enough(self.text):
            self._rest.start()
        self.changed.emit()

    def _hint(self, words: str) -> None:
        self.said.set_hint(words or self.tr("Capitals and commas do not matter."))

    def _entered(self) -> None:
        if self.agrees:
            self.go_on.emit()
        elif is_enough(self.text):
            self._compare()
        elif is_code(self.text):
            self.said.set_error(self.tr("This code is not whole. Scan it once more."))
        else:
            self.said.set_error(self.tr("Type all six words."))

    def _compare(self) -> None:
        self._rest.stop()
        desk, user, said = self._bench.desk, self._user, self.text
        if user is None:
            return
        self._asked += 1
        mine = self._asked
        self._bench.jobs.call(
            lambda: desk.hear_card(user, said),
            owner=self,
            done=lambda heard: self._heard(heard) if mine == self._asked else None,
            failed=lambda error: self._untold(error) if mine == self._asked else None,
        )

    def _heard(self, heard: Heard) -> None:
        empty(self._outcome)
        self.agrees = heard is Heard.SAME
        if self.agrees:
            self._say_same()
        else:
            notice = self._differing(heard)
            self._outcome.addWidget(ErrorPanel(notice))
            self.said.input.setAccessibleDescription(notice.spoken)
        self.changed.emit()

    def _say_same(self) -> None:
        line = row(gap=8)
        line.addWidget(Sign("check", "accent", size=18), 0, Qt.AlignmentFlag.AlignTop)
        same = self.tr("They match: this is the card of {0}.").format(isolated(self._name))
        said = Words(same, weight=measures.SEMIBOLD, wrap=True)
        spoken = self.tr("They match: this is the card of {0}.").format(self._name)
        said.setAccessibleName(spoken)
        self.said.input.setAccessibleDescription(spoken)
        line.addWidget(said, 1)
        holder = QWidget()
        holder.setLayout(line)
        self._outcome.addWidget(holder)

    def _differing(self, heard: Heard) -> Notice:
        if heard is Heard.OWN:
            return Notice(
                self.tr("This is your own card"),
                "",
                self.tr("{0} reads from their own screen, after they have opened the vault themselves.").format(
                    isolated(self._name)
                ),
            )
        if is_code(self.text):
            first = self.tr("Perhaps it is the code of somebody else: have {0} open the page themselves.")
        else:
            first = self.tr("Perhaps a word was misheard: have {0} read all six once more, slowly.")
        return Notice(
            self.tr("They differ: this is another card than the one in this vault"),
            first.format(isolated(self._name)),
            self.tr(
                "If they still differ, somebody may have put a card of their own into the vault. Share nothing with "
                "{0}, and tell whoever keeps the keys of your service."
            ).format(isolated(self._name)),
        )

    def _untold(self, error: BaseException) -> None:
        self._outcome.addWidget(ErrorPanel(words_of(error, kept=self.tr("Nothing was shared."))))
        self.changed.emit()
