"""The score: marks that lie in the film, use the scheme's codes, and are true of the acting."""

from __future__ import annotations

import tomllib
from itertools import pairwise

import pytest

from vigtool import resources
from vigtool.annotate.mark import Lane
from vigtool.sample import story
from vigtool.sample.film import film_truth
from vigtool.sample.performance import pose_at
from vigtool.sample.pose import Pose
from vigtool.sample.story import EVENTS, Event
from vigtool.sample.timestamps import TIME_BASE, shown_ticks

BY_KEY = {event.key: event for event in EVENTS}


def poses(event: Event) -> list[Pose]:
    """The poses of every third frame of an event."""
    ticks = shown_ticks()
    return [pose_at(float(ticks[number] * TIME_BASE)) for number in range(event.first, event.last + 1, 3)]


def pose_of(frame: int) -> Pose:
    return pose_at(float(shown_ticks()[frame] * TIME_BASE))


def test_every_event_lies_in_the_film_and_they_stand_in_order() -> None:
    film = film_truth()
    assert [event.first for event in EVENTS] == sorted(event.first for event in EVENTS)
    assert len(BY_KEY) == len(EVENTS) > 20
    for event in EVENTS:
        assert 0 <= event.first <= event.last < film.frames - 1
        span = film.span(event)
        assert span.is_moment is event.moment
        assert span.start == film.ticks[event.first]
        assert event.moment or span.end == film.ticks[event.last + 1]


def test_codes_and_lanes_are_those_of_the_scheme() -> None:
    scheme = tomllib.loads(resources.read_text("schemes", f"{story.SCHEME}-v{story.SCHEME_VERSION}.toml"))
    who = {code["id"]: group["who"] for group in scheme["group"] for code in group["code"]}
    for event in EVENTS:
        if event.code is None:
            assert event.lane is Lane.NOTES
        else:
            assert event.lane.value == who[event.code].replace("both", "together")


def test_four_starred_moments_make_the_reel_with_captions_in_two_languages() -> None:
    starred = [event for event in EVENTS if event.star]
    ticks = shown_ticks()
    assert len(starred) == 4
    for event in starred:
        assert [caption.language for caption in event.captions] == ["en", "ar"]
        assert all(caption.text for caption in event.captions)
        assert any("\u0600" <= letter <= "\u06ff" for letter in event.captions[1].text)
        assert 4 <= event.span(ticks).length * TIME_BASE <= 40
    assert sum(event.answers_question for event in starred) == 3
    assert not any(event.captions or event.answers_question for event in EVENTS if not event.star)


def test_chains_are_answering_turns() -> None:
    chains = {event.chain for event in EVENTS if event.chain}
    assert len(chains) >= 5
    for name in chains:
        links = [event for event in EVENTS if event.chain == name]
        assert len(links) >= 3
        assert {event.lane for event in links} >= {Lane.BABY, Lane.PARENT}
        assert all(before.first < after.first for before, after in pairwise(links))


def test_the_short_film_holds_one_whole_chain_with_a_star() -> None:
    within = film_truth(8).events
    assert [event.chain for event in within] == ["first look"] * 5
    assert sum(event.star for event in within) == 1
    assert story.events_within(0) == ()
    assert story.events_within(len(shown_ticks())) == EVENTS


def test_the_people_are_those_the_pictures_show() -> None:
    assert (story.NADIA.name, story.MINA.name, story.TOMAS.in_film) == ("Nadia", "Mina", False)
    assert story.MINA.born is not None
    assert (story.FILMED_ON - story.MINA.born).days // 30 == 7
    assert story.HELPING_QUESTION == "How can I tell what Mina is asking me for?"


@pytest.mark.parametrize("key", [event.key for event in EVENTS if event.code == "b.voice"])
def test_a_coo_is_seen_on_the_mouth_and_not_around_it(key: str) -> None:
    event = BY_KEY[key]
    assert max(pose.baby.face.open for pose in poses(event)) > 0.4
    assert max(pose.baby.face.round for pose in poses(event)) > 0.9
    assert pose_of(event.first - 2).baby.face.round < 0.05
    assert pose_of(event.last + 2).baby.face.round < 0.05


@pytest.mark.parametrize("key", [event.key for event in EVENTS if event.code == "rec.echo"])
def test_a_copy_is_the_same_mouth_after_the_baby_has_ended(key: str) -> None:
    event = BY_KEY[key]
    assert max(pose.parent.face.round for pose in poses(event)) > 0.9
    assert max(pose.baby.face.round for pose in poses(event)) < 0.05
    assert pose_of(event.first - 2).parent.face.round < 0.05


def test_looks_smiles_and_turning_away_are_drawn() -> None:
    assert all(pose.baby.face.pitch < -10 for pose in poses(BY_KEY["duck"]))
    assert pose_of(BY_KEY["looks up"].last - 10).baby.face.pitch > 3
    assert max(pose.baby.face.smile for pose in poses(BY_KEY["smiles"])) > 0.95
    assert max(pose.parent.face.smile for pose in poses(BY_KEY["smiles back"])) > 0.95
    assert min(pose.baby.face.yaw for pose in poses(BY_KEY["looks away"])) < -25
    assert min(pose.parent.lean for pose in poses(BY_KEY["sits back"])) < -20
    assert all(pose.parent.face.open < 0.05 for pose in poses(BY_KEY["sits back"]))
    assert min(pose.baby.face.yaw for pose in poses(BY_KEY["comes back"])[8:]) > 20


def test_waiting_is_still_hands_and_a_closed_mouth() -> None:
    """Until she has smiled; then the smile is met."""
    met = BY_KEY["smiles back"].first
    waiting = poses(BY_KEY["waits"])[: (met - BY_KEY["waits"].first) // 3]
    assert all(pose.parent.face.open == 0 for pose in waiting)
    assert max(pose.parent.near_hand[0] for pose in waiting) - min(pose.parent.near_hand[0] for pose in waiting) < 4


def test_the_spoon_waits_half_way_and_goes_to_her_mouth_with_her_hand_on_it() -> None:
    offered = poses(BY_KEY["offers the spoon"])[8:]
    assert max(pose.things.spoon[0] for pose in offered) - min(pose.things.spoon[0] for pose in offered) < 12
    assert max(pose.baby.near_hand[0] for pose in poses(BY_KEY["reaches"])) > 640
    together = [pose for pose in poses(BY_KEY["eats together"]) if pose.baby.face.open > 0.7]
    assert together
    assert all(pose.things.spoon[0] < 560 and pose.things.spoon_held for pose in together)
    assert all(abs(pose.baby.near_hand[0] - pose.things.spoon[0] - 31) < 14 for pose in together)


def test_both_laugh_and_then_look_at_the_same_thing() -> None:
    fun = poses(BY_KEY["shared fun"])
    assert any(pose.baby.face.glee > 0.9 and pose.parent.face.glee > 0.9 for pose in fun)
    shared = poses(BY_KEY["look at the duck"])[10:-8]
    assert all(pose.baby.face.pitch < -8 and pose.parent.face.pitch < -9 for pose in shared)
    assert max(pose.baby.near_hand[0] for pose in poses(BY_KEY["wants the duck"])) > 610
