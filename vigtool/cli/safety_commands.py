"""family safety: who may not receive a copy, who may not be told, how the family may be reached."""

from __future__ import annotations

import argparse

from vigtool.cli.answer import Answer
from vigtool.cli.consent_words import name_lookup, safety_lines, safety_told
from vigtool.cli.options import opened
from vigtool.practice.families import person_named
from vigtool.practice.openings import open_family
from vigtool.practice.records import people_of
from vigtool.practice.safety import safety_of, set_safety

_SAFE = {"yes": True, "no": False, "unasked": None}


def family_safety(options: argparse.Namespace) -> Answer:
    """Say or show what holds for safety at home. What is not named stays as it was."""
    with opened(options) as vault:
        family = open_family(vault, options.family).id
        known = safety_of(vault, family)
        said = {
            name: given
            for name in ("not_to_words", "not_to_be_told", "contact")
            if (given := getattr(options, name)) is not None
        }
        not_to = None
        if options.not_to is not None:
            not_to = tuple(person_named(vault, family, words).id for words in options.not_to if words)
        if said or not_to is not None or options.copies_safe is not None:
            before = {name: getattr(known, name) if known else "" for name in ("not_to_words", "not_to_be_told")}
            before["contact"] = known.contact if known else ""
            safe = known.copies_safe if known else None
            known = set_safety(
                vault,
                family,
                **{**before, **said},
                not_to=not_to if not_to is not None else known.not_to if known else (),
                copies_safe=_SAFE[options.copies_safe] if options.copies_safe is not None else safe,
            )
        name_of = name_lookup(people_of(vault, family))
    return Answer(
        safety_told(known) or {}, safety_lines(known, name_of) or ["nothing is written down about safety at home"]
    )


def add_to(acts: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the act beside the others of `family`."""
    parser = acts.add_parser("safety", parents=[general], help="safety at home", description=family_safety.__doc__)
    parser.add_argument("family", metavar="F", help="its code, or a beginning of its id")
    parser.add_argument(
        "--not-to", action="append", metavar="P", help="may not receive anything; an empty word takes all away"
    )
    parser.add_argument("--not-to-others", dest="not_to_words", metavar="TEXT", help="anybody else who may not")
    parser.add_argument("--not-to-be-told", metavar="TEXT", help="who may not learn of the work")
    parser.add_argument("--contact", metavar="TEXT", help="how and when they may be reached")
    parser.add_argument("--copies-safe", choices=sorted(_SAFE), help="whether a copy is safe to have at home")
    parser.set_defaults(run=family_safety)
