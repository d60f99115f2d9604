"""One picture of the film: everything in its order from back to front."""

from __future__ import annotations

from typing import cast

import cv2

from vigtool.sample import baby, parent, room, things
from vigtool.sample.canvas import Canvas, Picture
from vigtool.sample.performance import pose_at
from vigtool.sample.pose import Pose

_FINER = 2  # OpenCV's own smooth edges are uneven on short pieces; painted at twice the size they are not
_DARKER = 0.06  # of the light, when a cloud stands before the sun


def draw(pose: Pose, size: tuple[int, int]) -> Picture:
    """The picture of a pose: uint8 RGB, (height, width, 3), for a size (width, height) of 16 to 9.

    It depends on nothing but its arguments.
    """
    width, height = size
    picture = room.still_room(width * _FINER, height * _FINER).copy()
    canvas = Canvas(picture)
    room.draw_view(canvas, pose.things.drift)
    room.draw_plant(canvas, pose.things.breeze)
    baby.draw_chair(canvas)
    parent.draw_far_arm(canvas, pose.parent)
    parent.draw_body(canvas, pose.parent)
    parent.draw_head(canvas, pose.parent)
    baby.draw_body(canvas, pose.baby)
    baby.draw_head(canvas, pose.baby)
    room.lay_table(canvas)
    baby.draw_tray(canvas)
    baby.draw_arm(canvas, pose.baby, near=False)
    baby.draw_arm(canvas, pose.baby, near=True)
    if not pose.things.spoon_held:
        things.draw_spoon(canvas, pose.things)
    things.draw_bowl(canvas)
    things.draw_duck(canvas, pose.things)
    if pose.things.spoon_held:
        things.draw_spoon(canvas, pose.things)
    parent.draw_near_arm(canvas, pose.parent)
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    if pose.things.shade > 0.01:
        small = cv2.convertScaleAbs(small, alpha=1 - _DARKER * pose.things.shade)
    return cast("Picture", small)


def draw_picture(seconds: float, size: tuple[int, int]) -> Picture:
    """The picture of the full film at a time in seconds, without its frame code."""
    return draw(pose_at(seconds), size)
