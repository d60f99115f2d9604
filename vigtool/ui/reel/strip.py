"""The reel below the picture: its title and length, soft advice, what can be done with it, its cards, their keys."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vigtool.annotate.reel_advice import AdviceKind, advice
from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.chip import Chip, State
from vigtool.ui.parts.field import Line
from vigtool.ui.parts.keys import KeyBadge
from vigtool.ui.parts.surface import column, row
from vigtool.ui.parts.words import Words
from vigtool.ui.reel.cards import Cards
from vigtool.ui.reel.said import length_words, sentence
from vigtool.ui.reel.stills import Stills
from vigtool.ui.reel.work import ReelWork

_PAUSE_MS = 700


class Strip(QWidget):
    """The lower part of the room."""

    def __init__(self, work: ReelWork, stills: Stills, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        body = column(self, gap=8, margins=(12, 12, 12, 12))
        self.title = Line(placeholder=self.tr("Title, shown first"))
        self.title.setAccessibleName(self.tr("Title of the reel, shown first; may be empty"))
        self.title.setMinimumWidth(96)
        self.title.setMaximumWidth(200)
        self.title.textEdited.connect(lambda _text: self._pause.start())
        self.title.editingFinished.connect(self.commit)
        self.length = Words("", size=Type.LEAST, tone="quiet", tabular=True)
        self._advice: Chip | None = None
        self.play = Button(self.tr("Play the reel"), icon="play")
        self.copy = Button(self.tr("Make the parent’s copy"), Kind.PRIMARY, icon="heart")
        self._head, head = row(gap=12), row(gap=12, margins=(4, 0, 4, 0))
        self._head.addWidget(Words(self.tr("Reel"), weight=measures.SEMIBOLD))
        self._head.addWidget(self.title)
        head.addLayout(self._head)
        head.addStretch(1)
        head.addWidget(self.play)
        head.addWidget(self.copy)
        body.addLayout(head)
        self.cards = Cards(work, stills)
        body.addWidget(self.cards)
        self._keys = self._make_keys()
        self._foot = row(gap=12, margins=(4, 0, 4, 0))
        self._foot.addWidget(self._keys)
        self._foot.addStretch(1)
        body.addLayout(self._foot)
        for signal in (work.reel_changed, work.records_changed):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the reel as it now is."""
        reel, clips = self._work.reel, self._work.clips
        title = reel.title if reel else ""
        if self.title.text().strip() != title and not self._pause.isActive():
            self.title.setText(title)
        self.title.setVisible(reel is not None)
        self.length.setText(length_words(len(clips), self._work.records.length_of(clips)))
        self.play.setVisible(bool(clips))
        self.copy.setVisible(bool(clips))
        if self._advice is not None:
            self._advice.hide()
            self._advice.deleteLater()
            self._advice = None
        bases = self._work.records.time_bases()
        if reel is not None and all(clip.film in bases for clip in clips):
            said = next((one for one in advice(reel, bases) if one.kind is not AdviceKind.NO_GOAL), None)
            if said is not None:
                self._advice = Chip(sentence(said.words), State.NOTE, said=sentence(said.words))
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put length and advice where there is room for them."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Beside the title as far as they fit; else below, where the keys give way if they must."""
        firm = (self.title, self.play, self.copy)
        room = self.width() - 100 - sum(part.sizeHint().width() + 12 for part in firm if not part.isHidden())
        below = self.width() - 32 - self._keys.sizeHint().width()
        for part in (self.length, self._advice):
            if part is None:
                continue
            need = part.sizeHint().width() + 12
            room -= need
            below -= need if room < 0 else 0
            (self._head if room >= 0 else self._foot).addWidget(part)
            part.show()
        self._keys.setVisible(below >= 0)

    def commit(self) -> None:
        """Have the typed title written now, if it differs."""
        self._pause.stop()
        reel = self._work.reel
        if reel is not None and self.title.text().strip() != reel.title:
            self._work.set_title(self.title.text())

    def _make_keys(self) -> QWidget:
        made = QWidget()
        line = row(made, gap=6)
        for keys, words in (
            (("Alt", "←", "→"), self.tr("move the chosen clip")),
            ((self.tr("Del"),), self.tr("take it out; the mark stays")),
        ):
            for key in keys:
                line.addWidget(KeyBadge(key))
            line.addWidget(Words(words, size=Type.LEAST, tone="quiet"))
            line.addSpacing(16)
        return made
