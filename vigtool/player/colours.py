"""What colours a decoded picture holds: by its own tags and, where those are missing, as televisions take it.

Numbers are those of ITU-T H.273. A missing matrix follows from the primaries or the transfer if they are there; if
nothing is, a picture of high definition is BT.709 and a smaller one BT.601. Primaries of BT.601 are near enough to
those of BT.709 that players show them as they are, and so does this.
"""

from __future__ import annotations

from typing import Final

import av
from av.video.reformatter import ColorRange, Colorspace

from vigtool.player.light import Gamut, Signal, Transfer

# Larger than the pictures of television before high definition, whichever way up they are stored.
_HD_LONG: Final = 1280
_HD_SHORT: Final = 577
_MATRIX: Final = {
    1: Colorspace.ITU709,
    4: Colorspace.FCC,
    5: Colorspace.ITU601,
    6: Colorspace.ITU601,
    7: Colorspace.SMPTE240M,
    9: Colorspace.BT2020,
    10: Colorspace.BT2020,
}
_BY_PRIMARIES: Final = {
    1: Colorspace.ITU709,
    5: Colorspace.ITU601,
    6: Colorspace.ITU601,
    7: Colorspace.SMPTE240M,
    9: Colorspace.BT2020,
}
_GAMUT: Final = {1: Gamut.BT709, 9: Gamut.BT2020, 11: Gamut.P3, 12: Gamut.P3}


def matrix_of(picture: av.VideoFrame) -> Colorspace:
    """The matrix between its luma and chroma and red, green and blue."""
    known = _MATRIX.get(picture.colorspace) or _BY_PRIMARIES.get(picture.color_primaries)
    if known is None and _transfer(picture) is not Transfer.SCREEN:
        return Colorspace.BT2020
    if known is not None:
        return known
    shorter, longer = sorted((picture.width, picture.height))
    return Colorspace.ITU709 if longer >= _HD_LONG or shorter >= _HD_SHORT else Colorspace.ITU601


def range_of(picture: av.VideoFrame) -> ColorRange:
    """Full or limited; untagged luma and chroma are limited unless the format's name says full, untagged grey is full.

    (The decoders of films tag their grey; what does not are the formats of still pictures and raw ones.)
    """
    full_by_name = picture.format.name.startswith("yuvj") or picture.format.is_rgb
    told = picture.color_range in (ColorRange.MPEG, ColorRange.JPEG)
    if picture.color_range == ColorRange.JPEG or full_by_name or (is_grey(picture) and not told):
        return ColorRange.JPEG
    return ColorRange.MPEG


def is_grey(picture: av.VideoFrame) -> bool:
    """Whether it has no colours."""
    return picture.format.name.startswith(("gray", "ya"))


def signal_of(picture: av.VideoFrame) -> Signal:
    """What its red, green and blue mean; high dynamic range without a word on primaries is BT.2020."""
    transfer = _transfer(picture)
    untold = Gamut.BT709 if transfer is Transfer.SCREEN else Gamut.BT2020
    return Signal(transfer, _GAMUT.get(picture.color_primaries, untold))


def _transfer(picture: av.VideoFrame) -> Transfer:
    return next((kind for kind in Transfer if kind.value == picture.color_trc), Transfer.SCREEN)
