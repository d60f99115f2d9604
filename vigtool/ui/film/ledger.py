"""What is on the screen and what is written: a step is shown at once and written in its turn.

The marks on the screen are always the marks known to be written with every step applied that is on its way. A step
that could not be written is taken out, with whatever was built on it: those are on their way too, but whoever writes
them finds the marks not as they say and refuses. What does not depend on it stays. So the screen never shows what is
neither written nor on its way, and undo never leads to such a state.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vigtool.annotate.history import History
from vigtool.annotate.mark import Mark
from vigtool.annotate.mark_set import Marks, Step
from vigtool.errors import RecordError


class Way(Enum):
    """How a step came about."""

    DONE = "done"
    UNDONE = "undone"
    REDONE = "redone"


# Entries are told apart by identity: a step done, undone and redone makes equal ones.
@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One step on its way to being written."""

    step: Step
    way: Way = Way.DONE

    @property
    def before(self) -> list[Mark]:
        """The marks concerned as they were, where they were there."""
        return [mark for mark in self.step.before if mark is not None]

    @property
    def after(self) -> list[Mark]:
        """The marks concerned as they shall be, where they shall be there."""
        return [mark for mark in self.step.after if mark is not None]


@dataclass(frozen=True, slots=True)
class _State:
    marks: Marks
    history: History[Step]

    def after(self, entry: Entry) -> _State:
        """The state once `entry` is carried out.

        Raises:
            RecordError: where it does not follow from this state.
        """
        marks = entry.step.apply(self.marks)
        if entry.way is Way.DONE:
            return _State(marks, self.history.after(entry.step))
        step, history = self.history.undo() if entry.way is Way.UNDONE else self.history.redo()
        if step != entry.step:
            raise RecordError("this step no longer is the last one")
        return _State(marks, history)


class Ledger:
    """The marks of one film, the steps made since it was opened, and which of them are durable."""

    def __init__(self, marks: Marks) -> None:
        self._written = _State(marks, History())
        self._shown = self._written
        self._under_way: list[Entry] = []

    @property
    def marks(self) -> Marks:
        """As on the screen."""
        return self._shown.marks

    @property
    def history(self) -> History[Step]:
        """As on the screen."""
        return self._shown.history

    @property
    def written(self) -> Marks:
        """As they are known to be durable."""
        return self._written.marks

    @property
    def is_saving(self) -> bool:
        """Whether something is on its way that may not be called saved yet."""
        return bool(self._under_way)

    def do(self, step: Step) -> Entry | None:
        """Take a new step; nothing comes of one that changes nothing.

        Raises:
            RecordChanged: where it does not follow from what is on the screen.
        """
        return None if step.is_empty else self._take(Entry(step))

    def undo(self) -> Entry | None:
        """Take the last step back, if there was one."""
        return self._take(Entry(self.history.undo()[0], Way.UNDONE)) if self.history.done else None

    def redo(self) -> Entry | None:
        """Do again what was taken back last, if anything was."""
        return self._take(Entry(self.history.redo()[0], Way.REDONE)) if self.history.undone else None

    def again(self, entry: Entry) -> Entry | None:
        """Take once more a step that was lost, in the way in which it came about where that still is possible.

        Raises:
            RecordChanged: where it no longer follows from what is on the screen.
        """
        if entry.way is Way.UNDONE and self.history.done and self.history.undo()[0] == entry.step:
            return self.undo()
        if entry.way is Way.REDONE and self.history.undone and self.history.redo()[0] == entry.step:
            return self.redo()
        return self.do(entry.step)

    def succeeded(self, entry: Entry) -> None:
        """`entry` is durable. Entries end in the order in which they were taken."""
        if entry in self._under_way:
            self._under_way.remove(entry)
            self._written = self._written.after(entry)
            return
        # It was taken off the screen with the step it was built on, and yet it was written: show it again.
        marks = self._written.marks.replaced(entry.step.changes)
        self._written = _State(marks, self._written.history)
        self._show_again()

    def failed(self, entry: Entry) -> tuple[Entry, ...]:
        """`entry` was not written: it, and all that no longer follows without it, is taken off the screen.

        Returns:
            what was taken off, oldest first; nothing for what was taken off before.
        """
        if entry not in self._under_way:
            return ()
        self._under_way.remove(entry)
        return (entry, *self._show_again())

    def _take(self, entry: Entry) -> Entry:
        self._shown = self._shown.after(entry)
        self._under_way.append(entry)
        return entry

    def _show_again(self) -> tuple[Entry, ...]:
        """Build the screen anew from what is written and what is under way; what no longer follows is returned."""
        lost, kept, state = [], [], self._written
        for entry in self._under_way:
            try:
                state = state.after(entry)
            except RecordError:
                lost.append(entry)
            else:
                kept.append(entry)
        self._shown, self._under_way = state, kept
        return tuple(lost)
