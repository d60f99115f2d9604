"""What consent says, person by person, as chips and in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from vigtool.casework.consent import Answer
from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.chip import Chip, State
from vigtool.ui.parts.surface import row
from vigtool.ui.parts.words import ElidedWords, Words, isolated
from vigtool.ui.reel.copy_facts import CopyFacts, Standing
from vigtool.ui.reel.said import day_words

_STATES = {Answer.YES: State.YES, Answer.NO: State.NO, Answer.WITHDRAWN: State.WITHDRAWN}


class ConsentPart(QWidget):
    """One line for each person who is seen or heard in the reel's films."""

    def __init__(self, facts: CopyFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, 152)
        grid.setColumnStretch(2, 1)
        for place, standing in enumerate(facts.standings):
            grid.addWidget(self._who(standing), place, 0)
            state = State.UNASKED if standing.answer is None else _STATES[standing.answer]
            spoken = self.tr("{0}, a copy of the film: {1}").format(standing.person.name, self._words(standing))
            grid.addWidget(Chip(self.tr("Copy"), state, said=spoken), place, 1)
            grid.addWidget(Words(self._words(standing), size=Type.LEAST, tone="quiet", wrap=True), place, 2)
        if facts.someone_else:
            place = len(facts.standings)
            grid.addWidget(Words(self.tr("Somebody else"), weight=measures.MEDIUM), place, 0)
            grid.addWidget(Chip(self.tr("Copy"), State.UNASKED), place, 1)
            said = self.tr("not of the family, and not asked")
            grid.addWidget(Words(said, size=Type.LEAST, tone="quiet", wrap=True), place, 2)
        if not facts.standings and not facts.someone_else:
            line = self.tr("It is not written down who is seen or heard in these films.")
            grid.addWidget(Words(line, tone="quiet", wrap=True), 0, 0, 1, 3)

    def _who(self, standing: Standing) -> QWidget:
        made = QWidget()
        line = row(made, gap=6)
        name = ElidedWords(standing.person.name, weight=measures.MEDIUM)
        name.setMaximumWidth(150)
        line.addWidget(name)
        many = self.tr("in 1 clip") if standing.clips == 1 else self.tr("in {0} clips").format(standing.clips)
        line.addWidget(Words(many, size=Type.LEAST, tone="quiet"), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        return made

    def _words(self, standing: Standing) -> str:
        """Given when, by whom, for whom."""
        signed, answer = standing.signed, standing.answer
        if signed is None or answer is None:
            return self.tr("not asked yet")
        day = day_words(signed.on)
        if answer is not Answer.YES:
            what = self.tr("withdrawn {0}") if answer is Answer.WITHDRAWN else self.tr("no, {0}")
            return self._by(what.format(day), standing)
        given = self._by(self.tr("given {0}").format(day), standing)
        if not standing.recipients:
            return self.tr("{0}, for nobody by name yet").format(given)
        names = self.tr(" and ").join(isolated(name) for name in standing.recipients)
        return self.tr("{0}, for {1} only").format(given, names)

    def _by(self, words: str, standing: Standing) -> str:
        if standing.signer is None:
            return words
        return self.tr("{0}, signed by {1}").format(words, isolated(standing.signer.name))


def form_words(facts: CopyFacts) -> str:
    """Which form was signed: "form of 3 Oct, version 2"; empty where nothing was."""
    forms = [one.signed for one in facts.standings if one.signed is not None]
    if not forms:
        return ""
    newest = max(forms, key=lambda form: (form.on, form.entered))
    return QCoreApplication.translate("ConsentPart", "form of {0}, version {1}").format(
        day_words(newest.on), newest.form_version
    )
