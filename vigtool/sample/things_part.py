"""What the spoon and the duck do, in frames of the full film; hands go with them."""

from __future__ import annotations

from vigtool.sample.acting import Part, act

REST = {
    "spoon_x": 676.0, "spoon_y": 602.0, "spoon_tip": 50.0, "spoon_full": 0.0,
    "duck_x": 585.0, "duck_y": 582.0, "duck_tilt": 0.0, "shade": 0.0,
}  # fmt: skip

PART = Part(
    REST,
    (
        # out of the bowl, half way, into the mouth with her hand on it, and back
        act(896, 1272, spoon_x=642, spoon_y=486, spoon_tip=-12, ease=(0.9, 1.0)),
        act(900, 1132, spoon_full=1.0, ease=(0.15, 0.12)),
        act(1066, 1176, spoon_x=527, spoon_y=397, spoon_tip=-22, ease=(0.8, 0.8)),
        # a cloud goes over
        act(1284, 1446, shade=1.0, ease=1.0),
        # three hops, then put down on the table
        act(1322, 1470, duck_y=566, ease=(0.3, 0.8)),
        act(1328, 1354, duck_y=470, duck_tilt=12, ease=0.4),
        act(1358, 1384, duck_y=455, duck_x=604, duck_tilt=-12, ease=0.4),
        act(1392, 1440, duck_y=432, duck_x=580, duck_tilt=14, ease=(0.4, 0.5)),
        act(1436, 1880, duck_x=722, duck_y=640, ease=(1.1, 1.5)),
        act(1440, 1476, duck_y=545, ease=(0.5, 0.6)),
        act(1826, 1880, duck_y=545, ease=(0.6, 0.7)),
        act(1866, 2177, duck_x=548, ease=(0.5, 0)),
        act(1940, 1996, duck_tilt=9, beats=1.5, ease=0.3),
    ),
)
