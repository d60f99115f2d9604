"""What is broken in a film, as numbers and as plain sentences."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What was found broken.

    Attributes:
        lost: pictures that are in the film but too damaged to come out.
        marred: pictures that come out with visible damage.
        lacking: pictures that the film's own table tells of and that are not there, since it was cut short.
        broken_off: whether the film could not be read to its end.
        unseen: whether it is damaged and too long to be looked at wholly.
        restamped: whether its pictures carried no usable times and were given some, evenly.
    """

    lost: int = 0
    marred: int = 0
    lacking: int = 0
    broken_off: bool = False
    unseen: bool = False
    restamped: bool = False

    @property
    def hurts(self) -> bool:
        """Whether pictures are broken or missing."""
        return self.lost > 0 or self.marred > 0 or self.lacking > 0 or self.broken_off or self.unseen

    @property
    def sentences(self) -> tuple[str, ...]:
        """One sentence for each thing that is broken."""
        said = [
            (self.lacking > 0, f"cut short: {_pictures(self.lacking)} missing at its end"),
            (self.broken_off, "the film cannot be read to its end"),
            (self.lost > 0, f"{_pictures(self.lost)} too damaged to be shown and left out"),
            (self.marred > 0, f"{_pictures(self.marred)} shown with visible damage"),
            (self.unseen, "damaged, and too long to be looked at wholly: more frames may turn out to be damaged"),
            (self.restamped, "the pictures carry no usable times: they were put in order one after the other"),
        ]
        return tuple(sentence for holds, sentence in said if holds)


def _pictures(number: int) -> str:
    return "1 picture is" if number == 1 else f"{number} pictures are"
