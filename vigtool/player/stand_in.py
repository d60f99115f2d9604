"""A stand-in of a film: a smaller copy with the very same frames, from which any of them can be had at once."""

from __future__ import annotations

from dataclasses import dataclass

from vigtool.player.footage import Opener
from vigtool.player.frame_index import FrameIndex


@dataclass(frozen=True, slots=True)
class StandIn:
    """A smaller copy of a film.

    Attributes:
        opener: of the copy's bytes.
        index: of the copy: as many frames as the film, each at the same tick of the same time base.
    """

    opener: Opener
    index: FrameIndex
