"""What of the audit log is shown: which acts, whose, about what, and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import Enum

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from vigtool.ids import Id
from vigtool.practice.auditing import Wanted
from vigtool.ui.actions import key_words
from vigtool.ui.desk_service import KnownNames
from vigtool.ui.parts.field import Choice, Day, Field, Line
from vigtool.ui.parts.surface import column, row
from vigtool.ui.service.act_words import group_words
from vigtool.ui.service.said import user_words

_SHORTEST = 4
_HEX = frozenset("0123456789abcdef")


class Span(Enum):
    """How far back."""

    ANY = "any"
    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    BETWEEN = "between"


_BACK = {Span.TODAY: 0, Span.WEEK: 6, Span.MONTH: 30, Span.YEAR: 365}


class LogFilter(QWidget):
    """The fields.

    Signals:
        changed: something else is wanted; `wanted` says what.
    """

    changed = Signal()

    def __init__(self, today: Callable[[], date] = date.today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._names = today, KnownNames()
        self.act, self.who, self.span = Choice(), Choice(), Choice()
        self.about = Line(placeholder=self.tr("Code, film or id"), icon="search", key=key_words("find"))
        self.since, self.until = Day(today()), Day(today())
        self._about_field = Field(self.tr("About"), self.about)
        self._between = [Field(self.tr("From"), self.since), Field(self.tr("To"), self.until)]
        self._fill()
        self._lay_out()
        self.act.currentIndexChanged.connect(self.changed)
        self.who.currentIndexChanged.connect(self.changed)
        self.span.currentIndexChanged.connect(self._span_changed)
        self.about.editingFinished.connect(self._about_changed)
        self._asked_about = ""
        for day in (self.since, self.until):
            day.dateChanged.connect(self.changed)

    def set_names(self, names: KnownNames) -> None:
        """Know everybody who ever used the vault, and what things are called."""
        self._names = names
        chosen = self.who.currentData()
        with QSignalBlocker(self.who):
            self.who.clear()
            self.who.addItem(self.tr("Anybody"), None)
            for user, name in sorted(names.users.items(), key=lambda pair: pair[1].casefold()):
                self.who.addItem(user_words(user, name, names.me), user)
            self.who.setCurrentIndex(max(self.who.findData(chosen), 0))

    @property
    def wanted(self) -> Wanted | None:
        """What is asked for; none where nothing is called what was typed."""
        about = self._record()
        typed = self.about.text().strip()
        self._about_field.set_error(self.tr("Nothing you can open is called that.") if typed and not about else "")
        if typed and not about:
            return None
        since, until = self._days()
        return Wanted(
            act=self.act.currentData() or "", by=self.who.currentData(), about=about, since=since, until=until
        )

    def clear(self) -> None:
        """Ask for everything again."""
        for choice in (self.act, self.who, self.span):
            with QSignalBlocker(choice):
                choice.setCurrentIndex(0)
        self.about.clear()
        self._asked_about = ""
        self._span_changed()

    def ask_about(self, words: str) -> None:
        """Ask for what was done to one thing."""
        self.about.setText(words)
        self._about_changed()

    def _fill(self) -> None:
        for act, words in group_words():
            self.act.addItem(words, act)
        self.set_names(self._names)
        for span, words in (
            (Span.ANY, self.tr("Any time")),
            (Span.TODAY, self.tr("Today")),
            (Span.WEEK, self.tr("The last 7 days")),
            (Span.MONTH, self.tr("The last 31 days")),
            (Span.YEAR, self.tr("The last year")),
            (Span.BETWEEN, self.tr("Between two days")),
        ):
            self.span.addItem(words, span)

    def _lay_out(self) -> None:
        body = column(self, gap=8)
        first = row(gap=12)
        for field, stretch in (
            (Field(self.tr("What"), self.act), 3),
            (Field(self.tr("Who"), self.who), 3),
            (self._about_field, 4),
            (Field(self.tr("When"), self.span), 3),
        ):
            first.addWidget(field, stretch)
        body.addLayout(first)
        self._second = QWidget()
        second = row(self._second, gap=12)
        second.addStretch(10)
        for day in self._between:
            second.addWidget(day, 3)
        body.addWidget(self._second)
        self._second.hide()

    def _span_changed(self) -> None:
        self._second.setVisible(self.span.currentData() is Span.BETWEEN)
        self.changed.emit()

    def _about_changed(self) -> None:
        if self.about.text() != self._asked_about:
            self._asked_about = self.about.text()
            self.changed.emit()

    def _days(self) -> tuple[date | None, date | None]:
        span = self.span.currentData()
        if span is Span.BETWEEN:
            return self.since.day, self.until.day
        if span in _BACK:
            return self._today() - timedelta(days=_BACK[span]), None
        return None, None

    def _record(self) -> Id | None:
        """What was typed: a code, a whole name or a part of just one, or the beginning of an id."""
        typed: str = self.about.text().strip().casefold()
        if not typed:
            return None
        known = self._names
        for table in (known.families, known.films, known.reels, known.people):
            whole = [record for record, words in table.items() if words.casefold() == typed]
            if len(whole) == 1:
                return whole[0]
        parts = [record for record, words in {**known.films, **known.people}.items() if typed in words.casefold()]
        if len(parts) == 1:
            return parts[0]
        return typed if len(typed) >= _SHORTEST and set(typed) <= _HEX else None
