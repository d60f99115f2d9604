"""The kitchen: what stands still behind and before the people, and the little that stirs by itself."""

from __future__ import annotations

from functools import cache

import numpy as np

from vigtool.sample import palette as c
from vigtool.sample.canvas import DESIGN_HEIGHT, DESIGN_WIDTH, Canvas, Picture
from vigtool.sample.curve import Curve, Point, bezier, ellipse, outline, ribbon, rounded_box, turned

TABLE_TOP = 634.0
_PANES = ((92.0, 64.0, 203.0, 298.0), (214.0, 64.0, 325.0, 298.0))


def _box(left: float, top: float, right: float, bottom: float) -> Curve:
    return np.asarray([[left, top], [right, top], [right, bottom], [left, bottom]], dtype=float)


@cache
def still_room(width: int, height: int) -> Picture:
    """Wall, window frame, shelf and the back of the room, drawn once for a size. Not to be painted on."""
    picture = np.zeros((height, width, 3), np.uint8)
    canvas = Canvas(picture)
    canvas.fill(_box(-5, -5, DESIGN_WIDTH + 5, 381), c.WALL)
    canvas.fill(_box(-5, 377, DESIGN_WIDTH + 5, DESIGN_HEIGHT + 5), c.WAINSCOT)
    _shelf(canvas)
    _window(canvas)
    _flowerpot(canvas)
    _table(canvas)
    picture.flags.writeable = False
    return picture


def _window(canvas: Canvas) -> None:
    canvas.fill(rounded_box(76, 48, 341, 316, 9), c.FRAME)
    for pane in _PANES:
        canvas.fill(rounded_box(*pane, 4), c.PANE)
    canvas.fill(rounded_box(66, 309, 351, 324, 7), c.FRAME)


def _shelf(canvas: Canvas) -> None:
    canvas.fill(rounded_box(576, 189, 729, 199, 5), c.SHELF)
    canvas.fill(rounded_box(595, 143, 631, 189, 6), c.JAR)
    canvas.fill(_box(595, 156, 631, 160), c.blend(c.JAR, c.SHELF, 0.6))
    canvas.fill(rounded_box(640, 157, 670, 189, 6), c.CUP)
    canvas.stroke(bezier((669, 164), (682, 163), (682, 179), (669, 178)), 4, c.CUP)
    canvas.disc((699, 168), 21, c.POT_LID)
    canvas.fill(rounded_box(694, 141, 704, 151, 4), c.POT_LID)


def _flowerpot(canvas: Canvas) -> None:
    canvas.fill(np.asarray([[1124, 388], [1228, 388], [1217, 494], [1135, 494]], dtype=float), c.FLOWERPOT)
    canvas.fill(np.asarray([[1126, 402], [1226, 402], [1225, 410], [1127, 410]], dtype=float), c.FLOWERPOT_DARK)
    canvas.fill(rounded_box(1118, 376, 1234, 402, 5), c.FLOWERPOT)
    canvas.fill(rounded_box(1092, 494, 1262, 504, 5), c.SHELF)


def _table(canvas: Canvas) -> None:
    canvas.fill(_box(-5, TABLE_TOP, DESIGN_WIDTH + 5, DESIGN_HEIGHT + 5), c.TABLE)
    canvas.fill(_box(-5, TABLE_TOP, DESIGN_WIDTH + 5, TABLE_TOP + 11), c.TABLE_EDGE)
    canvas.fill(_box(-5, 694, DESIGN_WIDTH + 5, DESIGN_HEIGHT + 5), c.TABLE_LOW)


def lay_table(canvas: Canvas) -> None:
    """Put the table's front before the people who sit behind it."""
    scale = canvas.picture.shape[1] / DESIGN_WIDTH
    top = round(TABLE_TOP * scale)
    canvas.picture[top:] = still_room(canvas.picture.shape[1], canvas.picture.shape[0])[top:]


def draw_view(canvas: Canvas, drift: float) -> None:
    """What is seen through the window: hills, and clouds that go by."""
    for left, _, right, bottom in _PANES:
        for place, size in ((drift % 420 - 60, 1.0), ((drift * 0.6 + 210) % 420 - 60, 0.7)):
            _cloud(canvas, 76 + place, 118 if size == 1.0 else 88, size, (left, right))
        rise = 2.0 if left < 150 else 9.0
        hill = bezier((left, 222 + rise), (left + 34, 204 - rise), (left + 78, 205 - rise), (right, 236))
        canvas.fill(np.concatenate((hill, [[right, bottom], [left, bottom]])), c.HILL)


def _cloud(canvas: Canvas, x: float, y: float, size: float, window: Point) -> None:
    """A cloud, kept inside one pane."""
    puffs = ((-24.0, 4.0, 15.0), (0.0, -4.0, 21.0), (25.0, 4.0, 14.0))
    for dx, dy, radius in puffs:
        puff = ellipse((x + dx * size, y + dy * size), radius * size * 1.25, radius * size * 0.72, points=28)
        puff[:, 0] = np.clip(puff[:, 0], window[0] + 1, window[1] - 1)
        if np.ptp(puff[:, 0]) > 1:
            canvas.fill(puff, c.CLOUD)


def draw_plant(canvas: Canvas, breeze: float) -> None:
    """The leaves in the flowerpot, swaying a little."""
    foot = (1176.0, 380.0)
    leaves = (
        (((-34, -34), (-72, -120), (-26, -202)), ((24, -134), (20, -50)), c.LEAF, 0.8),
        (((-78, -14), (-108, -52), (-116, -98)), ((-44, -96), (-14, -48)), c.LEAF_DARK, 1.3),
        (((0, -70), (26, -148), (80, -168)), ((92, -104), (66, -34)), c.LEAF_DARK, 1.0),
    )
    for (out, near_tip, tip), (back, near_foot), colour, give in leaves:
        leaf = outline((0.0, 0.0), (out, near_tip, tip), (back, near_foot, (0.0, 0.0)))
        canvas.fill(turned(leaf, breeze * 1.7 * give) + foot, colour)
        vein = turned(
            bezier(
                (0, -6),
                (out[0] * 0.3, out[1] * 0.8),
                (near_tip[0] * 0.62, near_tip[1] * 0.8),
                (tip[0] * 0.8, tip[1] * 0.8),
            ),
            breeze * 1.7 * give,
        )
        canvas.fill(
            ribbon(vein + foot, np.linspace(1.6, 0.5, len(vein))),
            c.blend(colour, c.LEAF_DARK if colour == c.LEAF else c.LEAF, 0.45),
        )
