"""The speed as one button with a menu, where there is no room for a row of them."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from vigtool.ui import measures
from vigtool.ui.film.speeds import SPEEDS, speed_words
from vigtool.ui.parts.button import Button


class SpeedMenu(Button):
    """The button.

    Signals:
        chosen: a Fraction of `SPEEDS`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", icon="chevron-down", height=measures.BUTTON_TOOL, parent=parent)
        menu, group = QMenu(self), QActionGroup(self)
        self._acts: dict[Fraction, QAction] = {}
        for speed in SPEEDS:
            act = QAction(speed_words(speed), menu)
            act.setCheckable(True)
            act.triggered.connect(lambda _=False, speed=speed: self.chosen.emit(speed))
            group.addAction(act)
            menu.addAction(act)
            self._acts[speed] = act
        self.setMenu(menu)
        self.show_speed(Fraction(1))

    def show_speed(self, speed: Fraction) -> None:
        """Say which one is chosen."""
        self._acts[speed].setChecked(True)
        self.setText(speed_words(speed))
        self.setAccessibleName(self.tr("Speed {0}").format(speed_words(speed)))
        self.updateGeometry()
