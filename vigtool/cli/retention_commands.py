"""retention: the service's rules for how long material is kept, what is due by them, and legal holds."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

from vigtool.casework.family import Family
from vigtool.casework.film import Film, FilmKind
from vigtool.casework.legal_hold import HoldStory, LegalHold
from vigtool.casework.retention import Due, RetentionRule, Undated
from vigtool.cli.answer import Answer
from vigtool.cli.options import day, opened
from vigtool.ids import new_id
from vigtool.practice import retention
from vigtool.practice.families import family_named
from vigtool.practice.records import value, values
from vigtool.vault.vault import Vault

EVERYTHING: Final = "everything"


def show(options: argparse.Namespace) -> Answer:
    """The rules of this service. None is built in: without any, nothing is ever due."""
    with opened(options) as vault:
        rules = retention.rules(vault)
    told = {
        "rules": [_rule_json(rule) for rule in rules],
        "offers": [{"words": offer.words, **_times(offer.rule())} for offer in retention.OFFERS],
    }
    lines = [f"{rule.id[:8]}  {_rule_words(rule)}" for rule in rules]
    if not rules:
        lines = [
            "No rule is set: nothing is due, and nothing is ever erased by itself.",
            "What services do differs. Ask whoever answers for your records, then set one, for instance:",
            *(f"  {offer.words}" for offer in retention.OFFERS),
        ]
    return Answer(told, lines)


def set_rule(options: argparse.Namespace) -> Answer:
    """Set a rule. Where several hold for the same thing, the latest date counts."""
    kind = None if options.kind == EVERYTHING else FilmKind(options.kind)
    rule = RetentionRule(
        id=new_id(),
        kind=kind,
        months_after_closing=options.months,
        until_age=options.until_age,
        on_word_only=options.on_word,
    )
    with opened(options) as vault:
        if options.rule is not None:
            rule = replace(rule, id=vault.find_id(RetentionRule, options.rule))
        retention.set_rule(vault, rule)
    return Answer(_rule_json(rule), [f"set: {_rule_words(rule)}"])


def remove(options: argparse.Namespace) -> Answer:
    """Take a rule away."""
    with opened(options) as vault:
        rule = vault.find_id(RetentionRule, options.rule)
        retention.remove_rule(vault, rule)
    return Answer({"rule": rule}, ["the rule is taken away"])


def due(options: argparse.Namespace) -> Answer:
    """What may be erased by now, or by a day; nothing goes by itself. With --undated also what has no day, and why."""
    with opened(options) as vault:
        codes = {family.id: family.code for family in values(vault, Family)}
        found = retention.due(vault, options.on)
        without = retention.undated(vault) if options.undated else []
        any_rule = bool(retention.rules(vault))
    told = {"due": [_due_json(each) for each in found], "undated": [_undated_json(each) for each in without]}
    lines = [_due_line(each, codes) for each in found]
    if not found:
        lines = ["nothing is due" if any_rule else "no rule is set, so nothing is due"]
    lines += [f"no day  {_what(each, codes)}: {'; '.join(why.value for why in each.lacking)}" for each in without]
    return Answer(told, lines)


def hold(options: argparse.Namespace) -> Answer:
    """Stop everything of a family, or one film, from being erased."""
    with opened(options) as vault:
        family = family_named(vault, options.family).id
        film = vault.find_id(Film, options.film) if options.film else None
        placed = retention.place_hold(vault, family, reason=options.reason, on=options.on, film=film)
    return Answer(_hold_json(HoldStory(hold=placed)), [f"{placed.id[:8]}  held: nothing that it covers can be erased"])


def lift(options: argparse.Namespace) -> Answer:
    """Let a hold go. Both entries stay."""
    with opened(options) as vault:
        lifted = retention.lift_hold(
            vault, vault.find_id(LegalHold, options.hold), reason=options.reason, on=options.on
        )
    return Answer({"hold": lifted.lifts, "lifted": lifted.id, "on": lifted.on.isoformat()}, ["the hold is lifted"])


def holds(options: argparse.Namespace) -> Answer:
    """Every legal hold, those that were lifted too."""
    with opened(options) as vault:
        family = family_named(vault, options.family).id if options.family else None
        found = retention.hold_history(vault, family)
        lines = [_hold_line(vault, story) for story in found]
    return Answer([_hold_json(story) for story in found], lines or ["there is no hold"])


def _times(rule: RetentionRule) -> dict[str, Any]:
    return {
        "kind": rule.kind.value if rule.kind else EVERYTHING,
        "months_after_closing": rule.months_after_closing,
        "until_age": rule.until_age,
        "on_word_only": rule.on_word_only,
    }


def _rule_json(rule: RetentionRule) -> dict[str, Any]:
    return {"rule": rule.id, **_times(rule)}


def _rule_words(rule: RetentionRule) -> str:
    what = f"films, {rule.kind.value}" if rule.kind else "everything of a family"
    if rule.on_word_only:
        return f"{what}: only when a person asks for it"
    times = []
    if rule.months_after_closing is not None:
        times.append(f"{rule.months_after_closing} months after the family was closed")
    if rule.until_age is not None:
        times.append(f"the youngest child's birthday at {rule.until_age}")
    return f"{what}: " + " and ".join(times) + (", whichever is later" if len(times) > 1 else "")


def _what(each: Due | Undated, codes: dict[str, str]) -> str:
    code = codes.get(each.family, each.family[:8])
    return f"{code}, film {each.film[:8]}" if each.film else code


def _due_line(each: Due, codes: dict[str, str]) -> str:
    held = f"; held ({each.held.id[:8]})" if each.held else ""
    return f"{each.on.isoformat()}  {_what(each, codes)}: {_rule_words(each.rule)}{held}"


def _due_json(each: Due) -> dict[str, Any]:
    held = each.held.id if each.held else None
    return {
        "what": each.what,
        "family": each.family,
        "film": each.film,
        "on": each.on.isoformat(),
        "rule": each.rule.id,
        "held": held,
    }


def _undated_json(each: Undated) -> dict[str, Any]:
    lacking = [why.value for why in each.lacking]
    return {"what": each.what, "family": each.family, "film": each.film, "lacking": lacking}


def _hold_json(story: HoldStory) -> dict[str, Any]:
    placed, lifted = story.hold, story.lifted
    return {
        "hold": placed.id,
        "family": placed.family,
        "film": placed.film,
        "reason": placed.reason,
        "on": placed.on.isoformat(),
        "by": placed.by,
        "lifted": lifted.on.isoformat() if lifted else None,
        "lifted_by": lifted.by if lifted else None,
        "lifted_for": lifted.reason if lifted else None,
    }


def _hold_line(vault: Vault, story: HoldStory) -> str:
    placed = story.hold
    film = f", film {placed.film[:8]}" if placed.film else ""
    lifted = f"; lifted {story.lifted.on.isoformat()}: {story.lifted.reason}" if story.lifted else ""
    code = value(vault, Family, placed.family).code
    return f"{placed.id[:8]}  {code}{film}, since {placed.on.isoformat()}: {placed.reason}{lifted}"


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the commands of this file on the parser."""
    acts = commands.add_parser("retention", parents=[general]).add_subparsers(metavar="ACT", required=True)

    def act(name: str, run: Callable[[argparse.Namespace], Answer]) -> argparse.ArgumentParser:
        said = run.__doc__ or ""
        parser = acts.add_parser(name, parents=[general], help=said.split(".")[0].lower(), description=said)
        parser.set_defaults(run=run)
        return parser

    act("show", show)
    parser = act("set", set_rule)
    parser.add_argument("--kind", choices=[EVERYTHING, *(kind.value for kind in FilmKind)], default=EVERYTHING)
    parser.add_argument("--months", type=int, metavar="N", help="months after the family was closed")
    parser.add_argument("--until-age", type=int, metavar="N", help="to this birthday of the youngest child")
    parser.add_argument("--on-word", action="store_true", help="only when a person asks for it")
    parser.add_argument("--rule", metavar="RULE", help="change this one instead of adding one")
    parser = act("remove", remove)
    parser.add_argument("rule", metavar="RULE")
    parser = act("due", due)
    parser.add_argument("--on", type=day, default=date.today(), metavar="DATE")
    parser.add_argument("--undated", action="store_true", help="also what has no day, and why")
    parser = act("hold", hold)
    parser.add_argument("--family", required=True, metavar="F", help="its code, or a beginning of its id")
    parser.add_argument("--film", metavar="FILM", help="only this one; without it everything of the family")
    _why_and_when(parser)
    parser = act("lift", lift)
    parser.add_argument("hold", metavar="HOLD")
    _why_and_when(parser)
    parser = act("holds", holds)
    parser.add_argument("--family", metavar="F", help="only of this one")


def _why_and_when(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reason", required=True, metavar="TEXT")
    parser.add_argument("--on", type=day, default=date.today(), metavar="DATE")
