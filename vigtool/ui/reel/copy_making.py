"""What will be made, and where it goes: one film so far; a folder, and a name that tells nothing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from vigtool.ui import measures
from vigtool.ui.handover.place_part import PlacePart
from vigtool.ui.measures import Type
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.surface import Panel, Rule, column, row
from vigtool.ui.parts.words import Words
from vigtool.ui.reel.captions import language_name
from vigtool.ui.reel.copy_facts import NAME, CopyFacts
from vigtool.ui.reel.said import megabytes

ENDING = ".mp4"


class MakingPart(Panel):
    """The film, and the folder and name it gets."""

    def __init__(self, facts: CopyFacts, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, gap=0, parent=parent)
        film = row(gap=12, margins=(14, 10, 14, 10))
        film.addWidget(Sign("film", "accent", size=22))
        words = column(gap=0)
        words.addWidget(Words(self.tr("Film for any phone"), weight=measures.MEDIUM))
        words.addWidget(Words(_captions_words(facts), size=Type.LEAST, tone="quiet", wrap=True))
        film.addLayout(words, 1)
        about = self.tr("about {0}, MP4").format(megabytes(facts.about_bytes, decimals=0))
        self.size_words = Words(about, size=Type.LEAST, tone="quiet")
        film.addWidget(self.size_words)
        self.made = row(gap=6)
        film.addLayout(self.made)
        self.body.addLayout(film)
        self._place = QWidget()
        self.body.addWidget(self._place)
        place = column(self._place, gap=10)
        place.addWidget(Rule())
        where = row(gap=0, margins=(14, 4, 14, 14))
        self.place = PlacePart(NAME, ENDING)
        where.addWidget(self.place)
        place.addLayout(where)

    def show_made(self, size: int) -> None:
        """Say that it was made, and how large it is."""
        self._place.hide()
        self.size_words.setText(megabytes(size))
        self.made.addWidget(Sign("check", "accent", size=18))
        self.made.addWidget(Words(self.tr("made"), size=Type.LEAST, weight=measures.MEDIUM, tone="accent"))


def _captions_words(facts: CopyFacts) -> str:
    names = [language_name(tag) for tag in facts.languages]
    if not names:
        return QCoreApplication.translate("MakingPart", "without captions")
    return QCoreApplication.translate("MakingPart", "captions below the picture: {0}").format(", ".join(names))
