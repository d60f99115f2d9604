"""What is broken in a film, from when to when: as numbers and as plain sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, TypeAlias

from vigtool.timebase import short_clock

Stretch: TypeAlias = tuple[Fraction, Fraction]
"""From when to when, in seconds from the first frame."""

_MOST: Final = 4  # stretches that are told one by one
_MOST_KEPT: Final = 1000
_STEP: Final = 10  # sentences tell tenths of a second


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What was found broken. Times are seconds from the first frame.

    Attributes:
        lost: pictures that are in the film but too damaged to come out.
        marred: pictures that come out with visible damage.
        spans: from when to when pictures are damaged or missing, in order, apart from each other.
        lacking: pictures that the film's own table tells of and that are not there, since it was cut short.
        cut: whether the film was cut short, which is known of it as a whole and not of its pictures.
        broken_off: whether the film could not be read to its end.
        untimed: pictures left out since nothing tells when they are shown.
        unseen: whether it is damaged and too long to be looked at wholly.
        seen_until: how far it was looked at, if not wholly.
        restamped: whether its pictures carried no usable times and were given some, evenly.
        restarts: when its clock starts anew.
        end: when its last frame ends.
    """

    lost: int = 0
    marred: int = 0
    spans: tuple[Stretch, ...] = ()
    lacking: int = 0
    cut: bool = False
    broken_off: bool = False
    untimed: int = 0
    unseen: bool = False
    seen_until: Fraction = Fraction(0)
    restamped: bool = False
    restarts: tuple[Fraction, ...] = ()
    end: Fraction = Fraction(0)

    @property
    def hurts(self) -> bool:
        """Whether pictures are broken or missing amid the film."""
        return self.lost > 0 or self.marred > 0 or self.lacking > 0 or self.broken_off or self.unseen

    @property
    def exact(self) -> bool:
        """Whether the film shows each of its pictures whole, at a time of its own."""
        return not (self.hurts or self.spans or self.cut or self.untimed)

    @property
    def sentences(self) -> tuple[str, ...]:
        """One sentence for each thing that is broken."""
        end = at(self.end)
        said = [
            (self.lacking > 0, f"cut short at {end}: {_pictures(self.lacking)} missing at its end"),
            (self.cut and not self.lacking, f"cut short at {end}: what came after that is missing"),
            (self.broken_off and not self.cut, f"the film cannot be read beyond {end}"),
            (bool(self.spans), f"pictures are damaged {_stretches(self.spans, self.end)}{self._counted}"),
            (not self.spans and self.lost > 0, f"{_pictures(self.lost)} too damaged to be shown and left out"),
            (not self.spans and self.marred > 0, f"{_pictures(self.marred)} shown with visible damage"),
            (
                self.untimed > 0 and not self.restarts,
                f"{_pictures(self.untimed)} left out: the film does not tell when to show them",
            ),
            (self.unseen, f"looked at until {at(self.seen_until)} only: pictures after that may be damaged too"),
            (self.restamped, "the pictures carry no usable times: they were put in order one after the other"),
            (bool(self.restarts), f"its clock starts anew {_moments(self.restarts)}: {self._after_that}"),
        ]
        return tuple(sentence for holds, sentence in said if holds)

    @property
    def _counted(self) -> str:
        """How many pictures that concerns."""
        parts = []
        if self.lost:
            parts.append(f"{_pictures(self.lost)} left out, being too damaged to be shown")
        if self.marred:
            parts.append(f"{_pictures(self.marred)} shown with visible damage")
        return f": {', '.join(parts)}" if parts else ""

    @property
    def _after_that(self) -> str:
        """What that means for what follows."""
        left = f"{_pictures(self.untimed)} left out after that"
        return left if self.untimed else "the pictures are exact, but sound after that may not fit them"

    def plain(self) -> dict[str, Any]:
        """As a JSON object; `parsed` reads it."""
        pairs = [[*begin.as_integer_ratio(), *end.as_integer_ratio()] for begin, end in self.spans]
        return {
            **{name: getattr(self, name) for name in (*_NUMBERS, *_FACTS)},
            "spans": pairs[:_MOST_KEPT],
            "restarts": [[*moment.as_integer_ratio()] for moment in self.restarts][:_MOST_KEPT],
            "seen_until": [*self.seen_until.as_integer_ratio()],
            "end": [*self.end.as_integer_ratio()],
        }

    @classmethod
    def parsed(cls, head: dict[str, Any]) -> Damage:
        """What `plain` gave, read strictly.

        Raises:
            ValueError, KeyError, TypeError, ZeroDivisionError: where it is not that.
        """
        spans = [_fractions(words) for words in _rows(head["spans"])]
        restarts = [_fractions(words)[0] for words in _rows(head["restarts"])]
        if any(len(pair) != 2 or pair[0] > pair[1] for pair in spans):
            raise ValueError
        told: dict[str, Any] = {name: _whole(head[name]) for name in _NUMBERS}
        told |= {name: bool(head[name]) for name in _FACTS}
        return cls(
            **told,
            spans=tuple((begin, end) for begin, end in spans),
            restarts=tuple(restarts),
            seen_until=_fractions(head["seen_until"])[0],
            end=_fractions(head["end"])[0],
        )


_NUMBERS: Final = ("lost", "marred", "lacking", "untimed")
_FACTS: Final = ("cut", "broken_off", "unseen", "restamped")


def at(seconds: Fraction, *, late: bool = False) -> str:
    """A moment as `0:03.2`: the tenth of a second before it, or, if `late`, the one after it."""
    tenths = -(-seconds * _STEP // 1) if late else seconds * _STEP // 1
    return short_clock(Fraction(int(tenths), _STEP))[:-2]


def joined(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The same stretches in order, those that touch or overlap as one."""
    whole: list[Stretch] = []
    for begin, end in sorted(stretches):
        if whole and begin <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((begin, end))
    return tuple(whole)


def _stretches(spans: tuple[Stretch, ...], end: Fraction) -> str:
    """From when to when."""
    spans = joined([(begin * _STEP // 1 / Fraction(_STEP), until) for begin, until in spans])
    told = [
        f"from {at(begin)} to {'the end' if until >= end > 0 else at(until, late=True)}"
        for begin, until in spans[:_MOST]
    ]
    more = len(spans) - _MOST
    if more > 0:
        places = "1 more place" if more == 1 else f"{more} more places"
        told.append(f"in {places} until {at(spans[-1][1], late=True)}")
    return _listed(told)


def _moments(moments: tuple[Fraction, ...]) -> str:
    told = [f"at {at(moment)}" for moment in moments[:_MOST]]
    return _listed([*told, f"{len(moments) - _MOST} times more"] if len(moments) > _MOST else told)


def _listed(parts: list[str]) -> str:
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1] if parts else "") if part)


def _pictures(number: int) -> str:
    return "1 picture is" if number == 1 else f"{number} pictures are"


def _rows(value: object) -> list[Any]:
    if not isinstance(value, list) or len(value) > _MOST_KEPT:
        raise ValueError
    return value


def _fractions(words: list[Any]) -> list[Fraction]:
    """Numerators and denominators in turn."""
    return [Fraction(_integer(above), _integer(below)) for above, below in zip(words[::2], words[1::2], strict=True)]


def _integer(value: object) -> int:
    if not isinstance(value, int) or abs(value) >= 1 << 128:
        raise ValueError
    return value


def _whole(value: object) -> int:
    """A number that is not negative."""
    number = _integer(value)
    if number < 0:
        raise ValueError
    return number
