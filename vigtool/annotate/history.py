"""Undo and redo over steps of any kind: of marks, of a reel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, Self, TypeVar

from vigtool.errors import InvalidRecord

LONGEST = 200


class Undoable(Protocol):
    """What a step must be able to do."""

    @property
    def words(self) -> str:
        """What was done."""

    @property
    def is_empty(self) -> bool:
        """Whether it changes nothing."""

    def inverse(self) -> Self:
        """The step that takes this one back."""

    def then(self, other: Self) -> Self:
        """Both as one step."""


S = TypeVar("S", bound=Undoable)


# No slots: a frozen generic dataclass with slots cannot be made as History[Step]() in Python 3.11.
@dataclass(frozen=True)
class History(Generic[S]):
    """The steps done and taken back so far, newest last. It never changes: every method gives the next history.

    Whoever keeps it puts the next one in place only once the step has been written, so that a step that could not
    be written is not remembered either.
    """

    done: tuple[S, ...] = ()
    undone: tuple[S, ...] = ()

    def after(self, step: S, *, joined: bool = False) -> History[S]:
        """The history once `step` was done. There is nothing to redo then, and the oldest beyond 200 is forgotten.

        Args:
            step: what was done; an empty one leaves the history as it is.
            joined: whether it goes on with the step before it, as the moves of one drag do. The two become one; where
                they cancel each other out, neither is kept.
        """
        if step.is_empty:
            return self
        done = self.done
        if joined and done:
            step = done[-1].then(step)
            done = done[:-1]
        return History(((*done, step) if not step.is_empty else done)[-LONGEST:])

    def undo(self) -> tuple[S, History[S]]:
        """The step to carry out to take the last one back, and the history after it.

        Raises:
            InvalidRecord: where there is nothing to take back.
        """
        if not self.done:
            raise InvalidRecord("there is nothing to undo")
        last = self.done[-1]
        return last.inverse(), History(self.done[:-1], (*self.undone, last))

    def redo(self) -> tuple[S, History[S]]:
        """The step to carry out to do again what was taken back last, and the history after it.

        Raises:
            InvalidRecord: where nothing was taken back.
        """
        if not self.undone:
            raise InvalidRecord("there is nothing to redo")
        again = self.undone[-1]
        return again, History((*self.done, again), self.undone[:-1])

    @property
    def undo_words(self) -> str:
        """What undo would take back; empty where there is nothing."""
        return self.done[-1].words if self.done else ""

    @property
    def redo_words(self) -> str:
        """What redo would do again; empty where there is nothing."""
        return self.undone[-1].words if self.undone else ""
