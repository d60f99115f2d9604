"""What was taken back: what stopped, what to do about each copy, and the letter; also found again later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vigtool.casework.copy import CopyOutcome
from vigtool.casework.withdrawal import CopyTask, Withdrawal
from vigtool.ui import measures
from vigtool.ui.desk_keeping import Sharer
from vigtool.ui.families.asking import TallForm
from vigtool.ui.families.copy_words import copy_words, for_whom, outcome_words, to_do_words
from vigtool.ui.families.letter_part import LetterPart
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.stop_sharing_sheet import names_of
from vigtool.ui.families.stray_words import place_words
from vigtool.ui.families.withdrawal_words import effect_words
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.days import full_day
from vigtool.ui.parts.error_panel import ErrorPanel, Sign
from vigtool.ui.parts.segments import Segments, choose_none
from vigtool.ui.parts.surface import Panel, column, empty, row
from vigtool.ui.parts.words import Words, isolated
from vigtool.ui.room import Bench

_ROOM = 24
"""So many letters of a name stand on a button."""


class WithdrawalSheet(TallForm):
    """The sheet. What became of each copy is written down as it is chosen.

    Signals:
        stop_wanted (list of Sharer): the keys of colleagues shall be taken back.
    """

    stop_wanted = Signal(object)

    def __init__(
        self, bench: Bench, page: FamilyPage, taken: Withdrawal, parent: QWidget | None = None, *, cut_off: int = 0
    ) -> None:
        """Make it; `cut_off` is how many handovers were cut off, of which something may lie on a disk not here now."""
        say = QCoreApplication.translate
        name = isolated(page.name_of(taken.signed_by))
        super().__init__(
            bench,
            say("WithdrawalSheet", "Withdrawn by {0}").format(name),
            sentence=say("WithdrawalSheet", "{0}, signed as {1}").format(full_day(taken.on), isolated(taken.signed_as)),
            go=say("WithdrawalSheet", "Done"),
            width=760,
            parent=parent,
        )
        self.stop.hide()
        self._page, self._taken = page, taken
        self._add_shares()
        self._add_stopped()
        self._title(self.tr("Copies that were made"))
        self._copies = column(gap=8)
        self.inner.addLayout(self._copies)
        self.tasks: dict[str, Segments] = {}
        if cut_off:
            said = self.tr(
                "%n handovers were cut off: look on that stick or disk for what was left of them.", "", cut_off
            )
            self.inner.addLayout(_said("warning", said))
        self._add_strays()
        self._title(self.tr("The letter"))
        self.letter = LetterPart(bench, page, taken)
        self.inner.addWidget(self.letter)
        self._read()

    def _title(self, words: str) -> None:
        self.inner.addWidget(Words(words, weight=measures.SEMIBOLD))

    def _add_stopped(self) -> None:
        self._title(self.tr("What stopped at once"))
        lines = column(gap=4)
        names = ", ".join(isolated(self._page.name_of(one)) for one in self._taken.for_persons)
        lines.addWidget(Words(self.tr("For {0}").format(names), size=Type.LEAST, tone="quiet", wrap=True))
        for scope in self._taken.scopes:
            lines.addLayout(_said("minus", effect_words(scope)))
        self.inner.addLayout(lines)

    def _add_shares(self) -> None:
        """Colleagues to whom it may no longer be shown: they are refused it; their key is a person's to take back."""
        fallen = [one for one in self._page.keeping.shares if one.user in self._taken.shares and not one.keeps]
        self.shares = Panel(kind="caution", padding=12)
        self.shares.setVisible(bool(fallen))
        self.inner.addWidget(self.shares)
        if not fallen:
            return
        names = names_of(fallen)
        line = row(gap=12)
        line.addWidget(Sign("key", "caution", size=18), 0, Qt.AlignmentFlag.AlignTop)
        said = self.tr(
            "{0} still has the key of this family. The program refuses what may no longer be shown; only taking the "
            "key back ends it."
        )
        if len(fallen) > 1:
            said = self.tr(
                "These still have the key of this family: {0}. The program refuses what may no longer be shown; only "
                "taking the key back ends it."
            )
        line.addWidget(Words(said.format(names), tone="caution", wrap=True), 1)
        words = self.tr("Stop sharing with {0}…").format(_short(fallen[0].name))
        if len(fallen) > 1:
            words = self.tr("Stop sharing with all %n…", "", len(fallen))
        self.stop_all = Button(words, icon="key")
        self.stop_all.setAccessibleName(self.tr("Stop sharing with {0}").format(", ".join(one.name for one in fallen)))
        self.stop_all.clicked.connect(lambda _=False: self.stop_wanted.emit(fallen))
        line.addWidget(self.stop_all, 0, Qt.AlignmentFlag.AlignVCenter)
        self.shares.body.addLayout(line)

    def show_stopped(self, whom: Sequence[Sharer]) -> None:
        """Say that the key was taken back: nothing is left to do about it."""
        empty(self.shares.body)
        said = self.tr("The key was taken back from {0}.").format(names_of(whom))
        self.shares.body.addLayout(_said("check", said))
        self.refit()

    def _add_strays(self) -> None:
        mine = [stray for stray in self._page.keeping.strays if stray.id in self._taken.strays]
        if mine:
            self._title(self.tr("Outside the vault"))
            lines = column(gap=4)
            for stray in mine:
                lines.addLayout(_said("warning", place_words(stray.where)))
            said = self.tr("Erase them there; then say so on the page “Safety and keeping”.")
            lines.addWidget(Words(said, size=Type.LEAST, tone="quiet", wrap=True))
            self.inner.addLayout(lines)

    def show_end(self) -> None:
        """Go to the letter and its ways out."""
        self._scroll.ensureWidgetVisible(self.letter.save)

    # Copies

    def _read(self) -> None:
        desk, taken = self.bench.desk, self._taken
        self.bench.jobs.call(
            lambda: desk.copy_tasks(taken), owner=self, done=self._show_tasks, failed=self._not_settled
        )

    def _show_tasks(self, tasks: Sequence[CopyTask]) -> None:
        empty(self._copies)
        self.tasks.clear()
        for task in tasks:
            self._copies.addWidget(self._task(task))
        if not tasks:
            nothing = self.tr("None: no copy of a film of theirs was ever given out.")
            self._copies.addWidget(Words(nothing, tone="quiet", wrap=True))
        self.refit()

    def _task(self, task: CopyTask) -> QWidget:
        made = Panel(padding=12, gap=6)
        copy = task.copy
        words = self.tr("{0} for {1}").format(copy_words(copy, self._page), isolated(for_whom(copy, self._page)))
        line = row(gap=8)
        line.addWidget(Sign("check" if task.settled else "clock", "accent" if task.settled else "caution", size=18))
        line.addWidget(Words(words, size=Type.DENSE, weight=measures.MEDIUM, wrap=True), 1)
        line.addWidget(Words(full_day(copy.made.date()), size=Type.LEAST, tone="quiet"))
        made.body.addLayout(line)
        made.body.addWidget(Words(to_do_words(task.what_to_do), size=Type.DENSE, wrap=True))
        choice = Segments(
            [(outcome, outcome_words(outcome)) for outcome in CopyOutcome],
            words=self.tr("What became of it: {0}").format(words),
            height=measures.BUTTON_SMALL,
        )
        if task.settled is None:
            choose_none(choice)
        else:
            choice.set_value(task.settled)
        choice.chosen.connect(lambda outcome: self._settle(copy.id, outcome))
        self.tasks[copy.id] = choice
        made.body.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeading)
        return made

    def _settle(self, copy: str, outcome: CopyOutcome) -> None:
        desk, workspace = self.bench.desk, self.bench.workspace
        workspace.write_begun()
        self.bench.jobs.call(
            lambda: desk.settle_copy(copy, outcome, date.today()),
            owner=self,
            done=lambda _none: self._settled(),
            failed=self._not_settled,
        )

    def _settled(self) -> None:
        self.bench.workspace.write_done()
        self._read()
        self.bench.workspace.records_changed.emit()

    def _not_settled(self, error: BaseException) -> None:
        self.bench.workspace.write_failed(error, told=True)
        self._copies.addWidget(ErrorPanel(words_of(error, kept=self.tr("What was written before stands."))))
        self.refit()


def _short(name: str) -> str:
    """A name that a button has room for."""
    return isolated(name if len(name) <= _ROOM else name[: _ROOM - 1] + "…")


def _said(icon: str, words: str) -> QVBoxLayout:
    lines, line = column(), row(gap=8)
    line.addWidget(Sign(icon, "caution", size=16), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(Words(words, size=Type.DENSE, wrap=True), 1)
    lines.addLayout(line)
    return lines
