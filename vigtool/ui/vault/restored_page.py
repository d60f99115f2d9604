"""A vault was got back: what is in it, what is not, and the way into it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.practice.restoring import Restored
from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.surface import Panel, column, row
from vigtool.ui.parts.words import ElidedWords, Words
from vigtool.ui.vault.restored_words import Told, told_of


class ToldPart(QWidget):
    """One thing that is said: its sign, a title, a sentence, and the lines it is about."""

    def __init__(self, told: Told, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = row(self, gap=12)
        line.addWidget(Sign(told.icon, told.tone), 0, Qt.AlignmentFlag.AlignTop)
        text = column(gap=2)
        text.addWidget(Words(f"{told.title}.", weight=measures.SEMIBOLD, wrap=True))
        if told.sentence:
            text.addWidget(Words(told.sentence, size=Type.DENSE, tone="quiet", wrap=True))
        for each in told.lines:
            text.addWidget(Words(each, size=Type.DENSE, wrap=True))
        line.addLayout(text, 1)
        self.setAccessibleName(" ".join((f"{told.title}.", told.sentence, *told.lines)).strip())


class RestoredPage(QWidget):
    """The page.

    Signals:
        open_wanted (Path): open the vault that was got back.
    """

    open_wanted = Signal(object)

    def __init__(self, done: Restored, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = column(self, gap=16)
        body.addWidget(Words(self.tr("The vault is back"), size=Type.HUGE, weight=measures.SEMIBOLD))
        where = column(gap=2)
        where.addWidget(Words(self.tr("It lies in"), size=Type.LEAST, tone="quiet"))
        self.where = ElidedWords(str(done.folder))
        where.addWidget(self.where)
        panel = Panel(padding=20, gap=16)
        panel.body.addLayout(where)
        self.parts = [ToldPart(told) for told in told_of(done)]
        for part in self.parts:
            panel.body.addWidget(part)
        body.addWidget(panel)
        certificate = self.tr(
            "If you hold a certificate of something that was erased after that moment: Service, Retention takes its "
            "text and erases it again."
        )
        body.addWidget(Words(certificate, size=Type.LEAST, tone="quiet", wrap=True))
        self.open = Button(self.tr("Open the vault"), Kind.PRIMARY)
        self.open.clicked.connect(lambda: self.open_wanted.emit(done.folder))
        foot = row(gap=12)
        told = self.tr("Make a new backup soon: the program reminds of it.")
        foot.addWidget(Words(told, size=Type.LEAST, tone="quiet", wrap=True), 1)
        foot.addWidget(self.open)
        body.addLayout(foot)
