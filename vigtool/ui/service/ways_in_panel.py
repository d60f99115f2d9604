"""The ways into the vault of whoever opened it: the passphrase, and a recovery sheet on paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.surface import Heading, Panel, Rule, column, row
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Bench
from vigtool.ui.vault.passphrase_sheet import PassphraseSheet
from vigtool.ui.vault.recovery_sheet import RecoverySheet


class WaysInPanel(Panel):
    """The panel.

    Signals:
        changed: another passphrase, or another sheet, opens the vault now.
    """

    changed = Signal()

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=10, parent=parent)
        self._bench = bench
        self.passphrase = Button(self.tr("Change"), height=measures.BUTTON_SMALL)
        self.passphrase.setAccessibleName(self.tr("Change the passphrase"))
        self.recovery = Button(self.tr("Make one"), height=measures.BUTTON_SMALL)
        self._recovery_said = Words("", size=Type.LEAST, tone="quiet", wrap=True)
        self.body.addWidget(Heading(self.tr("Ways in")))
        yours = Words(self.tr("known to you alone"), size=Type.LEAST, tone="quiet")
        self._add("key", self.tr("Your passphrase"), yours, self.passphrase)
        self.body.addWidget(Rule())
        self._add("shield", self.tr("Your recovery sheet"), self._recovery_said, self.recovery)
        self.body.addStretch(1)
        self.passphrase.clicked.connect(self._change_passphrase)
        self.recovery.clicked.connect(self._make_sheet)
        self.show_ways(has_recovery=False)

    def show_ways(self, *, has_recovery: bool) -> None:
        """Say whether a sheet opens the vault."""
        if has_recovery:
            self._recovery_said.setText(self.tr("24 words on paper open the vault"))
            self._recovery_said.set_tone("quiet")
            self.recovery.set_words(self.tr("Make another"))
        else:
            self._recovery_said.setText(self.tr("there is none: if the passphrase is lost, all is lost"))
            self._recovery_said.set_tone("caution")
            self.recovery.set_words(self.tr("Make one"))

    def _add(self, icon: str, title: str, said: Words, button: Button) -> None:
        line = row(gap=10)
        line.addWidget(Sign(icon, "quiet", size=18))
        text = column(gap=0)
        text.addWidget(Words(title, weight=measures.MEDIUM))
        said.setWordWrap(True)
        text.addWidget(said)
        line.addLayout(text, 1)
        line.addWidget(button)
        self.body.addLayout(line)

    def _change_passphrase(self) -> None:
        sheet = PassphraseSheet(self._bench, self.window())
        sheet.accepted.connect(self.changed)
        sheet.open()

    def _make_sheet(self) -> None:
        sheet = RecoverySheet(self._bench, self.window())
        sheet.kept.connect(self.changed)
        sheet.open()
