"""Handovers that were cut off and whose place could not be looked at since: a stick that is not plugged in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from vigtool.casework.copy import Intent
from vigtool.casework.family import Person
from vigtool.ids import Id
from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.chip import State
from vigtool.ui.parts.surface import Heading, Panel, row
from vigtool.ui.parts.words import Words, isolated
from vigtool.ui.service.film_words import kind_words
from vigtool.ui.service.rows import Row, RowList
from vigtool.ui.service.said import day_words


class CutOffPanel(Panel):
    """The list, and the word that a place is lost.

    Signals:
        lost (str): the id of the one whose place is said to be lost.
    """

    lost = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=8, parent=parent)
        self.list = RowList(self.tr("Cut off half-way"))
        self.give_up = Button(self.tr("That place is lost"), Kind.QUIET, height=measures.BUTTON_SMALL)
        self._where = Words("", size=Type.LEAST, tone="quiet", wrap=True)
        said = Words(
            self.tr(
                "The program or the computer stopped while these were handed out. Plug the stick or disk in and open "
                "the vault again: what was left there is put in order by itself. If it is lost for good, say so; it "
                "then stands below as a copy of which nobody knows."
            ),
            size=Type.DENSE,
            tone="quiet",
            wrap=True,
        )
        self._acts = QWidget()
        acts = row(self._acts, gap=8, margins=(10, 4, 0, 0))
        acts.addWidget(self.give_up)
        acts.addStretch(1)
        for widget in (Heading(self.tr("Cut off half-way")), said, self.list, self._where, self._acts):
            self.body.addWidget(widget)
        self.list.chosen.connect(self._chosen)
        self.give_up.clicked.connect(self._lost)
        self._chosen(None)
        self.hide()

    def show_exits(
        self, exits: tuple[Intent, ...], called: Callable[[Intent], str], persons: Mapping[Id, Person]
    ) -> None:
        """Show them; nothing of the panel where there are none. `called` names whose one is."""
        self.list.set_rows([_row(one, called(one), persons) for one in exits])
        self.setVisible(bool(exits))

    def _chosen(self, one: Intent | None) -> None:
        self._acts.setVisible(one is not None)
        self._where.setVisible(one is not None)
        if one is not None:
            self._where.setText(self.tr("It was being written to {0}").format(isolated(one.target)))

    def _lost(self) -> None:
        one: Intent | None = self.list.value
        if one is not None:
            self.lost.emit(one.id)


def _row(one: Intent, before: str, persons: Mapping[Id, Person]) -> Row:
    say = QCoreApplication.translate
    title = f"{before} · {kind_words(one.kind)}" if before else kind_words(one.kind)
    chip = (State.DUE, say("CutOffPanel", "perhaps out there"))
    end = day_words(one.begun.astimezone().date())
    whom = persons[one.to].name if one.to is not None and one.to in persons else one.to_words
    below = say("CutOffPanel", "for {0}").format(isolated(whom)) if whom else ""
    return Row(value=one, title=title, below=below, icon="warning", end=end, chip=chip)
