"""Forms of the page "Safety and keeping": another place where a film lies, closing, a legal hold."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from vigtool.casework.legal_hold import LegalHold
from vigtool.casework.stray_copy import StrayPlace
from vigtool.ui.families.asking import Form
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.stray_words import place_words
from vigtool.ui.families.words import film_words
from vigtool.ui.measures import Type
from vigtool.ui.parts.field import Choice, Day, Field, Line, Paper
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Bench


def _say(text: str) -> str:
    return QCoreApplication.translate("KeepingForms", text)


class StrayForm(Form):
    """A copy of a film that lies where the program cannot reach."""

    def __init__(self, bench: Bench, page: FamilyPage, parent: QWidget | None = None) -> None:
        sentence = _say("It stays listed until somebody says that it is gone.")
        super().__init__(
            bench, _say("A film lies elsewhere, too"), sentence=sentence, go=_say("Write down"), parent=parent
        )
        self.film, self.where = Field(self.tr("Which film"), Choice()), Field(self.tr("Where"), Choice())
        for film in reversed(page.films):
            self.film.input.addItem(film_words(film), film.id)
        for place in StrayPlace:
            self.where.input.addItem(place_words(place), place)
        self.words = Field(self.tr("More about the place (may stay empty)"), Line())
        for field in (self.film, self.where, self.words):
            self.body.addWidget(field)

    def try_to_accept(self) -> None:
        """Write it down."""
        desk, film, where = self.bench.desk, self.film.input.currentData(), self.where.input.currentData()
        words = self.words.input.text().strip()
        self.write(lambda: desk.note_stray_copy(film, where, words))


class CloseForm(Form):
    """The day on which the work with a family ended. Nothing is erased by it."""

    def __init__(self, bench: Bench, page: FamilyPage, parent: QWidget | None = None) -> None:
        super().__init__(
            bench,
            _say("The work with them has ended"),
            sentence=_say("Nothing is erased by it. Times that count from the end begin on this day."),
            go=_say("Close"),
            parent=parent,
        )
        self._family = page.family
        self.on = Field(self.tr("Ended on"), Day())
        self.body.addWidget(self.on)

    def try_to_accept(self) -> None:
        """Write the day down."""
        on = self.on.input.day
        self.on.set_error("" if on >= self._family.opened else self.tr("It cannot have ended before it began."))
        if not self.on.error:
            desk, family = self.bench.desk, self._family.id
            self.write(lambda: desk.close_family(family, on))


class HoldForm(Form):
    """A legal hold: what it covers cannot be erased until it is lifted."""

    def __init__(self, bench: Bench, page: FamilyPage, parent: QWidget | None = None) -> None:
        super().__init__(
            bench,
            _say("Legal hold"),
            sentence=_say("What it covers cannot be erased, by no rule and by nobody, until it is lifted."),
            go=_say("Place it"),
            parent=parent,
        )
        self._page = page
        self.film = Field(self.tr("It covers"), Choice())
        self.film.input.addItem(self.tr("Everything of this family"), None)
        for film in reversed(page.films):
            self.film.input.addItem(film_words(film), film.id)
        self.reason = Field(self.tr("Why"), Paper(lines=3))
        self.body.addWidget(self.film)
        self.body.addWidget(self.reason)

    def try_to_accept(self) -> None:
        """Place it."""
        reason = self.reason.input.toPlainText().strip()
        self.reason.set_error("" if reason else self.tr("Say why, so that others know when it may be lifted."))
        if reason:
            desk, family, film = self.bench.desk, self._page.family.id, self.film.input.currentData()
            self.write(lambda: desk.place_hold(family, film=film, reason=reason))


class LiftForm(Form):
    """Letting a hold go; both entries stay."""

    def __init__(self, bench: Bench, hold: LegalHold, parent: QWidget | None = None) -> None:
        super().__init__(bench, _say("Lift the hold"), go=_say("Lift it"), parent=parent)
        self._hold = hold
        said = self.tr("What it covered can be erased again, by a person and by the service’s rules.")
        self.body.addWidget(Words(said, size=Type.DENSE, wrap=True))
        self.reason = Field(self.tr("Why it may go"), Paper(lines=3))
        self.body.addWidget(self.reason)

    def try_to_accept(self) -> None:
        """Lift it."""
        reason = self.reason.input.toPlainText().strip()
        self.reason.set_error("" if reason else self.tr("Say why."))
        if reason:
            desk, hold = self.bench.desk, self._hold.id
            self.write(lambda: desk.lift_hold(hold, reason=reason))
