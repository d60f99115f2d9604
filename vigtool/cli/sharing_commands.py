"""family share, unshare, reassign, rekey, care: who has a family's key."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from vigtool.cli.answer import Answer, progress
from vigtool.cli.options import named_user, opened
from vigtool.cli.stopping import stoppable
from vigtool.errors import NoSuchRecord
from vigtool.ids import Id
from vigtool.practice.colleagues import colleagues
from vigtool.practice.families import family_named
from vigtool.practice.sharing import (
    Share,
    families_in_care,
    reassign_family,
    rekey_family,
    share_family,
    shared_with,
    stop_sharing,
)

if TYPE_CHECKING:
    from vigtool.vault.vault import Vault


def share(options: argparse.Namespace) -> Answer:
    """Give a colleague the key of a family; without --with, say who has one. Consent and their card are checked."""
    with opened(options) as vault:
        family = family_named(vault, options.family).id
        if options.colleague:
            share_family(vault, family, _user(vault, options.colleague), on=date.today())
        found = shared_with(vault, family)
    return Answer([_as_json(each) for each in found], [_line(each) for each in found] or ["it is shared with nobody"])


def unshare(options: argparse.Namespace) -> Answer:
    """Take the key of a family back: of what is written from now on, or with --deep of all of it."""
    with opened(options) as vault, stoppable() as cancelled:
        family = family_named(vault, options.family).id
        user = _user(vault, options.colleague)
        report = progress("sealing under another key")
        stop_sharing(vault, family, user, deep=options.deep, report=report, cancelled=cancelled)
        found = shared_with(vault, family)
    kept = "What they had opened before cannot be taken back."
    return Answer([_as_json(each) for each in found], ["their key is taken back", kept])


def rekey(options: argparse.Namespace) -> Answer:
    """Seal all that is known of a family, and its films, under another key; nobody has the old one any more."""
    with opened(options) as vault, stoppable() as cancelled:
        family = family_named(vault, options.family).id
        rekey_family(vault, family, progress("sealing under another key"), cancelled)
    return Answer({"family": family}, ["the family has another key"])


def reassign(options: argparse.Namespace) -> Answer:
    """Give a family to a colleague because whoever works with it cannot. Leads and the organisation do this."""
    with opened(options) as vault:
        family, user = _in_care(vault, options.family), _user(vault, options.colleague)
        reassign_family(vault, family, user, reason=options.reason, on=date.today())
    return Answer({"family": family, "to": user}, ["they have the family's key now"])


def care(options: argparse.Namespace) -> Answer:
    """The families whose key you keep for others: their codes, and who works with them."""
    with opened(options) as vault:
        found = families_in_care(vault)
    told = [{"family": each.family, "code": each.code, "holders": each.holders} for each in found]
    lines = [f"{each.code or each.family[:8]}  {', '.join(each.holders.values()) or 'nobody'}" for each in found]
    return Answer(told, lines or ["no family is in your care"])


def _user(vault: Vault, words: str) -> Id:
    return named_user([(each.user, each.label, each.name) for each in colleagues(vault)], words)


def _in_care(vault: Vault, words: str) -> Id:
    """A family by its code or the beginning of its id, among those in care and one's own."""
    for kept in families_in_care(vault):
        if words and (kept.code.casefold() == words.casefold() or kept.family.startswith(words.casefold())):
            return kept.family
    try:
        return family_named(vault, words).id
    except NoSuchRecord:
        message = "no such family is in your care"
        raise NoSuchRecord(message, "look at the list: vigtool family care") from None


def _as_json(each: Share) -> dict[str, Any]:
    return {
        "user": each.user,
        "name": each.name,
        "role": each.role.value,
        "since": each.since.isoformat() if each.since else None,
    }


def _line(each: Share) -> str:
    since = f" since {each.since:%Y-%m-%d}" if each.since else ""
    return f"{each.user[:8]}  {each.name}  {each.role.value}{since}"


def add_to(acts: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the acts of this file beside the others of `family`."""

    def act(name: str, run: Callable[[argparse.Namespace], Answer], purpose: str) -> argparse.ArgumentParser:
        parser = acts.add_parser(name, parents=[general], help=purpose, description=run.__doc__)
        parser.set_defaults(run=run)
        return parser

    def family(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--family", required=True, metavar="F", help="its code, or a beginning of its id")

    def whom(parser: argparse.ArgumentParser, option: str, *, needed: bool = True) -> None:
        said = "a label, a name, or the beginning of an id"
        parser.add_argument(option, dest="colleague", required=needed, metavar="USER", help=said)

    parser = act("share", share, "give a colleague its key, or say who has one")
    family(parser)
    whom(parser, "--with", needed=False)
    parser = act("unshare", unshare, "take its key back")
    family(parser)
    whom(parser, "--with")
    parser.add_argument("--deep", action="store_true", help="give all of it another key, films too")
    family(act("rekey", rekey, "give all of it another key"))
    parser = act("reassign", reassign, "give it to another because somebody cannot come")
    family(parser)
    whom(parser, "--to")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="colleagues can read it: name no family")
    act("care", care, "the families whose key you keep for others")
