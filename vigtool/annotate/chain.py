"""Chains: marks that answer each other, in the order in which they happened."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from vigtool.annotate.mark import Lane, Mark
from vigtool.annotate.mark_set import Marks
from vigtool.errors import NoSuchRecord
from vigtool.ids import Id

# Whose marks are turns by nature; "together" describes the exchange as a whole, a note describes nobody's act.
_TURNS = frozenset({Lane.BABY, Lane.PARENT})
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth",
    "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark stands in its chain: `number` 1 is the first of `of`."""

    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Link:
    """Two marks of a chain that follow each other.

    Attributes:
        latency: ticks from the start of the first to the start of the second. It is for the practitioner alone.
    """

    first: Mark
    second: Mark
    latency: int


def members(marks: Marks, chain: Id) -> tuple[Mark, ...]:
    """The marks of one chain in order of time."""
    return tuple(mark for mark in marks.ordered if mark.chain == chain)


def place(marks: Marks, mark_id: Id) -> Place | None:
    """Where a mark stands in its chain; none where it is in none.

    Raises:
        NoSuchRecord: where there is no such mark.
    """
    mark = one(marks, mark_id)
    if mark.chain is None:
        return None
    chained = members(marks, mark.chain)
    return Place(chained.index(mark) + 1, len(chained))


def place_words(where: Place) -> str:
    """As it is said: "third in a chain of 6"."""
    ordinal = _ORDINALS[where.number - 1] if where.number <= len(_ORDINALS) else f"number {where.number}"
    return f"{ordinal} in a chain of {where.of}"


def links(marks: Marks) -> tuple[Link, ...]:
    """Every two marks that follow each other in a chain, by the time of the first."""
    by_chain: dict[Id, list[Mark]] = {}
    for mark in marks.ordered:
        if mark.chain is not None:
            by_chain.setdefault(mark.chain, []).append(mark)
    found = [
        Link(first, second, second.span.start - first.span.start)
        for chained in by_chain.values()
        for first, second in pairwise(chained)
    ]
    return tuple(sorted(found, key=lambda link: (link.first.span, link.first.id)))


def previous_turn(marks: Marks, mark_id: Id) -> Mark | None:
    """The turn of baby or parent that comes just before a mark in time; none where it is the first.

    Raises:
        NoSuchRecord: where there is no such mark.
    """
    mark = one(marks, mark_id)
    earlier = marks.ordered[: marks.ordered.index(mark)]
    return next((turn for turn in reversed(earlier) if turn.lane in _TURNS), None)


def one(marks: Marks, mark_id: Id) -> Mark:
    """The mark of that id.

    Raises:
        NoSuchRecord: where there is none.
    """
    found = marks.get(mark_id)
    if found is None:
        raise NoSuchRecord("there is no such mark", "it may have been removed")
    return found
