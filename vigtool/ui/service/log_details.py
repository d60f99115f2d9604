"""One entry of the audit log, whole: everything that stands in it, with the names that this user can know."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vigtool.practice.auditing import Entry
from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.surface import Panel, Rule, column, empty
from vigtool.ui.parts.words import Words
from vigtool.ui.service.act_words import act_words
from vigtool.ui.service.log_model import LogModel
from vigtool.ui.service.said import moment_words

_MOST = 12
# Long lists of ids, by which `vault verify` knows whose keys are to stand.
_FOR_CHECKING = frozenset({"keys", "ways", "others"})


class LogDetails(Panel):
    """The panel beside the table."""

    def __init__(self, model: LogModel, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=8, parent=parent)
        self._model = model
        self.setAccessibleName(self.tr("The chosen entry"))
        self._facts = column(gap=8)
        self.body.addLayout(self._facts)
        self.body.addStretch(1)
        self.show_entry(None)

    def show_entry(self, entry: Entry | None) -> None:
        """Show one, or say how to choose one."""
        empty(self._facts)
        if entry is None:
            said = self.tr("Choose an entry to see all that stands in it.")
            self._facts.addWidget(Words(said, size=Type.DENSE, tone="quiet", wrap=True))
            return
        self._facts.addWidget(Words(act_words(entry.act), weight=measures.SEMIBOLD, wrap=True))
        self._facts.addWidget(Words(moment_words(entry.at), size=Type.DENSE, tone="quiet"))
        self._facts.addWidget(Rule())
        self._fact(self.tr("Who"), self._model.who(entry))
        for place, record in enumerate(entry.objects[:_MOST]):
            name = self._model.name_of(record)
            self._fact(self.tr("About") if place == 0 else "", f"{name} ({record[:8]})" if name else record[:16])
        if len(entry.objects) > _MOST:
            self._fact("", self.tr("and %n more", "", len(entry.objects) - _MOST))
        for key, detail in entry.details.items():
            if key not in _FOR_CHECKING:
                self._fact(key, str(detail))
        if entry.wrote:
            self._fact(self.tr("Wrote"), self.tr("revisions: {0}").format(len(entry.wrote)))
        self._facts.addWidget(Rule())
        self._fact(self.tr("Entry"), self.tr("number {0}").format(entry.seq))
        self._fact(self.tr("Copy of the vault"), entry.device[:16])
        self._fact(self.tr("Act"), entry.act)
        if entry.program:
            self._fact(self.tr("Program"), entry.program)

    def _fact(self, label: str, said: str) -> None:
        lines = column(gap=0)
        if label:
            lines.addWidget(Words(label, size=Type.LEAST, tone="quiet"))
        words = Words(said, size=Type.DENSE, wrap=True)
        words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        words.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        words.setAccessibleName(f"{label}: {said}" if label else said)
        lines.addWidget(words)
        self._facts.addLayout(lines)
