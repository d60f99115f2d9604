"""Giving one photograph out: which of the kept stills, to whom, whether it is safe to have at home."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from vigtool.casework.film import Film
from vigtool.casework.still import Still
from vigtool.ids import Id
from vigtool.timebase import short_clock
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.words import film_words
from vigtool.ui.handover.at_home import AtHome, Safe
from vigtool.ui.handover.leaving import LeavingSheet
from vigtool.ui.handover.place_part import PlacePart
from vigtool.ui.handover.safety_words import safety_lines
from vigtool.ui.parts.button import Kind
from vigtool.ui.parts.field import Choice, Field
from vigtool.ui.parts.surface import row
from vigtool.ui.parts.words import Words
from vigtool.ui.reel.sheet_frame import EqualButton
from vigtool.ui.room import Bench

NAME = "a-picture"


class PhotographSheet(LeavingSheet):
    """The sheet.

    Signals:
        watch_wanted (Film): look at it here instead; nothing is kept.
    """

    watch_wanted = Signal(object)

    def __init__(
        self, bench: Bench, page: FamilyPage, stills: list[tuple[Film, Still]], parent: QWidget | None = None
    ) -> None:
        """Make it; `stills` are those that were kept of the family's films."""
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("PhotographSheet", "Give a photograph out"),
            sentence=say("PhotographSheet", "One of the stills that were kept beside a film, exactly as it is."),
            go=say("PhotographSheet", "Make the photograph"),
            width=680,
            parent=parent,
        )
        self.prepare(PlacePart(NAME, ".png"))
        self._page, self._stills = page, stills
        self.still, self.whom = Field(self.tr("Which still"), Choice()), Field(self.tr("For whom"), Choice())
        for place, (film, still) in enumerate(stills):
            time = short_clock((still.tick - film.start) * film.time_base)
            words = self.tr("{0}, {1}").format(film_words(film), time)
            self.still.input.addItem(f"{words}: {still.words}" if still.words else words, place)
        for person in page.persons:
            if not person.is_child:
                self.whom.input.addItem(person.name, person.id)
        nothing = self.tr("No still was kept yet. In the Film room Ctrl K keeps exactly the frame that shows.")
        self._nothing = Words(nothing, tone="quiet", wrap=True)
        self._nothing.setVisible(not stills)
        self.asked.addWidget(self._nothing)
        head = row(gap=12)
        head.addWidget(self.still, 2)
        head.addWidget(self.whom, 1)
        self.asked.addLayout(head)
        self.at_home = AtHome(safety_lines(page.safety, page.family, page.everyone))
        self.asked.addWidget(self.at_home)
        self.ask_where()
        self.watch = EqualButton(self.tr("Look here, keep nothing"), Kind.PRIMARY, icon="review")
        self.watch.clicked.connect(self._watch)
        self.watch.setVisible(bool(stills))
        self.foot.insertWidget(self.foot.indexOf(self.go), self.watch)
        for signal in (self.at_home.changed, self.place.changed):
            signal.connect(self.refresh)
        self.whom.input.currentIndexChanged.connect(self._show_whom)
        self._show_whom()

    def may_go(self) -> bool:
        """Whether there is a still, somebody it is for, and home is safe."""
        return bool(self._stills) and self._to is not None and self.at_home.answer is Safe.YES

    def answer(self) -> None:
        """Make it."""
        to = self._to
        if to is None:
            return
        film, still = self._stills[self.still.input.currentData()]
        desk, target = self.bench.desk, self.place.target
        self.make(
            self.tr("Making the photograph"),
            lambda _report, _cancelled: desk.give_still(film.id, still.number, target, to=to, safe=True),
        )

    def refresh(self) -> None:
        """Look again whether it may be made, and whether to look at it here is still a question."""
        super().refresh()
        self.watch.setVisible(bool(self._stills) and not self.is_over)

    @property
    def _to(self) -> Id | None:
        found: Id | None = self.whom.input.currentData()
        return found

    def _show_whom(self) -> None:
        self.at_home.set_name("" if self._to is None else self._page.name_of(self._to))
        self.refresh()

    def _watch(self) -> None:
        film, _still = self._stills[self.still.input.currentData()]
        self.reject()
        self.watch_wanted.emit(film)
