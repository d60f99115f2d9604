"""What is said when something that was erased stands in the vault again, and erasing it again by one button."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from vigtool.casework.erasure import Erasure
from vigtool.ui.jobs import Where
from vigtool.ui.notices import Notice
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.returning import Window
from vigtool.ui.told_at_opening import tell_at_opening


def _say(text: str) -> str:
    return QCoreApplication.translate("ErasedAgain", text)


class ErasedAgainPanel(ErrorPanel):
    """Stands above the room from the moment the vault is opened until the person answers.

    A vault whose database, or part of it, was put back to an older day holds what was erased since. Nobody is to meet
    such a family again without a word.
    """

    def __init__(self, window: Window, back: Sequence[Erasure]) -> None:
        title = QCoreApplication.translate("ErasedAgain", "%n that were erased are here again", "", len(back))
        notice = Notice(
            title=title if len(back) != 1 else _say("Something that was erased is here again"),
            kept=_say("An older state of this vault was put back, so it stands in the lists again."),
            hint=_say(
                "Erase it again, as was decided. Films of families that you cannot open stay until a colleague can; "
                "what was put under a legal hold since stays, too."
            ),
        )
        super().__init__(notice, (_say("Erase it again"), _say("Not now")))
        self._window = window
        self._begun = False
        self.answered.connect(self._answer)

    def _answer(self, place: int) -> None:
        if place != 0:
            self._window.take_away(self)
        elif not self._begun:
            self._begin()

    def _begin(self) -> None:
        """Erase again. A family that is open is closed first: it may be one of them."""
        window, desk = self._window, self._window.workspace.desk
        if desk is None:
            return
        self._begun = True
        self.setEnabled(False)
        window.workspace.open_family(None)

        def op(report: Callable[[int, int], None], cancelled: Callable[[], bool]) -> Sequence[Erasure]:
            return desk.erase_again(report, cancelled)

        window.jobs.run(op, owner=self, done=self._done, failed=self._failed, where=Where.POOL)

    def _done(self, _again: Sequence[Erasure]) -> None:
        self._window.workspace.records_changed.emit()
        self._window.take_away(self)

    def _failed(self, error: BaseException) -> None:
        self._begun = False
        self.setEnabled(True)
        self._window.workspace.failed.emit(error)


def tell_what_is_back(window: Window) -> None:
    """Say it, where there is something to say."""
    desk = window.workspace.desk
    if desk is not None and desk.erased_and_back:
        window.show_above(ErasedAgainPanel(window, desk.erased_and_back))
    tell_at_opening(window)
