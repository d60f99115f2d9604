"""The command line: the same acts as in the window, without a screen.

Exit 0: done. 1: refused or failed, with one plain line and a hint on standard error. 2: wrong usage. 130: stopped.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Final, NoReturn

from vigtool import __version__
from vigtool.cli.answer import Answer, fail, fault, said, speak_unicode
from vigtool.cli.options import general_options
from vigtool.cli.stopping import interrupted
from vigtool.errors import Cancelled, UsageError, VigtoolError

DONE, FAILED, MISUSED, STOPPED = 0, 1, 2, 130

COMMANDS: Final = (
    ("demo", "demo_command", "the sample family"),
    ("probe", "look_commands", "facts of a film"),
    ("frame", "look_commands", "one exact frame"),
    ("vault", "vault_commands", "make a vault, look at it, check it"),
    ("user", "user_commands", "who has a key to the vault"),
    ("family", "family_commands", "families"),
    ("consent", "consent_commands", "what people agreed to, and what they took back"),
    ("session", "family_commands", "meetings"),
    ("film", "film_commands", "films"),
    ("stray", "stray_commands", "copies of films outside the vault"),
    ("mark", "mark_commands", "marks"),
    ("reel", "reel_commands", "reels"),
    ("disclose", "disclose_commands", "what somebody has to be given, whatever consent says"),
    ("retention", "retention_commands", "how long material is kept, what is due, legal holds"),
    ("erase", "erase_commands", "a film or a family, for good"),
    ("doctor", "doctor_command", "whether this machine is in order"),
    ("audit", "audit_commands", "who did what, and whether the log of it is whole"),
)
"""Each command's name, the module that knows its options, and what it is for."""


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong as every other error is said."""

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments.

        Raises:
            UsageError.
        """
        raise UsageError(message, " ".join(self.format_usage().split()))


class LateParser(Parser):
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
        whole = Parser(prog="vigtool", parents=[general])
        commands = whole.add_subparsers()
        import_module(f"vigtool.cli.{self._module}").add_to(commands, general)
        own: argparse.ArgumentParser = commands.choices[self._command]
        return own.parse_known_args(args, namespace)


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    general = general_options()
    parser = Parser(
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
    """The command and its options. Exits with 2 and a plain line where they are wrong."""
    speak_unicode()
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
        with interrupted():
            answer = command(options)
    except UsageError as wrong:
        fail(wrong, as_json=as_json)
        return MISUSED
    except (Cancelled, KeyboardInterrupt):
        fail(Cancelled(), as_json=as_json)
        return STOPPED
    except VigtoolError as refused:
        fail(refused, as_json=as_json)
        return FAILED
    except Exception as ours:  # noqa: BLE001 - a fault of the program is told without what was in its hands
        fault(ours, as_json=as_json)
        return FAILED
    return DONE if said(answer, as_json=as_json) and answer.good else FAILED
