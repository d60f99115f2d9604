"""The first page: make a vault, open one, or look around with the sample family."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.surface import Panel, column, row
from vigtool.ui.parts.words import Words


class Way(Panel):
    """One way to begin: what it is for, and its button."""

    def __init__(self, icon: str, title: str, sentence: str, button: Button, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, parent=parent)
        line = row(gap=16)
        line.addWidget(Sign(icon, "accent", size=26), 0, Qt.AlignmentFlag.AlignTop)
        text = column(gap=4)
        text.addWidget(Words(title, weight=measures.SEMIBOLD))
        text.addWidget(Words(sentence, size=Type.DENSE, tone="quiet", wrap=True))
        line.addLayout(text, 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(line)


class StartPage(QWidget):
    """The page.

    Signals:
        make_wanted, open_wanted, sample_wanted, restore_wanted: what the person chose.
    """

    make_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = column(self, gap=12)
        body.addWidget(Words(self.tr("Look closely at what goes well"), size=Type.HUGE, weight=measures.SEMIBOLD))
        body.addWidget(
            Words(
                self.tr(
                    "A vault is a folder in which everything of your work is sealed: families, films, marks and reels."
                ),
                tone="quiet",
                wrap=True,
            )
        )
        body.addSpacing(8)
        self.sample = Button(self.tr("Look around"), Kind.PRIMARY)
        self.open = Button(self.tr("Open…"))
        self.make = Button(self.tr("Make…"))
        self.sample.clicked.connect(self.sample_wanted)
        self.open.clicked.connect(self.open_wanted)
        self.make.clicked.connect(self.make_wanted)
        for way in (
            Way(
                "families",
                self.tr("A sample family"),
                self.tr("A drawn film, with marks, a reel and everything around it. Nobody in it is real."),
                self.sample,
            ),
            Way("key", self.tr("Open a vault"), self.tr("You need its folder and its passphrase."), self.open),
            Way(
                "plus",
                self.tr("Make a vault"),
                self.tr("Choose a place for it. A passphrase of six words is offered."),
                self.make,
            ),
        ):
            body.addWidget(way)
        self.restore = Button(
            self.tr("Get a vault back from a backup…"), Kind.LINK, icon="again", height=measures.BUTTON_SMALL
        )
        self.restore.clicked.connect(self.restore_wanted)
        body.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignHCenter)
