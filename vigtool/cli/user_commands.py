"""user: those who have a key to the vault, their cards and roles, and the organisation's key."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigtool.cli.answer import Answer
from vigtool.cli.options import named_user, opened, secret_words, text_of
from vigtool.cli.paper import show_and_ask
from vigtool.errors import UsageError
from vigtool.ids import Id

if TYPE_CHECKING:
    from vigtool.casework.member import StaffRole
    from vigtool.practice.colleagues import Colleague
    from vigtool.vault.vault import Vault


def add(options: argparse.Namespace) -> Answer:
    """Make keys for a colleague, who chooses a passphrase. They open no family yet; each is shared with them."""
    from vigtool.practice.colleagues import add_colleague, card_words

    with opened(options) as vault:
        chosen = secret_words(options.new_passphrase_file, prompt="Your colleague's passphrase: ", twice=True)
        made = add_colleague(
            vault,
            name=options.name,
            roles=_roles(options.role),
            passphrase=chosen,
            label=options.label,
            on=date.today(),
        )
        words = card_words(vault, made.user)
    told = {**_as_json(made), "card_words": list(words)}
    return Answer(told, [f"{made.name} has a key to the vault now", f"their card: {' '.join(words)}"])


def list_users(options: argparse.Namespace) -> Answer:
    """Everybody who is entered, what they may do, and how their card was checked. --picker asks for no passphrase."""
    from vigtool.practice.colleagues import colleagues, pickable

    if options.picker:
        from vigtool.cli.options import vault_folder

        users = pickable(vault_folder(options))
        return Answer(
            [{"user": user, "label": label} for user, label in users],
            [f"{user[:8]}  {label or '(no label)'}" for user, label in users],
        )
    with opened(options) as vault:
        found = colleagues(vault)
    return Answer([_as_json(each) for each in found], [_line(each) for each in found])


def card(options: argparse.Namespace) -> Answer:
    """The six words of a card, and what its QR code holds: one's own to be read aloud, unless another user is named."""
    from vigtool.practice.colleagues import card_text, card_words

    with opened(options) as vault:
        user = _user(vault, options.of) if options.of else vault.user_id
        words, text = card_words(vault, user), card_text(vault, user)
    return Answer({"user": user, "words": list(words), "text": text}, [" ".join(words), text])


def check(options: argparse.Namespace) -> Answer:
    """Enter that a colleague has read you the six words of their card, from their own screen; or what a scan gave."""
    from vigtool.practice.colleagues import check_card, check_card_text

    if (options.words is None) == (options.text_file is None):
        message = "give either the words or a file with what was scanned"
        raise UsageError(message, 'for instance: vigtool user check 3f2a --words "one two three four five six"')
    with opened(options) as vault:
        user = _user(vault, options.colleague)
        if options.words is not None:
            check_card(vault, user, options.words)
        else:
            check_card_text(vault, user, text_of(options.text_file, "--text-file"))
        checked = next(each for each in _everybody(vault) if each.user == user)
    return Answer(_as_json(checked), ["the card is theirs: families can be shared with them"])


def label(options: argparse.Namespace) -> Answer:
    """What is shown of you before the vault is unlocked. Anybody can read it; an empty one shows nothing."""
    from vigtool.practice.colleagues import set_label

    with opened(options) as vault:
        set_label(vault, options.text)
        user = vault.user_id
    return Answer({"user": user, "label": options.text}, ["the label is changed"])


def name(options: argparse.Namespace) -> Answer:
    """Your own name, as colleagues see it. The one you were entered with stays beside it."""
    from vigtool.practice.own_name import call_oneself

    with opened(options) as vault:
        call_oneself(vault, options.text)
        own = next(each for each in _everybody(vault) if each.is_self)
    return Answer(_as_json(own), [f"colleagues see you as {own.name} now"])


def roles(options: argparse.Namespace) -> Answer:
    """Enter somebody for other roles than so far. They may be combined."""
    from vigtool.practice.colleagues import change_roles

    with opened(options) as vault:
        user = _user(vault, options.colleague)
        change_roles(vault, user, _roles(options.role))
        changed = next(each for each in _everybody(vault) if each.user == user)
    return Answer(_as_json(changed), [_line(changed)])


def remove(options: argparse.Namespace) -> Answer:
    """Take every way in and every key from somebody who leaves. What is written from then on has other keys."""
    from vigtool.practice.colleagues import remove_colleague

    with opened(options) as vault:
        user = _user(vault, options.colleague)
        remove_colleague(vault, user, on=date.today())
    lines = [
        "they cannot unlock the vault any more",
        "What they had opened before cannot be taken back. `vigtool family rekey` keeps a family out of later copies.",
    ]
    return Answer({"user": user, "left": date.today().isoformat()}, lines)


