"""Pairs of a label and what is so, in two columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from vigtool.ui.measures import Type
from vigtool.ui.parts.surface import empty
from vigtool.ui.parts.words import Words


class Facts(QWidget):
    """The pairs; what is so wraps, the labels do not."""

    def __init__(self, facts: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.set_facts(facts)

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Say something else."""
        empty(self._grid)
        for place, (label, said) in enumerate(facts):
            self._grid.addWidget(Words(label, size=Type.DENSE, tone="quiet"), place, 0, Qt.AlignmentFlag.AlignTop)
            words = Words(said, size=Type.DENSE, wrap=True)
            words.setAccessibleName(f"{label}: {said}")
            self._grid.addWidget(words, place, 1)
