"""One film and the shared review of its clips, serving one helping question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vigtool.ids import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """A cycle of the work.

    Attributes:
        number: 1 for the first.
        planned: how many cycles were planned when this one began.
        helping_question: in the parent's own words; empty until it was agreed.
    """

    id: Id
    family: Id
    number: int
    helping_question: str = ""
    planned: int = 3


def next_number(cycles: Iterable[Cycle]) -> int:
    """The number of a family's next cycle."""
    return max((cycle.number for cycle in cycles), default=0) + 1


def current(cycles: Iterable[Cycle]) -> Cycle | None:
    """The cycle a family is in: the one begun last; none while they are still getting to know each other."""
    return max(cycles, key=lambda cycle: (cycle.number, cycle.id), default=None)
