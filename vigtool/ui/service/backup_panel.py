"""Backups: those there are, making one, trying one out, and saying that one is gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vigtool.practice.backups import Backup, BackupOutlook, TriedBackup
from vigtool.ui import choosing, measures
from vigtool.ui.jobs import Where
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.surface import Heading, Panel, row
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Bench
from vigtool.ui.service.backup_forms import BackupForm, TrialForm
from vigtool.ui.service.log_verdict import GoodPanel, broken_panel
from vigtool.ui.service.paging import Place
from vigtool.ui.service.rows import RowList
from vigtool.ui.service.said import moment_words, size_words
from vigtool.ui.service.vault_words import backup_row


class BackupPanel(Panel):
    """The panel.

    Signals:
        changed: a backup was made, tried out, or said to be gone.
    """

    changed = Signal()

    def __init__(self, bench: Bench, today: date, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=8, parent=parent)
        self._bench, self._today = bench, today
        self.make = Button(self.tr("Make a backup"), icon="plus", height=measures.BUTTON_TOOL)
        self.doing = Place(bench)
        self.list = RowList(self.tr("Backups"))
        self._nothing = Words(
            self.tr(
                "A backup is sealed as the vault is: it opens with the same passphrases, and lies on a stick or a disk "
                "that is kept elsewhere."
            ),
            size=Type.DENSE,
            tone="quiet",
            wrap=True,
        )
        self.try_out = Button(self.tr("Try it out"), height=measures.BUTTON_SMALL)
        self.gone = Button(self.tr("It is gone"), Kind.QUIET, height=measures.BUTTON_SMALL)
        self._lay_out()
        self.make.clicked.connect(self._choose_place)
        self.try_out.clicked.connect(self._ask_passphrase)
        self.gone.clicked.connect(self._say_gone)
        self.list.chosen.connect(self._chosen)
        self._chosen(None)

    def show_backups(self, backups: Sequence[Backup]) -> None:
        """Show those there are."""
        self.list.set_rows([backup_row(backup, self._today) for backup in backups])
        self._nothing.setVisible(not backups)

    def _lay_out(self) -> None:
        head = Heading(self.tr("Backups"))
        head.add(self.make)
        self._acts = QWidget()
        acts = row(self._acts, gap=8, margins=(10, 4, 0, 0))
        acts.addWidget(self.try_out)
        acts.addWidget(self.gone)
        acts.addStretch(1)
        for widget in (head, self.doing, self._nothing, self.list, self._acts):
            self.body.addWidget(widget)

    def _chosen(self, backup: Backup | None) -> None:
        self._acts.setVisible(backup is not None)
        self.try_out.setVisible(backup is not None and backup.whole)

    # Making

    def _choose_place(self) -> None:
        to = choosing.choose_folder(self, self.tr("Where shall the backup go?"))
        if to is None:
            return
        desk = self._bench.desk
        self.doing.run(
            self.tr("Looking at that place"),
            lambda _report, _cancelled: desk.look_at_backup_place(to),
            lambda outlook: self._ask(to, outlook),
        )

    def _ask(self, to: Path, outlook: BackupOutlook) -> None:
        form = BackupForm(outlook, self)
        form.accepted.connect(lambda: self.begin(to, keep_days=form.days, into_cloud=bool(outlook.warning)))
        form.open()

    def begin(self, to: Path, *, keep_days: int, into_cloud: bool) -> None:
        """Make a backup there."""
        desk = self._bench.desk
        self.doing.run(
            self.tr("Making a backup"),
            lambda report, cancelled: desk.back_up(
                to, keep_days=keep_days, into_cloud=into_cloud, report=report, cancelled=cancelled
            ),
            self._made,
            promise=self.tr("You can go on working. If you cancel, the backups that were there stay as they were."),
            kept=self.tr("the backups that were there before are as they were"),
            where=Where.POOL,
        )

    def _made(self, backup: Backup) -> None:
        said = self.tr("{0}, written and read back. Try it out from time to time: only that shows it can be restored.")
        panel = GoodPanel(self.tr("The backup is there"), said.format(size_words(backup.size)))
        panel.answered.connect(lambda _place: self.doing.clear())
        self.doing.show_panel(panel)
        self.changed.emit()

    # Trying out, and gone

    def _ask_passphrase(self) -> None:
        backup: Backup | None = self.list.value
        if backup is not None:
            form = TrialForm(self)
            form.accepted.connect(lambda: self.begin_trial(backup, form.take()))
            form.open()

    def begin_trial(self, backup: Backup, passphrase: str) -> None:
        """Try one out, without writing anything."""
        desk = self._bench.desk
        self.doing.run(
            self.tr("Trying the backup out"),
            lambda report, cancelled: desk.try_backup(backup, passphrase, report, cancelled),
            self._tried,
            promise=self.tr("Every record in it is opened, and of every film the beginning and the end."),
            where=Where.POOL,
        )

    def _tried(self, tried: TriedBackup) -> None:
        if tried.findings:
            panel = broken_panel(tried.findings)
            panel.answered.connect(lambda _place: self.doing.clear())
            self.doing.show_panel(panel)
        else:
            title = self.tr("The backup of {0} can be restored").format(moment_words(tried.facts.made))
            good = GoodPanel(title, self.tr("Every record in it opens; films looked at: {0}.").format(tried.films))
            good.answered.connect(lambda _place: self.doing.clear())
            self.doing.show_panel(good)
        self.changed.emit()

    def _say_gone(self) -> None:
        backup: Backup | None = self.list.value
        if backup is not None:
            desk = self._bench.desk
            self.doing.write(lambda: desk.backup_gone(backup.id), lambda _nothing: self.changed.emit())
