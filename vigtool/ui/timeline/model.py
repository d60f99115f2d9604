"""What a timeline shows, as one value: the film's bounds and frames, its marks, and what is chosen of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from types import MappingProxyType

from vigtool.annotate.mark import Lane, Mark
from vigtool.annotate.mark_set import Marks
from vigtool.ids import Id
from vigtool.timebase import Span
from vigtool.ui.desk import FrameTimes


class Which(Enum):
    """One end of a bar."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineModel:
    """All that is drawn but pictures and sound.

    Attributes:
        start: first tick of the film.
        index: timestamps of its frames; edges stand on them.
        marks: every mark that is shown.
        labels: the short words of each code, by its id.
        lanes: the lanes that are shown, from top to bottom.
        chosen: the chosen mark.
        points: the points in and out; either may be missing.
        loop: whether the film goes round between them.
        one_author: marks that only one of two authors has, drawn dashed.
    """

    start: int
    index: FrameTimes
    marks: Marks = field(default_factory=Marks)
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lanes: tuple[Lane, ...] = tuple(Lane)
    chosen: Id | None = None
    points: tuple[int | None, int | None] = (None, None)
    loop: Span | None = None
    one_author: frozenset[Id] = frozenset()

    @property
    def end(self) -> int:
        """The tick at which the film ends."""
        return self.index.end

    @property
    def time_base(self) -> Fraction:
        """Seconds of one tick."""
        return self.index.time_base

    def of_lane(self, lane: Lane) -> tuple[Mark, ...]:
        """The marks of one lane, in order of time."""
        return tuple(mark for mark in self.marks.ordered if mark.lane is lane)

    def words(self, mark: Mark) -> str:
        """What is written on a mark: its code's words, else its note."""
        if mark.code is not None:
            return self.labels.get(mark.code, mark.code)
        return " ".join(mark.note.split())

    def boundary_near(self, tick: int) -> int:
        """The tick nearest to `tick` at which a frame begins, or the film's end."""
        if tick >= self.index.end:
            return self.index.end
        number = self.index.number_at(max(tick, self.index.pts(0)))
        before = self.index.pts(number)
        after = self.index.pts(number + 1) if number + 1 < self.index.frames else self.index.end
        return before if tick - before <= after - tick else after
