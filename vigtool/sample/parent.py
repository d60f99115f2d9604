"""The parent at the table."""

from __future__ import annotations

import numpy as np

from vigtool.sample import palette as c
from vigtool.sample.canvas import Canvas
from vigtool.sample.curve import Curve, Point, bent, bezier, ellipse, outline, smooth, turned
from vigtool.sample.face import Features, draw_face
from vigtool.sample.head import Head, HeadShape, hairline
from vigtool.sample.pose import ParentPose

_SHAPE = HeadShape(width=105, height=114, cheek=0.03, narrow=0.14, chin=0.02, jut=0.2)
_FEATURES = Features(
    eye_az=21,
    eye_el=-2,
    eye=(7.6, 10.8),
    brow_el=17,
    brow_half=9.5,
    brow_pen=5.6,
    brow_arch=3.2,
    nose=((4.0, -9.0, 1.0), (2.0, -15.0, 1.05), (1.0, -21.0, 1.12), (3.0, -25.0, 1.12), (9.0, -26.5, 1.03)),
    nose_pen=4.6,
    lip_pen=6.0,
    mouth_el=-43,
    mouth_half=20,
    gape=20,
    bow=13,
    cheek_az=38,
    cheek_el=-26,
    cheek=(22.0, 14.5),
    teeth=0.3,
    skin=c.SKIN,
    shade=c.SKIN_SHADE,
    blush=c.BLUSH,
    brow=c.BROW,
)
_HAIRLINE = hairline(
    (0, 33),
    (14, 32),
    (30, 28),
    (45, 20),
    (58, 10),
    (70, 3),
    (82, -2),
    (92, -8),
    (101, -17),
    (112, -24),
    (128, -27),
    (150, -28),
    (180, -28),
)
_ELBOW_LOWEST = 606.0  # it stays on the table
SHOULDER, FAR_SHOULDER = (960.0, 490.0), (850.0, 500.0)


def place_head(pose: ParentPose) -> Head:
    """Where the parent's head is in a pose."""
    face = pose.face
    return Head(_SHAPE, (866.0 - pose.lean, 268.0 - pose.rise), face.yaw, face.pitch, face.roll - 7)


def _collar(pose: ParentPose) -> Point:
    return (908.0 - pose.lean * 0.72, 415.0 - pose.rise * 0.9)


def draw_body(canvas: Canvas, pose: ParentPose) -> None:
    """Back of the hair, neck and jumper."""
    head = place_head(pose)
    _hair_behind(canvas, head)
    x, y = -pose.lean * 0.72, -pose.rise * 0.9
    canvas.fill(
        outline(
            (768, 645),
            ((774, 560 + y * 0.3), (798 + x * 0.8, 440 + y), (884 + x, 414 + y)),
            ((905 + x, 406 + y), (935 + x, 406 + y), (958 + x, 412 + y)),
            ((1060 + x, 436 + y), (1128 + x * 0.4, 500 + y * 0.5), (1150, 645)),
        ),
        c.TEAL,
    )
    canvas.fill(
        outline(
            (1030 + x * 0.9, 450 + y),
            ((1042 + x * 0.9, 444 + y), (1046 + x * 0.9, 442 + y), (1052 + x * 0.9, 440 + y)),
            ((1104 + x * 0.5, 478 + y * 0.5), (1136, 560), (1150, 645)),
            ((1130, 645), (1115, 645), (1094, 645)),
            ((1090, 570), (1070 + x * 0.6, 500 + y * 0.6), (1030 + x * 0.9, 450 + y)),
        ),
        c.TEAL_DARK,
    )
    _neck(canvas, head, pose)


def _neck(canvas: Canvas, head: Head, pose: ParentPose) -> None:
    collar = _collar(pose)
    jaw = head.flat(0.2, -0.45)[0]
    top = (float(jaw[0]), float(jaw[1]))
    spine = bezier(top, (top[0] + 8, top[1] + 26), (collar[0] - 4, collar[1] - 40), (collar[0], collar[1] - 4), 12)
    canvas.limb(spine, np.linspace(46, 46, 12), c.SKIN_SHADE)


def _hair_behind(canvas: Canvas, head: Head) -> None:
    """The bun and the hair that is gathered at the back, both behind the head."""
    side = float(np.clip(-head.yaw / 34.0, -1.0, 1.0))
    bun = head.flat(0.74 * side, 0.98)[0]
    canvas.disc((float(bun[0]), float(bun[1])), 53, c.HAIR)
    canvas.fill(ellipse((float(bun[0]) - 12 * side, float(bun[1]) + 34), 40, 30, head.roll), c.HAIR)
    gathered = head.flat(
        np.asarray([0.1, 0.7, 1.06, 1.18, 1.2, 1.12, 0.95, 0.7, 0.3]) * side,
        np.asarray([1.02, 0.86, 0.55, 0.2, -0.2, -0.6, -0.92, -1.06, -0.3]),
    )
    canvas.fill(smooth(gathered, closed=True), c.HAIR)


