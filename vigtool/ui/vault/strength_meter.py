"""How soon a passphrase would be guessed, beside the field where it is typed: four bars and the word for them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vigtool.practice.opening import Strength, passphrase_strength
from vigtool.ui import theme
from vigtool.ui.jobs import Jobs, Where
from vigtool.ui.measures import Type
from vigtool.ui.parts.surface import row
from vigtool.ui.parts.words import Words

_PAUSE_MS = 150
_BAR = QSize(36, 6)


def score_words(score: int) -> str:
    """What is said of a score, 0 to 4."""
    say = QCoreApplication.translate
    return (
        say("StrengthMeter", "guessed at once"),
        say("StrengthMeter", "guessed within hours"),
        say("StrengthMeter", "guessed within weeks by somebody who wants to"),
        say("StrengthMeter", "strong"),
        say("StrengthMeter", "very strong"),
    )[score]


class _Bars(QWidget):
    """Four bars, as many filled as the score says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.score = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(4 * (_BAR.width() + 4) - 4, _BAR.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        full = colours.accent if self.score >= 3 else colours.caution
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for place in range(4):
            left = (3 - place if mirrored else place) * (_BAR.width() + 4)
            painter.setBrush(QColor(full if place < self.score else colours.line))
            painter.drawRoundedRect(QRectF(left, 0, _BAR.width(), _BAR.height()), 3, 3)


class StrengthMeter(QWidget):
    """The meter. It advises and refuses nothing."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._text = ""
        self._asked = 0
        self._bars, self._words = _Bars(), Words("", size=Type.LEAST, tone="quiet")
        line = row(self, gap=10)
        line.addWidget(self._bars)
        line.addWidget(self._words, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._show(None)

    @property
    def words(self) -> str:
        """What it says; empty where nothing was typed."""
        return self._words.text()

    def weigh(self, text: str) -> None:
        """Say how strong a text is, as soon as typing pauses."""
        self._text = text
        self._asked += 1  # what is on its way is about another text
        if text:
            self._pause.start()
        else:
            self._pause.stop()
            self._show(None)

    def _ask(self) -> None:
        asked, text, self._text = self._asked, self._text, ""
        self._jobs.run(
            lambda _report, _cancelled: passphrase_strength(text),
            owner=self,
            done=lambda found: self._show(found) if asked == self._asked else None,
            where=Where.POOL,
            short=True,
        )

    def _show(self, found: Strength | None) -> None:
        self._bars.score = 0 if found is None else found.score
        self._words.setText("" if found is None else score_words(found.score))
        self._bars.update()
        self.setAccessibleName(self.tr("Strength of the passphrase: {0}").format(self._words.text()))
