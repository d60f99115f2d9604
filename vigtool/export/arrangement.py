"""Where everything stands in the copy's picture: films above, words in a black band below, never over a face.

The whole picture, band included, stays within 1920 by 1080 (1080 by 1920 where every film is upright): that is what
the decoder of any phone takes. Films that fit are not scaled. All sizes and places are even, as 4:2:0 needs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt

from vigtool.errors import InvalidRecord
from vigtool.export.drawing import TextLine, text_height

Size = tuple[int, int]
Words = Sequence[TextLine]

_FONT_PART = 43  # thousandths of the picture's mean side: 62 px at 1920 by 1080
_LEAST_FONT = 14
_SHRINKINGS = (88, 76, 64, 52)  # hundredths, tried one after the other for long captions
_PADDING = 60  # hundredths of a letter's height, above and below together
_MOST_BAND = 45  # hundredths of the picture's height before letters are made smaller
_LEAST_PICTURE = 4  # parts of the allowed height: below one of them no picture is made smaller for words


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in the copy's picture, all four even."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """Sizes in pixels: of the whole, of the part that films are shown in (at the top), and of the letters."""

    width: int
    height: int
    picture_height: int
    font_px: int

    @property
    def band(self) -> Box:
        """Where captions stand; of no height where there are none."""
        return Box(0, self.picture_height, self.width, self.height - self.picture_height)

    def film_box(self, width: int, height: int) -> Box:
        """Where a film of that upright size is shown: as large as it fits, in the middle."""
        if (width, height) == (self.width, self.picture_height):
            return Box(0, 0, width, height)
        fit_width, fit_height = _fitted((width, height), (self.width, self.picture_height))
        return Box(
            _even((self.width - fit_width) // 2), _even((self.picture_height - fit_height) // 2), fit_width, fit_height
        )


def arrange(films: Sequence[Size], captions: Sequence[Words], limit: Size = (1920, 1080)) -> Arrangement:
    """Find the common size of a reel.

    Args:
        films: upright sizes of its films, in the order of their first clips.
        captions: the words under each clip.
        limit: width and height that the whole may have; turned where every film is upright.

    Raises:
        InvalidRecord: where a caption is so long that it would leave no room for the picture.
    """
    upright = all(height > width for width, height in films)
    if upright:
        limit = limit[1], limit[0]
    shape = max((size for size in films if upright or size[0] >= size[1]), key=lambda size: size[0] * size[1])
    found = _with_band(shape, captions, limit, 100)
    for hundredths in _SHRINKINGS:
        if found.band.height * 100 <= found.picture_height * _MOST_BAND:
            break
        found = _with_band(shape, captions, limit, hundredths)
    if found.height > limit[1]:
        raise InvalidRecord(
            "a caption is so long that no room is left for the picture", "say it in one or two short sentences"
        )
    return found


def _with_band(shape: Size, captions: Sequence[Words], limit: Size, hundredths: int) -> Arrangement:
    """The largest picture of that shape that fits with its band; too high a whole where none does."""
    picture = _within(shape, limit)
    while True:
        width, height = picture
        font_px = max(_LEAST_FONT, isqrt(width * height) * _FONT_PART * hundredths // 100_000)
        words = max((text_height(lines, width, font_px) for lines in captions), default=0)
        band = _even(words + font_px * _PADDING // 100 + 1) if words else 0
        if height + band <= limit[1] or height * _LEAST_PICTURE <= limit[1]:
            return Arrangement(width=width, height=height + band, picture_height=height, font_px=font_px)
        # The band shrinks with the picture, so this comes near at once; one step of two pixels is the least.
        picture = _fitted(shape, (width, min(height - 2, height * limit[1] // (height + band))))


def _within(size: Size, limit: Size) -> Size:
    """The size itself, made even, or the largest of its shape within the limit."""
    width, height = size
    if width <= limit[0] and height <= limit[1]:
        return _side(width), _side(height)
    return _fitted(size, limit)


def _fitted(size: Size, box: Size) -> Size:
    """The largest even size of that shape in a box."""
    width, height = size
    if width * box[1] <= box[0] * height:
        return _side(width * box[1] // height), _side(box[1])
    return _side(box[0]), _side(height * box[0] // width)


def _side(value: int) -> int:
    """A side of a picture: the even number at or below, and no less than 2."""
    return max(2, _even(value))


def _even(value: int) -> int:
    """The even number at or below."""
    return value // 2 * 2
