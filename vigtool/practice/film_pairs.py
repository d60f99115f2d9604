"""Two films of the same moments: which can lie side by side, and by how much one's clock is ahead of the other's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

from vigtool.casework.film import Film
from vigtool.casework.film_pair import FilmPair, PairedBy, pair_of
from vigtool.errors import InvalidRecord
from vigtool.ids import Id, new_id
from vigtool.practice.records import swap, value, values
from vigtool.vault.vault import Vault


def films_beside(vault: Vault, film: Id) -> list[Film]:
    """The other films of the same family: those of the same session first, then of the same day, then the rest."""
    mine = value(vault, Film, film)

    def distance(other: Film) -> tuple[bool, bool]:
        same_session = mine.session is not None and other.session == mine.session
        same_day = mine.filmed_on is not None and other.filmed_on == mine.filmed_on
        return not same_session, not same_day

    return sorted((other for other in values(vault, Film, domain=mine.family) if other.id != film), key=distance)


def pair_between(vault: Vault, one: Id, other: Id) -> FilmPair | None:
    """How two films lie to each other, if somebody said so; whichever of them is opened first."""
    return pair_of((*values(vault, FilmPair, parent=one), *values(vault, FilmPair, parent=other)), one, other)


def lay_beside(vault: Vault, one: Id, other: Id, offset: Fraction, how: PairedBy) -> FilmPair:
    """Say that what `one` shows at second t of its clock, `other` shows at t + `offset` of its own.

    Raises:
        InvalidRecord: where it is one and the same film, or the films are of two families.
        RecordChanged, NoSuchRecord, StorageFailed.
    """
    family = value(vault, Film, one).family
    if one == other or value(vault, Film, other).family != family:
        message = "only two films of one family can lie side by side"
        raise InvalidRecord(message, "choose another film of this family")
    before = pair_between(vault, one, other)
    now = datetime.now(UTC)
    if before is None:
        after = FilmPair(id=new_id(), first=one, second=other, offset=offset, how=how, kept=now, by=vault.user_id)
    else:
        own = offset if before.first == one else -offset
        after = replace(before, offset=own, how=how, kept=now, by=vault.user_id)
    with vault.transaction("films side by side", [family, one, other]) as writer:
        swap(vault, writer, before, after)
    return after
