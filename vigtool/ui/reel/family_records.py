"""What the Reel room knows of a family: read at one time, on the vault thread, and only looked at afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from vigtool.annotate.mark import Mark
from vigtool.annotate.reel import Clip, Reel
from vigtool.annotate.scheme import Scheme
from vigtool.casework.cycle import Cycle
from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film, FilmKind
from vigtool.casework.session import Session
from vigtool.ids import Id
from vigtool.ui.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What was read. `marks` are the starred ones, in the order of films and times."""

    family: Family | None = None
    films: tuple[Film, ...] = ()
    marks: tuple[Mark, ...] = ()
    sessions: tuple[Session, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    persons: tuple[Person, ...] = ()
    reels: tuple[Reel, ...] = ()

    def film(self, film: Id) -> Film | None:
        """A film of the family."""
        return next((found for found in self.films if found.id == film), None)

    def session_of(self, film: Film) -> Session | None:
        """The meeting at which a film was made."""
        return next((found for found in self.sessions if found.id == film.session), None)

    def time_bases(self) -> dict[Id, Fraction]:
        """Seconds of one tick, by film."""
        return {film.id: film.time_base for film in self.films}

    def length_of(self, clips: Sequence[Clip]) -> Fraction:
        """Exact seconds of these clips together."""
        bases = self.time_bases()
        return sum((clip.span.length * bases[clip.film] for clip in clips if clip.film in bases), start=Fraction(0))

    def baby_name(self) -> str:
        """The name of the family's baby; empty where there is none, or more than one."""
        names = [person.name for person in self.persons if person.is_child]
        return names[0] if len(names) == 1 else ""

    def offered(self, scheme: Scheme) -> tuple[Mark, ...]:
        """Starred marks that a parent may be shown: none of a shared review, none for the practitioner alone."""
        shown = {film.id for film in self.films if film.kind is FilmKind.INTERACTION}
        return tuple(mark for mark in self.marks if mark.film in shown and _is_for_parents(mark, scheme))


def read_records(desk: Desk, family: Family) -> Records:
    """Read all that the room shows of a family; called on the vault thread."""
    return Records(
        family=family,
        films=tuple(desk.films(family.id)),
        marks=tuple(desk.starred(family.id)),
        sessions=tuple(desk.sessions(family.id)),
        cycles=tuple(desk.cycles(family.id)),
        persons=tuple(desk.persons(family.id)),
        reels=tuple(desk.reels(family.id)),
    )


def _is_for_parents(mark: Mark, scheme: Scheme) -> bool:
    return mark.code is None or (scheme.has(mark.code) and scheme.code(mark.code).parent_safe)
