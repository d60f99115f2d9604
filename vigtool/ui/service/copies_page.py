"""The page "Copies": everything readable outside the vault, what is known of it, and saying that it is gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from vigtool.casework.copy import CopyOutcome
from vigtool.casework.stray_copy import StrayCopy
from vigtool.ids import Id
from vigtool.practice.film_history import CopyNow
from vigtool.ui import measures
from vigtool.ui.desk_service import KnownNames, Register
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.empty import EmptyPanel
from vigtool.ui.parts.segments import Segments
from vigtool.ui.parts.surface import Heading, Panel, Scroll, column, row
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Bench
from vigtool.ui.service.cut_off_panel import CutOffPanel
from vigtool.ui.service.film_words import copy_row, outcome_words, stray_row
from vigtool.ui.service.paging import Place, ServicePage
from vigtool.ui.service.rows import Row, RowList

_OUTCOMES = (CopyOutcome.GIVEN_BACK, CopyOutcome.DELETED, CopyOutcome.STAYS, CopyOutcome.UNKNOWN)
_OVER = (CopyOutcome.GIVEN_BACK, CopyOutcome.DELETED)


class CopiesPage(ServicePage):
    """The page."""

    def __init__(self, bench: Bench, *, today: Callable[[], date] = date.today, parent: QWidget | None = None) -> None:
        super().__init__(bench, parent)
        self._today, self._register, self._names = today, Register(), KnownNames()
        self.which = Segments(
            [(True, self.tr("Still out there")), (False, self.tr("All"))], words=self.tr("Which copies")
        )
        self.doing = Place(bench)
        self.cut_off = CutOffPanel()
        self.strays, self.copies = RowList(self.tr("Stray copies")), RowList(self.tr("Handed out"))
        self.gone = Button(self.tr("It is gone"), height=measures.BUTTON_SMALL)
        self.outcomes = {
            outcome: Button(outcome_words(outcome)[:1].upper() + outcome_words(outcome)[1:], Kind.PLAIN,
                            height=measures.BUTTON_SMALL)
            for outcome in _OUTCOMES
        }  # fmt: skip
        self.film = Button(self.tr("Where this film has been"), Kind.QUIET, height=measures.BUTTON_SMALL)
        self.stray_film = Button(self.tr("Where this film has been"), Kind.QUIET, height=measures.BUTTON_SMALL)
        self._where = Words("", size=Type.LEAST, tone="quiet", wrap=True)
        self._nothing = EmptyPanel(
            self.tr("Nothing is out there"),
            self.tr("Every copy that leaves the vault stands here, with who has it and what became of it."),
            icon="open",
        )
        self._lay_out()
        self._connect()

    def read(self) -> None:
        """Read the register."""
        desk = self.bench.desk
        self.bench.jobs.call(
            lambda: (desk.register(), desk.known_names()),
            owner=self,
            done=lambda found: self._take(*found),
            failed=self.doing.show_error,
        )

    def _lay_out(self) -> None:
        paper = Scroll(gap=measures.GAP, margins=(16, 16, 16, 16))
        column(self).addWidget(paper)
        head = row(gap=12)
        head.addWidget(Words(self.tr("Copies"), size=Type.LARGE, weight=measures.SEMIBOLD))
        head.addStretch(1)
        head.addWidget(self.which)
        paper.body.addLayout(head)
        paper.body.addWidget(self.doing)
        self._stray_acts, self._copy_acts = QWidget(), QWidget()
        strays = self._acts_of(self._stray_acts, [self.gone, self.stray_film])
        copies = self._acts_of(self._copy_acts, [*self.outcomes.values(), self.film])
        self._stray_panel = _listed(
            Heading(self.tr("Where the program cannot reach"), self.tr("phones, cards, bins, clouds, mails")),
            self.strays,
            strays,
        )
        self._copy_panel = _listed(
            Heading(self.tr("Handed out"), self.tr("the register of copies")), self.copies, self._where, copies
        )
        self._empty_room = QWidget()
        column(self._empty_room).addWidget(self._nothing)
        for widget in (self.cut_off, self._stray_panel, self._copy_panel, self._empty_room):
            paper.body.addWidget(widget)
        paper.body.addStretch(1)

    def _acts_of(self, widget: QWidget, buttons: list[Button]) -> QWidget:
        line = row(widget, gap=8, margins=(10, 4, 0, 0))
        for button in buttons:
            line.addWidget(button)
        line.addStretch(1)
        return widget

    def _connect(self) -> None:
        self.which.chosen.connect(lambda _value: self._show())
        self.cut_off.lost.connect(self._give_up)
        self.strays.chosen.connect(self._stray_chosen)
        self.copies.chosen.connect(self._copy_chosen)
        self.gone.clicked.connect(self._say_gone)
        for outcome, button in self.outcomes.items():
            button.clicked.connect(lambda _=False, outcome=outcome: self._settle(outcome))
        self.film.clicked.connect(self._show_copys_film)
        self.stray_film.clicked.connect(self._show_strays_film)
        self._stray_chosen(None)
        self._copy_chosen(None)

    def _take(self, register: Register, names: KnownNames) -> None:
        self._register, self._names = register, names
        self._show()

    def _show(self) -> None:
        only_out = bool(self.which.value)
        strays = [one for one in self._register.strays if not (only_out and one.gone)]
        copies = [now for now in self._register.copies if not (only_out and now.outcome in _OVER)]
        self.strays.set_rows([self._stray_row(stray) for stray in strays])
        self.copies.set_rows([self._copy_row(now) for now in copies])
        self.cut_off.show_exits(
            self._register.cut_off, lambda one: self._whose(one.source, one.family), self._register.persons
        )
        self._stray_panel.setVisible(bool(strays))
        self._copy_panel.setVisible(bool(copies))
        self._empty_room.setVisible(not strays and not copies and not self._register.cut_off)

    def _stray_row(self, stray: StrayCopy) -> Row:
        return stray_row(stray, before=self._names.films.get(stray.film, ""))

    def _copy_row(self, now: CopyNow) -> Row:
        before = self._whose(now.copy.source, now.copy.family)
        return copy_row(now, self._register.persons, self._names.users, before=before)

    def _whose(self, source: Id, family: Id) -> str:
        of = self._names.films.get(source) or self._names.reels.get(source)
        return of or self._names.families.get(family, "")

    def _give_up(self, intent: Id) -> None:
        desk = self.bench.desk
        self.doing.write(lambda: desk.say_nothing_left(intent), lambda _nothing: None)

    def _stray_chosen(self, stray: StrayCopy | None) -> None:
        self._stray_acts.setVisible(stray is not None)
        self.gone.setVisible(stray is not None and stray.gone is None)

    def _copy_chosen(self, now: CopyNow | None) -> None:
        self._copy_acts.setVisible(now is not None)
        self._where.setVisible(now is not None)
        if now is not None:
            where = self.tr("It was written to {0}").format(now.copy.target)
            self._where.setText(where if now.copy.target else self.tr("It was printed."))
            self.film.setVisible(now.copy.source in self._names.films)
            for outcome, button in self.outcomes.items():
                button.setVisible(outcome is not now.outcome)

    def _say_gone(self) -> None:
        stray: StrayCopy | None = self.strays.value
        if stray is not None:
            desk = self.bench.desk
            self.doing.write(lambda: desk.stray_gone(stray.id), lambda _nothing: None)

    def _settle(self, outcome: CopyOutcome) -> None:
        now: CopyNow | None = self.copies.value
        if now is not None:
            desk, today = self.bench.desk, self._today()
            self.doing.write(lambda: desk.settle_copy(now.copy.id, outcome, today), lambda _nothing: None)

    def _show_strays_film(self) -> None:
        stray: StrayCopy | None = self.strays.value
        self._want(stray.film if stray is not None else None)

    def _show_copys_film(self) -> None:
        now: CopyNow | None = self.copies.value
        self._want(now.copy.source if now is not None else None)

    def _want(self, film: Id | None) -> None:
        if film is not None:
            self.film_wanted.emit(film)


def _listed(*widgets: QWidget) -> Panel:
    panel = Panel(padding=16, gap=8)
    for widget in widgets:
        panel.body.addWidget(widget)
    return panel
