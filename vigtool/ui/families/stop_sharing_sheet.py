"""Colleagues shall open a family no longer: what that can do, and what nobody can."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from vigtool.errors import Cancelled
from vigtool.practice.progress import Cancelled as MayStop
from vigtool.practice.progress import Report, never, silent
from vigtool.ui.desk_keeping import Sharer
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.working import WorkingForm
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.surface import Panel, row
from vigtool.ui.parts.toggles import Radio
from vigtool.ui.parts.words import Words, isolated
from vigtool.ui.room import Bench


def names_of(whom: Sequence[Sharer]) -> str:
    """Colleagues by name, one after the other."""
    return ", ".join(isolated(one.name) for one in whom)


class StopSharingSheet(WorkingForm):
    """The sheet; the deep way takes as long as reading and writing all films of the family once."""

    def __init__(self, bench: Bench, page: FamilyPage, whom: Sequence[Sharer], parent: QWidget | None = None) -> None:
        """Make it for one colleague or several."""
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("StopSharing", "Stop sharing with {0}").format(names_of(whom)),
            go=say("StopSharing", "Stop sharing"),
            width=560,
            parent=parent,
        )
        self._page, self._whom = page, tuple(whom)
        self._is_taken = False
        self.future, self.deep = Radio(self.tr("Stop future access")), Radio(self.tr("Deep re-key"))
        self.future.setChecked(True)
        for radio, told in (
            (self.future, self.tr("What is written from now on has another key. Done at once; usually enough.")),
            (
                self.deep,
                self.tr(
                    "All films and notes of this family are sealed anew under another key, and the keys before it are "
                    "destroyed. It takes as long as copying all its films."
                ),
            ),
        ):
            self.asked.addWidget(radio)
            below = row(gap=0)
            below.addSpacing(28)
            below.addWidget(Words(told, size=Type.LEAST, tone="quiet", wrap=True), 1)
            self.asked.addLayout(below)
        honest = Panel(kind="caution", padding=12)
        said = self.tr("What {0} has already seen or copied cannot be taken back, either way.")
        if len(whom) > 1:
            said = self.tr("What they have already seen or copied cannot be taken back, either way.")
        honest.body.addWidget(Words(said.format(names_of(whom)), tone="caution", wrap=True))
        self.asked.addWidget(honest)

    def answer(self) -> None:
        """Stop sharing."""
        deep = self.deep.isChecked()
        if deep:  # what is open of it would be read while it is sealed anew
            self.bench.workspace.open_film(None)
            self.bench.workspace.open_reel(None)
        self._is_taken = False
        self.bench.workspace.write_begun()
        self.work(
            self.tr("Sealing everything anew") if deep else self.tr("Taking the key back"),
            lambda report, cancelled: self._stop_all(report, cancelled, deep=deep),
            self._done,
            self._not_stopped,
        )

    def _stop_all(self, report: Report, cancelled: MayStop, *, deep: bool) -> None:
        """Take the key from each who has it still; what is long comes once, with the last of them. Off the window."""
        desk, family = self.bench.desk, self._page.family.id
        have = {one.user for one in desk.shares_of(family) if not one.keeps}
        *others, last = [one.user for one in self._whom if one.user in have] or [self._whom[-1].user]
        for user in others:
            desk.stop_share(family, user, deep=False, report=silent, cancelled=never)
        # Only the deep part is ever cancelled once this was begun; what never was begun took nothing back.
        self._is_taken = True
        desk.stop_share(family, last, deep=deep, report=report, cancelled=cancelled)

    def _not_stopped(self, error: BaseException) -> None:
        self.bench.workspace.write_done()
        was_stopped = isinstance(error, Cancelled)
        kept = self.tr("Nothing was changed: the key was not taken back.")
        if self._is_taken:
            kept = self.tr("The key was taken back all the same; only sealing everything anew was stopped.")
        self.show_error(words_of(error, kept=kept if was_stopped else ""))
        if was_stopped and self._is_taken:  # there is no key left that could be taken back from here
            self.finish()
            self.written.emit(None)
        self.bench.workspace.records_changed.emit()
