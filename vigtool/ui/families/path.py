"""The way of a family through its cycles: film, reel, shared review; what is done, what is now, what is planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction

from vigtool.annotate.reel import Reel
from vigtool.casework.cycle import Cycle
from vigtool.casework.film import Film, FilmKind
from vigtool.casework.session import Session, SessionKind

REVIEW_WITHIN = timedelta(days=14)


class Stage(Enum):
    """The three steps of a cycle."""

    FILM = "film"
    REEL = "reel"
    REVIEW = "review"


class Standing(Enum):
    """How far a step is."""

    DONE = "done"
    NOW = "now"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way.

    Attributes:
        on: the day it was done, or, of a planned review, by when.
        clips: of a reel, how many clips it has.
        seconds: of a reel, how long it is.
    """

    cycle: int
    stage: Stage
    standing: Standing
    on: date | None = None
    clips: int = 0
    seconds: Fraction = Fraction(0)


def path(
    cycles: tuple[Cycle, ...], films: tuple[Film, ...], reels: tuple[Reel, ...], sessions: tuple[Session, ...]
) -> list[Step]:
    """All steps of all cycles, begun and planned, in order. At most one step is now."""
    steps: list[Step] = []
    for cycle in cycles:
        own = [film for film in films if film.cycle == cycle.id]
        steps += _steps(cycle, own, [reel for reel in reels if reel.cycle == cycle.id], sessions, films)
    planned = max((cycle.planned for cycle in cycles), default=0)
    for number in range(len(cycles) + 1, planned + 1):
        steps += [Step(number, stage, Standing.PLANNED) for stage in Stage]
    first_open = next((place for place, step in enumerate(steps) if step.standing is not Standing.DONE), None)
    # What was passed over in an earlier cycle is not what waits now.
    begun = [place for place, step in enumerate(steps) if step.standing is Standing.DONE]
    now = max(begun[-1] + 1 if begun else 0, first_open or 0)
    if first_open is not None and now < len(steps) and steps[now].cycle <= len(cycles):
        steps[now] = _now(steps[now])
    return steps


def _now(step: Step) -> Step:
    return Step(step.cycle, step.stage, Standing.NOW, step.on, step.clips, step.seconds)


def _steps(
    cycle: Cycle, own: list[Film], reels: list[Reel], sessions: tuple[Session, ...], films: tuple[Film, ...]
) -> list[Step]:
    shown = [film for film in own if film.kind is FilmKind.INTERACTION]
    newest = max(shown, key=lambda film: film.filmed_on or date.min, default=None)
    filmed = None if newest is None else newest.filmed_on
    reel = max(reels, key=lambda found: len(found.clips), default=None)
    reviewed = _reviewed(own, sessions, filmed)
    bases = {film.id: film.time_base for film in films}
    clips = () if reel is None else reel.clips
    seconds = sum((clip.span.length * bases.get(clip.film, Fraction(0)) for clip in clips), Fraction(0))
    done, planned = Standing.DONE, Standing.PLANNED
    by = filmed + REVIEW_WITHIN if filmed is not None else None
    return [
        Step(cycle.number, Stage.FILM, done if newest is not None else planned, filmed),
        # A reel is done once it was looked at together; until then it can still change.
        Step(cycle.number, Stage.REEL, done if clips and reviewed else planned, None, len(clips), seconds),
        Step(cycle.number, Stage.REVIEW, done if reviewed else planned, reviewed or by),
    ]


def _reviewed(own: list[Film], sessions: tuple[Session, ...], filmed: date | None) -> date | None:
    """The day the cycle's film was looked at together."""
    films = [film.filmed_on for film in own if film.kind is FilmKind.SHARED_REVIEW and film.filmed_on is not None]
    if films:
        return films[0]
    meetings = [session.on for session in sessions if session.kind is SessionKind.SHARED_REVIEW]
    return min((day for day in meetings if filmed is not None and day >= filmed), default=None)