def organisation(options: argparse.Namespace) -> Answer:
    """Make the organisation's key, 24 words for paper, or refuse one; without either, say how it stands."""
    from vigtool.practice.colleagues import (
        keep_organisation_key,
        new_organisation_key,
        organisation_key_state,
        refuse_organisation_key,
    )

    with opened(options) as vault:
        words = ""
        if options.refuse:
            refuse_organisation_key(vault)
        elif options.make:
            key = new_organisation_key()
            words = key.words()
            if not getattr(options, "json", False):
                show_and_ask(key, words)
            keep_organisation_key(vault, key)
        state = organisation_key_state(vault).value
    told: dict[str, Any] = {"state": state} | ({"words": words} if words else {})
    return Answer(told, [f"the organisation's key: {state}"])


def _everybody(vault: Vault) -> list[Colleague]:
    from vigtool.practice.colleagues import colleagues

    return colleagues(vault)


def _user(vault: Vault, words: str) -> Id:
    """The user meant by a label, a whole name, or the beginning of an id."""
    return named_user([(each.user, each.label, each.name) for each in _everybody(vault)], words)


def _roles(words: list[str]) -> list[StaffRole]:
    from vigtool.casework.member import PERSONS_ROLES

    known = {role.value: role for role in PERSONS_ROLES}
    chosen = [word.strip() for text in words for word in text.split(",")]
    for word in chosen:
        if word not in known:
            message = f"there is no role “{word}”"
            raise UsageError(message, "choose from " + ", ".join(known))
    return [known[word] for word in chosen]


def _as_json(each: Colleague) -> dict[str, Any]:
    return {
        "user": each.user,
        "name": each.name,
        "entered_as": each.entered_as or each.name,
        "label": each.label,
        "roles": sorted(role.value for role in each.roles),
        "card": each.checked.value if each.checked else None,
        "card_changed": each.card_changed,
        "waiting": each.waiting,
        "left": each.left.isoformat() if each.left else None,
        "self": each.is_self,
        "organisation": each.is_organisation,
    }


def _line(each: Colleague) -> str:
    state = "yourself" if each.is_self else f"card: {each.checked.value if each.checked else 'none'}"
    state = "THE CARD IS NOT THE ONE THAT WAS COMPARED" if each.card_changed else state
    left = f", left {each.left.isoformat()}" if each.left else ""
    name = f"{each.name} (entered as {each.entered_as})" if each.entered_as else each.name
    return f"{each.user[:8]}  {name}  {', '.join(sorted(role.value for role in each.roles))}  ({state}{left})"


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the commands of this file on the parser."""
    acts = commands.add_parser("user", parents=[general]).add_subparsers(metavar="ACT", required=True)

    def act(name: str, run: Callable[[argparse.Namespace], Answer], purpose: str) -> argparse.ArgumentParser:
        parser = acts.add_parser(name, parents=[general], help=purpose, description=run.__doc__)
        parser.set_defaults(run=run)
        return parser

    def colleague(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("colleague", metavar="USER", help="a label, a name, or the beginning of an id")

    parser = act("add", add, "keys for a colleague")
    parser.add_argument("--name", required=True, metavar="TEXT", help="as colleagues see it; sealed")
    parser.add_argument("--role", action="append", required=True, metavar="R[,R…]", help="one or more roles")
    parser.add_argument("--label", default="", metavar="TEXT", help="shown in clear before the vault is unlocked")
    parser.add_argument(
        "--new-passphrase-file", metavar="FILE", help="its first line is the colleague's; asked for otherwise"
    )
    parser = act("list", list_users, "who has a key")
    parser.add_argument("--picker", action="store_true", help="only what can be seen before the vault is unlocked")
    parser = act("card", card, "the six words of a card")
    parser.add_argument("--of", metavar="USER", help="another's, as it lies in this vault")
    parser = act("check", check, "enter that a card was compared")
    colleague(parser)
    parser.add_argument("--words", metavar="TEXT", help="the six words they read from their screen")
    parser.add_argument("--text-file", type=Path, metavar="FILE", help="what scanning their QR code gave")
    act("label", label, "what is shown of you before unlocking").add_argument("text", metavar="TEXT")
    act("name", name, "your own name").add_argument("text", metavar="TEXT")
    parser = act("roles", roles, "what somebody is entered for")
    colleague(parser)
    parser.add_argument("--role", action="append", required=True, metavar="R[,R…]", help="all they are to have")
    colleague(act("remove", remove, "somebody leaves"))
    parser = act("organisation", organisation, "the organisation's key")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--make", action="store_true", help="make one, in the place of an earlier")
    choice.add_argument("--refuse", action="store_true", help="hold none")
