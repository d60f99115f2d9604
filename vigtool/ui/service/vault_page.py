"""The page "Vault": what there is to do, its numbers, the ways into it, its backups, its films, this computer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.practice.backups import Backup, Reminder
from vigtool.ui import measures
from vigtool.ui.desk_service import KnownNames, Wholeness
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.surface import Heading, Panel, Scroll, column, empty, row
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Bench
from vigtool.ui.service.backup_panel import BackupPanel
from vigtool.ui.service.facts import Facts
from vigtool.ui.service.films_panel import FilmsPanel
from vigtool.ui.service.machine_panel import MachinePanel
from vigtool.ui.service.paging import Place, ServicePage
from vigtool.ui.service.vault_words import number_facts, reminder_words
from vigtool.ui.service.ways_in_panel import WaysInPanel
from vigtool.vault.shapes import VaultInfo


class VaultPage(ServicePage):
    """The page.

    Signals:
        colleague_wanted: a person working alone wants to add somebody.
    """

    colleague_wanted = Signal()

    def __init__(self, bench: Bench, *, today: Callable[[], date] = date.today, parent: QWidget | None = None) -> None:
        super().__init__(bench, parent)
        self.doing = Place(bench)
        self.to_do = Panel(kind="caution", padding=16, gap=8)
        self.numbers = Facts()
        self.ways_in = WaysInPanel(bench)
        self.backups = BackupPanel(bench, today())
        self.films = FilmsPanel(bench)
        self.machine = MachinePanel(bench)
        self.add_colleague = Button(self.tr("Add a colleague"), Kind.LINK, height=measures.BUTTON_TOOL)
        self.add_colleague.clicked.connect(self.colleague_wanted)
        self.backups.changed.connect(self.read)
        self.films.changed.connect(self.read)
        self.films.film_wanted.connect(self.film_wanted)
        self.ways_in.changed.connect(self.read)
        self._lay_out()

    def read(self) -> None:
        """Read all of it but the machine, which is looked at once."""
        desk = self.bench.desk
        self.bench.jobs.call(
            lambda: (
                desk.vault_numbers(), desk.log_size(), desk.backups(), desk.reminders(), desk.known_names(),
                desk.has_recovery_key(), desk.works_alone(), desk.wholeness(),
            ),
            owner=self,
            done=lambda found: self._show(*found),
            failed=self.doing.show_error,
        )  # fmt: skip
        self.machine.look_once()

    def _lay_out(self) -> None:
        paper = Scroll(gap=measures.GAP, margins=(16, 16, 16, 16))
        column(self).addWidget(paper)
        body = paper.body
        body.addWidget(Words(self.tr("Vault"), size=Type.LARGE, weight=measures.SEMIBOLD))
        body.addWidget(self.doing)
        body.addWidget(self.to_do)
        self.to_do.hide()
        pair = row(gap=measures.GAP)
        panel = Panel(padding=16, gap=10)
        panel.body.addWidget(Heading(self.tr("In numbers")))
        panel.body.addWidget(self.numbers)
        panel.body.addStretch(1)
        pair.addWidget(panel, 3)
        pair.addWidget(self.ways_in, 2)
        body.addLayout(pair)
        body.addWidget(self.backups)
        body.addWidget(self.films)
        body.addWidget(self.machine)
        foot = row(gap=8)
        self._alone = Words(self.tr("You work alone with this vault."), size=Type.DENSE, tone="quiet")
        foot.addWidget(self._alone)
        foot.addWidget(self.add_colleague)
        foot.addStretch(1)
        body.addLayout(foot)
        body.addStretch(1)

    def _show(
        self,
        info: VaultInfo,
        entries: int,
        backups: Sequence[Backup],
        reminders: Sequence[Reminder],
        names: KnownNames,
        has_recovery: bool,
        alone: bool,
        wholeness: Wholeness,
    ) -> None:
        self.numbers.set_facts(number_facts(info, entries))
        self.backups.show_backups(backups)
        self.films.show_wholeness(wholeness, info.films, names.films)
        self.ways_in.show_ways(has_recovery=has_recovery)
        empty(self.to_do.body)
        for reminder in reminders:
            line = row(gap=8)
            line.addWidget(Sign("clock", "caution", size=16), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Words(reminder_words(reminder, names.films), tone="caution", wrap=True), 1)
            self.to_do.body.addLayout(line)
        self.to_do.setVisible(bool(reminders))
        self._alone.setVisible(alone)
        self.add_colleague.setVisible(alone)
