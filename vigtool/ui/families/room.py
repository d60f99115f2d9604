"""The Families room: the case load at the left, one family's page at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from vigtool.casework.caseload import Due, DueKind, Overview
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.ids import Id
from vigtool.ui import theme
from vigtool.ui.actions import keys_of
from vigtool.ui.desk import Pixels
from vigtool.ui.families.asking import Form
from vigtool.ui.families.bringing_in import BringingIn
from vigtool.ui.families.consent_acts import ConsentActs
from vigtool.ui.families.consent_form import ConsentForm
from vigtool.ui.families.delegates import POSTER
from vigtool.ui.families.family_forms import NewFamilyForm, PersonForm
from vigtool.ui.families.keeping_acts import KeepingActs
from vigtool.ui.families.list_panel import FamiliesList
from vigtool.ui.families.reading import FamilyPage, read_page, read_rows
from vigtool.ui.families.tabs import FamilyTabs
from vigtool.ui.families.work_forms import CycleForm, SessionForm
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.days import short_day
from vigtool.ui.parts.empty import EmptyPanel
from vigtool.ui.parts.surface import column, row
from vigtool.ui.room import Bench, Room


class _Side(QWidget):
    """The left side, with a thin line towards the page."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = 0 if mirrored else self.width() - 1
        QPainter(self).fillRect(x, 0, 1, self.height(), QColor(theme.of(self).line))


