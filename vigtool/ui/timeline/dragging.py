"""What a pressed mouse button does on a timeline: it scrubs, draws an edge, or pushes the whole strip."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vigtool.ids import Id
from vigtool.ui.timeline.model import TimelineModel, Which
from vigtool.ui.timeline.scale import Scale


@dataclass(frozen=True, slots=True)
class Scrub:
    """The playhead follows the pointer.

    Attributes:
        at: the tick of the frame under it.
    """

    at: int


@dataclass(frozen=True, slots=True)
class Push:
    """The strip follows the pointer.

    Attributes:
        x: where the button was pressed.
        scale: what was shown then.
    """

    x: float
    scale: Scale

    def scale_at(self, x: float) -> Scale:
        """What is shown while the pointer is at `x`."""
        return self.scale.scrolled(self.x - x)


@dataclass(frozen=True, slots=True)
class Draw:
    """An edge follows the pointer by whole frames.

    Attributes:
        off: pixels from the edge to where it was gripped, so that it does not jump.
        at: the tick at which the edge stands.
    """

    mark: Id
    which: Which
    off: float
    at: int

    def moved(self, x: float, scale: Scale, model: TimelineModel) -> Draw:
        """With the edge at the boundary of frames nearest to the pointer, on its own side of the other edge."""
        mark = model.marks.get(self.mark)
        if mark is None:
            return self
        tick = model.boundary_near(scale.tick(x - self.off))
        if self.which is Which.START:
            last = model.index.pts(model.index.number_at(max(mark.span.end - 1, mark.span.start)))
            return replace(self, at=min(tick, last))
        first = model.index.number_at(mark.span.start)
        least = model.index.pts(first + 1) if first + 1 < model.index.frames else model.index.end
        return replace(self, at=max(tick, least))


Drag = Scrub | Push | Draw
