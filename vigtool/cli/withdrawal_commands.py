"""consent withdraw, settle and letter: taking consent back, and what became of the copies."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from vigtool.casework.copy import Copy, CopyOutcome
from vigtool.casework.withdrawal import CopyTask, Withdrawal
from vigtool.cli.answer import Answer
from vigtool.cli.consent_words import ask_if_safe, name_lookup, scopes_named
from vigtool.cli.options import day, opened
from vigtool.ids import Id
from vigtool.practice.disclosure import disclosures
from vigtool.practice.families import family_named, person_named
from vigtool.practice.letters import save_letter
from vigtool.practice.records import people_of
from vigtool.practice.sharing import Share
from vigtool.practice.withdrawal import Withdrawn, settle_copy, withdraw, withdrawals
from vigtool.vault.vault import Vault


def consent_withdraw(options: argparse.Namespace) -> Answer:
    """Take consent back, at once. Every copy that was ever made is listed, with what to do about it."""
    scopes = scopes_named(options.scope)
    with opened(options) as vault:
        family = family_named(vault, options.family).id
        signer = person_named(vault, family, options.signed_by)
        whom = tuple(person_named(vault, family, words).id for words in options.person)
        done = withdraw(
            vault,
            family=family,
            signed_by=signer.id,
            for_persons=whom or (signer.id, *signer.responsible_for),
            scopes=scopes,
            on=options.on,
            signed_as=options.signed_as,
        )
        name_of = name_lookup(people_of(vault, family))
        letter = save_letter(vault, done.withdrawal.id, options.letter, safe=options.safe) if options.letter else None
    told = {
        **_withdrawal(done.withdrawal),
        "copies": [_task(task) for task in done.copies],
        "strays": [{"stray": one.id, "film": one.film, "where": one.where.value} for one in done.strays],
        "shares": [
            {"user": share.user, "name": share.name, "command": _unshare(done.withdrawal.family, share)}
            for share in done.shares
        ],
        "unfinished": [one.id for one in done.unfinished],
        "letter": done.letter,
        "letter_file": letter.target if letter else None,
    }
    return Answer(told, _lines(done, name_of, letter))


def consent_settle(options: argparse.Namespace) -> Answer:
    """Write down what became of a copy."""
    with opened(options) as vault:
        copy = vault.find_id(Copy, options.copy.casefold())
        settled = settle_copy(vault, copy, CopyOutcome(options.outcome), options.on, note=options.note)
    return Answer({"copy": copy, "outcome": settled.outcome.value}, [f"copy {copy[:8]}: {settled.outcome.value}"])


def consent_letter(options: argparse.Namespace) -> Answer:
    """Write the letter of a withdrawal to a file: a handover of its own."""
    with opened(options) as vault:
        copy = save_letter(
            vault, vault.find_id(Withdrawal, options.withdrawal.casefold()), options.out, safe=options.safe
        )
    return Answer({"file": copy.target, "copy": copy.id}, [f"the letter is in {copy.target}"])


def shown(vault: Vault, family: Id) -> dict[str, Any]:
    """What was taken back and what was disclosed, for `consent show`."""
    return {
        "withdrawals": [_withdrawal(one) for one in withdrawals(vault, family)],
        "disclosures": [
            {
                "disclosure": one.id,
                "copy": one.copy,
                "film": one.film,
                "what": one.what.value,
                "basis": one.basis.value,
                "recipient": one.recipient,
                "reason": one.reason,
                "on": one.on.isoformat(),
            }
            for one in disclosures(vault, family)
        ],
    }


def shown_lines(told: dict[str, Any], name_of: Callable[[Id], str]) -> list[str]:
    """The same as lines."""
    taken = [
        f"{name_of(one['signed_by'])} took back on {one['on']}: {', '.join(one['scopes'])}"
        for one in told["withdrawals"]
    ]
    return taken + [f"disclosed on {one['on']} ({one['basis']}): {one['what']}" for one in told["disclosures"]]


def _withdrawal(one: Withdrawal) -> dict[str, Any]:
    return {
        "withdrawal": one.id,
        "signed_by": one.signed_by,
        "signed_as": one.signed_as,
        "for": list(one.for_persons),
        "scopes": [scope.value for scope in one.scopes],
        "on": one.on.isoformat(),
    }


def _task(task: CopyTask) -> dict[str, Any]:
    return {
        "copy": task.copy.id,
        "kind": task.copy.kind.value,
        "file": task.copy.target,
        "to": task.copy.to,
        "to_words": task.copy.to_words,
        "made": task.copy.made.isoformat(),
        "what_to_do": task.what_to_do.value,
        "settled": task.settled.value if task.settled else None,
    }


def _lines(done: Withdrawn, name_of: Callable[[Id], str], letter: Copy | None) -> list[str]:
    lines = [f"taken back, at once: {', '.join(scope.value for scope in done.withdrawal.scopes)}"]
    for share in done.shares:
        lines.append(
            f"{share.name} still has the key of this family, and is refused only what the program shows. End it:"
        )
        lines.append(f"  {_unshare(done.withdrawal.family, share)}")
    for task in done.copies:
        whom = name_of(task.copy.to) if task.copy.to else task.copy.to_words or "somebody"
        lines.append(f"copy {task.copy.id[:8]} ({task.copy.kind.value}, for {whom}): {task.what_to_do.words}")
    lines += [f"stray copy {one.id[:8]} ({one.where.value}): see that it goes, then say so" for one in done.strays]
    lines += ["a handover was cut off: something of it may lie on a disk that is not here now" for _ in done.unfinished]
    return [*lines, f"the letter is in {letter.target}"] if letter else [*lines, "", *done.letter.splitlines()]


def _unshare(family: Id, share: Share) -> str:
    """The command that takes a colleague's key back, whole, as it can be typed."""
    return f"vigtool family unshare --family {family[:8]} --with {share.user[:8]}"


def add_to(acts: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the acts of this file beside the others of `consent`."""

    def act(name: str, run: Callable[[argparse.Namespace], Answer]) -> argparse.ArgumentParser:
        said = run.__doc__ or ""
        parser = acts.add_parser(name, parents=[general], help=said.split(".")[0].lower(), description=said)
        parser.set_defaults(run=run)
        return parser

    parser = act("withdraw", consent_withdraw)
    parser.add_argument("--family", required=True, metavar="F", help="its code, or a beginning of its id")
    parser.add_argument("--signed-by", required=True, metavar="P", help="who takes it back")
    parser.add_argument(
        "--person", action="append", default=[], metavar="P", help="for whom; for themselves and their children else"
    )
    parser.add_argument("--scope", action="append", required=True, metavar="S[,S…]")
    parser.add_argument("--on", type=day, default=date.today(), metavar="DATE", help="the day they said so")
    parser.add_argument("--signed-as", default="", metavar="C")
    parser.add_argument("--letter", type=Path, metavar="FILE", help="write the letter there instead of showing it")
    ask_if_safe(parser)
    parser = act("settle", consent_settle)
    parser.add_argument("copy", metavar="COPY")
    parser.add_argument("outcome", choices=[outcome.value for outcome in CopyOutcome])
    parser.add_argument("--on", type=day, default=date.today(), metavar="DATE")
    parser.add_argument("--note", default="", metavar="TEXT")
    parser = act("letter", consent_letter)
    parser.add_argument("withdrawal", metavar="WITHDRAWAL")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    ask_if_safe(parser)
