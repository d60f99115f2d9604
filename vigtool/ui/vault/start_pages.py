"""All pages before a vault is open, and the work between them: whole or not at all, and it can be stopped.

A vault that is open already, but not entered yet, is held here: while it is being opened, and on the pages that follow
when one was just made. Whoever ends the program then has it closed by `let_go`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from vigtool.errors import Cancelled, VigtoolError
from vigtool.ids import Id
from vigtool.practice.ways_in import RecoveryKey
from vigtool.ui import choosing
from vigtool.ui.desk import Cancelled as IsCancelled
from vigtool.ui.desk import Desk, Report
from vigtool.ui.desk_returning import Back
from vigtool.ui.jobs import Job
from vigtool.ui.notices import words_of
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.parts.surface import Scroll, column, empty, row
from vigtool.ui.room import Bench
from vigtool.ui.vault.after_making import AfterMaking
from vigtool.ui.vault.getting_back import NARROW, GettingBackPages
from vigtool.ui.vault.make_page import MakePage
from vigtool.ui.vault.passphrase_sheet import PassphraseSheet
from vigtool.ui.vault.start_page import StartPage
from vigtool.ui.vault.unlock_page import UnlockPage

WIDTH, _AROUND = NARROW, 24
SAMPLE_NAME = "vigtool-sample"
Opened = tuple[Desk, Back | None]
Opening = Callable[[Report, IsCancelled], Desk]


class StartPages(QWidget):
    """Start, make, unlock, get back, and the progress of what was begun. It tells the workspace of an open vault."""

    def __init__(self, bench: Bench, folder: Path | None = None, parent: QWidget | None = None) -> None:
        """Make the pages; with `folder` the unlock page of that vault comes first."""
        super().__init__(parent)
        self._bench = bench
        self._job: Job[Opened] | None = None
        self._held: Desk | None = None
        self._after: AfterMaking | None = None
        self._asked_of: Path | None = None
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.start, self.make, self.unlock = StartPage(), MakePage(bench), UnlockPage()
        self.restore = GettingBackPages(bench)
        self._working, self._between = QWidget(), QWidget()
        self._work, self._first = column(self._working), column(self._between)
        # No stack: it would make each page as high as the highest.
        narrow: tuple[QWidget, ...] = (self.start, self.make, self.unlock, self._working)
        for page in narrow:
            page.setFixedWidth(WIDTH)
        self._pages = (*narrow, self.restore, self._between)
        for page in self._pages:
            page.setVisible(page is self.start)
        self._errors = column()
        self._lay_out()
        self.start.make_wanted.connect(lambda: self.show_page(self.make))
        self.start.open_wanted.connect(self._choose_vault)
        self.start.sample_wanted.connect(self._choose_sample)
        self.start.restore_wanted.connect(self._get_back)
        self.make.back_wanted.connect(self._back)
        self.restore.back_wanted.connect(self._back)
        self.restore.open_wanted.connect(self.ask_to_unlock)
        self.make.make_wanted.connect(self._make)
        self.unlock.back_wanted.connect(self._back)
        self.unlock.open_wanted.connect(self.open_with)
        if folder is not None:
            self.ask_to_unlock(folder)

    @property
    def holds_vault(self) -> bool:
        """Whether a vault is open that was not entered yet."""
        return self._held is not None

    @property
    def folder(self) -> Path | None:
        """Where that vault lies, or the one whose passphrase is asked for."""
        if self._held is not None:
            return self._held.folder
        return None if self.unlock.isHidden() else self.unlock.folder

    def let_go(self) -> None:
        """Close a vault that was not entered; called once every job has ended."""
        held, self._held = self._held, None
        if held is not None:
            held.close()

    def ask_to_unlock(self, folder: Path) -> None:
        """Show the lock screen of a vault; who uses it is read meanwhile."""
        self.unlock.set_folder(folder)
        self.show_page(self.unlock)
        practice = self._bench.practice

        def users() -> Sequence[tuple[Id, str]]:
            with suppress(VigtoolError):  # said when it is opened
                return practice.pickable(folder)
            return ()

        self._bench.jobs.call(
            users,
            owner=self,
            done=lambda found: self.unlock.key.set_users(found) if self.unlock.folder == folder else None,
        )

    def open_with(self, folder: Path, key: str | RecoveryKey, user: Id | None = None) -> None:
        """Open a vault."""
        practice, by_sheet = self._bench.practice, isinstance(key, RecoveryKey)
        self._begin(
            self.tr("Opening the vault"),
            lambda report, cancelled: practice.open_vault(folder, key, report, cancelled, user),
            self._failed_at_unlock,
            lambda desk, back: self._enter(desk, back, ask_passphrase=by_sheet),
        )

    def _lay_out(self) -> None:
        scroll = Scroll(gap=16, margins=(_AROUND, _AROUND, _AROUND, _AROUND))
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the page that may be wide how much room there is."""
        super().resizeEvent(event)
        self.restore.set_room(self.width() - 2 * _AROUND)

    def show_page(self, page: QWidget) -> None:
        """Show one of the pages."""
        empty(self._errors)
        for other in self._pages:
            other.setVisible(other is page)
        first = page.findChild(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        target = self.unlock.key.passphrase.input if page is self.unlock else first
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back(self) -> None:
        self.make.forget()
        self.unlock.forget()
        self.restore.forget()
        self.show_page(self.start)

    def _get_back(self) -> None:
        self.show_page(self.restore)
        self.restore.begin()

    def _choose_vault(self) -> None:
        folder = choosing.choose_folder(self, self.tr("Which vault?"))
        if folder is not None:
            self.ask_to_unlock(folder)

    def _choose_sample(self) -> None:
        folder = choosing.choose_folder(self, self.tr("Where shall the sample family lie?"))
        if folder is not None:
            practice = self._bench.practice
            self._begin(
                self.tr("Drawing the sample family"),
                lambda report, cancelled: practice.make_sample(folder / SAMPLE_NAME, report, cancelled),
                self._failed_at_start,
                self._enter,
            )

    def _make(self, folder: Path, passphrase: str) -> None:
        practice = self._bench.practice
        self._begin(
            self.tr("Making the vault"),
            lambda report, cancelled: practice.make_vault(folder, passphrase, report, cancelled),
            self._failed_at_make,
            self._made,
            stoppable=False,
        )

    def _begin(
        self,
        title: str,
        op: Opening,
        failed: Callable[[BaseException], None],
        done: Callable[[Desk, Back | None], None],
        *,
        stoppable: bool = True,
    ) -> None:
        if self._job is not None:
            return
        empty(self._work)
        promise = self.tr("If you cancel, nothing is left behind.") if stoppable else self.tr("It takes a few seconds.")
        panel = ProgressPanel(title, promise=promise)
        panel.cancel.setVisible(stoppable)
        self._work.addStretch(1)
        self._work.addWidget(panel)
        self._work.addStretch(1)
        self.show_page(self._working)

        def opened(report: Report, cancelled: IsCancelled) -> Opened:
            desk = op(report, cancelled)
            self._held = desk  # from here on it is closed by whoever ends the program
            if cancelled() and stoppable:
                self.let_go()
                raise Cancelled
            back: Back | None = None
            with suppress(VigtoolError):  # coming back to one's place is a comfort
                back = desk.take_place()
            return desk, back

        def refused(error: BaseException) -> None:
            self._job = None
            failed(error)

        self._job = self._bench.jobs.run(
            opened, owner=self, done=lambda found: done(*found), failed=refused, progress=panel.set_progress
        )
        panel.cancelled.connect(self._job.cancel)

    def _made(self, desk: Desk, _back: Back | None) -> None:
        """A vault was made: offer what belongs on paper before it is entered."""
        self._job = None
        self.make.forget()
        self._after = AfterMaking(desk, self._bench.jobs, self)
        self._after.page_wanted.connect(self._show_first)
        self._after.ended.connect(lambda: self._enter(desk, None))
        self._after.begin()
        self._bench.workspace.desk_changed.emit()

    def _show_first(self, page: QWidget) -> None:
        self._let_go_of_keys()
        empty(self._first)
        self._first.addWidget(page)
        page.show()
        self.show_page(self._between)

    def _let_go_of_keys(self) -> None:
        """Take the focus from a page before it goes: its ring must not go looking for it."""
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()

    def _enter(self, desk: Desk, back: Back | None, *, ask_passphrase: bool = False) -> None:
        self._job = self._held = None
        self.make.forget()
        self.unlock.forget()
        self._let_go_of_keys()
        empty(self._first)
        self.show_page(self.start)
        self._bench.workspace.open_desk(desk, back)
        if ask_passphrase:
            PassphraseSheet(self._bench, self.window(), forgotten=True).open()

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
