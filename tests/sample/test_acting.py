"""Poses: pure, smooth, and within what can be drawn."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.sample.acting import Part, act, soft
from vigtool.sample.performance import pose_at
from vigtool.sample.timestamps import TIME_BASE, shown_ticks


def numbers(value: Any) -> list[float]:
    """All the numbers of a pose."""
    if isinstance(value, tuple | list):
        return [number for part in value for number in numbers(part)]
    return [float(value)]


@given(st.floats(0, 75))
def test_a_pose_depends_on_the_time_alone(seconds: float) -> None:
    assert pose_at(seconds) == pose_at(seconds)


def test_nothing_jumps_from_frame_to_frame() -> None:
    ticks = shown_ticks()
    before = pose_at(0.0)
    for tick in ticks[1:]:
        now = pose_at(float(tick * TIME_BASE))
        for person, last in ((now.baby, before.baby), (now.parent, before.parent)):
            assert abs(person.face.yaw - last.face.yaw) < 9
            for here, there in ((person.near_hand, last.near_hand), (person.far_hand, last.far_hand)):
                assert abs(here[0] - there[0]) + abs(here[1] - there[1]) < 60
        assert abs(now.things.duck[0] - before.things.duck[0]) < 30
        before = now


def test_shares_stay_shares() -> None:
    for tick in shown_ticks()[::7]:
        pose = pose_at(float(tick * TIME_BASE))
        for face in (pose.baby.face, pose.parent.face):
            for share in (face.lids, face.glee, face.smile, face.open, face.round, face.brows, face.blush):
                assert -0.01 <= share <= 1.01
        assert all(abs(number) < 2000 for number in numbers(astuple(pose)))


def test_an_act_is_over_when_it_says_and_full_in_between() -> None:
    part = Part({"x": 1.0}, (act(30, 89, x=5.0, ease=0.5),))
    assert part.at(0.5)["x"] == 1.0
    assert part.at(2.0)["x"] == 5.0
    assert part.at(4.0)["x"] == 1.0


def test_an_act_without_ease_is_there_at_once() -> None:
    part = Part({"x": 0.0}, (act(0, 89, x=2.0, ease=(0, 0.5)),))
    assert part.at(0.0)["x"] == 2.0


def test_an_act_cannot_pull_what_a_figure_does_not_have() -> None:
    with pytest.raises(KeyError):
        Part({"x": 0.0}, (act(0, 9, wings=1.0),))


@given(st.floats(-2, 3), st.floats(-2, 3))
def test_the_soft_step_rises_from_nought_to_one(first: float, second: float) -> None:
    low, high = sorted((first, second))
    assert 0 <= soft(low) <= soft(high) <= 1
