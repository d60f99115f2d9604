"""The ordered moments that a parent is shown."""

from __future__ import annotations

from dataclasses import dataclass

from vigtool.ids import Id
from vigtool.timebase import Span


@dataclass(frozen=True, slots=True)
class Caption:
    """Words under a clip, in one language (a BCP 47 tag such as "en" or "ar")."""

    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One moment of a reel.

    Attributes:
        mark: the mark it was made from; the clip keeps its own edges afterwards.
        film: the film it shows.
        span: in ticks of that film, half-open.
        captions: at most one a language, in the order they are written under the picture.
        answers_question: whether it serves the cycle's helping question.
    """

    id: Id
    mark: Id | None
    film: Id
    span: Span
    captions: tuple[Caption, ...] = ()
    answers_question: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reel:
    """Clips in the order in which they are shown, under a title.

    Attributes:
        cycle: the cycle whose helping question it serves.
        title: shown first, for a few seconds; empty for none.
    """

    id: Id
    family: Id
    author: Id
    cycle: Id | None = None
    title: str = ""
    clips: tuple[Clip, ...] = ()
