"""The baby in the highchair."""

from __future__ import annotations

import numpy as np

from vigtool.sample import palette as c
from vigtool.sample.canvas import Canvas
from vigtool.sample.curve import Curve, Point, bent, bezier, ellipse, outline, rounded_box, turned
from vigtool.sample.face import Features, draw_face
from vigtool.sample.head import Head, HeadShape, hairline
from vigtool.sample.pose import BabyPose

_SHAPE = HeadShape(width=101, height=106, cheek=0.075, narrow=0.05, chin=-0.03, jut=0.06)
_FEATURES = Features(
    eye_az=21,
    eye_el=-3,
    eye=(9.2, 12.4),
    brow_el=20,
    brow_half=8.5,
    brow_pen=5.0,
    brow_arch=3.0,
    nose=((4.5, -10.5, 1.02), (0.5, -13.0, 1.08), (0.0, -16.5, 1.1), (4.0, -19.5, 1.03)),
    nose_pen=4.6,
    lip_pen=6.2,
    mouth_el=-34,
    mouth_half=17,
    gape=21,
    bow=13,
    cheek_az=37,
    cheek_el=-24,
    cheek=(24.0, 16.5),
    teeth=0.0,
    skin=c.BABY_SKIN,
    shade=c.BABY_SHADE,
    blush=c.BABY_BLUSH,
    brow=c.BABY_BROW,
)
_HAIRLINE = hairline(
    (4, 38),
    (16, 36),
    (27, 37),
    (36, 40),
    (44, 41),
    (53, 38),
    (64, 31),
    (76, 21),
    (87, 10),
    (97, -2),
    (107, -9),
    (125, -16),
    (150, -20),
    (180, -22),
)
SHOULDER, FAR_SHOULDER = (500.0, 486.0), (384.0, 498.0)


def place_head(pose: BabyPose) -> Head:
    """Where the baby's head is in a pose."""
    face = pose.face
    return Head(_SHAPE, (434.0 + pose.lean, 339.0 - pose.rise), face.yaw, face.pitch, face.roll)


def draw_chair(canvas: Canvas) -> None:
    """The back of the highchair."""
    canvas.fill(
        outline(
            (313, 640),
            ((313, 560), (313, 470), (313, 352)),
            ((313, 220), (551, 220), (551, 352)),
            ((551, 470), (551, 560), (551, 640)),
            points=60,
        ),
        c.CHAIR,
    )
    canvas.fill(
        outline(
            (333, 640),
            ((333, 560), (333, 470), (333, 360)),
            ((333, 250), (531, 250), (531, 360)),
            ((531, 470), (531, 560), (531, 640)),
            points=60,
        ),
        c.CUSHION,
    )


def draw_tray(canvas: Canvas) -> None:
    """The tray before the baby, with the legs of the chair under it."""
    canvas.fill(rounded_box(305, 598, 597, 617, 9), c.TRAY_SHADE)
    canvas.fill(rounded_box(282, 577, 618, 608, 15), c.TRAY)


def _torso(pose: BabyPose) -> tuple[Curve, Curve]:
    """Jumper and its shaded side; the hips stay where they are."""
    x, y = pose.lean, -pose.rise
    hips_left, hips_right = 336.0, 548.0
    jumper = outline(
        (hips_left, 640),
        ((338, 580), (348 + x * 0.6, 520 + y * 0.6), (362 + x * 0.8, 490 + y * 0.8)),
        ((378 + x, 452 + y), (404 + x, 434 + y), (446 + x, 434 + y)),
        ((486 + x, 434 + y), (506 + x, 458 + y), (518 + x * 0.8, 488 + y * 0.8)),
        ((534 + x * 0.6, 530 + y * 0.5), (544, 590), (hips_right, 640)),
    )
    shade = outline(
        (hips_left, 640),
        ((338, 580), (348 + x * 0.6, 520 + y * 0.6), (362 + x * 0.8, 490 + y * 0.8)),
        ((366 + x * 0.7, 540 + y * 0.4), (368, 600), (370, 640)),
    )
    return jumper, shade


def draw_body(canvas: Canvas, pose: BabyPose) -> None:
    """The chest, behind the head and the arms."""
    jumper, shade = _torso(pose)
    canvas.fill(jumper, c.MUSTARD)
    canvas.fill(shade, c.MUSTARD_DARK)
    for step in range(3):
        y = 484 + 42 * step
        share = 1.0 - 0.34 * step
        canvas.disc((447 + step * 3.5 + pose.lean * share, y - pose.rise * share), 5.6, c.BUTTON)


