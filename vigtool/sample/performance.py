"""The pose of everything at any time of the film."""

from __future__ import annotations

from math import cos, radians, sin

from vigtool.sample import baby_part, parent_part, things_part
from vigtool.sample.acting import blink, breath, unrest
from vigtool.sample.curve import Point, mix
from vigtool.sample.pose import BabyPose, FacePose, ParentPose, Pose, ThingsPose

_GRIP = 86.0  # how far along the handle the parent holds the spoon
_SMALL_GRIP = 34.0  # and the baby


def pose_at(seconds: float) -> Pose:
    """The pose at a time of the full film, in seconds."""
    things = _things(seconds)
    return Pose(_baby(seconds, things), _parent(seconds, things), things)


def _things(seconds: float) -> ThingsPose:
    now = things_part.PART.at(seconds)
    held = parent_part.PART.at(seconds)["on_spoon"]
    return ThingsPose(
        spoon=(now["spoon_x"], now["spoon_y"]),
        spoon_tip=now["spoon_tip"],
        spoon_held=held > 0.98 and now["spoon_y"] < things_part.REST["spoon_y"] - 8,
        spoon_full=now["spoon_full"],
        duck=(now["duck_x"], now["duck_y"]),
        duck_tilt=now["duck_tilt"],
        breeze=unrest(seconds, 0.4),
        drift=4.2 * seconds + 40,
        shade=now["shade"],
    )


def _along(things: ThingsPose, far: float) -> Point:
    """A place on the spoon's handle."""
    angle = radians(things.spoon_tip)
    return (things.spoon[0] + far * cos(angle), things.spoon[1] - far * sin(angle))


def _face(now: dict[str, float], *, lids: float, sway: float, nod: float) -> FacePose:
    return FacePose(
        yaw=now["yaw"] + 1.6 * sway,
        pitch=now["pitch"] + 1.2 * nod,
        roll=now["roll"] + 1.1 * sway,
        gaze=now["gaze"],
        gaze_up=now["gaze_up"],
        lids=max(now["lids"], lids * (1 - now["glee"])),
        glee=now["glee"],
        smile=now["smile"],
        open=now["open"],
        round=now["round"],
        brows=now["brows"],
        blush=now["blush"],
    )


def _baby(seconds: float, things: ThingsPose) -> BabyPose:
    now = baby_part.PART.at(seconds)
    near, far = (now["near_x"] + now["lean"] * 0.3, now["near_y"]), (now["far_x"], now["far_y"])
    near = mix(near, _along(things, _SMALL_GRIP), now["on_spoon"])
    near = mix(near, (things.duck[0] + 28, things.duck[1] - 24), now["on_duck"] * 0.9)
    far = mix(far, (things.duck[0] - 30, things.duck[1] - 14), now["on_duck"])
    return BabyPose(
        face=_face(now, lids=blink(seconds, 3.4, 1.2), sway=unrest(seconds, 1.0), nod=unrest(seconds * 1.2, 4.0)),
        lean=now["lean"] + 1.5 * unrest(seconds, 2.2),
        rise=now["rise"] + 1.4 * breath(seconds, 2.3),
        near_hand=(near[0] + 2.0 * unrest(seconds * 1.4, 0.3), near[1] + 1.5 * unrest(seconds * 1.7, 1.3)),
        far_hand=(far[0] + 2.0 * unrest(seconds * 1.3, 5.3), far[1] + 1.5 * unrest(seconds * 1.5, 3.3)),
        near_open=now["near_open"] * (1 - now["on_spoon"]),
        far_open=now["far_open"],
    )


def _parent(seconds: float, things: ThingsPose) -> ParentPose:
    now = parent_part.PART.at(seconds)
    near = (now["near_x"] + 1.2 * unrest(seconds, 3.0), now["near_y"])
    near = mix(near, _along(things, _GRIP), now["on_spoon"])
    near = mix(near, (things.duck[0] + 42, things.duck[1] - 20), now["on_duck"])
    return ParentPose(
        face=_face(now, lids=blink(seconds, 4.3, 0.4), sway=unrest(seconds, 6.0), nod=unrest(seconds, 7.5)),
        lean=now["lean"] + 1.5 * unrest(seconds, 8.0),
        rise=now["rise"] + 1.8 * breath(seconds, 3.9, 1.0),
        near_hand=near,
        far_hand=(now["far_x"], now["far_y"]),
        near_open=now["near_open"],
    )
