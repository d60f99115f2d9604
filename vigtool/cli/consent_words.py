"""What commands about consent and copies have in common: scopes by name, and safety at home asked and shown."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from vigtool.casework.consent_answers import Scope
from vigtool.casework.family import Person
from vigtool.casework.safety import SafetyAtHome
from vigtool.errors import UsageError
from vigtool.ids import Id


def scopes_named(words: Iterable[str], *, one: bool = False) -> tuple[Scope, ...]:
    """Scopes by their names, in one or more words; those of one word are parted by commas.

    Raises:
        UsageError: there is no such scope, or more than one where `one` is wanted.
    """
    found = tuple(dict.fromkeys(_scope(word) for each in words for word in each.split(",")))
    if one and len(found) != 1:
        message = "this is about one scope at a time"
        raise UsageError(message, "name one with --scope")
    return found


def _scope(word: str) -> Scope:
    try:
        return Scope(word.strip())
    except ValueError as unknown:
        message = f"there is no scope “{word.strip()}”"
        raise UsageError(message, "choose from " + ", ".join(scope.value for scope in Scope)) from unknown


def name_lookup(everyone: Mapping[Id, Person]) -> Callable[[Id], str]:
    """The names of a family's persons."""
    return lambda person: everyone[person].name if person in everyone else "somebody"


def ask_if_safe(parser: argparse.ArgumentParser) -> None:
    """Let the command be told whether the copy is safe to have at home."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--safe-at-home", dest="safe", action="store_const", const=True, help="it was asked: it is safe to have at home"
    )
    group.add_argument(
        "--not-safe-at-home", dest="safe", action="store_const", const=False, help="it was asked: it is not safe there"
    )
    parser.set_defaults(safe=None)


def safety_told(safety: SafetyAtHome | None) -> dict[str, Any] | None:
    """Safety at home as JSON has it."""
    if safety is None:
        return None
    return {
        "not_to": list(safety.not_to),
        "not_to_words": safety.not_to_words,
        "not_to_be_told": safety.not_to_be_told,
        "contact": safety.contact,
        "copies_safe": safety.copies_safe,
    }


def safety_lines(safety: SafetyAtHome | None, name_of: Callable[[Id], str]) -> list[str]:
    """Safety at home in lines; none where nothing is written down."""
    if safety is None:
        return []
    not_to = ", ".join([*map(name_of, safety.not_to), *([safety.not_to_words] if safety.not_to_words else [])])
    at_home = {True: "safe to have at home", False: "not safe to have at home", None: "nobody has asked yet"}
    found = [("may not receive anything", not_to), ("may not be told", safety.not_to_be_told)]
    found += [("how to reach them", safety.contact), ("a copy", at_home[safety.copies_safe])]
    return [f"safety at home: {what}: {words}" for what, words in found if words]


def handover_lines(safety: SafetyAtHome | None, name_of: Callable[[Id], str], *, safe: bool | None) -> list[str]:
    """What is said with every copy that goes to somebody's home."""
    lines = safety_lines(safety, name_of)
    if safe is None:
        lines.append("nobody has said whether it is safe to have at home: ask before you hand it over")
    return lines
