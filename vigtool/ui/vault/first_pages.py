"""After a vault was made: its recovery sheet, and whether the organisation shall hold one. Both can wait."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.surface import Panel, column, empty, row
from vigtool.ui.parts.words import Words
from vigtool.ui.vault.recovery_part import RecoveryPart

WIDTH = 760


class RecoveryPage(QWidget):
    """The recovery sheet, as a page.

    Signals:
        kept_wanted (RecoveryKey): the key is on paper; it shall open the vault.
        later_wanted: not now.
    """

    kept_wanted = Signal(object)
    later_wanted = Signal()

    def __init__(self, *, organisation: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        body = column(self, gap=16)
        title = self.tr("The organisation's recovery sheet") if organisation else self.tr("Your recovery sheet")
        body.addWidget(Words(title, size=Type.HUGE, weight=measures.SEMIBOLD))
        told = (
            self.tr(
                "With these words a family can be given to a colleague when somebody is ill or has left. They open no "
                "family by themselves. Keep them in the organisation's safe."
            )
            if organisation
            else self.tr("A forgotten passphrase cannot be made good in any other way. Have these 24 words on paper.")
        )
        body.addWidget(Words(told, tone="quiet", wrap=True))
        panel = Panel(padding=20, gap=12)
        self.part = RecoveryPart(organisation=organisation)
        self.part.stepped.connect(self._stepped)
        for field in self.part.fields:
            field.input.returnPressed.connect(self._go)
        panel.body.addWidget(self.part)
        body.addWidget(panel)
        self._errors = column()
        body.addLayout(self._errors)
        self.later, self.go = Button(self.tr("Later")), Button(self.tr("It is on paper"), Kind.PRIMARY)
        self.later.clicked.connect(self.later_wanted)
        self.go.clicked.connect(self._go)
        foot = row(gap=12)
        foot.addWidget(
            Words(self.tr("It can be made at any time, on the vault's own page."), size=Type.LEAST, tone="quiet")
        )
        foot.addStretch(1)
        foot.addWidget(self.later)
        foot.addWidget(self.go)
        body.addLayout(foot)

    def show_error(self, error: BaseException) -> None:
        """Say why it could not be kept."""
        empty(self._errors)
        kept = self.tr("nothing was changed: the new sheet opens nothing yet")
        self._errors.addWidget(ErrorPanel(words_of(error, kept=kept)))
        self.go.setEnabled(True)

    def _stepped(self) -> None:
        self.go.set_words(self.tr("Keep it") if self.part.is_asking else self.tr("It is on paper"))

    def _go(self) -> None:
        if not self.part.is_asking:
            self.part.ask()
        elif self.go.isEnabled() and self.part.check():
            self.go.setEnabled(False)
            self.kept_wanted.emit(self.part.key)


class OrganisationPage(QWidget):
    """Whether the organisation shall hold a key of its own. Both answers weigh the same.

    Signals:
        yes_wanted, no_wanted: the answer.
    """

    yes_wanted = Signal()
    no_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        body = column(self, gap=16)
        title = self.tr("Does the vault belong to an organisation?")
        body.addWidget(Words(title, size=Type.HUGE, weight=measures.SEMIBOLD))
        body.addWidget(
            Words(
                self.tr(
                    "A service answers for its records also when somebody falls ill or leaves. With a sheet of its own "
                    "it can give a family to another colleague. Everybody who uses the vault sees that there is one."
                ),
                tone="quiet",
                wrap=True,
            )
        )
        panel = Panel(padding=20, gap=12)
        line = row(gap=12)
        self.yes = Button(self.tr("Make the organisation's sheet"), icon="shield")
        self.no = Button(self.tr("Not for me"), icon="person")
        self.yes.clicked.connect(self.yes_wanted)
        self.no.clicked.connect(self.no_wanted)
        for button in (self.yes, self.no):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            line.addWidget(button, 1)
        panel.body.addLayout(line)
        panel.body.addWidget(
            Words(
                self.tr("You can decide otherwise at any time."),
                size=Type.LEAST,
                tone="quiet",
            ),
            0,
            Qt.AlignmentFlag.AlignHCenter,
        )
        body.addWidget(panel)
