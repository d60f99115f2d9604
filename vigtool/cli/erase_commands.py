"""erase: a film or a family for good, with a reason and the family's code typed; and the certificates of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

from vigtool.casework.erasure import Erasure
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.cli.answer import Answer, progress
from vigtool.cli.options import day, opened, text_of
from vigtool.cli.stopping import stoppable
from vigtool.errors import UsageError, VaultDamaged
from vigtool.ids import Id, is_id
from vigtool.practice import certified_erasing, erasing
from vigtool.practice.certificates import LONGEST
from vigtool.practice.erasures_told import untold_backups
from vigtool.practice.families import family_named
from vigtool.practice.records import value
from vigtool.vault.vault import Vault

STDIN: Final = Path("-")
"""What stands for the standard input where a file is named."""

_NO_KEY: Final = "you have no key of its family"


def family(options: argparse.Namespace) -> Answer:
    """Erase a family for good: its keys, its records and its films. Nobody can undo it but with an older backup."""
    with opened(options) as vault:
        unknown = is_id(options.family) and not vault.has_key(options.family)
        named: Id = options.family if is_id(options.family) else family_named(vault, options.family).id
        if not unknown:
            _tell(erasing.outlook(vault, named))
        _confirm(options, named if unknown else _code(vault, named))
        with stoppable() as cancelled:
            made = erasing.erase_family(
                vault, named, reason=options.reason, on=options.on, report=progress("erasing"), cancelled=cancelled
            )
        return _made(vault, made)


def film(options: argparse.Namespace) -> Answer:
    """Erase a film for good, with all that was made of it. The rest of the family gets another key."""
    with opened(options) as vault:
        named: Id = options.film if is_id(options.film) else vault.find_id(Film, options.film)
        seen = erasing.outlook(vault, named)
        _tell(seen)
        _confirm(options, _code(vault, seen.family))
        with stoppable() as cancelled:
            made = erasing.erase_film(
                vault,
                named,
                reason=options.reason,
                on=options.on,
                giving_up=seen.lost,
                report=progress("erasing"),
                cancelled=cancelled,
            )
        return _made(vault, made)


def again(options: argparse.Namespace) -> Answer:
    """Erase again what was erased before and stands in the vault again, since an older state of it was put in place."""
    with opened(options) as vault:
        with stoppable() as cancelled:
            done = erasing.reapply(vault, erasing.back_again(vault), report=progress("erasing"), cancelled=cancelled)
        left = [(each, _why_left(vault, each)) for each in erasing.back_again(vault)]
    lines = [f"erased again: {_line(each)}" for each in done]
    lines += [f"still there, since {why}: {_line(each)}" for each, why in left]
    told = {
        "erased": [_as_json(each) for each in done],
        "left": [{**_as_json(each), "why": why} for each, why in left],
    }
    return Answer(told, lines or ["nothing that was erased stands in the vault"], good=not left)


def certified(options: argparse.Namespace) -> Answer:
    """Erase again what certificates of erasure name, after a restore that knew nothing of it. FILE is their text.

    What they name and how it stands here is shown first; nothing else is touched, and nothing without the code of each
    family. Roles and legal holds are asked as for any erasing.
    """
    text = _typed_in() if options.certificates == STDIN else text_of(options.certificates, "FILE")
    with opened(options) as vault:
        found = certified_erasing.look_into(vault, text)
        for each in found:
            print(f"vigtool: {_certified_line(each)}", file=sys.stderr)
            if each.is_to_do and each.outlook is not None:
                _tell(each.outlook)
        to_do = [each for each in found if each.is_to_do]
        words = list(options.yes_erase)
        if not words and options.certificates != STDIN:
            words = [_asked(word) for word in dict.fromkeys(each.word for each in to_do)]
        with stoppable() as cancelled:
            done = certified_erasing.erase_certified(
                vault, found, words=words, on=options.on, report=progress("erasing"), cancelled=cancelled
            )
    left = [each for each in found if each.stands and not each.is_to_do]
    told = {
        "erased": [_as_json(each) for each in done],
        "not_here": [each.certificate.what for each in found if not each.stands],
        "left": [each.certificate.what for each in left],
    }
    lines = [f"erased: {_line(each)}" for each in done]
    for each in left:
        why = "a legal hold covers it" if each.is_held else _NO_KEY
        lines.append(f"still there, since {why}: {each.certificate.what[:8]}")
    return Answer(told, lines or ["nothing that these certificates name is in the vault"], good=not left)


def listed(options: argparse.Namespace) -> Answer:
    """All that was ever erased from this vault: ids and days, no names."""
    with opened(options) as vault:
        back = erasing.back_again(vault)
        found = [*erasing.erasures(vault)]
        found += [each for each in back if each.id not in {known.id for known in found}]
    there = {each.id for each in back}
    told = [{**_as_json(each), "back_again": each.id in there} for each in found]
    lines = [_line(each) + ("; STANDS AGAIN" if each.id in there else "") for each in found]
    return Answer(told, lines or ["nothing was ever erased"])


def certificate(options: argparse.Namespace) -> Answer:
    """The certificate of an erasure, as plain text."""
    with opened(options) as vault:
        made = value(vault, Erasure, vault.find_id(Erasure, options.erasure))
        text = erasing.certificate(vault, made)
    return Answer({**_as_json(made), "text": text}, text.splitlines())


def _why_left(vault: Vault, erasure: Erasure) -> str:
    """Why something that was erased still stands after it was to be erased again."""
    if erasing.held_since(vault, erasure):
        return "a legal hold that was placed since covers it"
    if not vault.has_key(erasure.family):
        return _NO_KEY
    return "the rest of its family could not be given another key; `vigtool vault verify` says what is wrong"


def _code(vault: Vault, family: Id) -> str:
    """What is typed to erase; the beginning of the family's id where its record, and so its code, cannot be read."""
    try:
        return value(vault, Family, family).code
    except VaultDamaged:
        print(f"vigtool: the family's record cannot be read: its code is {family[:8]} here", file=sys.stderr)
        return family[:8]


