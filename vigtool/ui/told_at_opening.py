"""What is said above the room when keys, roles or erasures were not right in the vault that was just opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from vigtool.ui.notices import Notice
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.returning import Window
from vigtool.vault.shapes import Finding

_MOST = 4


def _say(text: str) -> str:
    return QCoreApplication.translate("ToldAtOpening", text)


class ToldAtOpeningPanel(ErrorPanel):
    """Stands above the room from the moment the vault is opened until the person has read it.

    The work goes on: what was written by one who may not gives and takes nothing.
    """

    def __init__(self, window: Window, told: Sequence[Finding]) -> None:
        lines = [f"{each.what[:1].upper()}{each.what[1:]} ({each.object[:8]})" for each in told[:_MOST]]
        if len(told) > _MOST:
            lines.append(_say("and {0} more").format(len(told) - _MOST))
        hints = dict.fromkeys(each.hint for each in told)
        notice = Notice(
            title=_say("Something in this vault was changed past the program"),
            kept="\n".join(lines),
            hint=" ".join(
                [*(f"{hint[:1].upper()}{hint[1:]}." for hint in hints), _say("Service, Vault checks all of it.")]
            ),
        )
        super().__init__(notice, (_say("I have read it"),))
        self.answered.connect(lambda _place: window.take_away(self))


def tell_at_opening(window: Window) -> None:
    """Say it, where there is something to say."""
    desk = window.workspace.desk
    if desk is not None and desk.told_at_opening:
        window.show_above(ToldAtOpeningPanel(window, desk.told_at_opening))