class FamiliesRoom(Room):
    """The room."""

    def __init__(self, bench: Bench, *, today: Callable[[], date] = date.today, parent: QWidget | None = None) -> None:
        super().__init__(bench, parent)
        self._today = today
        self._page: FamilyPage | None = None
        self._wanted: Id | None = None
        self.list = FamiliesList(today())
        self.tabs = FamilyTabs(today())
        self.page = self.tabs.work
        self._new_session = Button(self.tr("New session"), icon="calendar")
        self._add_film = Button(self.tr("Add film"), Kind.PRIMARY, icon="plus")
        self._nobody = EmptyPanel(
            self.tr("No families yet"),
            self.tr("A family is the people you work with: a baby, its parents, whoever is in their films."),
            button=self.tr("New family"),
            button_icon="plus",
            icon="families",
        )
        self._lay_out()
        self.bringing_in = BringingIn(bench, self, self._doing, self.family_page)
        self.consent_acts = ConsentActs(bench, self, self.tabs.consent, self.family_page)
        self.keeping_acts = KeepingActs(bench, self, self.tabs.keeping, self.family_page)
        self._connect()

    def family_page(self) -> FamilyPage | None:
        """The family that is shown."""
        return self._page

    # What stands at the top

    def header_items(self) -> Sequence[str]:
        """The family's name, since when, and where."""
        family = self.bench.workspace.family
        if family is None:
            return ()
        since = self.tr("since {0}").format(short_day(family.opened))
        return (family.name, f"{since}, {family.place}" if family.place else since)

    def header_question(self) -> str:
        """Nothing: the page itself shows it, large."""
        return ""

    def header_buttons(self) -> Sequence[QWidget]:
        """The two things that are done most."""
        return (self._new_session, self._add_film) if self._page is not None else ()

    def entered(self) -> None:
        """Read everything again: marks and reels may have changed meanwhile."""
        family = self.bench.workspace.family
        self._wanted = self._wanted if family is None else family.id
        self._read()
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # Laying out

    def _lay_out(self) -> None:
        whole = row(self, gap=0)
        self._side = _Side()
        column(self._side, margins=(0, 0, 1, 0)).addWidget(self.list)
        whole.addWidget(self._side)
        beside = column()
        self._doing = column(gap=12, margins=(16, 0, 16, 0))
        beside.addLayout(self._doing)
        self._pages = QStackedWidget()
        room = QWidget()
        column(room, margins=(16, 16, 16, 16)).addWidget(self._nobody)
        blank = QWidget()
        for shown in (blank, room, self.tabs):
            self._pages.addWidget(shown)
        self._nobody_room = room
        beside.addWidget(self._pages, 1)
        whole.addLayout(beside, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the page what it needs for its chips."""
        super().resizeEvent(event)
        self._side.setFixedWidth(332 if self.width() >= 1340 else 292)

    def _connect(self) -> None:
        page, workspace = self.page, self.bench.workspace
        self.list.opened.connect(self._read_page)
        self.list.new_wanted.connect(self._new_family)
        self._nobody.begin.connect(self._new_family)
        page.film_opened.connect(self._open_film)
        page.film_wanted.connect(self.bringing_in.choose)
        page.session_wanted.connect(lambda: self._ask(SessionForm))
        page.people.consent_wanted.connect(lambda: self._ask(ConsentForm))
        page.people.person_wanted.connect(lambda: self._ask_family(PersonForm))
        page.people.safety_wanted.connect(self.keeping_acts.write_safety)
        page.question.cycle_wanted.connect(self._begin_cycle)
        page.question.change_wanted.connect(self._change_question)
        page.due.wanted.connect(self._go_to_due)
        self._new_session.clicked.connect(lambda: self._ask(SessionForm))
        self._add_film.clicked.connect(self.bringing_in.choose)
        self.keeping_acts.family_gone.connect(self._forget_family)
        workspace.records_changed.connect(self._read)
        for key in keys_of("find"):
            find = QShortcut(key, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            find.activated.connect(lambda: self.list.search.setFocus(Qt.FocusReason.ShortcutFocusReason))

    # Reading

    def _read(self) -> None:
        desk, today = self.bench.workspace.desk, self._today()
        if desk is None:
            return
        self.bench.jobs.call(
            lambda: read_rows(desk, today), owner=self, done=self._show_rows, failed=self.bench.workspace.failed.emit
        )
        if self._wanted is not None:
            self._read_page(self._wanted)

    def _read_page(self, family: Id) -> None:
        self._wanted = family
        desk, today = self.bench.desk, self._today()
        self.bench.jobs.call(
            lambda: read_page(desk, family, today),
            owner=self,
            done=self._show_page,
            failed=self.bench.workspace.failed.emit,
        )

    def _show_rows(self, rows: list[Overview]) -> None:
        self.list.set_rows(rows, self._wanted)
        if not rows:
            self._pages.setCurrentWidget(self._nobody_room)
        elif self._wanted is None:
            self._read_page(rows[0].family)

    def _show_page(self, page: FamilyPage | None) -> None:
        # While it was read, the person may have gone on to another family.
        if page is None or page.family.id != self._wanted:
            return
        self._page = page
        workspace = self.bench.workspace
        workspace.open_family(page.family)
        workspace.open_cycle(page.cycle)
        self.tabs.show_page(page)
        self._pages.setCurrentWidget(self.tabs)
        self.list.view.choose(page.family.id)
        self.header_changed.emit()
        for film in page.films:
            self._read_poster(film.id)

    def _read_poster(self, film: Id) -> None:
        desk, (width, height) = self.bench.desk, POSTER

        def show(pixels: Pixels) -> None:
            image = QImage(pixels.data, width * 2, height * 2, QImage.Format.Format_RGB32)
            self.page.set_poster(film, image.copy())

        # A film without a picture shows its sign; whoever opens it is told what is wrong.
        self.bench.jobs.call(lambda: desk.poster(film, width * 2, height * 2), owner=self, done=show)

    def _forget_family(self) -> None:
        """After a family was erased nothing of it stays on the screen."""
        self._page = self._wanted = None
        self.bench.workspace.open_family(None)
        self._pages.setCurrentIndex(0)
        self.header_changed.emit()
        self._read()

    # Acting

    def _ask(self, form: Callable[[Bench, FamilyPage, QWidget], Form]) -> None:
        if self._page is not None:
            form(self.bench, self._page, self).open()

    def _ask_family(self, form: Callable[[Bench, Family, QWidget], Form]) -> None:
        if self._page is not None:
            form(self.bench, self._page.family, self).open()

    def _new_family(self) -> None:
        form = NewFamilyForm(self.bench, self)
        form.written.connect(lambda family: self._read_page(family.id))
        form.open()

    def _begin_cycle(self) -> None:
        if self._page is not None:
            CycleForm(self.bench, self._page, None, self).open()

    def _change_question(self) -> None:
        if self._page is not None:
            CycleForm(self.bench, self._page, self._page.cycle, self).open()

    def _go_to_due(self, due: Due) -> None:
        if due.kind is DueKind.CONSENT:
            self._ask(ConsentForm)
        elif due.kind is DueKind.HELPING_QUESTION:
            self._change_question()
        elif self._page is not None:
            film = next((found for found in self._page.films if found.id == due.film), None)
            self.bench.workspace.open_film(film)
            self.bench.go_to("reel")

    def _open_film(self, film: Film) -> None:
        self.bench.workspace.open_film(film)
        self.bench.go_to("film")
