"""What the baby does, in frames of the full film."""

from __future__ import annotations

from vigtool.sample.acting import Part, act

REST = {
    "yaw": 32.0, "pitch": -3.0, "roll": 0.0, "gaze": 0.0, "gaze_up": 0.0, "lids": 0.0, "glee": 0.0,
    "smile": 0.22, "open": 0.0, "round": 0.0, "brows": 0.0, "blush": 0.3, "lean": 0.0, "rise": 0.0,
    "near_x": 540.0, "near_y": 570.0, "near_open": 0.0, "far_x": 458.0, "far_y": 572.0, "far_open": 0.0,
    "on_spoon": 0.0, "on_duck": 0.0,
}  # fmt: skip

_DUCK = {"yaw": 39.0, "pitch": -17.0, "roll": -5.0, "gaze_up": -2.5}
_PARENT = {"yaw": 34.0, "pitch": 6.0, "roll": 5.0, "gaze_up": 1.0, "brows": 0.25}

PART = Part(
    REST,
    (
        # the duck, the look up, the smile
        act(0, 98, **_DUCK, smile=0.3, brows=0.25, ease=(0, 0.45)),
        act(14, 82, near_x=556, near_y=558, ease=0.6),
        act(30, 64, near_open=0.8, near_x=562, near_y=552, beats=1.3, ease=0.3),
        act(88, 262, **_PARENT, ease=(0.5, 0.9)),
        act(98, 150, brows=0.7, ease=0.35),
        act(128, 206, smile=1.0, blush=1.0, rise=5, ease=(0.7, 0.8)),
        act(150, 190, open=0.42, ease=0.4),
        act(160, 196, rise=11, far_y=560, near_y=558, beats=2.2, ease=0.3),
        act(206, 300, smile=0.4, ease=0.6),
        # the talk
        act(268, 664, **_PARENT, ease=(0.7, 0.7)),
        act(284, 345, near_x=572, near_y=470, near_open=0.5, lean=8, ease=(0.6, 0.7)),
        act(300, 334, open=0.5, round=1.0, smile=0.1, brows=0.6, rise=5, ease=(0.22, 0.25)),
        act(345, 412, smile=0.6, brows=0.35, ease=0.4),
        act(404, 468, near_x=592, near_y=446, near_open=0.6, far_y=548, lean=10, ease=(0.5, 0.6)),
        act(416, 456, open=0.6, round=1.0, smile=0.1, brows=0.7, rise=7, ease=(0.2, 0.3)),
        act(428, 450, open=0.32, beats=1.4, ease=0.1),
        act(462, 534, smile=0.65, brows=0.3, ease=0.4),
        act(524, 600, near_x=588, near_y=396, near_open=1.0, far_x=440, far_y=540, lean=8, ease=(0.5, 0.7)),
        act(538, 582, open=0.62, round=1.0, smile=0.2, brows=0.8, rise=9, ease=(0.2, 0.3)),
        act(548, 578, open=0.35, beats=1.9, ease=0.1),
        act(586, 668, smile=0.75, blush=0.7, ease=0.5),
        act(606, 640, rise=6, near_y=552, beats=1.6, ease=0.4),
        # the pause
        act(686, 800, yaw=-34, pitch=-7, roll=-3, brows=0.0, smile=0.02, lean=-5, ease=(0.8, 0.8)),
        act(712, 775, far_x=398, far_y=360, far_open=0.0, roll=-9, ease=(0.7, 0.7)),
        act(728, 762, far_x=388, far_y=348, beats=2.0, ease=0.2),
        act(722, 768, lids=1.0, ease=0.25),
        act(796, 906, **_PARENT, smile=0.45, ease=(0.6, 0.8)),
        act(824, 880, smile=0.7, blush=0.6, ease=0.6),
        # the spoon
        act(912, 1096, yaw=38, pitch=-5, gaze_up=-1.0, brows=0.5, ease=(0.6, 0.5)),
        act(940, 1000, open=0.22, smile=0.3, ease=0.5),
        act(992, 1180, lean=22, rise=3, ease=(0.9, 0.8)),
        act(992, 1180, near_x=622, near_y=486, ease=(0.8, 0.6)),
        act(992, 1056, near_open=1.0, ease=(0.4, 0.4)),
        act(1040, 1176, on_spoon=1.0, ease=(0.45, 0.5)),
        act(1084, 1146, open=0.85, smile=0.3, round=0.3, ease=(0.4, 0.25)),
        act(1090, 1160, yaw=34, pitch=-2, gaze_up=-2.0, ease=0.5),
        act(1148, 1262, smile=0.7, blush=0.8, ease=(0.4, 0.6)),
        act(1150, 1262, round=0.4, open=0.13, beats=1.5, ease=0.3),
        act(1178, 1290, **_PARENT, ease=(0.5, 0.6)),
        act(1206, 1266, rise=13, lean=8, near_y=545, far_y=552, beats=2.1, ease=0.25),
        act(1206, 1266, near_x=560, far_x=440, near_open=0.7, far_open=0.7, smile=0.95, roll=9, ease=0.4),
        # the duck that hops
        act(1296, 1424, yaw=38, pitch=-10, brows=0.6, smile=0.3, ease=(0.5, 0.4)),
        act(1330, 1420, gaze_up=3.0, pitch=-4, beats=1.15, ease=0.2),
        act(1400, 1424, brows=1.0, open=0.3, round=0.5, ease=0.25),
        act(1412, 1610, **_PARENT, ease=(0.4, 0.6)),
        act(1412, 1610, smile=1.0, open=0.8, blush=1.0, ease=(0.35, 0.7)),
        act(1418, 1530, open=1.0, rise=12, beats=3.1, ease=0.3),
        act(1436, 1500, glee=1.0, roll=11, pitch=10, ease=(0.2, 0.3)),
        act(1430, 1540, near_x=592, near_y=408, near_open=1.0, far_x=338, far_y=424, far_open=1.0, ease=(0.4, 0.6)),
        act(1440, 1530, near_y=440, far_y=455, beats=2.4, ease=0.3),
        act(1540, 1600, open=0.95, rise=9, beats=2.7, ease=0.3),
        act(1556, 1592, glee=1.0, ease=0.2),
        act(1604, 1700, smile=0.75, blush=0.8, yaw=34, pitch=4, roll=4, ease=(0.5, 0.7)),
        # she asks for the duck
        act(1690, 1796, yaw=44, pitch=-14, brows=0.4, smile=0.25, ease=(0.6, 0.5)),
        act(1716, 1796, near_x=632, near_y=520, near_open=1.0, lean=24, ease=(0.6, 0.7)),
        act(1736, 1790, near_x=622, near_y=504, beats=2.0, ease=0.3),
        act(1752, 1782, **_PARENT, ease=0.35),
        act(1760, 1780, open=0.4, round=0.6, ease=0.15),
        act(1796, 1880, yaw=42, pitch=-16, smile=0.4, brows=0.3, ease=(0.5, 0.5)),
        act(1866, 2030, **_DUCK, smile=0.55, ease=(0.6, 0.8)),
        act(1880, 2100, near_x=556, near_y=556, far_x=520, far_y=562, on_duck=1.0, ease=(0.7, 0.8)),
        act(1930, 2010, near_y=544, near_open=0.8, beats=1.5, ease=0.4),
        act(2024, 2177, **_PARENT, smile=0.75, blush=0.7, ease=(0.7, 0)),
        act(2070, 2130, smile=1.0, rise=6, ease=0.6),
    ),
)
