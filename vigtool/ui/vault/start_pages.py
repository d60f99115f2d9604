"""All pages before a vault is open, and the work between them: whole or not at all, and it can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vigtool.errors import Cancelled
from vigtool.ui import choosing
from vigtool.ui.desk import Desk
from vigtool.ui.jobs import Job, Op
from vigtool.ui.notices import words_of
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.parts.surface import Scroll, column, empty, row
from vigtool.ui.room import Bench
from vigtool.ui.vault.make_page import MakePage
from vigtool.ui.vault.start_page import StartPage
from vigtool.ui.vault.unlock_page import UnlockPage

WIDTH = 600
SAMPLE_NAME = "vigtool-sample"


class StartPages(QWidget):
    """Start, make, unlock, and the progress of what was begun. When a vault is open it tells the workspace."""

    def __init__(self, bench: Bench, folder: Path | None = None, parent: QWidget | None = None) -> None:
        """Make the pages; with `folder` the unlock page of that vault comes first."""
        super().__init__(parent)
        self._bench = bench
        self._job: Job[Desk] | None = None
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.start, self.make, self.unlock = StartPage(), MakePage(bench), UnlockPage()
        self._working = QWidget()
        self._work = column(self._working)
        # No stack: it would make each page as high as the highest.
        self._pages = (self.start, self.make, self.unlock, self._working)
        for page in self._pages:
            page.setFixedWidth(WIDTH)
            page.setVisible(page is self.start)
        self._errors = column()
        self._lay_out()
        self.start.make_wanted.connect(lambda: self.show_page(self.make))
        self.start.open_wanted.connect(self._choose_vault)
        self.start.sample_wanted.connect(self._choose_sample)
        self.make.back_wanted.connect(self._back)
        self.make.make_wanted.connect(self._make)
        self.unlock.back_wanted.connect(self._back)
        self.unlock.open_wanted.connect(self._open)
        if folder is not None:
            self.unlock.set_folder(folder)
            self.show_page(self.unlock)

    def _lay_out(self) -> None:
        scroll = Scroll(gap=16, margins=(24, 24, 24, 24))
        column(self).addWidget(scroll)
        line = row(gap=0)
        middle = column(gap=16)
        middle.addStretch(1)
        middle.addLayout(self._errors)
        for page in self._pages:
            middle.addWidget(page)
        middle.addStretch(2)
        line.addStretch(1)
        line.addLayout(middle)
        line.addStretch(1)
        scroll.body.addLayout(line)

    def show_page(self, page: QWidget) -> None:
        """Show one of the pages."""
        empty(self._errors)
        for other in self._pages:
            other.setVisible(other is page)
        first = page.findChild(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        target = self.unlock.passphrase.input if page is self.unlock else first
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back(self) -> None:
        self.make.forget()
        self.unlock.forget()
        self.show_page(self.start)

    def _choose_vault(self) -> None:
        folder = choosing.choose_folder(self, self.tr("Which vault?"))
        if folder is not None:
            self.unlock.set_folder(folder)
            self.show_page(self.unlock)

    def _choose_sample(self) -> None:
        folder = choosing.choose_folder(self, self.tr("Where shall the sample family lie?"))
        if folder is not None:
            practice = self._bench.practice
            self._begin(
                self.tr("Drawing the sample family"),
                lambda report, cancelled: practice.make_sample(folder / SAMPLE_NAME, report, cancelled),
                self._failed_at_start,
            )

    def _make(self, folder: Path, passphrase: str) -> None:
        practice = self._bench.practice
        self._begin(
            self.tr("Making the vault"),
            lambda report, cancelled: practice.make_vault(folder, passphrase, report, cancelled),
            self._failed_at_make,
        )

    def _open(self, folder: Path, passphrase: str) -> None:
        practice = self._bench.practice
        self._begin(
            self.tr("Opening the vault"),
            lambda report, cancelled: practice.open_vault(folder, passphrase, report, cancelled),
            self._failed_at_unlock,
        )

    def _begin(self, title: str, op: Op[Desk], failed: Callable[[BaseException], None]) -> None:
        empty(self._work)
        panel = ProgressPanel(title, promise=self.tr("If you cancel, nothing is left behind."))
        self._work.addStretch(1)
        self._work.addWidget(panel)
        self._work.addStretch(1)
        self.show_page(self._working)
        self._job = self._bench.jobs.run(op, owner=self, done=self._opened, failed=failed, progress=panel.set_progress)
        panel.cancelled.connect(self._job.cancel)

    def _opened(self, desk: Desk) -> None:
        self._job = None
        self.make.forget()
        self.unlock.forget()
        self.show_page(self.start)
        self._bench.workspace.open_desk(desk)

    def _failed_at_unlock(self, error: BaseException) -> None:
        self.show_page(self.unlock)
        if not isinstance(error, Cancelled):
            self.unlock.show_error(error)

    def _failed_at_make(self, error: BaseException) -> None:
        self.show_page(self.make)
        self._say(error)

    def _failed_at_start(self, error: BaseException) -> None:
        self.show_page(self.start)
        self._say(error)

    def _say(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            kept = self.tr("nothing was left behind")
            self._errors.addWidget(ErrorPanel(words_of(error, kept=kept)))
