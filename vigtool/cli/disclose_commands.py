"""disclose: the second door, for what somebody has to be given whatever consent says."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from vigtool.casework.copy import Copy
from vigtool.casework.disclosure import Basis
from vigtool.cli.answer import Answer, progress
from vigtool.cli.film_commands import film_named
from vigtool.cli.options import day, opened
from vigtool.cli.stopping import stoppable
from vigtool.export.tables import WRITERS
from vigtool.practice.disclosure import disclose_film, disclose_marks


def disclose_a_film(options: argparse.Namespace) -> Answer:
    """Give a film out because somebody has to have it. A lead names the basis, the recipient and the reason."""
    with opened(options) as vault:
        film = film_named(vault, options.film)
        with stoppable() as cancelled:
            copy = disclose_film(
                vault,
                film.id,
                options.out,
                basis=Basis(options.basis),
                recipient=options.recipient,
                reason=options.reason,
                on=options.on,
                hold=options.hold,
                original=options.original,
                report=progress("writing the film"),
                cancelled=cancelled,
            )
    return _answer(copy)


def disclose_the_marks(options: argparse.Namespace) -> Answer:
    """Give out your marks on a film as a table because somebody has to have them."""
    with opened(options) as vault:
        copy = disclose_marks(
            vault,
            film_named(vault, options.film).id,
            options.out,
            form=options.format,
            basis=Basis(options.basis),
            recipient=options.recipient,
            reason=options.reason,
            on=options.on,
            hold=options.hold,
        )
    return _answer(copy)


def _answer(copy: Copy) -> Answer:
    told = {"copy": copy.id, "file": copy.target, "sha256": copy.sha256.hex(), "size": copy.size}
    return Answer(told, [f"wrote {copy.target}; it is in the register of copies, with its reason"])


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the commands of this file on the parser."""
    acts = commands.add_parser("disclose", parents=[general]).add_subparsers(metavar="WHAT", required=True)
    for name, run in (("film", disclose_a_film), ("marks", disclose_the_marks)):
        parser = acts.add_parser(name, parents=[general], help=f"give out {name}", description=run.__doc__)
        parser.add_argument("film", metavar="FILM")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")
        parser.add_argument("--basis", required=True, choices=[basis.value for basis in Basis])
        parser.add_argument("--recipient", required=True, metavar="TEXT", help="who receives it")
        parser.add_argument("--reason", required=True, metavar="TEXT", help="why they have to")
        parser.add_argument("--on", type=day, default=date.today(), metavar="DATE")
        parser.add_argument("--hold", action="store_true", help="place a legal hold: nothing erases it then")
        parser.set_defaults(run=run)
        if name == "marks":
            parser.add_argument("--format", default="csv", choices=sorted(WRITERS))
            continue
        group = parser.add_mutually_exclusive_group()
        group.add_argument(
            "--original", action="store_const", const=True, default=None, help="the bytes as they were brought in"
        )
        group.add_argument(
            "--cleansed", dest="original", action="store_const", const=False, help="without what cameras write into it"
        )
