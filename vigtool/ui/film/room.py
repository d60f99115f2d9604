"""The Film room: look closely, and mark what is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

from vigtool.annotate.mark import Mark
from vigtool.annotate.scheme_file import find
from vigtool.casework.film import Film
from vigtool.casework.session import Session
from vigtool.errors import Cancelled, VigtoolError
from vigtool.player.clock import Clock
from vigtool.settings import Settings, load_settings
from vigtool.ui.actions import keys_of
from vigtool.ui.desk import Cancelled as IsCancelled
from vigtool.ui.desk import Desk, OpenFilm, Report
from vigtool.ui.film.film_flag import FilmFlag
from vigtool.ui.film.film_words import film_words, use_of
from vigtool.ui.film.looking_records import LookingRecords
from vigtool.ui.film.page import FilmPage
from vigtool.ui.film.saving import Keep
from vigtool.ui.film.sound_device import Device, system_device
from vigtool.ui.film.wiring import FilmAtWork, Means
from vigtool.ui.jobs import Job
from vigtool.ui.notices import words_of
from vigtool.ui.parts.empty import EmptyPanel
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.parts.surface import column, empty
from vigtool.ui.play_note import PlayNote
from vigtool.ui.room import Bench, Room, Spot

Opened = tuple[OpenFilm, Session | None]


class FilmRoom(Room):
    """The room: the open film, or what to do where none is."""

    def __init__(
        self,
        bench: Bench,
        parent: QWidget | None = None,
        *,
        clock: Clock | None = None,
        make_device: Callable[[QObject], Device | None] = system_device,
    ) -> None:
        super().__init__(bench, parent)
        self._clock, self._make_device = clock, make_device
        self._opening: Job[Opened] | None = None
        self._wanted: Film | None = None
        self._session: Session | None = None
        self._wrote = False
        self._spot: Spot | None = None
        self.page: FilmPage | None = None
        self.work: FilmAtWork | None = None
        self._pages = QStackedWidget()
        self._empty = self._make_empty()
        self._between = QWidget()
        self._between_body = column(self._between, margins=(16, 16, 16, 16))
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._between)
        column(self).addWidget(self._pages)
        self.flag = FilmFlag(bench, self.header_changed.emit)
        bench.workspace.film_changed.connect(self._film_changed)
        bench.workspace.desk_changed.connect(self._film_changed)
        bench.workspace.preferences_changed.connect(self._prefer)
        self._make_keys()
        self._watched: QWidget | None = None

    # The room as the window sees it

    def header_items(self) -> Sequence[str]:
        """The cycle and the film."""
        cycle, film = self.bench.workspace.cycle, self.bench.workspace.film
        items = []
        if cycle is not None:
            items.append(self.tr("Cycle {0} of {1}").format(cycle.number, cycle.planned))
        if film is not None:
            items.append(film_words(film, self._session))
        return items

    def header_buttons(self) -> Sequence[QWidget]:
        """A flag where somebody in the film has not agreed to being filmed."""
        return (self.flag,) if self.flag.missing else ()

    def spot(self) -> Spot:
        """The frame that shows."""
        return Spot() if self.work is None else Spot(tick=self.work.playback.tick)

    def go_back(self, spot: Spot) -> None:
        """Stand on that frame as soon as the film is open."""
        self._spot = spot

    def entered(self) -> None:
        """Open the film that is chosen; the keys go to the picture."""
        self._watch_window()
        self._look(now=True)
        if self.page is not None:
            self.page.picture.setFocus()

    def left(self) -> None:
        """Stand still, and keep what is half done."""
        if self.work is not None:
            self.work.settle()
        if self._wrote:
            self._wrote = False
            self.bench.workspace.records_changed.emit()

    def shut(self) -> None:
        """Let the film go: when this returns, none of its threads is left."""
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None
        self._wanted = None
        self.bench.workspace.in_use(self, None)
        work, page = self.work, self.page
        self.work = self.page = None
        if work is not None:
            work.close()
        if page is not None:
            self._pages.removeWidget(page)
            page.hide()
            page.deleteLater()

    def event(self, event: QEvent) -> bool:
        """Let the film go before the room does."""
        if event.type() == QEvent.Type.DeferredDelete:
            self.shut()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the film go when the window closes: its vault closes next."""
        if watched is self._watched and event.type() == QEvent.Type.Close:
            self.left()
            self.shut()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves what is going on, wherever in the room the focus is."""
        if event.key() == Qt.Key.Key_Escape and self.work is not None:
            self.work.leave()
        else:
            super().keyPressEvent(event)

    # Opening

    def _prefer(self, settings: Settings) -> None:
        if self.work is not None:
            self.work.prefer(settings)

    def _film_changed(self) -> None:
        self._look(now=self.isVisible())

    def _look(self, *, now: bool) -> None:
        """Have the chosen film open; where nobody looks yet, it is opened when somebody does."""
        film = self.bench.workspace.film
        if film is None or self.bench.workspace.desk is None:
            self.shut()
            self._pages.setCurrentWidget(self._empty)
        elif self._wanted is None or self._wanted.id != film.id:
            self.shut()
            if now:
                self._open(film, self.bench.desk)

    def _open(self, film: Film, desk: Desk) -> None:
        self._wanted = film
        self._show_between(ProgressPanel(self.tr("Opening the film")))

        def op(report: Report, cancelled: IsCancelled) -> Opened:
            sessions = desk.sessions(film.family) if film.session is not None else ()
            session = next((session for session in sessions if session.id == film.session), None)
            return desk.open_film(film.id, report, cancelled), session

        self._opening = self.bench.jobs.run(
            op, owner=self, done=lambda opened: self._opened(film, opened), failed=lambda e: self._failed(film, e)
        )

    def _opened(self, film: Film, opened: Opened) -> None:
        if self._wanted is not film or self._opening is None:
            return
        self._opening = None
        self._session = opened[1]
        try:
            scheme = find(opened[0].layer.scheme, opened[0].layer.scheme_version)
        except VigtoolError as error:
            self._failed(film, error)
            return
        self.page = page = FilmPage(opened[0], scheme)
        means = Means(
            jobs=self.bench.jobs,
            kept=self.bench.desk,
            keep=self._keeper(film, self.bench.desk),
            records=LookingRecords(self.bench.jobs, self.bench.workspace, self.bench.desk, film, page),
            settings=load_settings(),
            clock=self._clock,
            make_device=self._make_device,
        )
        self.work = work = FilmAtWork(page, scheme, means)
        note = PlayNote(self.bench.jobs, self.bench.workspace, work)
        work.playback.state_changed.connect(lambda: note.played(film.id) if work.playback.is_playing else None)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self._clear_between()
        page.picture.setFocus()
        work.playback.state_changed.connect(lambda: self.bench.workspace.in_use(self, use_of(work.playback)))
        spot, self._spot = self._spot, None
        if spot is not None and spot.tick is not None:
            self.work.playback.seek_tick(spot.tick)
        self.header_changed.emit()

    def _failed(self, film: Film, error: BaseException) -> None:
        if self._wanted is not film:
            return
        self._opening, self._wanted = None, None
        if isinstance(error, Cancelled):
            return
        kept = self.tr("all marks that were saved are kept")
        panel = ErrorPanel(words_of(error, kept=kept), (self.tr("Try again"),))
        panel.answered.connect(lambda _place: self._look(now=True))
        self._show_between(panel)

    # Writing

    def _keeper(self, film: Film, desk: Desk) -> Keep:
        """Writes steps of one film's marks on the vault thread, in order, also after the film was closed."""
        workspace = self.bench.workspace

        def keep(
            before: Sequence[Mark],
            after: Sequence[Mark],
            done: Callable[[], None],
            failed: Callable[[BaseException], None],
        ) -> None:
            def written(_nothing: None) -> None:
                self._wrote = True
                done()
                workspace.write_done()

            def refused(error: BaseException) -> None:
                failed(error)
                # While the film is open the page says it beside the marks.
                workspace.write_failed(error, told=self._wanted is film and self.page is not None)

            workspace.write_begun()
            self.bench.jobs.call(
                lambda: desk.keep_marks(film.id, before, after), owner=self, done=written, failed=refused
            )

        return keep

    # Inside

    def _make_empty(self) -> QWidget:
        page = QWidget()
        panel = EmptyPanel(
            self.tr("No film is open"),
            self.tr(
                "A film is looked at closely here, and what is seen in it is marked. Choose one on its family's page."
            ),
            button=self.tr("Choose a film"),
            icon="film",
        )
        panel.begin.connect(lambda: self.bench.go_to("families"))
        column(page, margins=(16, 16, 16, 16)).addWidget(panel)
        return page

    def _make_keys(self) -> None:
        acts: dict[str, Callable[[FilmAtWork], None]] = {
            "undo": lambda work: work.marking.undo(),
            "redo": lambda work: work.marking.redo(),
            "find": lambda work: work.find(),
        }
        for name, act in acts.items():
            for key in keys_of(name):
                shortcut = QShortcut(key, self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(lambda act=act: act(self.work) if self.work is not None else None)

    def _show_between(self, widget: QWidget) -> None:
        self._clear_between()
        self._between_body.addStretch(1)
        self._between_body.addWidget(widget)
        self._between_body.addStretch(1)
        self._pages.setCurrentWidget(self._between)

    def _clear_between(self) -> None:
        empty(self._between_body)

    def _watch_window(self) -> None:
        window = self.window()
        if window is not self._watched and window is not self:
            if self._watched is not None and isValid(self._watched):
                self._watched.removeEventFilter(self)
            self._watched = window
            window.installEventFilter(self)
