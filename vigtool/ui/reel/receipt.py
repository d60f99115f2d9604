"""The receipt: what will be, or was, made, for whom, and what was left out of it."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale, Qt, QTimeZone
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QWidget

from vigtool.casework.consent import Answer
from vigtool.casework.copy import Copy
from vigtool.ui import measures, theme
from vigtool.ui.measures import Type
from vigtool.ui.parts.chip import Chip, State
from vigtool.ui.parts.surface import Rule, column, empty, row
from vigtool.ui.parts.words import Words
from vigtool.ui.reel.copy_consent import form_words
from vigtool.ui.reel.copy_facts import CopyFacts, Safe
from vigtool.ui.reel.said import length_words


def grouped(sha256: bytes) -> str:
    """A fingerprint in groups of four signs, four groups a line."""
    text = sha256.hex()
    groups = [text[at : at + 4] for at in range(0, len(text), 4)]
    return "\n".join(" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4))


class ReceiptPaper(QWidget):
    """The paper in the sheet's right column."""

    def __init__(self, facts: CopyFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = facts
        body = column(self, gap=12, margins=(20, 20, 20, 20))
        head, titles = row(gap=8), column(gap=2)
        head.addWidget(Words(self.tr("Receipt"), size=Type.LARGE, weight=measures.SEMIBOLD), 1)
        self._state = row(gap=0)
        head.addLayout(self._state)
        titles.addLayout(head)
        self.number = Words(self.tr("register of copies"), size=Type.LEAST, tone="quiet")
        titles.addWidget(self.number)
        body.addLayout(titles)
        body.addWidget(Rule())
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(12)
        self._lines.setVerticalSpacing(12)
        self._lines.setColumnMinimumWidth(0, 76)
        self._lines.setColumnStretch(1, 1)
        body.addLayout(self._lines)
        body.addWidget(Rule())
        self.foot = Words("", size=Type.LEAST, tone="quiet", wrap=True)
        body.addWidget(self.foot)

    def show_plan(self, name: str, safe: Safe | None) -> None:
        """Before it is made."""
        self._fill(name, safe, None)
        self._show_state(self.tr("not yet made"), State.UNASKED)
        self.foot.setText(
            self.tr("Nothing leaves before you press “Make the copy”. If you stop part way, nothing is left behind.")
        )

    def show_made(self, name: str, copy: Copy, number: int) -> None:
        """After it was made, as it stands in the register."""
        self._fill(name, Safe.YES, copy)
        self._show_state(self.tr("in the register"), State.YES)
        self.number.setText(self.tr("register of copies, number {0}").format(number))
        self.foot.setText(self.tr("No other readable copy was made. This one is in the register."))

    def lines(self) -> list[tuple[str, str]]:
        """What it says, line by line: label and words."""
        said = []
        for place in range(self._lines.rowCount()):
            items = [self._lines.itemAtPosition(place, column_) for column_ in (0, 1)]
            labels = [item.widget() for item in items if item is not None]
            texts = [label.text() for label in labels if isinstance(label, Words)]
            if len(texts) == 2:
                said.append((texts[0], texts[1]))
        return said

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the paper: nearly square corners, as paper has."""
        colours = theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _show_state(self, words: str, state: State) -> None:
        empty(self._state)
        self._state.addWidget(Chip(words, state), 0, Qt.AlignmentFlag.AlignTop)

    def _fill(self, name: str, safe: Safe | None, copy: Copy | None) -> None:
        empty(self._lines)
        facts, later = self._facts, self.tr("when it is made")
        family = facts.family.code
        if facts.cycle is not None:
            family = self.tr("{0}, cycle {1}").format(family, facts.cycle.number)
        home = {
            Safe.YES: self.tr("safe, talked about together"),
            Safe.NOT_SURE: self.tr("not sure: nothing is made"),
            Safe.NO: self.tr("not safe: nothing is made"),
            None: self.tr("not talked about yet"),
        }
        said = [
            (self.tr("For"), name or self.tr("nobody yet")),
            (self.tr("Family"), family),
            (self.tr("Reel"), length_words(len(facts.reel.clips), facts.seconds).replace(" · ", ", ")),
            (self.tr("Kinds"), self.tr("film")),
            (self.tr("Consent"), self._consent()),
            (self.tr("Left out"), self.tr("place, phone, dates, file names")),
            (self.tr("At home"), home[safe]),
            (self.tr("On"), _moment(copy) if copy else later),
            (self.tr("Fingerprint"), grouped(copy.sha256) if copy else later),
        ]
        for place, (label, words) in enumerate(said):
            key = Words(label, size=Type.LEAST, tone="quiet")
            value = Words(words, size=Type.DENSE, wrap=True, tabular=label == self.tr("Fingerprint"))
            self._lines.addWidget(key, place, 0, Qt.AlignmentFlag.AlignTop)
            self._lines.addWidget(value, place, 1, Qt.AlignmentFlag.AlignTop)

    def _consent(self) -> str:
        if any(one.answer is not Answer.YES for one in self._facts.standings) or self._facts.someone_else:
            return self.tr("not everybody has agreed")
        form = form_words(self._facts)
        return self.tr("Copy, {0}").format(form) if form else self.tr("not asked yet")


def _moment(copy: Copy) -> str:
    """When it was made, in the person's own time zone and manner."""
    made = QDateTime.fromSecsSinceEpoch(int(copy.made.timestamp()), QTimeZone.systemTimeZone())
    return QLocale().toString(made, "dddd d MMMM, HH:mm")
