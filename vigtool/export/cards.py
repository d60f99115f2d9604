"""The still parts of the copy: the title, and the ground with its caption on which a film is shown."""

from __future__ import annotations

from collections.abc import Sequence

from vigtool.annotate.reel import Caption
from vigtool.export.arrangement import Arrangement
from vigtool.export.cut_list import CutList
from vigtool.export.drawing import (
    BAND_GROUND,
    CREAM,
    TITLE_GROUND,
    Picture,
    TextLine,
    missing_scripts,
    text_height,
    text_picture,
)
from vigtool.export.overlay import Overlay, Planes

_CAPTION_INK = "#FBF6EC"
_TITLE_PART = 150  # hundredths of a caption's letters
_MOST_TITLE = 70  # hundredths of the height that a title may fill


def title_card(place: Arrangement, title: str) -> Planes:
    """The title in the middle of a dark, warm ground; longer titles have smaller letters."""
    card = Planes.filled(place.width, place.height, TITLE_GROUND)
    lines = [TextLine(title)]
    font_px = place.font_px * _TITLE_PART // 100
    while font_px > 12 and text_height(lines, place.width, font_px) * 100 > place.height * _MOST_TITLE:
        font_px = font_px * 9 // 10
    art = text_picture(lines, place.width, font_px, colour=CREAM)[: place.height]
    Overlay(art, 0, (place.height - art.shape[0]) // 2).blend(card)
    return card


def clip_ground(place: Arrangement, captions: Sequence[Caption]) -> Planes:
    """Black, with the words of one clip in the middle of the band."""
    ground = Planes.filled(place.width, place.height, BAND_GROUND)
    art: Picture = text_picture(caption_lines(captions), place.width, place.font_px, colour=_CAPTION_INK)
    if art.shape[0]:
        Overlay(art, 0, place.band.top + (place.band.height - art.shape[0]) // 2).blend(ground)
    return ground


def caption_lines(captions: Sequence[Caption]) -> list[TextLine]:
    """Captions as words to draw, in their order."""
    return [TextLine(caption.text, caption.language) for caption in captions]


def scripts_without_font(cuts: CutList) -> tuple[str, ...]:
    """Scripts of title and captions that would come out as empty boxes here, by their plain names."""
    texts = [cuts.title, *(caption.text for cut in cuts.cuts for caption in cut.captions)]
    return missing_scripts("\n".join(texts))
