"""The drawing: a pure function of the pose that holds in every pose."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigtool.sample import palette, room
from vigtool.sample.pose import BabyPose, FacePose, ParentPose, Pose
from vigtool.sample.scene import draw, draw_picture

SMALL = (320, 180)
share = st.floats(0, 1)
places = st.tuples(st.floats(300, 700), st.floats(330, 620))
faces = st.builds(
    FacePose,
    yaw=st.floats(-60, 60),
    pitch=st.floats(-30, 25),
    roll=st.floats(-25, 25),
    lids=share,
    glee=share,
    smile=share,
    open=share,
    round=share,
    brows=share,
    blush=share,
)


@given(faces, faces, places, places, st.floats(-30, 80))
@settings(deadline=None, max_examples=40)
def test_every_pose_can_be_drawn(
    one: FacePose, other: FacePose, near: tuple[float, float], far: tuple[float, float], lean: float
) -> None:
    baby = BabyPose(face=one, near_hand=near, far_hand=far, near_open=1, far_open=0.5, lean=lean / 3)
    parent = ParentPose(face=other, near_hand=(near[0] + 150, near[1]), lean=lean)
    picture = draw(Pose(baby, parent), SMALL)
    assert picture.shape == (180, 320, 3)
    assert picture.dtype == np.uint8


def test_hands_on_the_shoulder_tear_nothing() -> None:
    for near in ((500.0, 486.0), (501.0, 486.0), (384.0, 498.0)):
        draw(Pose(BabyPose(near_hand=near, far_hand=near)), SMALL)


def test_the_film_can_be_drawn_from_end_to_end_and_always_moves() -> None:
    last = draw_picture(0.0, SMALL)
    for step in range(1, 150):
        picture = draw_picture(step * 0.5, SMALL)
        assert (picture != last).any()
        last = picture


def test_the_same_time_gives_the_same_picture() -> None:
    assert (draw_picture(31.4, SMALL) == draw_picture(31.4, SMALL)).all()


def test_the_still_room_cannot_be_painted_on() -> None:
    with pytest.raises(ValueError, match="read-only"):
        room.still_room(*SMALL)[:] = 0


def area(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], colour: tuple[int, int, int]) -> int:
    return int((picture == colour).all(axis=2).sum())


def test_a_smile_opens_and_a_blink_closes() -> None:
    closed = draw(Pose(), (1280, 720))
    pose = Pose()
    laughing = replace(pose, baby=replace(pose.baby, face=replace(pose.baby.face, open=1.0, smile=1.0)))
    assert area(closed, palette.TONGUE) == 0
    assert area(draw(laughing, (1280, 720)), palette.TONGUE) > 150
    blinking = replace(pose, baby=replace(pose.baby, face=replace(pose.baby.face, lids=1.0)))
    assert area(draw(blinking, (1280, 720)), palette.EYE) < area(closed, palette.EYE)


def test_nobody_is_out_of_the_picture() -> None:
    """Skin and jumpers of both are to be seen at every second."""
    for second in range(0, 75, 3):
        picture = draw_picture(float(second) + 0.5, (640, 360))
        plain = picture.reshape(-1, 3).astype(int)
        for colour, least in (
            (palette.BABY_SKIN, 2500),
            (palette.SKIN, 2500),
            (palette.TEAL, 5000),
            (palette.MUSTARD, 2500),
        ):
            near = (np.abs(plain - np.asarray(colour)).max(axis=1) < 18).sum()
            assert near > least, (second, colour, int(near))
