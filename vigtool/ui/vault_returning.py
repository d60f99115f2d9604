"""Coming back to the same picture, as the window calls it: the part of an open vault for `ui.desk_returning`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from vigtool.annotate.reel import Reel
from vigtool.casework.cycle import Cycle
from vigtool.casework.draft import Draft
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.errors import NoKey, NoSuchRecord
from vigtool.ids import Id
from vigtool.practice import returning
from vigtool.practice.openings import note_family_opened
from vigtool.practice.records import value
from vigtool.practice.returning import Place, Typing
from vigtool.ui.desk_returning import Back
from vigtool.vault.vault import Vault

R = TypeVar("R")


class VaultReturning:
    """Where one was in one open vault."""

    vault: Vault

    def keep_place(self, place: Place, typed: Sequence[Typing]) -> None:
        """Keep it."""
        returning.keep_place(self.vault, place, typed)

    def take_place(self) -> Back | None:
        """What was kept, with its records; opening the family again is entered in the log as any opening is."""
        place, drafts = returning.take_place(self.vault), returning.drafts(self.vault)
        if place is None:
            return Back(place=Place(), drafts=drafts) if drafts else None
        family = self._found(Family, place.family)
        if family is None:
            return Back(place=Place(room=place.room), drafts=drafts)
        note_family_opened(self.vault, family.id)
        return Back(
            place=place,
            family=family,
            cycle=self._found(Cycle, place.cycle),
            film=self._found(Film, place.film),
            reel=self._found(Reel, place.reel),
            drafts=drafts,
        )

    def forget_drafts(self, seen: Sequence[Draft]) -> None:
        """Keep what was half typed no longer."""
        returning.forget_drafts(self.vault, seen)

    def _found(self, kind: type[R], record: Id | None) -> R | None:
        """A record, where it is still there and this user may still open it."""
        try:
            return None if record is None else value(self.vault, kind, record)
        except (NoSuchRecord, NoKey):
            return None
