"""Films and copies of a desk in memory whose tests never look at one: nothing is kept, nothing is made."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from vigtool.annotate.mark import Mark
from vigtool.casework.film import Film
from vigtool.casework.film_pair import FilmPair, PairedBy
from vigtool.casework.still import Still
from vigtool.ids import Id
from vigtool.ui.desk import Cancelled, Report


class FilmsInMemory:
    """The part of a desk in memory that answers for films, stills and copies."""

    def open_film(self, film: Id, report: Report, cancelled: Cancelled) -> Any:
        raise NotImplementedError

    def keep_marks(self, film: Id, before: Sequence[Mark], after: Sequence[Mark]) -> None:
        raise NotImplementedError

    def stills(self, film: Id) -> Sequence[Still]:
        return []

    def keep_still(self, film: Id, tick: int, words: str = "") -> Still:
        raise NotImplementedError

    def word_still(self, still: Still, words: str) -> Still:
        raise NotImplementedError

    def remove_still(self, still: Still) -> None:
        raise NotImplementedError

    def films_beside(self, film: Id) -> Sequence[Film]:
        return []

    def film_pair(self, one: Id, other: Id) -> FilmPair | None:
        return None

    def lay_beside(self, one: Id, other: Id, offset: Fraction, how: PairedBy) -> FilmPair:
        raise NotImplementedError

    def starred(self, family: Id) -> Sequence[Mark]:
        return []

    def may_copy(self, reel: Id, to: Id | None) -> Any:
        raise NotImplementedError

    def make_copy(
        self, reel: Id, to: Id, target: Path, report: Report, cancelled: Cancelled, safe: bool | None = None
    ) -> Any:
        raise NotImplementedError
