"""What was found about the machine, in words for the person in front of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """How something stands; the value is how it is said."""

    IN_ORDER = "in order"
    LOOK = "look at this"
    NOT_IN_ORDER = "not in order"
    UNKNOWN = "cannot tell"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        name: what, in a word or two; scripts know it by this name.
        state: how it stands.
        sentence: what was found, without a full stop at its end.
        advice: what to do; empty where there is nothing to do.
    """

    name: str
    state: State
    sentence: str
    advice: str = ""


def in_order(name: str, sentence: str) -> Finding:
    """A finding that asks for nothing."""
    return Finding(name, State.IN_ORDER, sentence)


def look_at(name: str, sentence: str, advice: str) -> Finding:
    """Something the person should know and decide about."""
    return Finding(name, State.LOOK, sentence, advice)


def not_in_order(name: str, sentence: str, advice: str) -> Finding:
    """Something that must be mended before families' films are brought in."""
    return Finding(name, State.NOT_IN_ORDER, sentence, advice)


def unknown(name: str, sentence: str, advice: str) -> Finding:
    """Something that this program cannot see from where it stands."""
    return Finding(name, State.UNKNOWN, sentence, advice)
