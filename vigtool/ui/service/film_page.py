"""One film's page: where it came from, who saw it under which consent, which copies exist, when it will be erased."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vigtool.errors import Cancelled
from vigtool.ids import Id
from vigtool.practice.film_history import FilmHistory
from vigtool.ui import measures, theme
from vigtool.ui.desk_service import KnownNames
from vigtool.ui.jobs import Where
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.error_panel import ErrorPanel, Sign
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.parts.sheet import Sheet
from vigtool.ui.parts.surface import Heading, Panel, Rule, Scroll, column, empty, row
from vigtool.ui.parts.words import ElidedWords, Words
from vigtool.ui.room import Bench
from vigtool.ui.service.facts import Facts
from vigtool.ui.service.film_words import (
    access_rows,
    copy_row,
    film_title,
    origin_facts,
    seen_row,
    stray_row,
    term_words,
)
from vigtool.ui.service.rows import Row, RowList
from vigtool.ui.service.said import day_words

SIZE = (860, 820)
_AROUND = 48


class FilmPage(Sheet):
    """The page of one film, over whatever room: `FilmPage(bench, film, self).open()`. It reads by itself."""

    def __init__(
        self, bench: Bench, film: Id, parent: QWidget | None = None, *, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(parent)
        self._bench, self._film, self._today = bench, film, today
        self.setWindowTitle(self.tr("Where this film has been"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.dress(self, theme.of(parent))
        self._title = ElidedWords(self.windowTitle(), size=Type.TITLE, weight=measures.MEDIUM)
        self._beside = ElidedWords("")
        self._beside.set_tone("quiet")
        self.paper = Scroll(gap=12, margins=(24, 4, 24, 20))
        self.close_button = Button(self.tr("Done"), Kind.PRIMARY)
        self.close_button.clicked.connect(self.accept)
        self._lay_out()
        self._read()

    def fit(self, behind: QWidget) -> None:
        """Take its own size, or what the window behind has room for."""
        self.resize(min(SIZE[0], behind.width() - _AROUND), min(SIZE[1], behind.height() - _AROUND))

    def begin(self) -> None:
        """Begin with the button, from which the keys walk into the lists."""
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        whole = column(self, margins=(1, 1, 1, 1))
        head = column(gap=2, margins=(24, 20, 24, 12))
        head.addWidget(self._title)
        head.addWidget(self._beside)
        whole.addLayout(head)
        whole.addWidget(self.paper, 1)
        whole.addWidget(Rule())
        foot = row(gap=12, margins=(24, 12, 24, 16))
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        whole.addLayout(foot)

    def _read(self) -> None:
        desk, film = self._bench.desk, self._film
        panel = ProgressPanel(self.tr("Looking through the log"))
        self.paper.body.addWidget(panel)
        self.paper.body.addStretch(1)
        job = self._bench.jobs.run(
            lambda report, cancelled: (desk.film_history(film, report, cancelled), desk.known_names()),
            owner=self,
            done=lambda found: self._show(*found),
            failed=self._failed,
            progress=panel.set_progress,
            where=Where.POOL,
        )
        panel.cancelled.connect(job.cancel)
        self.finished.connect(lambda _result: job.cancel())

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self.reject()
            return
        empty(self.paper.body)
        self.paper.body.addWidget(ErrorPanel(words_of(error)))
        self.paper.body.addStretch(1)

    def _show(self, history: FilmHistory, names: KnownNames) -> None:
        empty(self.paper.body)
        self._title.setText(film_title(history.film))
        self._beside.setText(self.tr("{0} · where it has been, and who saw it").format(history.family.code))
        body, users = self.paper.body, names.users
        self._add_facts(self.tr("Where it came from"), origin_facts(history.film, history.origin, users))
        seen = [seen_row(one, history.persons, names.me) for one in history.seen]
        nobody = self.tr("Nobody has opened this film yet, as far as the log goes back.")
        self._add_rows(self.tr("Who saw it"), self.tr("and what had been agreed to by that day"), seen, nobody)
        out = [copy_row(now, history.persons, users) for now in history.copies]
        out += [stray_row(stray) for stray in history.strays]
        nothing = self.tr("No copy of it was handed out, and none is known to lie anywhere else.")
        self._add_rows(self.tr("Copies outside the vault"), "", out, nothing)
        if history.access:
            self._add_rows(self.tr("Who can open it now"), "", access_rows(history.access, names.me), "")
        self._add_keeping(body, history)
        body.addStretch(1)

    def _add_facts(self, title: str, facts: Sequence[tuple[str, str]]) -> None:
        panel = Panel(padding=16, gap=10)
        panel.body.addWidget(Heading(title))
        panel.body.addWidget(Facts(facts))
        self.paper.body.addWidget(panel)

    def _add_rows(self, title: str, beside: str, rows: Sequence[Row], nothing: str) -> None:
        panel = Panel(padding=16, gap=8)
        panel.body.addWidget(Heading(title, beside))
        if rows:
            shown = RowList(title)
            shown.set_rows(rows)
            panel.body.addWidget(shown)
        else:
            panel.body.addWidget(Words(nothing, size=Type.DENSE, tone="quiet", wrap=True))
        self.paper.body.addWidget(panel)

    def _add_keeping(self, body: QVBoxLayout, history: FilmHistory) -> None:
        panel = Panel(padding=16, gap=8)
        panel.body.addWidget(Heading(self.tr("How long it is kept")))
        panel.body.addWidget(Words(term_words(history.term, self._today()), size=Type.DENSE, wrap=True))
        if history.held is not None:
            line = row(gap=8)
            line.addWidget(Sign("shield", "caution", size=16), 0, Qt.AlignmentFlag.AlignTop)
            said = self.tr("A legal hold since {0} keeps it whatever the rules say: {1}").format(
                day_words(history.held.on), history.held.reason
            )
            line.addWidget(Words(said, size=Type.DENSE, tone="caution", wrap=True), 1)
            panel.body.addLayout(line)
        body.addWidget(panel)
