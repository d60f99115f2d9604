"""Copies of films that the program cannot reach: on the card, the phone, in its bin, in a cloud, among the downloads.

The file that a film was brought in from is noted by itself. It and whatever else a person notes stay listed until the
person says that it is gone, or the program has erased it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from vigtool.casework.copy import Copy, CopyOutcome, CopySettled
from vigtool.casework.film import Film
from vigtool.casework.stray_copy import StrayCopy, StrayPlace
from vigtool.errors import InvalidRecord
from vigtool.ids import Id, new_id
from vigtool.practice.records import plain, value, values
from vigtool.vault.vault import Vault

__all__ = ["StillOut", "StrayCopy", "StrayPlace", "note_stray", "say_gone", "still_out", "stray_copies"]


_GONE = frozenset({CopyOutcome.GIVEN_BACK, CopyOutcome.DELETED})


@dataclass(frozen=True, slots=True, kw_only=True)
class StillOut:
    """One readable copy outside the vault that nobody has said to be gone.

    Attributes:
        family: whose.
        film: which film, where it is of one.
        since: the day it was noted, or handed over.
        stray: where nobody handed it over.
        copy: where somebody did.
    """

    family: Id
    film: Id | None
    since: date
    stray: StrayCopy | None = None
    copy: Copy | None = None


def stray_copies(vault: Vault, family: Id | None = None) -> list[StrayCopy]:
    """Those that are still somewhere, of one family or of all; those noted first coming first."""
    return [stray for stray in values(vault, StrayCopy, domain=family) if stray.gone is None]


def stray_copies_of(vault: Vault, film: Id) -> list[StrayCopy]:
    """All of one film, those that are gone included."""
    family = value(vault, Film, film).family
    return [stray for stray in values(vault, StrayCopy, domain=family) if stray.film == film]


def still_out(vault: Vault, family: Id | None = None) -> list[StillOut]:
    """Everything readable that lies outside the vault as far as is known: stray copies, and copies handed over."""
    return sorted((*_strays(vault, family), *_copies(vault, family)), key=lambda out: out.since)


def note_stray(vault: Vault, film: Id, where: StrayPlace, words: str = "", *, on: date) -> StrayCopy:
    """Write down that a copy of a film lies somewhere.

    Raises:
        NoSuchRecord: there is no such film. InvalidRecord: the words cannot be written.
    """
    stray = StrayCopy(
        id=new_id(),
        family=value(vault, Film, film).family,
        film=film,
        where=where,
        words=plain(words, what="where it lies", longest=500),
        noted=on,
    )
    with vault.transaction("stray copy note", [stray.family, film]) as writer:
        writer.add(stray)
    return stray


def say_gone(vault: Vault, stray: Id, on: date) -> StrayCopy:
    """A person says that a stray copy is gone.

    Raises:
        NoSuchRecord. InvalidRecord: it was gone before it was noted, or was said to be gone already.
    """
    stored = vault.get(StrayCopy, stray)
    known = stored.value
    if known.gone is not None:
        message = "this copy is entered as gone already"
        raise InvalidRecord(message, "look at the list again")
    if on < known.noted:
        message = "a copy cannot be gone before it was noted"
        raise InvalidRecord(message, "give the day on which you saw that it is gone")
    gone = replace(known, gone=on)
    with vault.transaction("stray copy gone", [known.family, known.film]) as writer:
        writer.change(stored, gone)
    return gone


def _strays(vault: Vault, family: Id | None) -> Iterator[StillOut]:
    for stray in stray_copies(vault, family):
        yield StillOut(family=stray.family, film=stray.film, since=stray.noted, stray=stray)


def _copies(vault: Vault, family: Id | None) -> Iterator[StillOut]:
    films = {film.id for film in values(vault, Film, domain=family)}
    became = {one.copy: one.outcome for one in sorted(values(vault, CopySettled, domain=family), key=_when_entered)}
    for copy in values(vault, Copy, domain=family):
        if became.get(copy.id) in _GONE:
            continue
        film = copy.source if copy.source in films else None
        yield StillOut(family=copy.family, film=film, since=copy.made.date(), copy=copy)


def _when_entered(settled: CopySettled) -> int:
    return settled.entered
