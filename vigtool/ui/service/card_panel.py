"""One's own card: six words to be read out to a colleague, and the same as a code for their camera."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.qr import Qr
from vigtool.ui.parts.surface import Heading, Panel, column, empty
from vigtool.ui.parts.words import Words

_QR = 132


class CardPanel(Panel):
    """The panel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=8, parent=parent)
        self.body.addWidget(Heading(self.tr("Your card")))
        said = self.tr("Read these words to a colleague who compares your card: then they know that it is yours.")
        self.body.addWidget(Words(said, size=Type.DENSE, tone="quiet", wrap=True))
        self._words = QGridLayout()
        self._words.setHorizontalSpacing(16)
        self._words.setVerticalSpacing(4)
        self.body.addLayout(self._words)
        self._code = column()
        self.body.addLayout(self._code)
        self.body.addStretch(1)

    def show_card(self, words: tuple[str, ...], text: str) -> None:
        """Show the words, in two columns, and the code."""
        empty(self._words)
        empty(self._code)
        rows = -(-len(words) // 2)
        for place, word in enumerate(words):
            shown = Words(f"{place + 1}  {word}", weight=measures.SEMIBOLD)
            shown.setAccessibleName(self.tr("word {0}: {1}").format(place + 1, word))
            self._words.addWidget(shown, place % rows, place // rows)
        code = Qr(text, _QR, self.tr("the same as a code for a camera"))
        self._code.addWidget(code, 0, Qt.AlignmentFlag.AlignLeading)
