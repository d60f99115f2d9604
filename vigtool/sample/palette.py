"""The colours of the drawing, as red, green, blue."""

from __future__ import annotations

from vigtool.sample.canvas import Colour


def _rgb(code: int) -> Colour:
    return (code >> 16 & 255, code >> 8 & 255, code & 255)


def blend(first: Colour, second: Colour, share: float) -> Colour:
    """The colour that lies at `share` (0 to 1) of the way from `first` to `second`."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return (red, green, blue)


WALL, WAINSCOT = _rgb(0xF1E4D3), _rgb(0xEAD9C4)
FRAME, PANE, HILL, CLOUD = _rgb(0xFBF6EC), _rgb(0xDBEAE7), _rgb(0xE8F1EF), _rgb(0xEEF5F4)
SHELF, JAR, CUP, POT_LID = _rgb(0xD3AA83), _rgb(0xD49D7D), _rgb(0xFBF6EF), _rgb(0x9BB09B)
LEAF, LEAF_DARK, FLOWERPOT, FLOWERPOT_DARK = _rgb(0x81A08B), _rgb(0x6B8E79), _rgb(0xC97E59), _rgb(0xB8704D)
TABLE_EDGE, TABLE, TABLE_LOW = _rgb(0xD7B394), _rgb(0xC79A6F), _rgb(0xBC8F65)
CHAIR, CUSHION, TRAY, TRAY_SHADE = _rgb(0xFBF6EC), _rgb(0xA9C4B6), _rgb(0xFFFEFA), _rgb(0xE8DFD1)
BOWL, BOWL_SHADE, PORRIDGE, SPOON, SPOON_SHADE = (
    _rgb(0x86A9B8),
    _rgb(0x7497A7),
    _rgb(0xF3E3C3),
    _rgb(0xFAF3E6),
    _rgb(0xE3D6C2),
)
DUCK, DUCK_SHADE, BEAK = _rgb(0xF2C75A), _rgb(0xE0B144), _rgb(0xDD8246)

EYE, GLINT, MOUTH, LIP, TONGUE, TEETH = (
    _rgb(0x33211C),
    _rgb(0xF7EEE8),
    _rgb(0x772C27),
    _rgb(0x7A302A),
    _rgb(0xDB7F77),
    _rgb(0xFCF4EA),
)

BABY_SKIN, BABY_SHADE, BABY_BLUSH = _rgb(0xD9A17D), _rgb(0xC88D69), _rgb(0xDB8F70)
BABY_HAIR, BABY_BROW = _rgb(0x5A3D33), _rgb(0x86604C)
MUSTARD, MUSTARD_DARK, BUTTON = _rgb(0xE2A64D), _rgb(0xD1943B), _rgb(0xFCEFDA)

SKIN, SKIN_SHADE, BLUSH = _rgb(0xC98F6A), _rgb(0xB87C58), _rgb(0xCC8263)
HAIR, HAIR_LIGHT, BROW, EARRING = _rgb(0x3B2A27), _rgb(0x4A3630), _rgb(0x573C31), _rgb(0xE9C464)
TEAL, TEAL_LIGHT, TEAL_DARK = _rgb(0x4F8A83), _rgb(0x5B978F), _rgb(0x447871)
