"""What is open, at the top of the window: code, cycle, film, the helping question, and a quiet "saved"."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vigtool.ui import measures, theme
from vigtool.ui.measures import Type
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.surface import Rule, empty, row
from vigtool.ui.parts.words import ElidedWords, Words
from vigtool.ui.room import Room
from vigtool.ui.workspace import Workspace

_LEAST_ITEM, _LEAST_QUESTION = 88, 160
"""Pixels that each thing that is open, and the helping question, keep beside one of a long name."""


class SavedSign(QWidget):
    """Says "saved" once every write is durable, and nothing louder than that."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._sign = Sign("check", "quiet", size=16)
        self._words = Words("", tone="quiet")
        line = row(self, gap=6)
        line.addWidget(self._sign)
        line.addWidget(self._words)
        workspace.saving.connect(self._show)
        workspace.saved.connect(self._show)
        workspace.family_changed.connect(self._show)
        workspace.failed.connect(lambda _error: self._say(self.tr("not saved"), "error"))
        self._show()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def _show(self) -> None:
        self.setVisible(self._workspace.family is not None)
        self._say(self.tr("saving") if self._workspace.is_saving else self.tr("saved"), "quiet")

    def _say(self, words: str, tone: str) -> None:
        self._words.set_tone(tone)
        self._words.setText(words)
        self._sign.setVisible(tone == "quiet" and not self._workspace.is_saving)
        self.setAccessibleName(words)


class Header(QWidget):
    """The strip at the top; it is filled anew whenever another room or record is shown."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.setFixedHeight(measures.HEADER)
        self.saved = SavedSign(workspace)
        self._buttons: list[QWidget] = []
        whole = row(self, gap=12, margins=(16, 0, 16, 0))
        self._context = row(gap=12)
        whole.addLayout(self._context, 1)
        whole.addWidget(self.saved)
        self._ends = row(gap=12)
        whole.addLayout(self._ends)

    def show_room(self, room: Room) -> None:
        """Say what is open, as `room` wants it said, with its buttons at the end."""
        empty(self._context)
        family = self._workspace.family
        if family is not None:
            self._context.addWidget(Words(family.code, size=Type.LARGE, weight=measures.SEMIBOLD))
            for place, item in enumerate(room.header_items()):
                self._context.addWidget(Words("·", tone="quiet"))
                label = ElidedWords(item, weight=measures.MEDIUM if place == 0 else measures.REGULAR)
                label.set_tone("ink" if place == 0 or room.header_question() else "quiet")
                label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
                label.setMinimumWidth(min(label.sizeHint().width(), _LEAST_ITEM))
                self._context.addWidget(label)
            self._add_question(room.header_question())
        self._context.addStretch(1)
        self._show_buttons(room)

    def _add_question(self, question: str) -> None:
        if not question:
            return
        bar = Rule(upright=True)
        bar.setFixedHeight(24)
        self._context.addSpacing(8)
        self._context.addWidget(bar, 0, Qt.AlignmentFlag.AlignVCenter)
        self._context.addSpacing(8)
        self._context.addWidget(Words(self.tr("Helping question"), size=Type.LEAST, tone="quiet"))
        said = ElidedWords(self.tr("“{0}”").format(question), weight=measures.MEDIUM)
        said.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        said.setMinimumWidth(min(said.sizeHint().width(), _LEAST_QUESTION))
        self._context.addWidget(said, 4)

    def _show_buttons(self, room: Room) -> None:
        for button in self._buttons:
            self._ends.removeWidget(button)
            button.setParent(None)
        self._buttons = list(room.header_buttons())
        for button in self._buttons:
            self._ends.addWidget(button)
            button.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint its ground and the thin line below."""
        colours = theme.of(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.ground))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(colours.line))
