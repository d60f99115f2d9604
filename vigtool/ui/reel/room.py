"""The Reel room: choose starred moments, order and trim them, write captions, see them as the parent will."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from vigtool.errors import Cancelled
from vigtool.ui import measures
from vigtool.ui.actions import keys_of
from vigtool.ui.notices import words_of
from vigtool.ui.parts.empty import EmptyPanel
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.surface import Rule, column, empty, row
from vigtool.ui.reel.clip_panel import ClipPanel
from vigtool.ui.reel.copy_facts import CopyFacts, read_facts
from vigtool.ui.reel.copy_sheet import CopySheet
from vigtool.ui.reel.open_films import OpenFilms
from vigtool.ui.reel.shelf_part import ShelfPart
from vigtool.ui.reel.stills import Stills
from vigtool.ui.reel.strip import Strip
from vigtool.ui.reel.watch import WatchHere, WatchPart
from vigtool.ui.reel.work import ReelWork
from vigtool.ui.room import Bench, Room, Spot
from vigtool.ui.workspace import Use

SHELF, SETTINGS = (264, 288), 320
_ROOMY = 1140
"""From this width on the shelf is as wide as it wishes."""


class ReelRoom(Room):
    """The room."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(bench, parent)
        self._sheet: CopySheet | None = None
        self._watch_here: WatchHere | None = None
        self._spot: Spot | None = None
        self.films = OpenFilms(bench, self)
        self.work = ReelWork(bench, self.films, self)
        self.stills = Stills(bench, self.films)
        self.shelf = ShelfPart(self.work, self.stills)
        self.watch = WatchPart(self.work)
        self.clip_panel = ClipPanel(self.work)
        self.strip = Strip(self.work, self.stills)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._make_full())
        self._pages.addWidget(self._make_empty())
        whole = column(self)
        whole.addWidget(self._pages)
        self._connect()
        self._make_keys()

    # The room as the window sees it

    def header_items(self) -> Sequence[str]:
        """The cycle, and what is made here."""
        cycle = self.bench.workspace.cycle
        named = [self.tr("Cycle {0} of {1}").format(cycle.number, cycle.planned)] if cycle else []
        return [*named, self.tr("Reel for the shared review")]

    def spot(self) -> Spot:
        """The chosen clip."""
        return Spot(clip=self.work.chosen)

    def go_back(self, spot: Spot) -> None:
        """Choose that clip again as soon as the reel is read."""
        self._spot = spot

    def entered(self) -> None:
        """Read what was starred meanwhile."""
        self.stills.try_again()
        self.shelf.read_scope()
        self.work.load()
        self.strip.cards.setFocus()

    def left(self) -> None:
        """Write what was typed; stop what plays, and let the films go."""
        self.clip_panel.commit()
        self.strip.commit()
        if self._watch_here is not None:
            self._watch_here.leave()  # the room's own picture is shown again then, and has to stop after it
        self.watch.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the shelf give way where the window is narrow."""
        super().resizeEvent(event)
        roomy = self.width() >= _ROOMY
        self.shelf.setFixedWidth(max(SHELF[roomy], self.shelf.minimumSizeHint().width()))

    # Acts

    def undo(self) -> None:
        """Take the last step back."""
        self.clip_panel.commit()
        self.strip.commit()
        self.work.undo()

    def redo(self) -> None:
        """Do it again."""
        self.work.redo()

    def make_copy(self) -> None:
        """Ask what there is to ask before the parent's copy is made; first everything typed is written."""
        self.clip_panel.commit()
        self.strip.commit()
        self.watch.player.pause()
        reel, desk = self.work.reel, self.bench.desk
        if reel is None or not reel.clips or self._sheet is not None:
            return
        self.strip.copy.setEnabled(False)
        self.bench.jobs.call(
            lambda: read_facts(desk, reel, date.today()), owner=self, done=self._open_sheet, failed=self._no_sheet
        )

    def watch_here(self) -> None:
        """Play the reel over the whole window."""
        self.watch.player.pause()
        if self._watch_here is None and self.work.clips:
            self._watch_here = WatchHere(self.work, self.window())
            self._watch_here.left.connect(self._watched)
            self._say_use()

    # How it is put together

    def _make_full(self) -> QWidget:
        made = QWidget()
        line = row(made, gap=0)
        line.addWidget(self.shelf)
        line.addWidget(Rule(upright=True))
        beside = column(gap=0)
        above = row(gap=0)
        middle = column(margins=(measures.GAP, measures.GAP, measures.GAP, 12))
        self._errors = column(gap=8)
        middle.addLayout(self._errors)
        middle.addWidget(self.watch, 1)
        above.addLayout(middle, 1)
        above.addWidget(Rule(upright=True))
        self.clip_panel.setFixedWidth(SETTINGS)
        above.addWidget(self.clip_panel)
        beside.addLayout(above, 1)
        beside.addWidget(Rule())
        beside.addWidget(self.strip)
        line.addLayout(beside, 1)
        return made

    def _make_empty(self) -> QWidget:
        made = QWidget()
        inner = column(made, margins=(measures.GAP, measures.GAP, measures.GAP, measures.GAP))
        panel = EmptyPanel(
            self.tr("No clips yet"),
            self.tr("A reel is made of starred marks. Three or four are plenty."),
            button=self.tr("Look at the film"),
            after=(self.tr("and press"), "S", self.tr("on a mark")),
        )
        panel.begin.connect(lambda: self.bench.go_to("film"))
        inner.addWidget(panel)
        return made

    def _connect(self) -> None:
        workspace, work = self.bench.workspace, self.work
        for signal in (workspace.family_changed, workspace.records_changed):
            signal.connect(self._read_if_shown)
        workspace.film_changed.connect(self.shelf.read_scope)
        workspace.cycle_changed.connect(self._read_if_shown)
        workspace.failed.connect(lambda _error: self._forget_refusal())
        work.records_changed.connect(self._show_page)
        work.reel_changed.connect(self._show_page)
        work.reel_changed.connect(self._return)
        work.refused.connect(self._refused)
        work.reel_changed.connect(self._forget_refusal)
        self.films.failed.connect(lambda _film, error: self._refused(error))
        self.shelf.list.wanted.connect(lambda row_: work.add(row_.mark))
        self.strip.cards.mark_dropped.connect(self._dropped)
        self.strip.cards.play_wanted.connect(self.watch.toggle)
        self.strip.play.clicked.connect(self.watch.play_reel)
        self.strip.copy.clicked.connect(self.make_copy)
        self.clip_panel.edge_shown.connect(self.watch.show_frame)
        self.watch.clip_shown.connect(self._follow)
        self.watch.player.playing_changed.connect(self._say_use)

    def _make_keys(self) -> None:
        for name, act in (("undo", self.undo), ("redo", self.redo)):
            for key in keys_of(name):
                shortcut = QShortcut(key, self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(act)

    # What happens

    def _say_use(self) -> None:
        """Watching the reel over the whole window counts as use also under a held picture; else only what plays."""
        playing = Use.PLAYING if self.watch.player.is_playing else None
        self.bench.workspace.in_use(self, Use.REVIEW if self._watch_here is not None else playing)

    def _return(self) -> None:
        """Choose the clip that was chosen before a lock, once it is there."""
        spot = self._spot
        if spot is not None and any(clip.id == spot.clip for clip in self.work.clips):
            self._spot = None
            self.work.choose(spot.clip)

    def _read_if_shown(self) -> None:
        family, known = self.bench.workspace.family, self.work.records.family
        if self.isVisible() or family is None or known is None or family.id != known.id:
            self.shelf.read_scope()
            self.work.load()
        if family is None or (known is not None and family.id != known.id):
            self.stills.forget()

    def _show_page(self) -> None:
        nothing = not self.work.records.offered(self.work.scheme) and not self.work.clips
        self._pages.setCurrentIndex(1 if nothing and self.work.records.family is not None else 0)

    def _dropped(self, mark_id: str, place: int) -> None:
        mark = next((mark for mark in self.work.records.offered(self.work.scheme) if mark.id == mark_id), None)
        if mark is not None:
            self.work.add(mark, place)

    def _follow(self, clip: str) -> None:
        if clip and self.watch.player.is_playing:
            self.work.choose(clip)

    def _refused(self, error: object) -> None:
        if not isinstance(error, BaseException) or isinstance(error, Cancelled):
            return
        empty(self._errors)
        panel = ErrorPanel(words_of(error, kept=self.tr("The reel is as it was.")), (self.tr("Close"),))
        panel.answered.connect(lambda _place: self._forget_refusal())
        self._errors.addWidget(panel)

    def _forget_refusal(self) -> None:
        empty(self._errors)

    def _open_sheet(self, facts: CopyFacts) -> None:
        self.strip.copy.setEnabled(True)
        self._sheet = CopySheet(self.bench, facts, self)
        self._sheet.watch_wanted.connect(self.watch_here, Qt.ConnectionType.QueuedConnection)
        self._sheet.finished.connect(partial(self._sheet_ended, self._sheet))
        self._sheet.made.connect(self.bench.workspace.records_changed)
        self._sheet.open()

    def _no_sheet(self, error: BaseException) -> None:
        self.strip.copy.setEnabled(True)
        self._refused(error)

    def _sheet_ended(self, sheet: CopySheet, _result: int) -> None:
        sheet.deleteLater()
        self._sheet = None
        self.strip.copy.setFocus()

    def _watched(self) -> None:
        self._watch_here = None
        self._say_use()
        self.watch.refresh()
        self.strip.play.setFocus()
