"""Whether the films are whole: reading every sealed byte of them, the damaged seconds, and mending from a backup."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vigtool.casework.scrub import DamagedFilm, Scrub
from vigtool.ids import Id
from vigtool.ui import choosing, measures
from vigtool.ui.desk_service import Wholeness
from vigtool.ui.jobs import Where
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.chip import State
from vigtool.ui.parts.surface import Heading, Panel, row
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Bench
from vigtool.ui.service.log_verdict import GoodPanel
from vigtool.ui.service.paging import Place
from vigtool.ui.service.rows import Row, RowList
from vigtool.ui.service.said import day_words, stretches_words


class FilmsPanel(Panel):
    """The panel.

    Signals:
        changed: films were read through, or one was mended.
        film_wanted (film id): the page of a film shall be shown.
    """

    changed = Signal()
    film_wanted = Signal(str)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=8, parent=parent)
        self._bench = bench
        self.look = Button(self.tr("Read them through"), height=measures.BUTTON_TOOL)
        self.doing = Place(bench)
        self.list = RowList(self.tr("Damaged films"))
        self._known = Words("", size=Type.DENSE, tone="quiet", wrap=True)
        self.mend = Button(self.tr("Mend it from a backup"), height=measures.BUTTON_SMALL)
        self.film = Button(self.tr("Where this film has been"), Kind.QUIET, height=measures.BUTTON_SMALL)
        head = Heading(self.tr("Are the films whole?"))
        head.add(self.look)
        self._acts = QWidget()
        acts = row(self._acts, gap=8, margins=(10, 4, 0, 0))
        acts.addWidget(self.mend)
        acts.addWidget(self.film)
        acts.addStretch(1)
        for widget in (head, self.doing, self._known, self.list, self._acts):
            self.body.addWidget(widget)
        self._acts.hide()
        self.list.chosen.connect(lambda one: self._acts.setVisible(one is not None))
        self.look.clicked.connect(self._look)
        self.mend.clicked.connect(self._mend)
        self.film.clicked.connect(self._show_film)

    def show_wholeness(self, known: Wholeness, films: int, names: Mapping[Id, str]) -> None:
        """Say what is known."""
        self.setVisible(films > 0 or bool(known.damaged))
        self.list.set_rows([self._row(one, names) for one in known.damaged])
        self.look.set_words(self.tr("Go on reading") if known.unfinished else self.tr("Read them through"))
        if known.last is None:
            said = self.tr("They were never read through to the end. A disk can lose a film without a word.")
        elif known.damaged:
            said = self.tr("Read through last on {0}. What is damaged plays around its holes.").format(_day(known.last))
        else:
            said = self.tr("Read through last on {0}: every byte was as it was sealed.").format(_day(known.last))
        if known.unfinished:
            said += " " + self.tr("A reading was stopped on {0} and can be gone on with.").format(
                _day(known.unfinished)
            )
        self._known.setText(said)

    def _row(self, damaged: DamagedFilm, names: Mapping[Id, str]) -> Row:
        where = self.tr("nothing of it can be shown") if damaged.lost else self.tr("damaged: {0}").format(
            stretches_words(damaged.spans_seconds)
        )  # fmt: skip
        title = names.get(damaged.film) or damaged.film[:8]
        return Row(value=damaged, title=title, below=where, icon="film", chip=(State.WITHDRAWN, self.tr("damaged")))

    def _look(self) -> None:
        desk = self._bench.desk
        self.doing.run(
            self.tr("Reading every film through"),
            desk.scrub,
            self._looked,
            promise=self.tr("You can go on working. If you stop it, it can be gone on with later."),
            where=Where.BACKGROUND,
            stopped=self.changed.emit,
        )

    def _looked(self, scrub: Scrub) -> None:
        if not scrub.damaged:
            panel = GoodPanel(self.tr("Every film is whole"), self.tr("Read through: {0}.").format(scrub.films))
            panel.answered.connect(lambda _place: self.doing.clear())
            self.doing.show_panel(panel)
        self.changed.emit()

    def _mend(self) -> None:
        damaged: DamagedFilm | None = self.list.value
        folder = choosing.choose_folder(self, self.tr("Where do the backups lie?")) if damaged is not None else None
        if damaged is None or folder is None:
            return
        desk = self._bench.desk
        self.doing.run(
            self.tr("Mending the film"),
            lambda report, cancelled: desk.mend_film(damaged.film, folder, report, cancelled),
            lambda _scrub: self.changed.emit(),
            where=Where.POOL,
        )

    def _show_film(self) -> None:
        damaged: DamagedFilm | None = self.list.value
        if damaged is not None:
            self.film_wanted.emit(damaged.film)


def _day(scrub: Scrub) -> str:
    return day_words(scrub.on.astimezone().date())
