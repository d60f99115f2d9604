"""Erasing a film or a family for good: what goes, what stays, the family's code typed; then the certificate."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.casework.copy import Copy
from vigtool.casework.erasure import Erasure
from vigtool.casework.film import Film
from vigtool.errors import Cancelled, FilmsBeyondReach
from vigtool.ids import Id
from vigtool.practice.progress import Cancelled as MayStop
from vigtool.practice.progress import Report
from vigtool.ui import measures
from vigtool.ui.families.certificate_part import CertificatePart
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.words import film_words
from vigtool.ui.families.working import WorkingForm
from vigtool.ui.measures import Type
from vigtool.ui.notices import Notice, words_of
from vigtool.ui.parts.button import Kind
from vigtool.ui.parts.days import full_day
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.field import Field, Line
from vigtool.ui.parts.surface import column, row
from vigtool.ui.parts.words import Words, isolated
from vigtool.ui.room import Bench


class EraseSheet(WorkingForm):
    """The sheet.

    Signals:
        erased (Erasure): it is gone.
    """

    erased = Signal(object)

    def __init__(self, bench: Bench, page: FamilyPage, film: Film | None = None, parent: QWidget | None = None) -> None:
        """Make it for one film, or for the whole family where no film is named."""
        say = QCoreApplication.translate
        title = say("EraseSheet", "Erase {0}").format(page.family.code)
        if film is not None:
            title = say("EraseSheet", "Erase the film of {0}").format(isolated(film_words(film)))
        super().__init__(bench, title, go=say("EraseSheet", "Erase for good"), width=600, parent=parent)
        self._page, self._film = page, film
        self._giving_up: tuple[Id, ...] = ()
        self.go.kind = Kind.DANGER
        lines = column(gap=6)
        for icon, words in self._facts():
            line = row(gap=8)
            line.addWidget(Sign(icon, "quiet", size=18), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Words(words, size=Type.DENSE, wrap=True), 1)
            lines.addLayout(line)
        self.asked.addLayout(lines)
        self.reason = Field(
            self.tr("Why"), Line(), hint=self.tr("Without names: it stands in the certificate, which stays.")
        )
        self.code = Field(self.tr("Type {0} to go on").format(page.family.code), Line())
        self.code.input.textChanged.connect(lambda _text: self.refresh())
        self.asked.addWidget(self.reason)
        self.asked.addWidget(self.code)
        self.refresh()

    def _facts(self) -> list[tuple[str, str]]:
        films, copies = len(self._page.films), sum(self._shows(copy) for copy in self._page.copies)
        if self._film is not None:
            said = [
                ("film", self.tr("The film, its pictures, sound, marks, stills, and its clips in reels go.")),
                (
                    "key",
                    self.tr("Everything else of the family gets another key. That takes as long as copying its films."),
                ),
            ]
        else:
            said = [
                (
                    "families",
                    self.tr("Everything of the family goes: %n films, all notes, marks and reels.", "", films),
                ),
                ("key", self.tr("Its keys are destroyed. Nobody can read it again, with no passphrase.")),
            ]
        if copies:
            said.append(
                ("folder", self.tr("%n copies that were given out stay wherever they are, out of reach.", "", copies))
            )
        if self._page.keeping.strays:
            said.append(("warning", self.tr("What still lies outside the vault stays there: see the list of it.")))
        said.append(
            ("clock", self.tr("An older backup could bring it back until it is gone; the certificate names the day."))
        )
        return said

    def _shows(self, copy: Copy) -> bool:
        """Whether a copy that was given out shows what is to be erased."""
        if self._film is None:
            return True
        reels = {reel.id for reel in self._page.reels if any(clip.film == self._film.id for clip in reel.clips)}
        return copy.source in {self._film.id, *reels}

    def may_go(self) -> bool:
        """Whether the family's code was typed."""
        typed: str = self.code.input.text().strip()
        return typed.casefold() == self._page.family.code.casefold()

    def answer(self) -> None:
        """Erase it, once it was said why."""
        reason = self.reason.input.text().strip()
        self.reason.set_error("" if reason else self.tr("Say why, in words without names."))
        if not reason:
            self.reason.input.setFocus()
            return
        # What is open of it would be read while it goes, or while it is sealed anew.
        self.bench.workspace.open_film(None)
        self.bench.workspace.open_reel(None)
        desk, film, family, giving_up = self.bench.desk, self._film, self._page.family.id, self._giving_up

        def erase(report: Report, cancelled: MayStop) -> Erasure:
            if film is None:
                return desk.erase_family(family, reason=reason, report=report, cancelled=cancelled)
            return desk.erase_film(film.id, reason=reason, giving_up=giving_up, report=report, cancelled=cancelled)

        promise = self.tr("If you cancel in time, nothing is changed.")
        self.work(self.tr("Erasing"), erase, self._gone, self._not_gone, promise=promise)

    def _not_gone(self, error: BaseException) -> None:
        if isinstance(error, FilmsBeyondReach):  # told once, it goes on without them when it is asked again
            self._giving_up = error.films
            said = self.tr("Nothing can be read of other films of this family: {0}.").format(len(error.films))
            kept = self.tr("Nothing was erased yet.")
            then = self.tr(
                "Mend them from a backup first. Or erase all the same: then only a backup that was made before can"
                " bring them back."
            )
            self.show_error(Notice(said, kept, then))
            return
        kept = "" if not isinstance(error, Cancelled) else self.tr("Nothing was erased.")
        self.show_error(words_of(error, kept=kept))

    def _gone(self, erasure: Erasure) -> None:
        self.finish()
        desk = self.bench.desk
        self.bench.jobs.call(
            lambda: desk.certificate(erasure), owner=self, done=lambda text: self._show_certificate(erasure, text)
        )
        until = erasure.recoverable_until
        said = self.tr("It is gone. The vault knows of no backup that could bring it back.")
        if until is not None:
            said = self.tr("It is gone. The last backup that could bring it back expires on {0}.").format(
                full_day(until)
            )
        self.told.addWidget(Words(said, weight=measures.MEDIUM, wrap=True))
        self.erased.emit(erasure)

    def _show_certificate(self, erasure: Erasure, text: str) -> None:
        self.told.addWidget(CertificatePart(self.bench, erasure, text))
        self.refit()