def _spine(shoulder: Point, hand: Point, side: float) -> Curve:
    elbow = bent(shoulder, hand, 66, 62, side=side)
    first = (shoulder[0] + (elbow[0] - shoulder[0]) * 0.75, shoulder[1] + (elbow[1] - shoulder[1]) * 0.75)
    second = (hand[0] + (elbow[0] - hand[0]) * 0.7, hand[1] + (elbow[1] - hand[1]) * 0.7)
    return bezier(shoulder, first, second, hand, 28)


_HAND = c.blend(c.BABY_SKIN, c.BABY_SHADE, 0.32)  # told from a cheek that it touches


_BARE = 31.0  # of each arm: how much comes out of the sleeve


def _hand(canvas: Canvas, at: Point, spine: Curve, spread: float, thumb: float) -> None:
    """A small round hand; spread, it shows its fingers."""
    ahead = spine[-1] - spine[-6]
    angle = float(np.degrees(np.arctan2(-ahead[1], ahead[0])))
    if spread > 0.05:
        for turn in (-34.0, -4.0, 26.0):
            tip = turned(np.asarray([[15.0, 0.0], [19.0 + 11.0 * spread, 0.0]]), angle + turn * (0.7 + 0.3 * spread))
            canvas.limb(tip + at, 7.4, _HAND)
    grip = turned(np.asarray([[4.0, 0.0], [15.0 + 7.0 * spread, 0.0]]), angle + thumb * (62 + 16 * spread))
    canvas.limb(grip + at, 7.6, _HAND)
    canvas.fill(ellipse(at, 22, 20.5, angle), _HAND)


def draw_arm(canvas: Canvas, pose: BabyPose, *, near: bool) -> None:
    """One arm, from its shoulder to its hand."""
    start = SHOULDER if near else FAR_SHOULDER
    shoulder = (start[0] + pose.lean * 0.85, start[1] - pose.rise * 0.85)
    hand = pose.near_hand if near else pose.far_hand
    spine = _spine(shoulder, hand, 1.0 if near else -1.0)
    wrist = max(int(np.count_nonzero(np.hypot(*(spine - hand).T) >= _BARE)), 4)
    canvas.limb(spine[wrist - 3 :], np.linspace(17, 15, len(spine) - wrist + 3), _HAND)
    _hand(canvas, hand, spine, pose.near_open if near else pose.far_open, 1.0)
    canvas.limb(
        spine[:wrist], np.linspace(27, 21, wrist), c.MUSTARD_DARK if near else c.blend(c.MUSTARD, c.MUSTARD_DARK, 0.55)
    )


def draw_head(canvas: Canvas, pose: BabyPose) -> None:
    """Head, ears, hair and face."""
    head = place_head(pose)
    _ears(canvas, head, behind=True)
    canvas.fill(head.outline(), c.BABY_SKIN)
    draw_face(canvas, head, _FEATURES, pose.face)
    canvas.fill(head.cap(_HAIRLINE, (1.0, 1.03, 1.0)), c.BABY_HAIR)
    _tuft(canvas, head)
    _ears(canvas, head, behind=False)


def _ears(canvas: Canvas, head: Head, *, behind: bool) -> None:
    for side in (-1.0, 1.0):
        facing = head.facing(side * 97, -8)
        if (facing < 0.1) is not behind or facing < -0.75:
            continue
        place = head.point(side * 97, -9, 1.04)
        wide = 15.0 + 6.0 * max(facing, 0.0)
        canvas.fill(ellipse(place, wide, 23, head.roll + side * 6), c.BABY_SHADE if behind else c.BABY_SKIN)
        if not behind:
            canvas.fill(
                ellipse((place[0] + side * 1.5, place[1] + 1), wide * 0.56, 13.5, head.roll + side * 6), c.BABY_SHADE
            )


def _tuft(canvas: Canvas, head: Head) -> None:
    """The curl on top, bending the way the head is turned."""
    turn = float(np.clip(1.7 * np.sin(np.radians(head.yaw)), -1.0, 1.0))
    foot = head.flat(0.1 * turn, 0.99)[0]
    right = np.asarray([(-12, 8), (-12, -12), (0, -28), (20, -27), (8, -20), (5, -8), (10, 8)], dtype=float)
    left = right[::-1] * (-1.0, 1.0)
    knots = left + (right - left) * (turn + 1) / 2
    rise, fall = knots[:4].tolist(), knots[3:].tolist()
    curl = np.concatenate((bezier(rise[0], rise[1], rise[2], rise[3]), bezier(fall[0], fall[1], fall[2], fall[3])[1:]))
    canvas.fill(turned(curl, head.roll) + foot, c.BABY_HAIR)
