"""The command line: the same acts as in the window, without a screen.

Exit 0: done. 1: refused or failed, with one plain line and a hint on standard error. 2: wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Final

from vigtool import __version__
from vigtool.cli.answer import Answer, fail, say
from vigtool.cli.options import general_options
from vigtool.errors import UsageError, VigtoolError

DONE, FAILED, MISUSED = 0, 1, 2

COMMANDS: Final = (
    ("demo", "demo_command", "the sample family"),
    ("probe", "look_commands", "facts of a film"),
    ("frame", "look_commands", "one exact frame"),
    ("vault", "vault_commands", "make a vault, look at it, check it"),
    ("family", "family_commands", "families"),
    ("consent", "family_commands", "consent"),
    ("session", "family_commands", "meetings"),
    ("film", "film_commands", "films"),
    ("mark", "mark_commands", "marks"),
    ("reel", "reel_commands", "reels"),
)
"""Each command's name, the module that knows its options, and what it is for."""


class LateParser(argparse.ArgumentParser):
    """Stands for one command until it is given: only then is its module loaded, and its own parser put to work.

    Loading the modules of every command takes many times as long as the quick ones take to answer.
    """

    def __init__(self, *, command: str, module: str, **settings: Any) -> None:
        super().__init__(add_help=False, **settings)
        self._command = command
        self._module = module

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """What the command's own parser makes of the arguments."""
        general = general_options()
        whole = argparse.ArgumentParser(prog="vigtool", parents=[general])
        commands = whole.add_subparsers()
        import_module(f"vigtool.cli.{self._module}").add_to(commands, general)
        own: argparse.ArgumentParser = commands.choices[self._command]
        return own.parse_known_args(args, namespace)


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    general = general_options()
    parser = argparse.ArgumentParser(
        prog="vigtool",
        parents=[general],
        description="Video feedback with parents and babies. Without a command, the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"vigtool {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=LateParser)
    for command, module, purpose in COMMANDS:
        commands.add_parser(command, help=purpose, command=command, module=module)
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
