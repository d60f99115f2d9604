"""The backups in a folder: the newest first and chosen, older ones on request."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.practice.restoring import GenerationFacts
from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.chip import State
from vigtool.ui.parts.surface import column
from vigtool.ui.parts.words import Words
from vigtool.ui.service.rows import Row, RowList
from vigtool.ui.service.said import day_words, moment_words, number_words, size_words

_FIRST = 2
"""So many stand there at once; whoever lost a computer wants the newest."""


def backup_row(backup: GenerationFacts, *, newest: bool) -> Row:
    """One backup."""
    say = QCoreApplication.translate
    parts = (
        say("BackupRows", "films: {0}").format(number_words(backup.films)),
        size_words(backup.size),
        say("BackupRows", "kept until {0}").format(day_words(backup.keep_until)),
    )
    chip = (State.AGREED, say("BackupRows", "newest")) if newest else None
    return Row(value=backup, title=moment_words(backup.made), below=" · ".join(parts), icon="folder", chip=chip)


class BackupRows(QWidget):
    """The list.

    Signals:
        chosen (GenerationFacts): another one is to be brought back.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._backups: Sequence[GenerationFacts] = ()
        body = column(self, gap=4)
        label = Words(self.tr("Which one"), size=Type.LEAST, tone="quiet")
        self.list = RowList(self.tr("Backups in that folder, the newest first"))
        self.list.chosen.connect(self._tell)
        label.setBuddy(self.list)
        self.older = Button("", Kind.LINK, height=measures.BUTTON_SMALL)
        self.older.clicked.connect(lambda: self._show(len(self._backups)))
        body.addWidget(label)
        body.addWidget(self.list)
        body.addWidget(self.older, 0, Qt.AlignmentFlag.AlignLeading)

    @property
    def value(self) -> GenerationFacts | None:
        """The chosen one."""
        found: GenerationFacts | None = self.list.value
        return found

    def set_backups(self, backups: Sequence[GenerationFacts]) -> None:
        """Show these, the newest first; it is chosen."""
        self._backups = backups
        self._show(_FIRST)
        if backups:
            self.list.choose(0)

    def _show(self, most: int) -> None:
        shown = self._backups[:most]
        self.list.set_rows([backup_row(each, newest=place == 0) for place, each in enumerate(shown)])
        left = len(self._backups) - len(shown)
        self.older.setVisible(left > 0)
        self.older.set_words(self.tr("Show older ones ({0})").format(number_words(left)))
        if not left and most > _FIRST:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, backup: GenerationFacts | None) -> None:
        if backup is not None:
            self.chosen.emit(backup)
