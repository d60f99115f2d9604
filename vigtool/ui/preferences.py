"""What a person prefers, on one sheet (Ctrl+comma): few things, in plain words, all of them on this machine alone."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from vigtool.settings import Settings
from vigtool.ui.measures import Type
from vigtool.ui.parts.dialog import Dialog
from vigtool.ui.parts.segments import Segments
from vigtool.ui.parts.surface import column
from vigtool.ui.parts.words import Words

_LEADS = (0, 200, 400, 600, 800, 1000)
_IDLE, _REVIEW = (2, 5, 10, 15, 30), (15, 30, 45, 60, 90)
_MEMORIES = (0, 256, 512, 1024, 2048, 4096)
Choices = Sequence[tuple[Hashable, str]]


class PreferencesSheet(Dialog):
    """The sheet.

    Signals:
        chosen (Settings): the person said "done" with these.
    """

    chosen = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        """Make it.

        Args:
            settings: the preferences as they stand.
            parent: the window.
        """
        super().__init__(
            QCoreApplication.translate("PreferencesSheet", "Preferences"),
            sentence=QCoreApplication.translate("PreferencesSheet", "They hold for you on this machine."),
            width=900,
            parent=parent,
        )
        self._settings = settings
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(20)
        self._asked = 0
        self.body.addLayout(self._grid)
        self.theme = self._row(
            self.tr("Light and dark"),
            self.tr("By room: light, and dark where the picture counts."),
            [("rooms", self.tr("By room")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))],
            settings.theme,
        )
        self.lead = self._row(
            self.tr("Marks made while a film plays land so much back, in seconds"),
            self.tr("Seeing and pressing takes a moment."),
            [(lead, f"{lead / 1000:g}") for lead in _with(_LEADS, settings.mark_lead_ms)],
            settings.mark_lead_ms,
        )
        self.slow_sound = self._row(
            self.tr("Sound at a quarter of the speed and slower"),
            self.tr("Voices are hard to make out so slow. The speaker's button lets them be heard at any time."),
            [(False, self.tr("Silent")), (True, self.tr("Heard"))],
            settings.slow_sound,
        )
        self.memory = self._row(
            self.tr("Memory for pictures"),
            self.tr(
                "What was decoded is kept, so that stepping back shows it at once. "
                "By itself: a quarter of this machine's memory, at most 1 GB."
            ),
            [(size, self._memory_words(size)) for size in _with(_MEMORIES, settings.memory_mb)],
            settings.memory_mb,
        )
        self.idle = self._row(
            self.tr("The vault locks after so many minutes without use"),
            self.tr("A playing film counts as use. Unlocking leads back to the same picture."),
            [(minutes, str(minutes)) for minutes in _with(_IDLE, settings.idle_minutes)],
            settings.idle_minutes,
        )
        self.review = self._row(
            self.tr("While a reel is watched together, after so many minutes"),
            self.tr("So that it does not lock under a held picture. A film that goes round in a loop counts so, too."),
            [(minutes, str(minutes)) for minutes in _with(_REVIEW, settings.review_minutes)],
            settings.review_minutes,
        )

    def try_to_accept(self) -> None:
        """Tell what was chosen, and close."""
        self.chosen.emit(
            replace(
                self._settings,
                theme=cast("str", self.theme.value),
                mark_lead_ms=cast("int", self.lead.value),
                slow_sound=cast("bool", self.slow_sound.value),
                memory_mb=cast("int", self.memory.value),
                idle_minutes=cast("int", self.idle.value),
                review_minutes=cast("int", self.review.value),
            )
        )
        self.accept()

    def _row(self, words: str, hint: str, choices: Choices, chosen: Hashable) -> Segments:
        """One thing that is asked: its words, the choices, and a quiet sentence."""
        segments = Segments(choices, words=words)
        segments.set_value(chosen)
        segments.setAccessibleDescription(hint)
        body = column(gap=4)
        body.addWidget(Words(words, wrap=True))
        body.addWidget(segments)
        body.addWidget(Words(hint, size=Type.LEAST, tone="quiet", wrap=True))
        body.addStretch(1)
        self._grid.addLayout(body, self._asked // 2, self._asked % 2)
        self._grid.setColumnStretch(self._asked % 2, 1)
        self._asked += 1
        return segments

    def _memory_words(self, megabytes: int) -> str:
        if not megabytes:
            return self.tr("By itself")
        if megabytes % 1024 == 0:
            return self.tr("{0} GB").format(megabytes // 1024)
        return self.tr("{0} MB").format(megabytes)


def _with(usual: tuple[int, ...], own: int) -> list[int]:
    """The usual choices, and the person's own where it is another: it may stand in the file by hand."""
    return sorted({*usual, own})
