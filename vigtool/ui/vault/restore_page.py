"""Getting a vault back from a backup: which one, where the vault is to lie, and what opens it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import count
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget
from shiboken6 import isValid

from vigtool.errors import BackupFilmDamaged, VaultExists, WrongPassphrase
from vigtool.ids import Id
from vigtool.practice.restoring import GenerationFacts
from vigtool.settings import load_settings
from vigtool.ui import measures
from vigtool.ui.desk_restoring import GettingBack
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.surface import Panel, column, empty, row
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Bench
from vigtool.ui.vault.backup_rows import BackupRows
from vigtool.ui.vault.key_entry import KeyEntry
from vigtool.ui.vault.make_page import FOLDER_NAME
from vigtool.ui.vault.place_line import PlaceLine
from vigtool.ui.vault.replaced_line import ReplacedLine

_SETTLED_MS = 400


def free_folder(parent: Path, name: str = FOLDER_NAME) -> Path:
    """A folder in `parent` that is not there yet."""
    return next(
        folder for number in count(1) if not (folder := parent / (name if number == 1 else f"{name}-{number}")).exists()
    )


def _bring(around: QScrollArea, widget: QWidget, *_range: int) -> None:
    if isValid(widget) and widget.isVisible():
        around.ensureWidgetVisible(widget)


class RestorePage(QWidget):
    """The form. What comes after the folder of the backups is there once backups were found in it.

    Signals:
        back_wanted: the person changed their mind.
        restore_wanted (GettingBack): everything typed is in order.
        grew: there is more to ask now, or less; with more of it the page is better wide.
    """

    back_wanted = Signal()
    restore_wanted = Signal(object)
    grew = Signal()

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.source = PlaceLine(
            self.tr("Where the backup is"),
            self.tr("Where is the backup?"),
            hint=self.tr("A stick, a disk, or a folder whose name begins with vault-backup."),
        )
        self.rows = BackupRows()
        self.to = PlaceLine(
            self.tr("Where the vault is to lie"),
            self.tr("Where shall the vault lie?"),
            hint=self.tr("A new folder on this computer. No vault that is there is written over."),
            inside=FOLDER_NAME,
        )
        self.key = KeyEntry(hint=self.tr("The one that you had when the backup was made."))
        self.replaced = ReplacedLine()
        self.back, self.go = Button(self.tr("Back")), Button(self.tr("Get it back"), Kind.PRIMARY)
        self._errors = column()
        self._lay_out()
        self.source.chosen.connect(self._look)
        self.rows.chosen.connect(self._ask_users)
        self.replaced.picked.connect(self._look_at_replaced)
        self.key.entered.connect(self._go)
        self.back.clicked.connect(self.back_wanted)
        self.go.clicked.connect(self._go)
        self._found(())

    def _lay_out(self) -> None:
        body = column(self, gap=12)
        title = self.tr("Get a vault back from a backup")
        body.addWidget(Words(title, size=Type.HUGE, weight=measures.SEMIBOLD, wrap=True))
        told = self.tr("A backup is sealed as the vault is: it opens with the same passphrases. It is only read.")
        body.addWidget(Words(told, tone="quiet", wrap=True))
        first, self._rest = Panel(padding=20, gap=12), Panel(padding=20, gap=16)
        first.body.addWidget(self.source)
        first.body.addWidget(self.rows)
        for widget in (self.to, self.key, self.replaced):
            self._rest.body.addWidget(widget)
        self._panels = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._panels.setSpacing(12)
        self._panels.addWidget(first, 4, Qt.AlignmentFlag.AlignTop)
        self._panels.addWidget(self._rest, 5, Qt.AlignmentFlag.AlignTop)
        body.addLayout(self._panels)
        body.addLayout(self._errors)
        foot = row(gap=12)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.go)
        body.addLayout(foot)

    @property
    def asks_all(self) -> bool:
        """Whether backups were found, so that everything is asked."""
        return not self._rest.isHidden()

    def set_wide(self, *, wide: bool) -> None:
        """Put the backup and what becomes of it beside each other, or the one below the other."""
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._panels.setDirection(beside if wide else below)

    def begin(self) -> None:
        """Let the keyboard be where one begins."""
        self.source.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Let nothing stay of what was typed or chosen."""
        self.source.set_folder(None)
        self.to.set_folder(None)
        self.key.show_words(on=False)
        self._found(())

    def show_error(self, error: BaseException) -> None:
        """Say what went wrong beside the thing it is about; all else below. What was typed still stands."""
        empty(self._errors)
        notice = words_of(error, kept=self.tr("nothing was left behind, and the backup is as it was"))
        if isinstance(error, WrongPassphrase):
            self.key.show_wrong(error)
            self._show(self.key)
        elif isinstance(error, VaultExists):
            self.to.place.set_error(f"{notice.title}. {notice.hint}".strip())
            self.to.place.input.setFocus(Qt.FocusReason.OtherFocusReason)
            self._show(self.to)
        else:
            can_go_on = isinstance(error, BackupFilmDamaged)
            panel = ErrorPanel(notice, (self.tr("Get everything else back"),) if can_go_on else ())
            panel.answered.connect(lambda _place: self._go(despite_damage=True))
            self._errors.addWidget(panel)
            self._show(panel)

    def _show(self, widget: QWidget) -> None:
        """Scroll to what is said, once it has its place."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if isinstance(around, QScrollArea):
            show = partial(_bring, around, widget)
            QTimer.singleShot(0, self, show)
            # A panel that was put in grows the page only afterwards, and in more than one step.
            grows = around.verticalScrollBar().rangeChanged
            grown = grows.connect(show)
            settled = QTimer(self)
            settled.setSingleShot(True)
            settled.timeout.connect(partial(grows.disconnect, grown))
            settled.timeout.connect(settled.deleteLater)
            settled.start(_SETTLED_MS)

    # What is in the folder

    def _look(self) -> None:
        folder, practice = self.source.folder, self._bench.practice
        self.source.place.set_error("")
        self._found(())
        if folder is None:
            return

        def failed(error: BaseException) -> None:
            if self.source.folder == folder:
                notice = words_of(error)
                self.source.place.set_error(" ".join((f"{notice.title}.", notice.hint)).strip())

        self._bench.jobs.call(
            lambda: practice.backups_in(folder),
            owner=self,
            done=lambda found: self._found(found) if self.source.folder == folder else None,
            failed=failed,
        )

    def _found(self, backups: Sequence[GenerationFacts]) -> None:
        empty(self._errors)
        self.replaced.set_folder(None)
        for widget in (self.rows, self._rest, self.go):
            widget.setVisible(bool(backups))
        self.grew.emit()
        self.rows.set_backups(backups)
        if not backups:
            return
        kept = load_settings().vault
        remembered = Path(kept) if kept else None
        if self.to.folder is None:
            near = remembered.parent if remembered is not None and remembered.parent.is_dir() else Path.home()
            self.to.set_folder(free_folder(near))
        if remembered is not None:
            self._look_at_replaced(remembered, asked=False)
        self.rows.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_users(self, backup: GenerationFacts) -> None:
        practice = self._bench.practice
        self.key.set_users(())

        def show(users: Sequence[tuple[Id, str]]) -> None:
            if self.rows.value == backup:
                self.key.set_users(users)

        # Where they cannot be read the backup is damaged, which is said when it is to be brought back.
        self._bench.jobs.call(
            lambda: practice.users_of_backup(backup), owner=self, done=show, failed=lambda _error: None
        )

    def _look_at_replaced(self, folder: Path, *, asked: bool = True) -> None:
        backup, practice = self.rows.value, self._bench.practice
        if backup is None:
            return

        def show(same: bool) -> None:
            if same:
                self.replaced.set_folder(folder)
            elif asked:
                self.replaced.refuse()

        self._bench.jobs.call(lambda: practice.is_vault_of(backup, folder), owner=self, done=show)

    def _go(self, *, despite_damage: bool = False) -> None:
        backup, to = self.rows.value, self.to.folder
        if backup is None or not self.go.isVisible():
            return
        self.to.place.set_error("" if to is not None else self.tr("Choose a folder for it."))
        key = self.key.typed()
        if to is None or key is None:
            return
        wanted = GettingBack(
            backup=backup,
            to=to,
            key=key,
            user=self.key.user,
            instead_of=self.replaced.folder,
            despite_damage=despite_damage,
        )
        self.restore_wanted.emit(wanted)
