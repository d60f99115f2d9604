"""How the stored pictures of a film are to be seen: which stream, how large, which way up."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from fractions import Fraction

from vigtool.player.problems import Problem

MAX_SIDE = 16_384
MAX_PIXELS = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The picture stream of a film.

    To stand upright a stored picture is turned clockwise by `rotation` and then, if `mirrored`, its left and right
    are exchanged.

    Attributes:
        stream: index of the stream in its container.
        codec: its short name, such as `h264`.
        stored_width, stored_height: of the pictures as they are stored, in pixels that need not be square.
        pixel_aspect: width of a stored pixel over its height.
        rotation: 0, 90, 180 or 270, clockwise.
        mirrored: whether left and right are exchanged after turning.
        hdr: whether it is high dynamic range, brought down to what a screen shows (by its first picture).
        interlaced: whether its frames are two half pictures, of which the first is shown made whole (by the same).
    """

    stream: int
    codec: str
    stored_width: int
    stored_height: int
    pixel_aspect: Fraction = Fraction(1)
    rotation: int = 0
    mirrored: bool = False
    hdr: bool = False
    interlaced: bool = False

    def __post_init__(self) -> None:
        """Refuse what no film has.

        Raises:
            FilmTooDemanding: where a picture has more pixels than is allowed.
            ValueError: where a value is impossible.
        """
        if self.rotation not in (0, 90, 180, 270) or self.stream < 0:
            message = "no such picture"
            raise ValueError(message)
        check_size(self.stored_width, self.stored_height)
        if not Fraction(1, 16) <= self.pixel_aspect <= 16:
            message = "no such shape of a pixel"
            raise ValueError(message)

    @property
    def turned(self) -> bool:
        """Whether width and height change places when the picture stands upright."""
        return self.rotation in (90, 270)

    @property
    def square_width(self) -> int:
        """Width of the stored picture in square pixels, before turning."""
        return max(1, round(self.stored_width * self.pixel_aspect))

    @property
    def width(self) -> int:
        """Upright, in square pixels."""
        return self.stored_height if self.turned else self.square_width

    @property
    def height(self) -> int:
        """Upright, in square pixels."""
        return self.square_width if self.turned else self.stored_height


def check_size(width: int, height: int) -> None:
    """Refuse pictures that are too large to be looked at safely.

    Raises:
        FilmTooDemanding: above 64 million pixels, or a side above 16384.
        ValueError: where there are no pixels.
    """
    if width < 1 or height < 1:
        message = "a picture without pixels"
        raise ValueError(message)
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise Problem.TOO_LARGE.error()


def sane_aspect(aspect: Fraction | None) -> Fraction:
    """The shape of a pixel as a container tells it; square where it tells nothing or nonsense."""
    return aspect if aspect is not None and Fraction(1, 16) <= aspect <= 16 else Fraction(1)


def orientation(matrix: bytes | None) -> tuple[int, bool]:
    """Clockwise turn and mirroring from a display matrix; `(0, False)` without one.

    The matrix is nine 32-bit integers `a b u c d v x y w` in the machine's order (libavutil/display.h): a stored
    point (p, q), q downwards, is shown at (a·p + c·q + x, b·p + d·q + y). Phones and cameras write only the eight
    ways to lay a rectangle; any other angle is taken as the nearest of them.
    """
    if matrix is None or len(matrix) != 36:
        return 0, False
    a, b, _, c, d, *_ = struct.unpack("=9i", matrix)
    if abs(a) + abs(d) >= abs(b) + abs(c):
        if a == 0 or d == 0:
            return 0, False
        right, down = a > 0, d > 0
        return {(True, True): (0, False), (False, False): (180, False), (False, True): (0, True)}.get(
            (right, down), (180, True)
        )
    if b == 0 or c == 0:
        return 0, False
    # The stored right becomes down (b > 0) or up; the stored down becomes right (c > 0) or left.
    return {(True, False): (90, False), (False, True): (270, False), (True, True): (90, True)}.get(
        (b > 0, c > 0), (270, True)
    )
