"""After unlocking: what was half typed on a form when the vault locked, to be copied from and then let go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vigtool.casework.draft import Draft
from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.surface import Panel, column, row
from vigtool.ui.parts.words import ElidedWords, Words

_SHOWN = 6


class DraftsPanel(Panel):
    """The panel.

    Signals:
        done: the person has what they need of it; nothing of it is kept any longer.
    """

    done = Signal()

    def __init__(self, drafts: Sequence[Draft], parent: QWidget | None = None) -> None:
        super().__init__(padding=14, gap=8, parent=parent)
        head = row(gap=12)
        head.addWidget(Sign("pencil", "accent"), 0, Qt.AlignmentFlag.AlignTop)
        said = column(gap=2)
        said.addWidget(Words(self.tr("This was not saved yet when the vault locked"), weight=measures.SEMIBOLD))
        said.addWidget(
            Words(
                self.tr("Open the form again and put it where it belongs; what you copy stays copied for 30 seconds."),
                size=Type.DENSE,
                tone="quiet",
                wrap=True,
            )
        )
        head.addLayout(said, 1)
        close = Button(self.tr("Done with it"))
        close.clicked.connect(self.done)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        for draft in drafts[-_SHOWN:]:
            self.body.addLayout(self._line(draft))

    def _line(self, draft: Draft) -> QHBoxLayout:
        line = row(gap=12, margins=(32, 0, 0, 0))
        label = Words(draft.words, size=Type.LEAST, tone="quiet")
        line.addWidget(label)
        line.addWidget(ElidedWords(" ".join(draft.text.split())), 1)
        copy = Button(self.tr("Copy"), height=measures.BUTTON_SMALL)
        copy.setAccessibleName(self.tr("Copy: {0}").format(draft.words))
        copy.clicked.connect(lambda _=False: QGuiApplication.clipboard().setText(draft.text))
        line.addWidget(copy)
        return line
