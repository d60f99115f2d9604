"""One film and the shared review of its clips, serving one helping question."""

from __future__ import annotations

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
