"""What the Families room needs of an open vault; see `ui.desk`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vigtool.annotate.reel import Reel
from vigtool.casework.consent import Consent
from vigtool.casework.consent_entry import SignedForm
from vigtool.casework.cycle import Cycle
from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film
from vigtool.casework.session import Session, SessionKind
from vigtool.ids import Id
from vigtool.practice.families import PersonWords
from vigtool.practice.films import FilmWords
from vigtool.practice.progress import Cancelled, Report


class FamiliesDesk(Protocol):
    """The case load and one family's page. Where `family` may be None, None means every family with a key."""

    def families(self) -> Sequence[Family]:
        """Every family whose key this user holds."""
        ...

    def persons(self, family: Id | None = None) -> Sequence[Person]:
        """The people of a family."""
        ...

    def consents(self, family: Id) -> Sequence[Consent]:
        """Every answer that was ever signed; what holds now is for the reader to find."""
        ...

    def sessions(self, family: Id | None = None) -> Sequence[Session]:
        """Its meetings."""
        ...

    def cycles(self, family: Id | None = None) -> Sequence[Cycle]:
        """Its cycles."""
        ...

    def films(self, family: Id | None = None) -> Sequence[Film]:
        """Its films."""
        ...

    def reels(self, family: Id | None = None) -> Sequence[Reel]:
        """Its reels."""
        ...

    def mark_counts(self, family: Id) -> Mapping[Id, int]:
        """How many marks each of its films has, by the film's id."""
        ...

    def poster(self, film: Id, width: int, height: int) -> NDArray[np.uint8]:
        """One picture of a film, filling width x height (cut at the sides, never stretched)."""
        ...

    def add_family(self, *, name: str, people: Sequence[PersonWords], place: str, safe_contact: str) -> Family:
        """Begin a family; its code is given by the vault. Parents answer for the babies named with them."""
        ...

    def change_family(self, before: Family, after: Family) -> None:
        """Change what is written of a family."""
        ...

    def add_person(self, family: Id, words: PersonWords) -> Person:
        """Add somebody to a family."""
        ...

    def give_consent(self, form: SignedForm) -> None:
        """Append what somebody signed: one answer for each scope, in one transaction."""
        ...

    def add_session(
        self, *, family: Id, on: date, kind: SessionKind, minutes: int | None, place: str, present: tuple[Id, ...]
    ) -> Session:
        """Write down a meeting; its number follows the last one's."""
        ...

    def begin_cycle(self, *, family: Id, helping_question: str, planned: int) -> Cycle:
        """Begin the next cycle."""
        ...

    def change_cycle(self, before: Cycle, after: Cycle) -> None:
        """Change a cycle, for instance the wording of its helping question."""
        ...

    def add_film(self, path: Path, family: Id, words: FilmWords, report: Report, cancelled: Cancelled) -> Film:
        """Bring a film in: look at it, seal it, verify the sealed copy. Whole or not at all."""
        ...
