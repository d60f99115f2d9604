"""film: bringing films in, and stills of them."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from vigtool.casework.cycle import Cycle
from vigtool.casework.family import Family
from vigtool.casework.film import Film, FilmKind
from vigtool.casework.session import Session
from vigtool.cli import check_command, export_commands, history_command, still_commands
from vigtool.cli.answer import Answer, progress
from vigtool.cli.consent_words import ask_if_safe
from vigtool.cli.options import day, opened
from vigtool.cli.stopping import stoppable
from vigtool.practice.consents import reasons_in_words
from vigtool.practice.families import family_named, person_named
from vigtool.practice.film_exports import take_still
from vigtool.practice.films import FilmWords, bring_in, consent_to_film, film_within
from vigtool.practice.marking import marks_of
from vigtool.practice.openings import note_family_opened
from vigtool.practice.records import value, values
from vigtool.practice.source_card import erase_source, source_is_whole
from vigtool.practice.stray_copies import stray_copies
from vigtool.timebase import clock, parse_point
from vigtool.vault.vault import Vault


def film_add(options: argparse.Namespace) -> Answer:
    """Bring a film in: look at it, seal it, read the sealed copy back and compare. Whole or not at all."""
    with opened(options) as vault:
        family = family_named(vault, options.family).id
        persons = tuple(person_named(vault, family, words).id for words in options.person)
        words = FilmWords(
            kind=FilmKind(options.kind.replace("-", " ")),
            title=options.title,
            session=vault.find_id(Session, options.session) if options.session is not None else None,
            cycle=vault.find_id(Cycle, options.cycle) if options.cycle is not None else None,
            filmed_on=options.on,
            persons=persons or None,
            someone_else=options.someone_else,
        )
        with stoppable() as cancelled:
            film = bring_in(
                vault, options.file, family, words, report=progress("bringing the film in"), cancelled=cancelled
            )
        decision = consent_to_film(vault, film, on=date.today())
        missing = reasons_in_words(vault, [film], decision)
        whole = source_is_whole(vault, film.id, options.file)
        if options.erase_source:
            erase_source(vault, film.id, options.file)
        strays = [stray for stray in stray_copies(vault, family) if stray.film == film.id]
    told = {
        "film": film.id,
        "frames": film.frames,
        "sha256": film.footage.sha256.hex(),
        "consent_missing": list(missing),
        "may_erase_source": whole,
        "source_erased": options.erase_source,
        "strays": [stray.id for stray in strays],
    }
    lines = [
        f"film {film.id[:8]}: {film.frames} frames, {clock(film.duration)}; sealed, read back and compared",
        *(f"consent to be filmed is missing: {sentence}" for sentence in missing),
        *_about_source(erased=options.erase_source, whole=whole),
        *(f"stray copy {stray.id[:8]} ({stray.where.value}): say so once it is gone" for stray in strays),
    ]
    return Answer(told, lines)


def _about_source(*, erased: bool, whole: bool) -> list[str]:
    """Whether the file that a film came from may go."""
    if erased:
        return ["the file it came from was compared once more and erased"]
    if whole:
        return ["you may erase the file it came from: what is in the vault is the same, byte for byte"]
    return ["the file it came from is no longer what was brought in: keep it"]


def film_list(options: argparse.Namespace) -> Answer:
    """The films of one family, or of all."""
    with opened(options) as vault:
        domain = family_named(vault, options.family).id if options.family is not None else None
        codes = {family.id: family.code for family in values(vault, Family)}
        films = values(vault, Film, domain=domain)
        flagged = {film.id for film in films if consent_to_film(vault, film, on=date.today()).reasons}
    lines = [
        f"{film.id[:8]}  {codes[film.family]}  {clock(film.duration)}  {film.title}"
        + ("  (consent to being filmed is missing)" if film.id in flagged else "")
        for film in films
    ]
    told = [{**_film(film), "consent_is_missing": film.id in flagged} for film in films]
    return Answer(told, lines or ["no film yet"])


def film_show(options: argparse.Namespace) -> Answer:
    """One film: its facts, and how many marks you made on it."""
    with opened(options) as vault:
        film = film_named(vault, options.film)
        note_family_opened(vault, film.family, film.id)
        count = len(marks_of(vault, film.id))
        missing = reasons_in_words(vault, [film], consent_to_film(vault, film, on=date.today()))
    told = {**_film(film), "marks": count, "consent_missing": list(missing)}
    lines = [
        f"film {film.id[:8]}  {film.title}",
        f"  {film.frames} frames in {clock(film.duration)}, {film.width} x {film.height}",
        f"  {count} marks",
        *(f"  damaged: {sentence}" for sentence in film.damage),
        *(f"  consent to be filmed is missing: {sentence}" for sentence in missing),
    ]
    return Answer(told, lines)


def film_frame(options: argparse.Namespace) -> Answer:
    """One exact frame of a film as a picture outside the vault; entered in the register of copies."""
    with opened(options) as vault:
        film = film_named(vault, options.film)
        number = film_within(vault, film.id).index.frame_at(parse_point(options.at))
        to = person_named(vault, film.family, options.to).id if options.to is not None else None
        copy = take_still(vault, film.id, number, options.out, on=date.today(), to=to, safe=options.safe)
    return Answer({"frame": number, "out": str(options.out), "copy": copy.id}, [f"frame {number} is in {options.out}"])


def film_named(vault: Vault, words: str) -> Film:
    """The film meant by an id or its unambiguous beginning."""
    return value(vault, Film, vault.find_id(Film, words.casefold()))


def _film(film: Film) -> dict[str, Any]:
    return {
        "film": film.id,
        "family": film.family,
        "kind": film.kind.value,
        "title": film.title,
        "frames": film.frames,
        "duration": float(film.duration),
        "time_base": str(film.time_base),
        "width": film.width,
        "height": film.height,
        "sound": film.sound is not None,
        "persons": list(film.persons),
        "someone_else": film.someone_else,
        "damage": list(film.damage),
        "sha256": film.footage.sha256.hex(),
    }


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the commands of this file on the parser."""
    acts = commands.add_parser("film", parents=[general]).add_subparsers(metavar="ACT", required=True)
    parser = acts.add_parser("add", parents=[general], help="bring a film in", description=film_add.__doc__)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--family", required=True, metavar="F")
    parser.add_argument("--session", metavar="S")
    parser.add_argument("--cycle", metavar="C")
    parser.add_argument("--kind", choices=[kind.value.replace(" ", "-") for kind in FilmKind], default="interaction")
    parser.add_argument(
        "--person", action="append", default=[], metavar="P", help="who is seen or heard; all by default"
    )
    parser.add_argument("--someone-else", action="store_true", help="somebody outside the family is seen or heard")
    parser.add_argument("--title", default="", metavar="TEXT")
    parser.add_argument("--on", type=day, default=None, metavar="DATE", help="the day it was filmed")
    parser.add_argument(
        "--erase-source", action="store_true", help="compare the file with the vault once more, and erase it"
    )
    parser.set_defaults(run=film_add)
    parser = acts.add_parser("list", parents=[general], help="the films", description=film_list.__doc__)
    parser.add_argument("--family", metavar="F")
    parser.set_defaults(run=film_list)
    parser = acts.add_parser("show", parents=[general], help="one film", description=film_show.__doc__)
    parser.add_argument("film", metavar="FILM")
    parser.set_defaults(run=film_show)
    parser = acts.add_parser("frame", parents=[general], help="one exact frame", description=film_frame.__doc__)
    parser.add_argument("film", metavar="FILM")
    parser.add_argument("at", metavar="AT", help="HH:MM:SS.mmm, seconds, or f123")
    parser.add_argument("--out", type=Path, required=True, metavar="PNG")
    parser.add_argument("--for", dest="to", metavar="PERSON", help="who it is for")
    ask_if_safe(parser)
    parser.set_defaults(run=film_frame)
    still_commands.add_to(acts, general)
    export_commands.add_to(acts, general)
    history_command.add_to(acts, general)
    check_command.add_to(acts, general)
