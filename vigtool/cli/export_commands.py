"""film export: a whole film for somebody, without what cameras write into it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from vigtool.casework.film import Film
from vigtool.cli.answer import Answer, progress
from vigtool.cli.consent_words import ask_if_safe, handover_lines, name_lookup, safety_told
from vigtool.cli.options import opened
from vigtool.cli.stopping import stoppable
from vigtool.errors import UsageError
from vigtool.practice.copies import PURPOSES
from vigtool.practice.families import person_named
from vigtool.practice.film_exports import export_film
from vigtool.practice.records import people_of, value
from vigtool.practice.safety import safety_of


def film_export(options: argparse.Namespace) -> Answer:
    """Write a whole film outside the vault: picture and sound as they were filmed, and nothing said beside them."""
    if (options.person is None) is not bool(options.to):
        message = "it is not clear for whom this film is"
        raise UsageError(message, "give --for PERSON of the family, or --to WHOM with --purpose WHAT")
    if options.to and not options.purpose:
        message = "it is not said what it is for"
        raise UsageError(message, "give --purpose with one of " + ", ".join(PURPOSES))
    with opened(options) as vault:
        film = value(vault, Film, vault.find_id(Film, options.film.casefold()))
        with stoppable() as cancelled:
            copy = export_film(
                vault,
                film.id,
                options.out,
                to=person_named(vault, film.family, options.person).id if options.person is not None else None,
                to_words=options.to,
                purpose=options.purpose,
                on=date.today(),
                safe=options.safe,
                report=progress("writing the film"),
                cancelled=cancelled,
            )
        safety, name_of = safety_of(vault, film.family), name_lookup(people_of(vault, film.family))
    told = {
        "film": film.id,
        "file": copy.target,
        "copy": copy.id,
        "sha256": copy.sha256.hex(),
        "safe_at_home": copy.safe,
        "safety": safety_told(safety),
    }
    lines = [f"wrote {copy.target}; it is in the register of copies"]
    if copy.to is not None:
        lines += handover_lines(safety, name_of, safe=copy.safe)
    return Answer(told, lines)


def add_to(acts: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put it on the parser of `film`."""
    parser = acts.add_parser("export", parents=[general], help="a whole film", description=film_export.__doc__)
    parser.add_argument("film", metavar="FILM")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.mp4")
    parser.add_argument("--for", dest="person", metavar="PERSON", help="a person of the family")
    parser.add_argument("--to", default="", metavar="WHOM", help="anybody else")
    parser.add_argument("--purpose", default="", choices=["", *PURPOSES], metavar="WHAT", help=", ".join(PURPOSES))
    ask_if_safe(parser)
    parser.set_defaults(run=film_export)