def draw_head(canvas: Canvas, pose: ParentPose) -> None:
    """Head, hair, ear and face."""
    head = place_head(pose)
    canvas.fill(head.outline(), c.SKIN)
    draw_face(canvas, head, _FEATURES, pose.face)
    away = head.yaw < 0
    canvas.fill(head.cap(_HAIRLINE, (1.1, 1.12, 1.01) if away else (1.01, 1.12, 1.1)), c.HAIR)
    _combed(canvas, head)
    _ear(canvas, head)


def _combed(canvas: Canvas, head: Head) -> None:
    """Two lighter strands that follow the hairline back to the bun."""
    side = 1.0 if head.yaw < 0 else -1.0
    for share, start, end in ((0.26, -22.0, 78.0), (0.5, 0.0, 92.0)):
        az = np.linspace(start, end, 16)
        low = np.interp(az, _HAIRLINE[:, 0], _HAIRLINE[:, 1])
        canvas.stroke(head.at(side * az, low + (84 - low) * share, 1.04), 3.0, c.HAIR_LIGHT)


def _ear(canvas: Canvas, head: Head) -> None:
    side = 1.0 if head.yaw < 0 else -1.0
    if head.facing(side * 93, -6) < 0.1:
        return
    place = head.point(side * 93, -7, 1.0)
    canvas.fill(ellipse(place, 19, 25.5, head.roll + side * -4), c.SKIN_SHADE)
    canvas.stroke(
        smooth(
            turned(np.asarray([[-6.0, 9.0], [-8.0, -6.0], [2.0, -13.0], [8.0, -5.0]]) * (side, 1.0), head.roll) + place
        ),
        3.2,
        c.blend(c.SKIN_SHADE, c.HAIR, 0.18),
    )
    lobe = turned(np.asarray([[-1.0 * side, 30.0]]), head.roll)[0] + place
    canvas.disc((float(lobe[0]), float(lobe[1])), 5.6, c.EARRING)


def arm_spine(pose: ParentPose, *, near: bool) -> Curve:
    """The line of one arm from its shoulder to the middle of its hand."""
    start = SHOULDER if near else FAR_SHOULDER
    shoulder = (start[0] - pose.lean * 0.66, start[1] - pose.rise * 0.8)
    hand = pose.near_hand if near else pose.far_hand
    elbow = bent(shoulder, hand, 128, 134, side=-1.0)
    elbow = (elbow[0], min(elbow[1], _ELBOW_LOWEST))
    first = (shoulder[0] + (elbow[0] - shoulder[0]) * 0.8, shoulder[1] + (elbow[1] - shoulder[1]) * 0.8)
    second = (hand[0] + (elbow[0] - hand[0]) * 0.72, hand[1] + (elbow[1] - hand[1]) * 0.72)
    return bezier(shoulder, first, second, hand, 24)


def draw_far_arm(canvas: Canvas, pose: ParentPose) -> None:
    """The arm on the other side, partly behind the body."""
    spine = arm_spine(pose, near=False)
    canvas.limb(spine[14:], np.linspace(22, 18, 10), c.SKIN_SHADE)
    canvas.disc(pose.far_hand, 24, c.SKIN_SHADE)
    canvas.limb(spine[:19], np.linspace(36, 28, 19), c.TEAL_DARK)


def draw_near_arm(canvas: Canvas, pose: ParentPose) -> None:
    """The arm in front."""
    spine = arm_spine(pose, near=True)
    canvas.limb(spine[13:], np.linspace(24, 18.5, 11), c.SKIN)
    _hand(canvas, pose.near_hand, spine, pose.near_open)
    canvas.limb(spine[:18], np.linspace(44, 31, 18), c.TEAL_LIGHT)


def _hand(canvas: Canvas, at: Point, spine: Curve, spread: float) -> None:
    """A hand: palm, thumb on top, and fingers that lie together or are spread."""
    ahead = spine[-1] - spine[-5]
    angle = float(np.degrees(np.arctan2(-ahead[1], ahead[0])))
    side = 1.0 if ahead[0] >= 0 else -1.0  # the thumb stays on top whichever way the hand points
    together = turned(np.asarray([[6.0, 2.0], [18.0, 3.0], [30.0, 6.0]]) * (1.0, side), angle)
    canvas.limb(together + at, np.asarray([20.0, 16.0, 10.0]) * (1 - 0.35 * spread), c.SKIN)
    if spread > 0.05:
        for number, turn in enumerate((16.0, -2.0, -20.0, -38.0)):
            length = (28.0 + 18.0 * spread) * (0.86, 1.0, 0.98, 0.84)[number]
            finger = turned(np.asarray([[10.0, 0.0], [length, 0.0]]), angle + side * turn * (0.25 + 0.75 * spread))
            canvas.limb(finger + at, 7.6, c.SKIN)
    bow = smooth([(-4.0, -10.0), (8.0, -18.0 - 6 * spread), (20.0 - 4 * spread, -20.0 - 12 * spread)])
    thumb = turned(bow * (1.0, side), angle)
    canvas.limb(thumb + at, 7.8, c.SKIN)
    canvas.fill(ellipse(at, 25, 21.5, angle), c.SKIN)
    if spread < 0.6:
        crease = turned(smooth([(3.0, -9.0), (12.0, -10.0), (19.0, -13.0)]) * (1.0, side), angle)
        canvas.stroke(crease + at, 2.4, c.SKIN_SHADE)
