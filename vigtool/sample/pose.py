"""What the two people and the things between them do at one moment: plain numbers, no drawing."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FacePose:
    """A face. Angles in degrees; the rest are shares, 0 for none and 1 for fully.

    Attributes:
        yaw, pitch, roll: to the picture's right, upwards, tilted counter-clockwise.
        gaze, gaze_up: where the eyes look beyond where the head does, in degrees.
        lids: eyes closed as in a blink.
        glee: eyes closed to happy arcs.
        smile: corners of the mouth up; below 0 down.
        open: mouth open.
        round: lips rounded as for "oo".
        brows: raised.
        blush: warmth of the cheeks.
    """

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    gaze: float = 0.0
    gaze_up: float = 0.0
    lids: float = 0.0
    glee: float = 0.0
    smile: float = 0.3
    open: float = 0.0
    round: float = 0.0
    brows: float = 0.0
    blush: float = 0.3


@dataclass(frozen=True, slots=True)
class BabyPose:
    """The baby, facing the picture's right.

    Attributes:
        lean: of head and chest to the right, in units of the drawing.
        rise: of head and chest upwards.
        near_hand, far_hand: where the hands are; near is the one in front.
        near_open, far_open: fingers spread.
    """

    face: FacePose = field(default_factory=lambda: FacePose(yaw=36))
    lean: float = 0.0
    rise: float = 0.0
    near_hand: tuple[float, float] = (545.0, 572.0)
    far_hand: tuple[float, float] = (462.0, 575.0)
    near_open: float = 0.0
    far_open: float = 0.0


@dataclass(frozen=True, slots=True)
class ParentPose:
    """The parent, facing the picture's left.

    Attributes:
        lean: of head and shoulders to the left, towards the baby.
        rise: of head and shoulders upwards.
        near_hand, far_hand: where the hands are.
        near_open: fingers spread.
    """

    face: FacePose = field(default_factory=lambda: FacePose(yaw=-34, pitch=-4))
    lean: float = 0.0
    rise: float = 0.0
    near_hand: tuple[float, float] = (766.0, 608.0)
    far_hand: tuple[float, float] = (838.0, 616.0)
    near_open: float = 0.0


@dataclass(frozen=True, slots=True)
class ThingsPose:
    """The things between them.

    Attributes:
        spoon: where its bowl is.
        spoon_tip: the direction of its handle, degrees counter-clockwise from the picture's right.
        spoon_held: whether the parent's near hand holds it (else it lies by the bowl).
        spoon_full: how much porridge is on it, a share.
        duck: where the toy duck stands (middle of its underside).
        duck_tilt: degrees counter-clockwise.
        breeze: how far the leaves are blown, a share either way.
        drift: how far the clouds outside have gone, in units of the drawing.
        shade: how far a cloud has darkened the room, a share.
    """

    spoon: tuple[float, float] = (672.0, 600.0)
    spoon_tip: float = 48.0
    spoon_held: bool = False
    spoon_full: float = 0.0
    duck: tuple[float, float] = (585.0, 582.0)
    duck_tilt: float = 0.0
    breeze: float = 0.0
    drift: float = 0.0
    shade: float = 0.0


@dataclass(frozen=True, slots=True)
class Pose:
    """All that a picture shows."""

    baby: BabyPose = field(default_factory=BabyPose)
    parent: ParentPose = field(default_factory=ParentPose)
    things: ThingsPose = field(default_factory=ThingsPose)
