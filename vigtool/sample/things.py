"""The things between the two: a bowl, a spoon, a toy duck."""

from __future__ import annotations

import numpy as np

from vigtool.sample import palette as c
from vigtool.sample.canvas import Canvas
from vigtool.sample.curve import bezier, ellipse, outline, turned
from vigtool.sample.pose import ThingsPose
from vigtool.sample.room import TABLE_TOP

BOWL = (668.0, TABLE_TOP + 3)


def draw_bowl(canvas: Canvas) -> None:
    """The bowl of porridge on the table."""
    x, y = BOWL
    canvas.fill(ellipse((x, y - 39), 35, 7.5), c.PORRIDGE)
    canvas.fill(
        outline(
            (x - 44, y - 40),
            ((x - 42, y - 10), (x - 26, y), (x - 16, y)),
            ((x - 6, y), (x + 6, y), (x + 16, y)),
            ((x + 26, y), (x + 42, y - 10), (x + 44, y - 40)),
        ),
        c.BOWL,
    )
    canvas.fill(
        outline(
            (x + 44, y - 40),
            ((x + 42, y - 10), (x + 26, y), (x + 16, y)),
            ((x + 6, y), (x + 2, y), (x - 4, y)),
            ((x + 14, y - 4), (x + 24, y - 18), (x + 26, y - 40)),
        ),
        c.BOWL_SHADE,
    )


def draw_spoon(canvas: Canvas, things: ThingsPose) -> None:
    """The spoon: its bowl at `things.spoon`, its handle along `things.spoon_tip`."""
    handle = turned(bezier((6, 0), (34, 3), (60, -2), (92, 0), 12), things.spoon_tip) + things.spoon
    canvas.limb(handle, np.linspace(3.6, 4.6, len(handle)), c.SPOON_SHADE)
    canvas.limb(handle - np.array((0.0, 1.2)), np.linspace(2.6, 3.4, len(handle)), c.SPOON)
    canvas.fill(turned(ellipse((0, 0), 18, 9.5), things.spoon_tip) + things.spoon, c.SPOON_SHADE)
    canvas.fill(turned(ellipse((-1, -1.6), 16.5, 7.6), things.spoon_tip) + things.spoon, c.SPOON)
    if things.spoon_full > 0.02:
        heap = ellipse((-2, -4.0), 13.5 * things.spoon_full**0.5, 7.5 * things.spoon_full, points=24)
        canvas.fill(turned(heap, things.spoon_tip) + things.spoon, c.PORRIDGE)


def draw_duck(canvas: Canvas, things: ThingsPose) -> None:
    """A toy duck that looks to the left."""

    def put(curve: np.ndarray[tuple[int, int], np.dtype[np.float64]], colour: tuple[int, int, int]) -> None:
        canvas.fill(turned(curve, things.duck_tilt) + things.duck, colour)

    body = outline(
        (-24, -8),
        ((-26, -24), (-12, -30), (2, -27)),
        ((14, -25), (22, -32), (30, -38)),
        ((33, -24), (32, 0), (8, 0)),
        ((-4, 0), (-22, 2), (-24, -8)),
    )
    put(outline((-26, -44), ((-36, -45), (-40, -42), (-40, -39)), ((-36, -35), (-30, -35), (-25, -37))), c.BEAK)
    put(body, c.DUCK)
    put(ellipse((-13, -41), 17, 16), c.DUCK)
    put(outline((0, -17), ((6, -23), (16, -22), (22, -25)), ((22, -12), (4, -6), (0, -17))), c.DUCK_SHADE)
    put(ellipse((-18, -44), 2.5, 3.1), c.EYE)
