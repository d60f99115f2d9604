"""What the parent does, in frames of the full film."""

from __future__ import annotations

from vigtool.sample.acting import Part, act

REST = {
    "yaw": -34.0, "pitch": -7.0, "roll": 3.0, "gaze": 0.0, "gaze_up": 0.0, "lids": 0.0, "glee": 0.0,
    "smile": 0.45, "open": 0.0, "round": 0.0, "brows": 0.1, "blush": 0.3, "lean": 0.0, "rise": 0.0,
    "near_x": 768.0, "near_y": 608.0, "near_open": 0.1, "far_x": 838.0, "far_y": 616.0,
    "on_spoon": 0.0, "on_duck": 0.0,
}  # fmt: skip

PART = Part(
    REST,
    (
        # waits, and meets the smile
        act(44, 178, brows=0.75, smile=0.5, lean=14, pitch=-9, roll=7, ease=(0.6, 0.6)),
        act(156, 212, smile=1.0, brows=0.5, blush=1.0, lean=22, ease=(0.4, 0.7)),
        act(166, 206, open=0.4, ease=0.35),
        act(170, 204, pitch=-14, beats=1.6, ease=0.2),
        # listens and copies
        act(288, 345, brows=0.6, lean=24, roll=9, smile=0.45, ease=(0.5, 0.5)),
        act(340, 530, lean=30, roll=5, ease=(0.5, 0.6)),
        act(352, 392, open=0.5, round=1.0, smile=0.2, brows=0.75, ease=(0.22, 0.3)),
        act(396, 470, smile=0.75, brows=0.5, roll=8, ease=0.4),
        act(474, 514, open=0.52, round=1.0, smile=0.2, brows=0.8, pitch=-3, ease=(0.22, 0.3)),
        act(484, 508, open=0.3, beats=1.4, ease=0.1),
        act(518, 600, smile=0.85, brows=0.7, lean=26, blush=0.7, ease=0.5),
        act(596, 660, lean=30, smile=0.8, brows=0.6, ease=0.4),
        act(600, 652, open=0.5, beats=3.3, ease=0.2),
        act(606, 650, near_x=744, near_y=584, near_open=1.0, ease=(0.5, 0.6)),
        # gives her the pause
        act(716, 822, lean=-26, roll=-1, smile=0.35, brows=0.15, yaw=-31, pitch=-9, ease=(0.9, 0.8)),
        act(700, 722, smile=0.3, brows=0.5, ease=0.3),
        act(826, 900, smile=0.9, brows=0.45, lean=10, blush=0.6, ease=(0.6, 0.6)),
        # the spoon: taken, filled, offered half way, held still
        act(868, 914, yaw=-30, pitch=-15, gaze_up=-3, brows=0.0, ease=(0.5, 0.4)),
        act(868, 1296, lean=22, ease=(0.8, 0.9)),
        act(866, 1292, on_spoon=1.0, ease=(0.75, 0.8)),
        act(914, 1010, brows=0.6, smile=0.6, pitch=-9, roll=6, ease=0.5),
        act(926, 952, open=0.4, beats=3.0, ease=0.15),
        act(976, 1196, smile=0.6, brows=0.5, ease=0.5),
        act(1066, 1176, lean=74, pitch=-12, ease=(0.8, 0.8)),
        act(1084, 1150, open=0.4, smile=0.35, round=0.4, ease=(0.4, 0.3)),
        act(1160, 1290, smile=0.95, blush=0.8, ease=0.5),
        act(1216, 1276, open=0.5, beats=3.1, ease=0.2),
        act(1216, 1276, brows=0.5, pitch=-12, ease=0.4),
        # the duck that hops
        act(1288, 1330, pitch=-14, gaze_up=-2, yaw=-38, ease=0.5),
        act(1288, 1660, lean=52, ease=(0.8, 1.0)),
        act(1290, 1530, on_duck=1.0, ease=(0.9, 0.9)),
        act(1322, 1420, smile=0.7, brows=0.8, ease=0.4),
        act(1332, 1344, open=0.45, round=0.5, ease=0.12),
        act(1362, 1374, open=0.45, round=0.5, ease=0.12),
        act(1398, 1412, open=0.5, round=0.5, ease=0.12),
        act(1424, 1640, smile=1.0, open=0.7, blush=1.0, ease=(0.35, 0.7)),
        act(1430, 1540, rise=9, open=0.85, beats=2.8, ease=0.3),
        act(1446, 1512, glee=1.0, roll=13, pitch=2, ease=(0.2, 0.3)),
        act(1440, 1660, lean=30, ease=(0.9, 0.6)),
        act(1550, 1610, rise=6, beats=2.5, ease=0.3),
        act(1570, 1606, glee=1.0, ease=0.2),
        act(1630, 1730, smile=0.8, ease=0.6),
        act(1480, 1830, near_x=812, ease=(0.9, 0.8)),
        # hears what she asks for, and brings it
        act(1740, 1880, lean=22, roll=7, ease=(0.6, 0.7)),
        act(1744, 1790, brows=0.8, smile=0.7, ease=0.4),
        act(1752, 1812, open=0.48, beats=3.2, ease=0.2),
        act(1786, 1930, lean=58, pitch=-13, ease=(0.7, 0.9)),
        act(1786, 1912, on_duck=1.0, ease=(0.6, 0.7)),
        act(1880, 2177, smile=0.75, blush=0.7, ease=(0.6, 0)),
        act(1890, 2016, yaw=-38, pitch=-13, roll=11, gaze_up=-2, ease=0.6),
        act(2030, 2177, smile=0.95, roll=7, lean=14, brows=0.3, ease=(0.7, 0)),
    ),
)
