"""Eyes, brows, nose, mouth and cheeks on a turning head."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vigtool.sample.canvas import Canvas, Colour
from vigtool.sample.curve import Curve, Point, ellipse, smooth, turned
from vigtool.sample.head import Head
from vigtool.sample.palette import EYE, GLINT, LIP, MOUTH, TEETH, TONGUE, blend
from vigtool.sample.pose import FacePose


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """Where one person's features are on the head (degrees) and how large (units of the drawing).

    Attributes:
        eye_az, eye_el: of each eye from the middle of the face.
        eye: half width and half height.
        brow_el, brow_half, brow_arch: height above the eye, half length and bend in degrees; brow_pen: thickness.
        nose: knots of the nose's line as (az, el, lift); az grows towards the side the face is turned from.
        nose_pen, lip_pen: thickness.
        mouth_el, mouth_half: height, half width in degrees.
        gape, bow: how far the mouth opens, and how far a smile lifts its corners, in degrees.
        cheek_az, cheek_el, cheek: place, half width and half height.
        teeth: how much of the upper teeth shows in an open smile, a share.
    """

    eye_az: float
    eye_el: float
    eye: Point
    brow_el: float
    brow_half: float
    brow_pen: float
    brow_arch: float
    nose: tuple[tuple[float, float, float], ...]
    nose_pen: float
    lip_pen: float
    mouth_el: float
    mouth_half: float
    gape: float
    bow: float
    cheek_az: float
    cheek_el: float
    cheek: Point
    teeth: float
    skin: Colour
    shade: Colour
    blush: Colour
    brow: Colour


def draw_face(canvas: Canvas, head: Head, features: Features, face: FacePose) -> None:
    """Paint all features of a face; the head itself is there already."""
    _cheeks(canvas, head, features, face)
    _nose(canvas, head, features)
    _mouth(canvas, head, features, face)
    for side in (-1.0, 1.0):
        _eye(canvas, head, features, face, side)
        _brow(canvas, head, features, face, side)


def _squeeze(head: Head, az: float, el: float) -> float:
    """How narrow a flat thing looks at a place of the head that faces aside."""
    return float(max(head.facing(az, el), 0.0) ** 0.75)


def _cheeks(canvas: Canvas, head: Head, features: Features, face: FacePose) -> None:
    el = features.cheek_el + 2 * face.smile + 2 * face.glee
    warm = blend(features.skin, features.blush, 0.5 + 0.5 * face.blush)
    for side in (-1.0, 1.0):
        near = _squeeze(head, side * (features.cheek_az + 12), el)
        if near > 0.5:
            wide = features.cheek[0] * near
            canvas.fill(ellipse(head.point(side * features.cheek_az, el), wide, features.cheek[1], head.roll), warm)


def _nose(canvas: Canvas, head: Head, features: Features) -> None:
    away = -1.0 if head.yaw > 0 else 1.0
    az, el, lift = np.asarray(features.nose).T
    line = smooth(head.at(az * away, el, lift), points=6)
    canvas.stroke(line, features.nose_pen, features.shade)


def _eye(canvas: Canvas, head: Head, features: Features, face: FacePose, side: float) -> None:
    az, el = side * features.eye_az + face.gaze, features.eye_el + face.gaze_up
    if head.facing(az, el) < 0.12:
        return
    wide, high = features.eye[0] * (0.45 + 0.55 * _squeeze(head, az, el)), features.eye[1]
    shut = max(face.lids, face.glee)
    if shut > 0.72:
        _closed_eye(canvas, head, features, face, (side * features.eye_az, el))
        return
    x, y = head.point(az, el)
    high *= 1 - 0.8 * shut
    canvas.fill(ellipse((x, y + features.eye[1] * 0.35 * shut), wide, high, head.roll * 0.6, 32), EYE)
    if shut < 0.5:
        canvas.disc((x + wide * 0.28, y - high * 0.36), wide * 0.33, GLINT)


def _closed_eye(canvas: Canvas, head: Head, features: Features, face: FacePose, place: Point) -> None:
    """Closed lids: hanging for a blink, standing for glee."""
    t = np.linspace(-1.0, 1.0, 9)
    arch = 5.0 if face.glee > face.lids else -3.6
    curve = head.at(place[0] + t * features.eye[0] * 0.92, place[1] - 1.0 - arch * (t**2 - 0.5))
    canvas.stroke(curve, features.brow_pen * 0.72, EYE)


def _brow(canvas: Canvas, head: Head, features: Features, face: FacePose, side: float) -> None:
    middle = side * (features.eye_az + 1.5)
    near = _squeeze(head, middle, features.brow_el)
    if near < 0.15:
        return
    t = np.linspace(-1.0, 1.0, 11)
    inner = -side * t  # 1 at the end near the nose
    arch = features.brow_arch * (0.35 + 0.65 * near)
    el = features.eye_el + features.brow_el + 5.5 * face.brows - arch * t**2 + 1.0 * inner
    canvas.stroke(head.at(middle + t * features.brow_half, el, 1.02), features.brow_pen, features.brow)


def lips(features: Features, face: FacePose) -> tuple[Curve, Curve]:
    """Upper and lower edge of the mouth as rows of (az, el), from the picture's left corner to the right.

    A closed mouth has both edges in one line.
    """
    t = np.sin(np.linspace(-np.pi / 2, np.pi / 2, 19))
    half = features.mouth_half * (1 + 0.22 * max(face.smile, 0.0) + 0.1 * face.open) * (1 - 0.56 * face.round)
    bow = features.bow * face.smile * (1 - face.round)
    middle = features.mouth_el + bow * (t**2 - 0.55)
    dome = np.sqrt(np.maximum(1 - t**2, 0.0))
    gape = features.gape * face.open
    flat = bow * 0.7 * min(face.open * 2, 1.0) * (1 - t**2)  # an open smile has a flatter upper lip
    upper = middle + flat + gape * (0.85 * face.round) * dome
    lower = middle - gape * (1 - 0.2 * face.round) * dome ** (1.5 - 0.5 * face.round)
    return np.stack((t * half, upper), axis=1), np.stack((t * half, lower), axis=1)


def _mouth(canvas: Canvas, head: Head, features: Features, face: FacePose) -> None:
    upper, lower = lips(features, face)

    def put(edge: Curve) -> Curve:
        """Lips on the picture: along the head, and the rounder the more like a ring held up to the viewer."""
        on_head = head.at(edge[:, 0], edge[:, 1])
        if face.round < 0.02:
            return on_head
        unit = np.radians(1.0) * head.shape.height
        ring = (edge - (0.0, features.mouth_el)) * (unit * _squeeze(head, 0.0, features.mouth_el), -unit)
        facing = turned(ring, head.roll * 0.8) + head.point(0.0, features.mouth_el)
        return on_head + (facing - on_head) * face.round

    if face.open < 0.06:
        canvas.stroke(put(upper), features.lip_pen, LIP)
        return
    canvas.fill(put(np.concatenate((upper, lower[::-1]))), MOUTH)
    t = np.linspace(-1.0, 1.0, len(upper))[:, None]
    if face.open > 0.3 and face.round < 0.6:
        mound = lower + (upper - lower) * np.maximum(0.52 * (1 - (t / 0.78) ** 2), 0.0) + (0.0, 0.5)
        canvas.fill(put(np.concatenate((mound, lower[::-1]))), TONGUE)
    if features.teeth and face.smile > 0.3 and face.round < 0.5:
        edge = upper + (lower - upper) * features.teeth * np.maximum(1 - (t / 0.9) ** 4, 0.0)
        canvas.fill(put(np.concatenate((upper, edge[::-1]))), TEETH)
    canvas.stroke(put(upper), features.lip_pen * 0.55, LIP)
    canvas.stroke(put(lower), features.lip_pen * 0.55, LIP)
