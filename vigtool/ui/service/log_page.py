"""The page "Audit log": who did what, found by its fields, one entry whole, and the proof that all of it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from vigtool.practice.auditing import LogPage as Entries
from vigtool.practice.auditing import Place as LogPlace
from vigtool.practice.auditing import Wanted
from vigtool.ui import choosing, measures
from vigtool.ui.actions import keys_of
from vigtool.ui.desk_service import KnownNames
from vigtool.ui.jobs import Job, Where
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.surface import Panel, Rule, column, row
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Bench
from vigtool.ui.service.log_details import LogDetails
from vigtool.ui.service.log_filter import LogFilter
from vigtool.ui.service.log_model import LogModel
from vigtool.ui.service.log_verdict import broken_panel, whole_panel
from vigtool.ui.service.log_view import LogView
from vigtool.ui.service.paging import Place, ServicePage
from vigtool.ui.service.said import number_words
from vigtool.vault.shapes import Finding

_SCREENFUL = 60


class LogPage(ServicePage):
    """The page."""

    def __init__(self, bench: Bench, *, today: Callable[[], date] = date.today, parent: QWidget | None = None) -> None:
        super().__init__(bench, parent)
        self._job: Job[Entries] | None = None
        self._place: LogPlace | None = None
        self._round = self._found = self._looked = self._size = 0
        self.model = LogModel(self)
        self.filter = LogFilter(today)
        self.view = LogView(self.model)
        self.details = LogDetails(self.model)
        self.doing = Place(bench)
        self.count = Words("", size=Type.LEAST, tone="quiet")
        self.check = Button(self.tr("Check the log"), icon="shield", height=measures.BUTTON_TOOL)
        self.checkpoint = Button(self.tr("Save a checkpoint"), Kind.QUIET, height=measures.BUTTON_TOOL)
        self.export = Button(self.tr("Hand out as a table"), Kind.QUIET, height=measures.BUTTON_TOOL)
        self._lay_out()
        self._connect()

    def read(self) -> None:
        """Read the names, then the log from its end."""
        desk = self.bench.desk
        self.bench.jobs.call(
            lambda: (desk.known_names(), desk.log_size(), desk.works_alone()),
            owner=self,
            done=lambda found: self._known(*found),
            failed=self.doing.show_error,
        )
        self.begin()

    def begin(self) -> None:
        """Read from the end of the log whatever is asked for now."""
        self._round += 1
        if self._job is not None:
            self._job.cancel()
        self._place, self._found, self._looked = None, 0, 0
        self.model.start()
        self._go_on()

    def show_about(self, words: str) -> None:
        """Show what was done to one thing."""
        self.filter.ask_about(words)

    # Inside

    def _connect(self) -> None:
        self.view.chosen.connect(self.details.show_entry)
        self.model.more_wanted.connect(self._more)
        self.filter.changed.connect(self.begin)
        self.check.clicked.connect(self._check)
        self.checkpoint.clicked.connect(self._save_checkpoint)
        self.export.clicked.connect(self._export)
        for key in keys_of("find"):
            find = QShortcut(key, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            find.activated.connect(lambda: self.filter.about.setFocus(Qt.FocusReason.ShortcutFocusReason))

    def _lay_out(self) -> None:
        body = column(self, gap=12, margins=(16, 16, 16, 16))
        head = row(gap=8)
        head.addWidget(Words(self.tr("Audit log"), size=Type.LARGE, weight=measures.SEMIBOLD))
        head.addStretch(1)
        for button in (self.export, self.checkpoint, self.check):
            head.addWidget(button)
        body.addLayout(head)
        body.addWidget(self.doing)
        body.addWidget(self.filter)
        beside = row(gap=16)
        panel = Panel(padding=8, gap=4)
        panel.body.addWidget(self.view, 1)
        panel.body.addWidget(Rule())
        foot = row(margins=(8, 4, 8, 4))
        foot.addWidget(self.count, 1)
        panel.body.addLayout(foot)
        beside.addWidget(panel, 1)
        self.details.setFixedWidth(260)
        beside.addWidget(self.details)
        body.addLayout(beside, 1)

    def _known(self, names: KnownNames, size: int, alone: bool) -> None:
        self._size = size
        self.checkpoint.setVisible(not alone)
        self.model.set_names(names)
        self.filter.set_names(names)
        self._say()

    def _more(self) -> None:
        self._found = 0
        self._go_on()

    def _go_on(self) -> None:
        """Read the next stretch; a rare thing is looked for until a screenful of it was found."""
        desk, place, wanted, now = self.bench.desk, self._place, self.filter.wanted, self._round
        if wanted is None:
            self._say()
            return
        self._job = self.bench.jobs.run(
            lambda _report, cancelled: desk.log_page(wanted, place, cancelled),
            owner=self,
            done=lambda page: self._read_page(now, page),
            failed=lambda error: self._not_read(now, error),
        )

    def _read_page(self, round_: int, page: Entries) -> None:
        if round_ != self._round:
            return
        self._job, self._place = None, page.place
        self._found += len(page.entries)
        self._looked += page.looked
        enough = self._found >= _SCREENFUL or page.place is None
        self.model.add(page.entries, has_more=enough and page.place is not None)
        self._say()
        if not enough:
            self._go_on()

    def _not_read(self, round_: int, error: BaseException) -> None:
        if round_ == self._round:
            self._job = None
            self.doing.show_error(error)

    def _say(self) -> None:
        """Say how much is shown, and of how much."""
        shown, looked = number_words(len(self.model.entries)), number_words(self._looked)
        if self.filter.wanted == Wanted():
            text = self.tr("{0} of {1} entries are read; scroll down for older ones").format(
                shown, number_words(max(self._size, len(self.model.entries)))
            )
            if self._place is None and self._job is None:
                text = self.tr("All {0} entries").format(shown)
        elif self._place is None and self._job is None:
            text = self.tr("{0} found, in all of the log").format(shown)
        else:
            text = self.tr("{0} found among the newest {1}").format(shown, looked)
        self.count.setText(text)

    def _check(self) -> None:
        desk = self.bench.desk
        self.doing.run(
            self.tr("Following the log from its first entry"),
            desk.check_log,
            self._checked,
            promise=self.tr("Every signature and every record that it tells of is looked at. You can go on working."),
            where=Where.POOL,
        )

    def _checked(self, findings: Sequence[Finding]) -> None:
        panel = broken_panel(findings) if findings else whole_panel(self._size)
        panel.answered.connect(lambda _place: self.doing.clear())
        self.doing.show_panel(panel)

    def _save_checkpoint(self) -> None:
        target = choosing.choose_target(self, self.tr("Where to keep the checkpoint?"), "checkpoint.txt")
        if target is not None:
            desk = self.bench.desk
            self.doing.write(lambda: desk.save_checkpoints(target), lambda _nothing: self.begin())

    def _export(self) -> None:
        wanted = self.filter.wanted
        target = choosing.choose_target(self, self.tr("Where to write the table?"), "log.csv")
        if target is not None and wanted is not None:
            desk = self.bench.desk
            self.doing.run(
                self.tr("Writing the table"),
                lambda _report, cancelled: desk.export_log(target, wanted, cancelled),
                lambda _count: self.begin(),
                promise=self.tr("It holds ids, times and acts, and nobody's name."),
            )
