"""The key of a code, held while the film plays: the mark lasts as long as the hold."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from vigtool.annotate.mark import Mark
from vigtool.ui.film.playhead import Landing

SHORTEST = Fraction(1, 4)
"""Seconds of the person's time; a key let go sooner was pressed, not held."""


class Hold:
    """One hold, from the key's going down."""

    def __init__(self, mark: Mark, landing: Landing) -> None:
        """Begin it; `mark` is the moment at which the key went down."""
        self._mark, self._landing = mark, landing
        self._first, self._pressed = landing.frame, landing.head.tick

    @property
    def mark(self) -> Mark:
        """The mark as it would be if the key came up now."""
        if self._landing.own_seconds(self._landing.head.tick - self._pressed) < SHORTEST:
            return self._mark
        first, last = sorted((self._first, self._landing.frame))
        return replace(self._mark, span=self._landing.index.span(first, last))
