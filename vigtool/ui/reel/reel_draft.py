"""The reel on the screen and the reel that is written: every edit shows at once and is written behind it.

Only one write is under way at a time; what was edited meanwhile goes with the next one. A write that fails takes the
screen back to what is known to be written, undo included, so that nobody looks at what was not kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vigtool.annotate.history import History
from vigtool.annotate.reel import Reel
from vigtool.annotate.reel_edits import ReelStep

Edit = Callable[[Reel], ReelStep]


@dataclass(frozen=True, slots=True)
class Write:
    """What is to be written: the reel as it stands in the vault, and as it shall be."""

    before: Reel
    after: Reel
    history: History[ReelStep]


class ReelDraft:
    """One reel while it is edited. It knows nothing of threads: whoever owns it carries out `next_write`."""

    def __init__(self, reel: Reel) -> None:
        self.reel = reel
        self.history: History[ReelStep] = History()
        self._kept: tuple[Reel, History[ReelStep]] = (reel, self.history)
        self._under_way: Write | None = None
        self._last: str = ""

    @property
    def kept(self) -> Reel:
        """As it is known to be written."""
        return self._kept[0]

    @property
    def is_writing(self) -> bool:
        """Whether a write was begun that has not ended."""
        return self._under_way is not None

    def edit(self, edit: Edit, *, joined: str = "") -> bool:
        """Carry out an edit on the screen; whether it changed anything.

        Args:
            edit: gives the step for the reel as it is.
            joined: edits that follow each other under one such name (the steps of one edge, the letters of one
                caption) are one step of undo.

        Raises:
            VigtoolError: what the edit refuses; nothing is changed then.
        """
        step = edit(self.reel)
        if step.is_empty:
            return False
        self.history = self.history.after(step, joined=bool(joined) and joined == self._last)
        self.reel = step.apply(self.reel)
        self._last = joined
        return True

    def undo(self) -> str:
        """Take the last step back; the words of what was, or nothing where there is none."""
        if not self.history.done:
            return ""
        step, self.history = self.history.undo()
        return self._go(step)

    def redo(self) -> str:
        """Do again what was taken back; the words of what was, or nothing where there is none."""
        if not self.history.undone:
            return ""
        step, self.history = self.history.redo()
        return self._go(step)

    def next_write(self) -> Write | None:
        """What is to be written now; none while a write is under way or nothing differs. The caller carries it out."""
        if self._under_way is not None or self.reel == self._kept[0]:
            return None
        self._under_way = Write(self._kept[0], self.reel, self.history)
        return self._under_way

    def written(self) -> None:
        """The write under way is durable."""
        if self._under_way is not None:
            self._kept = (self._under_way.after, self._under_way.history)
            self._under_way = None

    def failed(self) -> None:
        """The write under way was not kept: the screen goes back to what is."""
        self._under_way = None
        self.reel, self.history = self._kept
        self._last = ""

    def _go(self, step: ReelStep) -> str:
        self.reel = step.apply(self.reel)
        self._last = ""
        return step.words
