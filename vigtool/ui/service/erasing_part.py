"""Erasing, from the question to the certificate: what would go is read first, then the family's code is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from vigtool.casework.erasure import Erasure
from vigtool.ids import Id
from vigtool.practice.erasing import Outlook
from vigtool.ui import choosing, measures
from vigtool.ui.desk_service import KnownNames
from vigtool.ui.jobs import Where
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.surface import Heading, Panel, row
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Bench
from vigtool.ui.service.certificate_sheet import CertificateSheet
from vigtool.ui.service.log_verdict import GoodPanel
from vigtool.ui.service.paging import Place
from vigtool.ui.service.retention_forms import EraseForm
from vigtool.ui.service.retention_words import erasure_row, thing_words
from vigtool.ui.service.rows import RowList
from vigtool.ui.service.said import day_words


class ErasingPart(QWidget):
    """Erasing: `doing` is where it is shown, `erased` the panel of what was erased before, with its certificates."""

    def __init__(self, bench: Bench, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, self._today = bench, today
        self.doing = Place(bench)
        self.hide()  # its parts stand on the page by themselves
        self.erased = Panel(padding=16, gap=8)
        self.list = RowList(self.tr("What was erased"))
        self.save = Button(self.tr("Save the certificate"), height=measures.BUTTON_SMALL)
        self._acts = QWidget()
        line = row(self._acts, gap=8, margins=(10, 4, 0, 0))
        line.addWidget(self.save)
        line.addStretch(1)
        self._nothing = Words(self.tr("Nothing was erased yet."), size=Type.DENSE, tone="quiet", wrap=True)
        self._names = KnownNames()
        self.certified = Button(self.tr("By certificate…"), Kind.LINK, icon="plus", height=measures.BUTTON_TOOL)
        self.certified.setAccessibleName(self.tr("Erase again what a certificate names"))
        self.certified.clicked.connect(lambda: CertificateSheet(bench, self._names, self.erased).open())
        head = Heading(self.tr("What was erased"))
        head.add(self.certified)
        for widget in (head, self._nothing, self.list, self._acts):
            self.erased.body.addWidget(widget)
        self._acts.hide()
        self.list.chosen.connect(lambda one: self._acts.setVisible(one is not None))
        self.save.clicked.connect(self._save)

    def show_erasures(self, erasures: Sequence[Erasure], names: KnownNames) -> None:
        """Show what was erased, the newest first."""
        self._names = names
        self.list.set_rows([erasure_row(erasure, names, self._today()) for erasure in erasures])
        self._nothing.setVisible(not erasures)

    def ask(self, family: Id, film: Id | None, names: KnownNames) -> None:
        """Read what would go, then ask for the word."""
        desk = self._bench.desk
        self.doing.run(
            self.tr("Looking at what would go"),
            lambda _report, _cancelled: desk.erase_outlook(film or family),
            lambda outlook: self._ask(family, film, names, outlook),
        )

    def _ask(self, family: Id, film: Id | None, names: KnownNames, outlook: Outlook) -> None:
        code = names.families.get(family, family[:8])
        title = self.tr("Erase {0}?").format(thing_words(family, film, names))
        form = EraseForm(title, code, outlook, self)
        form.accepted.connect(lambda: self.begin(family, film, form.reason, outlook.lost))
        form.open()

    def begin(self, family: Id, film: Id | None, reason: str, giving_up: Sequence[Id] = ()) -> None:
        """Erase it; the films that were told as unreadable may be left to backups."""
        desk, bench = self._bench.desk, self._bench
        open_now = bench.workspace.family
        if film is None and open_now is not None and open_now.id == family:
            bench.workspace.open_family(None)
        elif film is not None and bench.workspace.film is not None and bench.workspace.film.id == film:
            bench.workspace.open_film(None)

        def op(report: Callable[[int, int], None], cancelled: Callable[[], bool]) -> Erasure:
            if film is not None:
                return desk.erase_film(film, reason=reason, giving_up=giving_up, report=report, cancelled=cancelled)
            return desk.erase_family(family, reason=reason, report=report, cancelled=cancelled)

        self.doing.run(
            self.tr("Erasing"),
            op,
            self._erased,
            promise=self.tr("Until the keys are destroyed it can still be stopped; then nothing was changed."),
            where=Where.POOL,
        )

    def _erased(self, erasure: Erasure) -> None:
        until = erasure.recoverable_until
        if until is None:
            said = self.tr("There is no backup that could bring it back.")
        else:
            said = self.tr("A backup made before could bring it back until {0}.").format(day_words(until))
        panel = GoodPanel(self.tr("It is erased"), said + " " + self.tr("Its certificate stands below."))
        panel.answered.connect(lambda _place: self.doing.clear())
        self.doing.show_panel(panel)
        self._bench.workspace.records_changed.emit()

    def _save(self) -> None:
        erasure: Erasure | None = self.list.value
        target = choosing.choose_target(self, self.tr("Where to keep the certificate?"), "certificate.txt")
        if erasure is not None and target is not None:
            desk = self._bench.desk
            self.doing.write(lambda: desk.save_certificate(erasure, target), lambda _nothing: None)
