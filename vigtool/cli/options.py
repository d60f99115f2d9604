"""Options that every command knows, and the vault they name."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from vigtool.casework.copy import ExitState
from vigtool.errors import AmbiguousId, NoSuchRecord, NotAVault, UsageError, WrongPassphrase
from vigtool.ids import Id

if TYPE_CHECKING:
    from vigtool.vault.vault import Vault


def general_options() -> argparse.ArgumentParser:
    """A parent parser of the options that may stand before or after the command."""
    parser = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = parser.add_argument_group("everywhere")
    group.add_argument(
        "--json", action="store_true", help="print one JSON document and nothing else on standard output"
    )
    group.add_argument("--vault", type=Path, metavar="DIR", help="the vault (or VIGTOOL_VAULT)")
    group.add_argument(
        "--user", metavar="USER", help="who unlocks it, where several can: a label, or the id's beginning"
    )
    group.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help="its first line is the passphrase; - is standard input (or VIGTOOL_PASSPHRASE_FILE); asked for otherwise",
    )
    return parser


def vault_folder(options: argparse.Namespace) -> Path:
    """The vault that was named.

    Raises:
        NotAVault: where none was.
    """
    named = getattr(options, "vault", None) or os.environ.get("VIGTOOL_VAULT")
    if not named:
        message = "no vault was named"
        raise NotAVault(message, "give --vault DIR, or set VIGTOOL_VAULT")
    return Path(named)


def passphrase(options: argparse.Namespace, *, prompt: str = "Passphrase: ", twice: bool = False) -> str:
    """The passphrase: from the named file, or asked for on the terminal. It is never an argument.

    Args:
        options: of the command.
        prompt: what the terminal asks.
        twice: whether it is a new one, which a slip of the finger would make unknown to everybody.

    Raises:
        UsageError: the file cannot be read, or there is neither file nor terminal, or what was typed twice differs.
    """
    named = getattr(options, "passphrase_file", None) or os.environ.get("VIGTOOL_PASSPHRASE_FILE")
    return secret_words(named, prompt=prompt, twice=twice)


def secret_words(named: str | None, *, prompt: str, twice: bool = False) -> str:
    """A passphrase from the first line of a named file (`-` is standard input), or asked for on the terminal.

    Raises:
        UsageError: as for `passphrase`.
    """
    if named == "-":
        return _first_line(sys.stdin.buffer.readline())
    if named:
        try:
            with Path(named).open("rb") as file:
                return _first_line(file.readline())
        except OSError as failed:
            message = "the passphrase file cannot be read"
            raise UsageError(message, "check the path given with --passphrase-file") from failed
    if not sys.stdin.isatty():
        message = "there is no terminal to ask for the passphrase"
        raise UsageError(message, "give --passphrase-file FILE, or - to read it from standard input")
    typed = getpass.getpass(prompt)
    if twice and getpass.getpass("The same once more: ") != typed:
        message = "the two passphrases are not the same"
        raise UsageError(message, "try again; nothing was made")
    return typed


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Vault]:
    """The named vault, open; closed again afterwards, whatever happens."""
    from vigtool.practice.opening import open_vault  # late: most of the time that a short command takes

    folder = vault_folder(options)
    found = open_vault(folder, passphrase(options), who(options))
    try:
        for left in found.unfinished:
            state = "cleaned up"
            if left.intent.state is ExitState.BEGUN:
                state = (
                    "where it was written to, and goes once that place can be reached and written to again"
                    " (is it lost? `vigtool stray settle`)"
                )
            print(f"vigtool: “{left.intent.act}” was stopped; what was left of it is {state}", file=sys.stderr)
        if found.back_again:
            count = len(found.back_again)
            print(
                f"vigtool: erased, and here again: {count}. An older state of the vault was put back", file=sys.stderr
            )
            print("   hint: `vigtool erase again` erases them again; `erase list` says which", file=sys.stderr)
        for finding in found.told:
            print(f"vigtool: {finding.what} ({finding.object[:8]})", file=sys.stderr)
            print(f"   hint: {finding.hint}", file=sys.stderr)
        yield found.vault
    finally:
        found.vault.close()


def who(options: argparse.Namespace) -> Id | None:
    """The user who is to unlock the vault; none where that was not said and every passphrase is tried.

    Raises:
        NoSuchRecord, AmbiguousId, NotAVault.
    """
    words = getattr(options, "user", None)
    if not words:
        return None
    from vigtool.practice.colleagues import pickable

    return named_user([(user, label, "") for user, label in pickable(vault_folder(options))], words)


def named_user(users: list[tuple[Id, str, str]], words: str) -> Id:
    """The user meant by a label, a whole name, or the beginning of an id.

    Args:
        users: id, label and name of each.
        words: as they were typed.

    Raises:
        NoSuchRecord, AmbiguousId.
    """
    said = words.strip().casefold()
    named = [user for user, *called in users if said in [each.casefold() for each in called if each]]
    found = named or [user for user, *_ in users if said and user.startswith(said)]
    if not found:
        message = "there is no user of that label, name or id"
        raise NoSuchRecord(message, "look at the list: vigtool user list, or user list --picker without a passphrase")
    if len(set(found)) > 1:
        message = f"{len(found)} users are called like that"
        raise AmbiguousId(message, "name one by the beginning of the id")
    return found[0]


def day(text: str) -> date:
    """A date as ISO 8601 writes it.

    Raises:
        UsageError: where it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        message = "that is no date"
        raise UsageError(message, "write it as 2026-11-22") from wrong


def text_of(file: Path, option: str) -> str:
    """The text of a file that an option names.

    Raises:
        UsageError: it cannot be read, or is no text.
    """
    try:
        return file.read_text(encoding="utf-8-sig")  # as for `_first_line`
    except (OSError, UnicodeDecodeError) as failed:
        message = f"the file given with {option} cannot be read"
        raise UsageError(message, f"check the path given with {option}") from failed


def _first_line(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig").rstrip("\r\n")  # Windows' editor puts a mark in front
    except UnicodeDecodeError as wrong:
        message = "the passphrase is not written in UTF-8"
        raise WrongPassphrase(message, "save the passphrase file as UTF-8 text") from wrong
