"""All keys on one sheet (F1), built from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from vigtool.ui import measures
from vigtool.ui.actions import ACTIONS, Where, key_parts, where_words, words_of
from vigtool.ui.measures import Type
from vigtool.ui.parts.dialog import Dialog
from vigtool.ui.parts.keys import KeyBadge
from vigtool.ui.parts.surface import Scroll, column, row
from vigtool.ui.parts.words import Words

_COLUMNS = (
    (Where.PICTURE, Where.TIMELINE),
    (Where.MARKING, Where.EVERYWHERE),
    (Where.LOOKING, Where.REEL),
)
_AROUND, _LEAST = 24, 200
"""Pixels between the sheet and the window's edges; the height that the keys have in any case."""
_MARGINS = 48


def _badges(action_id: str) -> QWidget:
    made = QWidget()
    line = row(made, gap=4)
    for part in key_parts(action_id):
        line.addWidget(KeyBadge(part))
    line.addStretch(1)
    return made


class KeySheet(Dialog):
    """The sheet. Where the window is not high enough for all keys they scroll, by wheel and by the arrow keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("KeySheet", "Keys"), width=1000, parent=parent)
        self.stop.hide()
        self.go.set_words(self.tr("Close"))
        columns = row(gap=28)
        for group in _COLUMNS:
            side = column(gap=8)
            for where in group:
                side.addWidget(Words(where_words(where), weight=measures.SEMIBOLD))
                side.addLayout(self._group(where))
                side.addSpacing(12)
            side.addStretch(1)
            columns.addLayout(side, 1)
        self._scroll = Scroll(margins=(0, 0, 12, 0))
        self._scroll.body.addLayout(columns)
        self.body.addWidget(self._scroll)
        note = self.tr(
            "A digit and then a letter puts a code; the letters stand on the buttons. The keys of playing, marking, "
            "timeline and picture act while the focus is in the picture or the timeline."
        )
        self.body.addWidget(Words(note, size=Type.LEAST, tone="quiet", wrap=True))

    def fit(self, behind: QWidget) -> None:
        """Take as much of the window as there is room for."""
        self._scroll.setFixedHeight(_LEAST)
        self.adjustSize()
        room = behind.height() - 2 * _AROUND - (self.height() - _LEAST)
        needed = self._scroll.body.totalHeightForWidth(self.width() - _MARGINS)
        self._scroll.setFixedHeight(max(min(needed, room), _LEAST))
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll."""
        bar = self._scroll.verticalScrollBar()
        page = bar.pageStep()
        by = {Qt.Key.Key_Down: 40, Qt.Key.Key_Up: -40, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
        step = by.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)

    def _group(self, where: Where) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        shown = [action for action in ACTIONS if action.where is where]
        for line, action in enumerate(shown):
            grid.addWidget(_badges(action.id), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Words(words_of(action), size=Type.DENSE, wrap=True), line, 1)
        return grid
