"""Who can open this family: shown only where a vault has colleagues."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vigtool.ui import measures
from vigtool.ui.desk_keeping import Sharer
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.staff_words import roles_words
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.days import full_day
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.surface import Heading, Panel, column, empty, row
from vigtool.ui.parts.words import ElidedWords, Words


class SharingPanel(Panel):
    """The list.

    Signals:
        share_wanted: a colleague shall be able to open it.
        stop_wanted (Sharer): a colleague shall no longer.
    """

    share_wanted = Signal()
    stop_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=8, parent=parent)
        heading = Heading(self.tr("Who can open this family"))
        self.share = Button(self.tr("Share…"), icon="key", height=measures.BUTTON_SMALL)
        self.share.setAccessibleName(self.tr("Let a colleague open this family"))
        self.share.clicked.connect(self.share_wanted)
        heading.add(self.share)
        self.body.addWidget(heading)
        self._lines = column(gap=8)
        self.body.addLayout(self._lines)
        said = self.tr("Nobody else sees it, not even in their list of families.")
        self.body.addWidget(Words(said, size=Type.LEAST, tone="quiet", wrap=True))

    def show_page(self, page: FamilyPage) -> None:
        """Show who can open a family."""
        empty(self._lines)
        self.setVisible(not page.keeping.alone)
        for one in page.keeping.shares:
            self._lines.addLayout(self._line(one))

    def _line(self, one: Sharer) -> QHBoxLayout:
        line, lines = row(gap=12), column(gap=0)
        line.addWidget(Sign("person", "quiet"), 0, Qt.AlignmentFlag.AlignTop)
        name = self.tr("{0} (you)").format(one.name) if one.is_self else one.name
        lines.addWidget(ElidedWords(name, size=Type.DENSE, weight=measures.MEDIUM))
        below = [roles_words(one.roles)] if one.roles else []
        if one.keeps:
            below.append(self.tr("keeps a key, opens nothing"))
        if one.since is not None:
            below.append(self.tr("since {0}").format(full_day(one.since)))
        lines.addWidget(ElidedWords(" · ".join(below), size=Type.LEAST, tone="quiet"))
        line.addLayout(lines, 1)
        if not one.is_self and not one.keeps:
            stop = Button(self.tr("Stop…"), height=measures.BUTTON_SMALL)
            stop.setAccessibleName(self.tr("Stop sharing with {0}").format(one.name))
            stop.clicked.connect(lambda _=False: self.stop_wanted.emit(one))
            line.addWidget(stop, 0, Qt.AlignmentFlag.AlignTop)
        return line
