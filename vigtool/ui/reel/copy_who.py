"""The first question of a copy: who it is for, and whether it is safe for them to have it at home."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QStyle, QWidget

from vigtool.ui import measures, theme
from vigtool.ui.handover.at_home import SafetyLines
from vigtool.ui.measures import Type
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.flow import Flow
from vigtool.ui.parts.segments import Segments, choose_none
from vigtool.ui.parts.surface import Panel, column, empty, row
from vigtool.ui.parts.words import Words
from vigtool.ui.reel.copy_facts import CopyFacts, Recipient, Safe
from vigtool.ui.reel.said import sentence


class PersonCard(QRadioButton):
    """One person to choose, as a card.

    Dimmed and named so where consent does not allow it, yet still to be chosen, since choosing shows why.
    """

    def __init__(self, recipient: Recipient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recipient = recipient
        person = recipient.person
        relation = person.relation if recipient.may_have else self.tr("not agreed")
        if recipient.barred:
            relation = self.tr("may not receive")
        self.setText(self.tr("{0}, {1}").format(person.name, relation) if relation else person.name)
        self.setAccessibleName(self.text())
        self.setFont(measures.font(Type.BODY, measures.MEDIUM))
        self.setProperty("radius", measures.RADIUS_CONTROL)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for ring and name; a very long name is shortened."""
        bold = QFontMetrics(measures.font(Type.BODY, measures.SEMIBOLD))
        return QSize(min(bold.horizontalAdvance(self.text()) + 4, 260) + 58, measures.BUTTON)

    def hitButton(self, pos: object) -> bool:  # noqa: N802, ARG002  # the name is Qt's; all of it takes the click
        """All of it takes the click."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint frame, ring and name."""
        colours, chosen = theme.of(self), self.isChecked()
        allowed = self.recipient.may_have
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = chosen and allowed
        painter.setPen(QPen(QColor(colours.accent if strong else colours.edge), 2 if chosen else 1))
        painter.setBrush(QColor(colours.accent_wash if strong else colours.surface if allowed else colours.sunken))
        inset = 1.0 if chosen else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)
        ring = QRectF(self._placed(14, 20)).adjusted(1, (self.height() - 18) / 2, -1, -(self.height() - 18) / 2)
        width = 5 if chosen else 1
        painter.setPen(QPen(QColor(colours.accent if strong else colours.edge), width))
        painter.setBrush(QColor(colours.surface))
        inner = width / 2
        painter.drawEllipse(ring.adjusted(inner, inner, -inner, -inner))
        font = measures.font(Type.BODY, measures.SEMIBOLD if chosen else measures.MEDIUM)
        painter.setFont(font)
        painter.setPen(QColor(colours.ink if allowed else colours.quiet))
        room = self._placed(44, self.width() - 56)
        text = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        side = QStyle.visualAlignment(
            self.layoutDirection(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        painter.drawText(room, side | Qt.TextFlag.TextSingleLine, text)

    def _placed(self, at: int, width: int) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(at, 0, width, self.height()))


class WhoPart(QWidget):
    """Who it is for.

    Signals:
        changed: another person, or another answer.
    """

    changed = Signal()

    def __init__(self, facts: CopyFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Safe | None = None
        body = column(self, gap=10)
        people = Flow(gap=8)
        self._group = QButtonGroup(self)
        self.cards: list[PersonCard] = []
        for recipient in facts.recipients:
            card = PersonCard(recipient)
            self._group.addButton(card)
            self.cards.append(card)
            people.addWidget(card)
        body.addLayout(people)
        if not facts.recipients:
            body.addWidget(
                Words(
                    self.tr("Nobody is written down who could be given one. Add a parent to the family first."),
                    wrap=True,
                )
            )
        self._why = column(gap=4)
        body.addLayout(self._why)
        ask = row(gap=12)
        self.question = Words("", wrap=True)
        ask.addWidget(self.question, 1)
        self.safe = Segments(
            [
                (Safe.YES, self.tr("Yes, we talked")),
                (Safe.NOT_SURE, self.tr("Not sure")),
                (Safe.NO, self.tr("No")),
            ],
            words=self.tr("Is it safe to have this at home?"),
        )
        choose_none(self.safe)
        self.safe.chosen.connect(self._answered)
        ask.addWidget(self.safe)
        body.addLayout(ask)
        self.advice = Panel(kind="caution", padding=12)
        self._advice_words = Words("", tone="caution", wrap=True)
        self.advice.body.addWidget(self._advice_words)
        body.addWidget(self.advice)
        self.lines = SafetyLines(facts.safety)
        body.addWidget(self.lines)
        for note in facts.capacity:
            line = row(gap=8)
            line.addWidget(Sign("info", "caution", size=16), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Words(sentence(note), size=Type.LEAST, tone="caution", wrap=True), 1)
            body.addLayout(line)
        first = next((card for card in self.cards if card.recipient.may_have), None)
        if first is not None and sum(card.recipient.may_have for card in self.cards) == 1:
            first.setChecked(True)
        self._group.buttonClicked.connect(lambda _button: self._say())
        self._say()

    @property
    def recipient(self) -> Recipient | None:
        """Who is chosen."""
        button = self._group.checkedButton()
        return button.recipient if isinstance(button, PersonCard) else None

    @property
    def answer(self) -> Safe | None:
        """What was said about home; none as long as nothing was."""
        return self._answer

    def set_locked(self, *, locked: bool) -> None:
        """Let nothing be changed while the copy is made."""
        for card in self.cards:
            card.setEnabled(not locked)
        self.safe.setEnabled(not locked)

    def _answered(self, value: object) -> None:
        self._answer = value if isinstance(value, Safe) else None
        self._say()

    def _say(self) -> None:
        chosen = self.recipient
        name = chosen.person.name if chosen else ""
        self.question.setText(
            self.tr("Is it safe for {0} to have this at home?").format(name)
            if name
            else self.tr("Is it safe to have this at home?")
        )
        empty(self._why)
        for reason in chosen.reasons if chosen else ():
            line = row(gap=8)
            line.addWidget(Sign("cross", "caution", size=16), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Words(sentence(reason), size=Type.LEAST, tone="caution", wrap=True), 1)
            self._why.addLayout(line)
        self.advice.setVisible(self.answer in (Safe.NO, Safe.NOT_SURE))
        if self.answer is Safe.NOT_SURE:
            self._advice_words.setText(
                self.tr("Then watch it here for now, and ask again another day. Nothing has to be taken home.")
            )
        else:
            self._advice_words.setText(self.tr("Then nothing is made. Watching it here keeps nothing."))
        self.changed.emit()
