"""All keys on one sheet (F1), built from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from vigtool.ui import measures
from vigtool.ui.actions import ACTIONS, Where, key_parts, where_words, words_of
from vigtool.ui.measures import Type
from vigtool.ui.parts.dialog import Dialog
from vigtool.ui.parts.keys import KeyBadge
from vigtool.ui.parts.surface import column, row
from vigtool.ui.parts.words import Words


def _badges(action_id: str) -> QWidget:
    made = QWidget()
    line = row(made, gap=4)
    for part in key_parts(action_id):
        line.addWidget(KeyBadge(part))
    line.addStretch(1)
    return made


class KeySheet(Dialog):
    """The sheet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("KeySheet", "Keys"), width=880, parent=parent)
        self.stop.hide()
        self.go.set_words(self.tr("Close"))
        columns = row(gap=40)
        for group in ((Where.PICTURE,), (Where.LOOKING, Where.EVERYWHERE, Where.REEL)):
            side = column(gap=8)
            for where in group:
                side.addWidget(Words(where_words(where), weight=measures.SEMIBOLD))
                side.addLayout(self._group(where))
                side.addSpacing(12)
            side.addStretch(1)
            columns.addLayout(side, 1)
        self.body.addLayout(columns)
        note = self.tr("A digit and then a letter puts a code; the letters stand on the buttons.")
        self.body.addWidget(Words(note, size=Type.LEAST, tone="quiet", wrap=True))

    def _group(self, where: Where) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        shown = [action for action in ACTIONS if action.where is where]
        for line, action in enumerate(shown):
            grid.addWidget(_badges(action.id), line, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(Words(words_of(action), size=Type.DENSE), line, 1)
        return grid
