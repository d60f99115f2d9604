"""The command line: the same acts as in the window, without a screen.

Exit 0: done. 1: refused or failed, with one plain line and a hint on standard error. 2: wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from vigtool import __version__
from vigtool.cli import (
    demo_command,
    family_commands,
    film_commands,
    look_commands,
    mark_commands,
    reel_commands,
    vault_commands,
)
from vigtool.cli.answer import Answer, fail, say
from vigtool.cli.options import general_options
from vigtool.errors import UsageError, VigtoolError

DONE, FAILED, MISUSED = 0, 1, 2


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    general = general_options()
    parser = argparse.ArgumentParser(
        prog="vigtool",
        parents=[general],
        description="Video feedback with parents and babies. Without a command, the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"vigtool {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND")
    for group in (
        demo_command,
        look_commands,
        vault_commands,
        family_commands,
        film_commands,
        mark_commands,
        reel_commands,
    ):
        group.add_to(commands, general)
    return parser


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The command and its options. Exits with 2 and a line of usage where they are wrong."""
    try:
        return make_parser().parse_args(arguments)
    except UsageError as wrong:
        fail(wrong, as_json="--json" in arguments)
        raise SystemExit(MISUSED) from wrong


def wants_window(options: argparse.Namespace) -> bool:
    """Whether no command was given."""
    return not hasattr(options, "run")


def run(options: argparse.Namespace) -> int:
    """Do what was asked; the exit status."""
    as_json = getattr(options, "json", False)
    command: Callable[[argparse.Namespace], Answer] = options.run
    try:
        say(command(options), as_json=as_json)
    except UsageError as wrong:
        fail(wrong, as_json=as_json)
        return MISUSED
    except VigtoolError as refused:
        fail(refused, as_json=as_json)
        return FAILED
    except KeyboardInterrupt:
        print("\nvigtool: stopped; nothing half-made is left", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return FAILED
    return DONE
