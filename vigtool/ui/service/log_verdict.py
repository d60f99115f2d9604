"""What is said after the audit log was followed from its first entry to its last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.ui import measures
from vigtool.ui.notices import Notice
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.error_panel import ErrorPanel, Sign
from vigtool.ui.parts.surface import Panel, column, row
from vigtool.ui.parts.words import Words
from vigtool.ui.service.said import number_words
from vigtool.vault.shapes import Finding

_MOST = 5


class GoodPanel(Panel):
    """Something went well, and what that does not say.

    Signals:
        answered: the place of the button that was pressed.
    """

    answered = Signal(int)

    def __init__(self, title: str, sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=0, parent=parent)
        line = row(gap=12)
        line.addWidget(Sign("check", "accent"), 0, Qt.AlignmentFlag.AlignTop)
        text = column(gap=2)
        text.addWidget(Words(title, weight=measures.SEMIBOLD, wrap=True))
        if sentence:
            text.addWidget(Words(sentence, tone="quiet", wrap=True))
        line.addLayout(text, 1)
        close = Button(self.tr("Close"), Kind.QUIET, height=measures.BUTTON_SMALL)
        close.clicked.connect(lambda: self.answered.emit(0))
        line.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)
        self.setAccessibleName(" ".join(part for part in (title, sentence) if part))


def whole_panel(size: int) -> GoodPanel:
    """Nothing was found."""
    say = QCoreApplication.translate
    return GoodPanel(
        say("LogVerdict", "All {0} entries are as they were written").format(number_words(size)),
        say(
            "LogVerdict",
            "Every record that the log tells of is there. Whether the whole vault was put back to an older day only a "
            "checkpoint or a backup that lies elsewhere can show.",
        ),
    )


def broken_panel(findings: Sequence[Finding]) -> ErrorPanel:
    """What was found, the first broken entry first."""
    say = QCoreApplication.translate
    first = findings[0]
    more = [f"{each.what} ({each.object[:8]})" for each in findings[1 : _MOST + 1]]
    if len(findings) > _MOST + 1:
        more.append(say("LogVerdict", "and {0} more").format(number_words(len(findings) - _MOST - 1)))
    kept = say("LogVerdict", "Also: {0}.").format("; ".join(more)) if more else ""
    title = first.what[:1].upper() + first.what[1:]
    hint = first.hint[:1].upper() + first.hint[1:]
    return ErrorPanel(Notice(title, kept, f"{hint}." if hint else ""), (say("LogVerdict", "Close"),))
