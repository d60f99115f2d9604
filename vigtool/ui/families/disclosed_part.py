"""What goes through the second door: which film, the film itself or one's marks on it, and in what form."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vigtool.casework.copy import CopyKind
from vigtool.casework.disclosure import Basis
from vigtool.ids import Id
from vigtool.practice.disclosure import goes_as_brought_in
from vigtool.ui.choosing import FILMS
from vigtool.ui.families.copy_words import basis_words
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.words import film_words
from vigtool.ui.measures import Type
from vigtool.ui.parts.field import Choice, Field
from vigtool.ui.parts.surface import column, row
from vigtool.ui.parts.words import Words


class DisclosedPart(QWidget):
    """The four questions. In what form a film goes follows from the ground until a person says otherwise.

    Signals:
        changed: another answer.
    """

    changed = Signal()

    def __init__(self, page: FamilyPage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = {film.id: film.original_name for film in page.films}
        self._marks = dict(page.marks)
        self._form_chosen = False
        self.film, self.what = Field(self.tr("Which film"), Choice()), Field(self.tr("What of it"), Choice())
        self.basis, self.form = Field(self.tr("On which ground"), Choice()), Field(self.tr("In what form"), Choice())
        for film in reversed(page.films):
            self.film.input.addItem(film_words(film), film.id)
        self.what.input.addItem(self.tr("The film itself"), CopyKind.FILM)
        self.what.input.addItem(self.tr("My marks on it, as a table"), CopyKind.MARKS)
        for basis in Basis:
            self.basis.input.addItem(basis_words(basis), basis)
        body = column(self, gap=12)
        for before, after in ((self.film, self.what), (self.basis, self.form)):
            line = row(gap=12)
            line.addWidget(before, 1)
            line.addWidget(after, 1)
            body.addLayout(line)
        self.said = Words("", size=Type.LEAST, tone="quiet", wrap=True)
        body.addWidget(self.said)
        for field in (self.film, self.basis):
            field.input.currentIndexChanged.connect(lambda _place: self._refresh())
        self.what.input.currentIndexChanged.connect(lambda _place: self._offer_forms())
        self.form.input.currentIndexChanged.connect(lambda _place: self._say())
        self.form.input.activated.connect(self._choose_form)
        self._offer_forms()

    @property
    def is_marks(self) -> bool:
        """Whether the marks go, not the film."""
        return self.what.input.currentData() is CopyKind.MARKS

    @property
    def original(self) -> bool:
        """Whether the film goes byte for byte as it was brought in."""
        return self.form.input.currentData() is True

    @property
    def table(self) -> str:
        """The form of the table of marks: a key of `export.tables.WRITERS`."""
        return str(self.form.input.currentData())

    @property
    def ending(self) -> str:
        """The ending of the file, with its dot: what goes out byte for byte may be no MP4; none where nobody knows."""
        if self.is_marks:
            return f".{self.table}"
        if not self.original:
            return ".mp4"
        film: Id | None = self.film.input.currentData()
        own = PurePath(self._names.get(film, "") if film is not None else "").suffix.lower()
        return own if own.removeprefix(".") in FILMS else ""

    def is_complete(self) -> bool:
        """Whether there is something to give; what is missing is said beside it."""
        empty = self.is_marks and not self._marks.get(self.film.input.currentData())
        self.film.set_error(self.tr("Nothing is marked in this film.") if empty else "")
        if empty:
            self.film.input.setFocus()
        return not empty

    def _choose_form(self) -> None:
        self._form_chosen = self._form_chosen or not self.is_marks

    def _offer_forms(self) -> None:
        """The forms there are of what goes."""
        choice = self.form.input
        choice.blockSignals(True)
        choice.clear()
        if self.is_marks:
            choice.addItem(self.tr("CSV, for table programs"), "csv")
            choice.addItem(self.tr("JSON, for other programs"), "json")
        else:
            choice.addItem(self.tr("As it was brought in, byte for byte"), True)
            choice.addItem(self.tr("Without what the camera wrote into it"), False)
            self._form_chosen = False
        choice.blockSignals(False)
        self._refresh()

    def _refresh(self) -> None:
        self.film.set_error("")
        if not self.is_marks and not self._form_chosen:
            whole = goes_as_brought_in(self.basis.input.currentData())
            self.form.input.blockSignals(True)
            self.form.input.setCurrentIndex(self.form.input.findData(whole))
            self.form.input.blockSignals(False)
        self._say()

    def _say(self) -> None:
        caution = not self.is_marks and self.original and not goes_as_brought_in(self.basis.input.currentData())
        if self.is_marks:
            said = self.tr("Your own marks with their times, codes and notes. A colleague gives theirs out themselves.")
        elif caution:
            said = self.tr("Day, place and device stay in it: it may tell where the family lives.")
        elif self.original:
            said = self.tr("Its fingerprint is the one that the vault has of it since it was brought in.")
        else:
            said = self.tr("Picture and sound, written anew as MP4: day, place and device are taken out.")
        self.said.set_tone("caution" if caution else "quiet")
        self.said.setText(said)
        self.changed.emit()