def _typed_in() -> str:
    """What comes by the standard input.

    Raises:
        UsageError: it is no text.
    """
    try:
        return sys.stdin.read(LONGEST + 1)
    except UnicodeDecodeError as wrong:
        message = "what came by the standard input is no text"
        raise UsageError(message, "give the text of a certificate of erasure") from wrong


def _certified_line(each: certified_erasing.Certified) -> str:
    named = each.certificate
    kind = "family" if named.of_family else "film"
    how = "stands here again" if each.stands else "is not here"
    return f"{kind} {named.what[:8]}, erased on {named.on.isoformat()}: {how}"


def _asked(word: str) -> str:
    """What somebody at a terminal types for one family; nothing where nobody sits there."""
    if not sys.stdin.isatty():
        return ""
    print(f"Type {word} to erase it for good: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def _confirm(options: argparse.Namespace, code: str) -> None:
    """Go on only where the code was typed.

    Raises:
        UsageError.
    """
    typed = options.yes_erase
    if typed is None and sys.stdin.isatty():
        print("Type the family's code to erase it for good: ", end="", file=sys.stderr, flush=True)
        typed = sys.stdin.readline()
    if typed is None or typed.strip().casefold() != code.casefold():
        message = "the family's code was not typed, so nothing was erased"
        raise UsageError(message, "give it with --yes-erase CODE")


def _tell(seen: erasing.Outlook) -> None:
    """What will go and what stays, before it is asked for."""
    lines = [f"this erases {_number(seen.films, 'film', 'films')} for good"]
    if seen.copies:
        copies = _number(len(seen.copies), "copy that was", "copies that were")
        lines.append(f"out of reach: {copies} handed over; write down where they are before")
    if seen.lost:
        lost = _number(len(seen.lost), "other film", "other films")
        named = " ".join(film[:8] for film in seen.lost)
        lines.append(f"nothing can be read of {lost} of this family ({named}): mend what a backup has before;")
        lines.append("afterwards only a backup that was made before this can bring it back")
    if seen.recoverable_until is not None:
        lines.append(f"a backup can bring it back until {seen.recoverable_until.isoformat()}")
    for line in lines:
        print(f"vigtool: {line}", file=sys.stderr)


def _number(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _made(vault: Vault, made: Erasure) -> Answer:
    text = erasing.certificate(vault, made)
    untold = untold_backups(vault)
    lines = text.splitlines()
    lines += [
        f"backup {each.id[:8]} is out of reach and does not know of it: make another in its place" for each in untold
    ]
    return Answer({**_as_json(made), "text": text, "untold_backups": [each.id for each in untold]}, lines)


def _line(made: Erasure) -> str:
    kind = "family" if made.of_family else "film"
    until = f", a backup could undo it until {made.recoverable_until.isoformat()}" if made.recoverable_until else ""
    return f"{made.id[:8]}  {made.on.isoformat()}  {kind} {made.what[:8]}: {made.reason}{until}"


def _as_json(made: Erasure) -> dict[str, Any]:
    return {
        "erasure": made.id,
        "what": made.what,
        "family": made.family,
        "reason": made.reason,
        "on": made.on.isoformat(),
        "by": made.by,
        "records": len(made.erased),
        "files": made.files,
        "keys": made.keys,
        "recoverable_until": made.recoverable_until.isoformat() if made.recoverable_until else None,
    }


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the commands of this file on the parser."""
    acts = commands.add_parser("erase", parents=[general]).add_subparsers(metavar="ACT", required=True)

    def act(name: str, run: Callable[[argparse.Namespace], Answer]) -> argparse.ArgumentParser:
        said = run.__doc__ or ""
        parser = acts.add_parser(name, parents=[general], help=said.split(".")[0].lower(), description=said)
        parser.set_defaults(run=run)
        return parser

    for name, run, what in (("film", film, "FILM"), ("family", family, "F")):
        parser = act(name, run)
        parser.add_argument(name, metavar=what)
        parser.add_argument(
            "--reason", required=True, metavar="TEXT", help="why; it is kept, so write it without names"
        )
        parser.add_argument("--yes-erase", metavar="CODE", help="the family's code; asked for on a terminal otherwise")
        parser.add_argument("--on", type=day, default=date.today(), metavar="DATE")
    act("list", listed)
    act("again", again)
    parser = act("certified", certified)
    parser.add_argument(
        "certificates", type=Path, metavar="FILE", help="the text of one certificate or several; - is standard input"
    )
    parser.add_argument(
        "--yes-erase", action="append", default=[], metavar="CODE", help="the code of each family that is named"
    )
    parser.add_argument("--on", type=day, default=date.today(), metavar="DATE")
    parser = act("certificate", certificate)
    parser.add_argument("erasure", metavar="ERASURE")
