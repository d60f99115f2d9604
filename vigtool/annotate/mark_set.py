"""All marks of one layer as one value, and a step from one such value to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from vigtool.annotate.mark import Mark
from vigtool.errors import RecordChanged
from vigtool.ids import Id
from vigtool.timebase import Span

Change: TypeAlias = tuple[Mark | None, Mark | None]


def _in_time(mark: Mark) -> tuple[int, int, Id]:
    return (mark.span.start, mark.span.end, mark.id)


class Marks(Mapping[Id, Mark]):
    """Marks by id. It never changes: a step makes a new one. Two are equal where they hold equal marks."""

    __slots__ = ("_by_id", "_ordered")

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self._by_id = {mark.id: mark for mark in marks}
        self._ordered: tuple[Mark, ...] | None = None

    def __getitem__(self, mark_id: Id) -> Mark:
        return self._by_id[mark_id]

    def __iter__(self) -> Iterator[Id]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def __repr__(self) -> str:
        return f"Marks({len(self)} marks)"  # notes are nobody's business in a log

    @property
    def ordered(self) -> tuple[Mark, ...]:
        """The marks by start, then end, then id."""
        if self._ordered is None:
            self._ordered = tuple(sorted(self._by_id.values(), key=_in_time))
        return self._ordered

    def at(self, tick: int) -> tuple[Mark, ...]:
        """The marks that hold `tick`, in order."""
        return tuple(mark for mark in self.ordered if mark.span.holds(tick))

    def within(self, span: Span) -> tuple[Mark, ...]:
        """The marks that share a tick with `span`, in order."""
        return tuple(mark for mark in self.ordered if mark.span.overlaps(span))

    def replaced(self, changes: Iterable[Change]) -> Marks:
        """With every (before, after) carried out: an `after` of none takes the mark away."""
        by_id = dict(self._by_id)
        for before, after in changes:
            if before is not None:
                by_id.pop(before.id, None)
            if after is not None:
                by_id[after.id] = after
        return Marks(by_id.values())


@dataclass(frozen=True, slots=True)
class Step:
    """One edit of marks, the same forwards and backwards.

    Attributes:
        words: what was done, for the menu: "move a mark".
        before: each mark concerned as it was; none where it was not there.
        after: the same marks, in the same order, as they are afterwards; none where they are gone.
    """

    words: str
    before: tuple[Mark | None, ...]
    after: tuple[Mark | None, ...]

    @classmethod
    def of(cls, words: str, changes: Iterable[Change]) -> Step:
        """The step of those changes; what does not change is left out."""
        real = [(before, after) for before, after in changes if before != after]
        return cls(words, tuple(before for before, _ in real), tuple(after for _, after in real))

    @property
    def changes(self) -> tuple[Change, ...]:
        """Each mark as (before, after)."""
        return tuple(zip(self.before, self.after, strict=True))

    @property
    def is_empty(self) -> bool:
        """Whether it changes nothing at all."""
        return self.before == self.after

    def apply(self, marks: Marks) -> Marks:
        """The marks after this step.

        Raises:
            RecordChanged: where one of them is not as this step found it.
        """
        for mark_id, (before, _) in self._by_id().items():
            if marks.get(mark_id) != before:
                raise RecordChanged("a mark was changed in the meantime", "look at it again before you go on")
        return marks.replaced(self.changes)

    def inverse(self) -> Step:
        """The step that takes this one back."""
        return Step(self.words, self.after, self.before)

    def then(self, other: Step) -> Step:
        """Both as one step, under the words of this one: the many small moves of a drag.

        Raises:
            RecordChanged: where the other does not go on from where this one ends.
        """
        first, second = self._by_id(), other._by_id()
        for mark_id in first.keys() & second.keys():
            if first[mark_id][1] != second[mark_id][0]:
                raise RecordChanged("these two steps do not follow each other")
        ids = dict.fromkeys((*first, *second))
        return Step.of(
            self.words,
            (
                (
                    first[mark_id][0] if mark_id in first else second[mark_id][0],
                    second[mark_id][1] if mark_id in second else first[mark_id][1],
                )
                for mark_id in ids
            ),
        )

    def _by_id(self) -> dict[Id, Change]:
        return {mark.id: change for change in self.changes if (mark := change[0] or change[1]) is not None}
