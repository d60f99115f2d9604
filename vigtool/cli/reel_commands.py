"""reel: choosing moments, and making the parent's film."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from vigtool.annotate import reel_edits
from vigtool.annotate.layer import Layer
from vigtool.annotate.mark import Mark
from vigtool.annotate.reel import Reel
from vigtool.annotate.scheme_file import find
from vigtool.casework.cycle import Cycle
from vigtool.casework.film import Film
from vigtool.cli.answer import Answer, progress
from vigtool.cli.consent_words import ask_if_safe, handover_lines, name_lookup, safety_told
from vigtool.cli.film_commands import film_named
from vigtool.cli.options import opened
from vigtool.cli.stopping import stoppable
from vigtool.errors import UsageError
from vigtool.ids import new_id
from vigtool.practice.copies import make_copy
from vigtool.practice.families import person_named
from vigtool.practice.films import film_within
from vigtool.practice.openings import note_family_opened
from vigtool.practice.records import people_of, value
from vigtool.practice.reels import bounds, change_reel, films_of_reel, new_reel
from vigtool.timebase import clock
from vigtool.vault.vault import Vault


def reel_new(options: argparse.Namespace) -> Answer:
    """Begin a reel for the family of the named films."""
    with opened(options) as vault:
        films = [film_named(vault, words) for words in options.film]
        if len({film.family for film in films}) != 1:
            message = "these films are of more than one family"
            raise UsageError(message, "a reel shows one family's films")
        cycle = vault.find_id(Cycle, options.cycle) if options.cycle is not None else films[0].cycle
        reel = new_reel(vault, family=films[0].family, cycle=cycle, title=options.title)
    return Answer({"reel": reel.id, "family": reel.family, "clips": []}, [f"reel {reel.id[:8]} is begun"])


def reel_add(options: argparse.Namespace) -> Answer:
    """Add a marked moment to a reel, at its end or at a place."""
    with opened(options) as vault:
        reel = reel_named(vault, options.reel)
        mark = value(vault, Mark, vault.find_id(Mark, options.mark.casefold()))
        film = value(vault, Film, mark.film)
        layer = value(vault, Layer, mark.layer)
        index = film_within(vault, film.id).index
        clip = new_id()
        step = reel_edits.add_mark(
            reel,
            mark,
            bounds(film),
            find(layer.scheme, layer.scheme_version),
            clip,
            at=options.at,
            snap=lambda tick: index.pts(index.number_at(tick)),
        )
        after = step.after
        if options.caption:
            after = reel_edits.set_caption(after, clip, options.language, options.caption).after
        change_reel(vault, reel, after)
    return Answer(
        {"reel": reel.id, "clip": clip, "clips": len(after.clips)}, [f"clip {len(after.clips)} is in the reel"]
    )


def reel_show(options: argparse.Namespace) -> Answer:
    """A reel's clips, in the order in which they are shown."""
    with opened(options) as vault:
        reel = reel_named(vault, options.reel)
        note_family_opened(vault, reel.family, reel.id)
        bases = {film.id: film.time_base for film in films_of_reel(vault, reel)}
    told = {"reel": reel.id, "title": reel.title, "clips": [asdict(clip) for clip in reel.clips]}
    length = sum((clip.span.length * bases[clip.film] for clip in reel.clips), Fraction(0))
    lines = [
        f"reel {reel.id[:8]}  {reel.title}  {len(reel.clips)} clips, {clock(length)}",
        *(
            f"  {n}  {' / '.join(c.text for c in clip.captions) or 'no caption'}"
            for n, clip in enumerate(reel.clips, 1)
        ),
    ]
    return Answer(told, lines)


def reel_render(options: argparse.Namespace) -> Answer:
    """Make the parent's film of a reel, where consent allows it, and enter it in the register of copies."""
    with opened(options) as vault:
        reel = reel_named(vault, options.reel)
        to = person_named(vault, reel.family, options.to).id if options.to is not None else None
        with stoppable() as cancelled:
            receipt = make_copy(
                vault,
                reel.id,
                options.out,
                on=date.today(),
                to=to,
                safe=options.safe,
                report=progress("making the film"),
                cancelled=cancelled,
            )
        name_of = name_lookup(people_of(vault, reel.family))
    rendered = receipt.rendered
    told: dict[str, Any] = {
        "file": str(options.out),
        "frames": rendered.frames,
        "duration": float(rendered.duration),
        "clips": [asdict(clip) for clip in rendered.clips],
        "copy": receipt.copy.id,
        "sha256": receipt.copy.sha256.hex(),
        "safe_at_home": receipt.copy.safe,
        "safety": safety_told(receipt.safety),
        "warnings": list(receipt.warnings),
    }
    lines = [
        f"{options.out}: {rendered.frames} frames, {clock(rendered.duration)}; it is in the register",
        *receipt.warnings,
        *handover_lines(receipt.safety, name_of, safe=receipt.copy.safe),
    ]
    return Answer(told, lines)


def reel_named(vault: Vault, words: str) -> Reel:
    """The reel meant by an id or its unambiguous beginning."""
    return value(vault, Reel, vault.find_id(Reel, words.casefold()))


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the commands of this file on the parser."""
    acts = commands.add_parser("reel", parents=[general]).add_subparsers(metavar="ACT", required=True)
    parser = acts.add_parser("new", parents=[general], help="begin a reel", description=reel_new.__doc__)
    parser.add_argument("film", nargs="+", metavar="FILM")
    parser.add_argument("--title", default="", metavar="TEXT")
    parser.add_argument("--cycle", metavar="C")
    parser.set_defaults(run=reel_new)
    parser = acts.add_parser("add", parents=[general], help="add a moment", description=reel_add.__doc__)
    parser.add_argument("reel", metavar="REEL")
    parser.add_argument("mark", metavar="MARK")
    parser.add_argument("--at", type=int, metavar="N", help="its place, counted from 0")
    parser.add_argument("--caption", default="", metavar="TEXT")
    parser.add_argument("--language", default="en", metavar="TAG")
    parser.set_defaults(run=reel_add)
    parser = acts.add_parser("show", parents=[general], help="its clips", description=reel_show.__doc__)
    parser.add_argument("reel", metavar="REEL")
    parser.set_defaults(run=reel_show)
    parser = acts.add_parser(
        "render", parents=[general], help="make the parent's film", description=reel_render.__doc__
    )
    parser.add_argument("reel", metavar="REEL")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.mp4")
    parser.add_argument("--for", dest="to", metavar="PERSON", help="without it, everyone in it must have agreed")
    ask_if_safe(parser)
    parser.set_defaults(run=reel_render)
