"""How a picture is looked at: how closely, and at what of it. Reckoning in pixels of the screen; it draws nothing.

A closer look never enlarges the picture that fitted the view. The film is asked for a larger one (`wanted`), of which
a part is shown, so that every pixel the camera took can be seen. Why the whole frame is made larger, and not just the
part that shows: panning and zooming out a little then need nothing new, the frames kept for stepping back serve any
part of the picture, and the decoder stays the one way to a frame. The price is memory, so it is bounded: by the film's
own size, beyond which there is nothing to see, and by a part of the budget of decoded pictures; while the film plays
also by what can be converted in time, for the eye sees less of what moves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, sqrt

from vigtool.player.frame import fitted

Size = tuple[int, int]
STEP = 1.25
"""What one notch of the wheel changes."""
NEAR = 2.5
"""What the key for a closer look begins with."""
_FILM_PIXEL, _LEAST_MOST = 4.0, 4.0
_MOVING_PIXELS = 1920 * 1088
_KEPT_PICTURES = 6


@dataclass(frozen=True, slots=True)
class Place:
    """Where the whole picture would lie in the view: in pixels of the screen, often beyond its edges."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Look:
    """What is seen: 1 is the whole picture; `x` and `y` are the middle of the view, as parts of the picture."""

    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5

    @property
    def is_whole(self) -> bool:
        """Whether all of the picture is in view."""
        return self.zoom <= 1.0

    def box(self, view: Size) -> Size:
        """The box that the whole picture fits into."""
        return round(view[0] * self.zoom), round(view[1] * self.zoom)

    def place(self, film: Size, view: Size) -> Place:
        """Where the picture lies: it fills the view where it is larger, and stands in its middle where it is not."""
        width, height = fitted(*film, *self.box(view))
        return Place(_begin(self.x, width, view[0]), _begin(self.y, height, view[1]), width, height)

    def zoomed(self, factor: float, at: tuple[float, float], film: Size, view: Size) -> Look:
        """Closer by a factor; what lies at a point of the view stays there as far as the picture's edges allow."""
        zoom = min(max(self.zoom * factor, 1.0), most_zoom(film, view))
        if zoom <= 1.0:
            return WHOLE
        before, after = self.place(film, view), replace(self, zoom=zoom).place(film, view)
        x = _part(at[0], before.left, before.width, view[0] / 2, after.width)
        y = _part(at[1], before.top, before.height, view[1] / 2, after.height)
        return Look(zoom, x, y).within(film, view)

    def panned(self, right: float, down: float, film: Size, view: Size) -> Look:
        """With the picture pushed by so many pixels of the screen."""
        if self.is_whole:
            return self
        place = self.place(film, view)
        return Look(self.zoom, self.x - right / place.width, self.y - down / place.height).within(film, view)

    def within(self, film: Size, view: Size) -> Look:
        """The same where the view shows no ground beside a picture that is large enough to fill it."""
        place = self.place(film, view)
        return Look(self.zoom, _held(self.x, place.width, view[0]), _held(self.y, place.height, view[1]))

    def seen(self, film: Size, view: Size) -> tuple[float, float, float, float]:
        """What part of the picture is in view: left, top, right, bottom from 0 to 1."""
        place = self.place(film, view)
        across = max(0.0, -place.left / place.width), min(1.0, (view[0] - place.left) / place.width)
        down = max(0.0, -place.top / place.height), min(1.0, (view[1] - place.top) / place.height)
        return across[0], down[0], across[1], down[1]


WHOLE = Look()


def most_zoom(film: Size, view: Size) -> float:
    """The closest look: a pixel of the film over four of the screen, and four times for the smallest film."""
    return max(_LEAST_MOST, _FILM_PIXEL * film[0] / fitted(*film, *view)[0])


def wanted(look: Look, film: Size, view: Size, budget: int, *, moving: bool) -> Size:
    """The size in which to have the film's pictures: width and height of a box in pixels.

    Args:
        look: how it is looked at.
        film: the film's own size, upright, in square pixels.
        view: the room on the screen.
        budget: bytes of all decoded pictures; several of them must find room in it.
        moving: whether the film plays.
    """
    fit, place = fitted(*film, *view), look.place(film, view)
    most = min(budget // 4 // _KEPT_PICTURES, _MOVING_PIXELS if moving else budget)
    fits = place.width <= max(fit[0], film[0]) and place.height <= max(fit[1], film[1])
    if fits and place.width * place.height <= most:
        return look.box(view)
    own = min(place.width, max(fit[0], film[0]))
    scale = min(1.0, sqrt(most / max(1, own * own * film[1] / film[0])))
    width = max(fit[0], int(own * scale))
    return width, max(fit[1], ceil(width * film[1] / film[0]))


def _begin(part: float, length: int, room: int) -> int:
    """Where the picture begins along one side of the view."""
    if length <= room:
        return (room - length) // 2
    return min(0, max(room - length, round(room / 2 - part * length)))


def _held(part: float, length: int, room: int) -> float:
    """The middle of the view along one side, not so near an edge that ground would show."""
    if length <= room:
        return 0.5
    half = room / 2 / length
    return min(max(part, half), 1 - half)


def _part(at: float, begin: int, before: int, middle: float, after: int) -> float:
    """The middle of the view afterwards, so that the point of the picture at `at` stays where it is."""
    point = (at - begin) / before
    return point - (at - middle) / after
