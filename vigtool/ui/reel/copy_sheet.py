"""Making the parent's copy: who, whether it is safe, what consent says, what is made, where; then the receipt.

"Make the copy" never has the focus to begin with, and "Watch here, keep nothing" weighs as much. Whatever cannot be
done is said beside the thing it is about.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vigtool.errors import Cancelled, ConsentMissing, HandoverError, UnsafeRecipient, VigtoolError
from vigtool.ui import measures
from vigtool.ui.jobs import Job
from vigtool.ui.measures import Type
from vigtool.ui.notices import Notice, words_of
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.error_panel import ErrorPanel, Sign
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.parts.surface import Rule, Scroll, column, empty, row
from vigtool.ui.parts.words import ElidedWords, Words
from vigtool.ui.parts.wrapping import let_wrap
from vigtool.ui.reel.copy_consent import ConsentPart, form_words
from vigtool.ui.reel.copy_facts import CopyFacts, Safe
from vigtool.ui.reel.copy_making import MakingPart
from vigtool.ui.reel.copy_talk import GivenPart, TalkPart
from vigtool.ui.reel.copy_who import WhoPart
from vigtool.ui.reel.receipt import ReceiptPaper
from vigtool.ui.reel.said import sentence
from vigtool.ui.reel.sheet_frame import INDENT, RECEIPT, EqualButton, NumberedHead, SheetFrame
from vigtool.ui.room import Bench


class CopySheet(SheetFrame):
    """The sheet.

    Signals:
        watch_wanted: watch the reel here instead; the sheet closes.
        made: a copy was made and stands in the register.
    """

    watch_wanted = Signal()
    made = Signal()

    def __init__(self, bench: Bench, facts: CopyFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, self._facts = bench, facts
        self._job: Job[Any] | None = None
        self._progress: ProgressPanel | None = None
        self._is_made = False
        self.who, self.consent, self.making = WhoPart(facts), ConsentPart(facts), MakingPart(facts)
        self.paper = ReceiptPaper(facts)
        whole = row(self, gap=0, margins=(1, 1, 1, 1))
        left = column(gap=0)
        left.addWidget(self._make_left(), 1)
        left.addWidget(Rule())
        left.addWidget(self._make_foot())
        whole.addLayout(left, 1)
        whole.addWidget(self._make_right())
        self.who.changed.connect(self._refresh)
        self.making.place.changed.connect(self._refresh)
        self._refresh()
        let_wrap(self)

    # What it is made of

    def _make_left(self) -> QWidget:
        scroll = Scroll(gap=10, margins=(24, 22, 24, 20))
        self.title = Words("", size=Type.TITLE, weight=measures.SEMIBOLD, wrap=True)
        head = column(gap=2)
        head.addWidget(self.title)
        head.addWidget(Words(self._below_title(), tone="quiet", wrap=True))
        scroll.body.addLayout(head)
        scroll.body.addSpacing(6)
        self._titles: list[Words] = []
        for number, (title, beside, part) in enumerate(
            (
                (self.tr("Who it is for"), "", self.who),
                (self.tr("What consent says"), form_words(self._facts), self.consent),
                (self.tr("What will be made"), "", self.making),
            ),
            start=1,
        ):
            head_ = NumberedHead(number, title, beside)
            self._titles.append(head_.title)
            scroll.body.addWidget(head_)
            indented, inner = row(gap=0), column(gap=8, margins=(0, 0, 0, 8))
            indented.addSpacing(INDENT)
            indented.addLayout(inner, 1)
            if number == 1:
                self._said = column(gap=6)
                inner.addLayout(self._said)
            inner.addWidget(part)
            scroll.body.addLayout(indented)
        below, self._below = row(gap=0), column(gap=8)
        below.addSpacing(INDENT)
        below.addLayout(self._below, 1)
        scroll.body.addLayout(below)
        self.talk = TalkPart()
        scroll.body.addWidget(self.talk)
        scroll.body.addStretch(1)
        self._scroll = scroll
        return scroll

    def _make_foot(self) -> QWidget:
        made = QWidget()
        foot = row(made, gap=12, margins=(24, 14, 24, 14))
        self._where_sign, self._where = Sign("folder", "quiet", size=18), ElidedWords("", size=Type.LEAST, tone="quiet")
        foot.addWidget(self._where_sign)
        foot.addWidget(self._where, 1)
        self._where_sign.hide()
        self.leave = Button(self.tr("Cancel"))
        self.leave.clicked.connect(self.reject)
        self.watch = EqualButton(self.tr("Watch here, keep nothing"), Kind.PRIMARY, icon="review")
        self.watch.clicked.connect(self._watch)
        self.go = Button(self.tr("Make the copy"), Kind.PRIMARY, icon="heart")
        self.go.clicked.connect(self._make)
        self.open_folder, self.done_ = Button(self.tr("Open folder")), Button(self.tr("Done"), Kind.PRIMARY)
        self.open_folder.clicked.connect(self._open_folder)
        self.done_.clicked.connect(self.accept)
        for button in (self.leave, self.watch, self.go, self.open_folder, self.done_):
            foot.addWidget(button)
        for button in (self.open_folder, self.done_):
            button.hide()
        return made

    def _make_right(self) -> QWidget:
        made = QWidget()
        made.setFixedWidth(RECEIPT)
        inner = column(made, margins=(24, 24, 24, 24))
        scroll = Scroll()
        scroll.body.addWidget(self.paper)
        scroll.body.addStretch(1)
        inner.addWidget(scroll)
        return made

    # What it says

    @property
    def _name(self) -> str:
        chosen = self.who.recipient
        return chosen.person.name if chosen else ""

    def _below_title(self) -> str:
        cycle = self._facts.cycle
        if cycle is None:
            return self.tr("A reel of family {0}").format(self._facts.family.code)
        if not cycle.helping_question:
            return self.tr("Reel of cycle {0}").format(cycle.number)
        return self.tr("Reel of cycle {0}: “{1}”").format(cycle.number, cycle.helping_question)

    def may_go(self) -> bool:
        """Whether everything that is asked was answered so that a copy may be made."""
        chosen = self.who.recipient
        allowed = chosen is not None and chosen.may_have
        return allowed and self.who.answer is Safe.YES and self.making.place.is_ready and self._job is None

    def _refresh(self) -> None:
        name = self._name
        title = self.tr("A copy for {0}").format(name) if name else self.tr("A copy to take home")
        self.title.setText(title)
        self.setWindowTitle(title)
        self.talk.set_name(name)
        self.go.setEnabled(self.may_go())
        self.paper.show_plan(name, self.who.answer)
        let_wrap(self)

    # Making it

    def _make(self) -> None:
        chosen = self.who.recipient
        if chosen is None or not self.may_go():
            return
        empty(self._below)
        self.making.place.show_error("")
        target, reel, desk = self.making.place.target, self._facts.reel.id, self._bench.desk
        self._progress = ProgressPanel(
            self.tr("Making the film for {0}").format(chosen.person.name),
            promise=self.tr("If you cancel, nothing is left behind."),
        )
        self._progress.cancelled.connect(self._stop)
        self._below.addWidget(self._progress)
        self._job = self._bench.jobs.run(
            lambda report, cancelled: desk.make_copy(reel, chosen.person.id, target, report, cancelled, safe=True),
            owner=self,
            done=lambda receipt: self._made(target, receipt),
            failed=self._failed,
            progress=self._progressed,
        )
        self._lock(locked=True)
        self._scroll.ensureWidgetVisible(self._progress)
        self._progress.cancel.setFocus()

    def _progressed(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress.set_progress(done, total)
        if self._progress is not None and total > 0:
            self._progress.set_detail(self.tr("{0} % done").format(min(done, total) * 100 // total))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _lock(self, *, locked: bool) -> None:
        self.who.set_locked(locked=locked)
        self.making.place.set_locked(locked=locked)
        self.watch.setEnabled(not locked)
        self.leave.setEnabled(not locked)
        self.go.setEnabled(self.may_go())

    def _end_work(self) -> None:
        self._job, progress, self._progress = None, self._progress, None
        self._lock(locked=False)
        self.leave.setFocus()
        if progress is not None:
            self._below.removeWidget(progress)
            progress.hide()
            progress.deleteLater()

    def _failed(self, error: BaseException) -> None:
        self._end_work()
        if isinstance(error, Cancelled):
            self._below.addWidget(Words(self.tr("Stopped. Nothing was made, nothing is left behind."), tone="quiet"))
        elif isinstance(error, HandoverError) and not isinstance(error, UnsafeRecipient):
            self.making.place.show_error(f"{sentence(error.message)} {sentence(error.hint)}".strip())
            self.making.place.name.input.setFocus()
            self._scroll.ensureWidgetVisible(self.making.place.name)
        else:
            self._below.addWidget(ErrorPanel(self._notice(error)))
            self._below.addLayout(self._reasons(error))

    def _notice(self, error: BaseException) -> Notice:
        if isinstance(error, ConsentMissing):  # its reasons stand below, each by itself
            error = VigtoolError(error.message)
        return words_of(error, kept=self.tr("No copy was made; the reel is as it was."))

    def _reasons(self, error: BaseException) -> QVBoxLayout:
        lines = column(gap=4)
        for reason in error.reasons if isinstance(error, ConsentMissing) else ():
            line = row(gap=8)
            line.addWidget(Sign("cross", "error", size=16), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Words(sentence(reason), tone="error", wrap=True), 1)
            lines.addLayout(line)
        return lines

    def _made(self, target: Path, receipt: Any) -> None:
        name, recipient = self._name, self.who.recipient
        self._end_work()
        self._is_made = True
        self.title.setText(self.tr("{0}’s copy is ready").format(name))
        self.setWindowTitle(self.title.text())
        self._titles[2].setText(self.tr("What was made"))
        self.who.hide()
        if recipient is not None:
            self._said.addWidget(GivenPart(recipient, self._facts))
        self.making.show_made(receipt.copy.size)
        self.paper.show_made(name, receipt.copy, receipt.number)
        self._where_sign.show()
        self._where.setText(self.tr("In {0}: {1}").format(target.parent.name or str(target.parent), target.name))
        for button in (self.leave, self.watch, self.go):
            button.hide()
        self.open_folder.show()
        self.done_.show()
        self.done_.setFocus()
        let_wrap(self)
        self.made.emit()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.making.place.folder)))

    def _watch(self) -> None:
        self.reject()
        self.watch_wanted.emit()

    # As a window

    def reject(self) -> None:
        """Leave; while the copy is made this stops it first."""
        if self._job is not None:
            self._stop()
        elif self._is_made:
            self.accept()
        else:
            super().reject()

    def first_focus(self) -> QWidget:
        """The first question; never the button that makes the copy."""
        return next((card for card in self.who.cards if card.isChecked()), self.watch)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A window that is closed from outside stops what it does."""
        self._stop()
        super().closeEvent(event)
