"""Steps that could not be written: said beside the marks, done again or let go as the person chooses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from vigtool.errors import VigtoolError
from vigtool.ui.film.ledger import Entry
from vigtool.ui.film.saving import Saving
from vigtool.ui.film.side_panel import SidePanel
from vigtool.ui.notices import words_of


class LostSteps(QObject):
    """What went off the screen again since it could not be written."""

    def __init__(self, saving: Saving, side: SidePanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._saving, self._side = saving, side
        self._lost: list[Entry] = []
        saving.lost.connect(self._lose)
        side.again_wanted.connect(self._do_again)
        side.left_lost.connect(self._leave)

    def _lose(self, error: BaseException, entries: Sequence[Entry]) -> None:
        self._lost.extend(entries)
        one = self.tr("One step could not be written and went off the screen again")
        more = self.tr("{0} steps could not be written and went off the screen again").format(len(self._lost))
        self._side.show_lost(words_of(error, kept=one if len(self._lost) == 1 else more))

    def _do_again(self) -> None:
        entries, self._lost = self._lost, []
        self._side.show_lost(None)
        if self._saving.again(entries):
            self._side.show_refusal(
                VigtoolError(
                    self.tr("what no longer fits the marks that are there was left out"),
                    self.tr("make it anew where it is still needed"),
                )
            )

    def _leave(self) -> None:
        self._lost = []
        self._side.show_lost(None)
