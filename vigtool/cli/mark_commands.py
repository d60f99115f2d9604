"""mark: adding, listing, moving and removing marks, and tables of them for others."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from pathlib import Path

from vigtool.annotate import edits
from vigtool.annotate.mark import Mark
from vigtool.annotate.mark_set import Marks, Step
from vigtool.annotate.scheme_file import find
from vigtool.cli.answer import Answer
from vigtool.cli.consent_words import ask_if_safe
from vigtool.cli.film_commands import film_named
from vigtool.cli.options import opened
from vigtool.cli.points import boundary, seconds_at, span_between
from vigtool.errors import UsageError
from vigtool.export.tables import WRITERS
from vigtool.ids import new_id
from vigtool.practice.copies import PURPOSES, export_marks, mark_rows
from vigtool.practice.films import film_within
from vigtool.practice.marking import begin_layer, keep_marks, marks_of
from vigtool.practice.openings import note_family_opened
from vigtool.practice.records import value
from vigtool.practice.reels import bounds
from vigtool.timebase import Span, clock
from vigtool.vault.vault import Vault


def mark_add(options: argparse.Namespace) -> Answer:
    """Mark a span of a film, or a moment where no end is given."""
    with opened(options) as vault:
        film = film_named(vault, options.film)
        layer = begin_layer(vault, film.id)
        scheme = find(layer.scheme, layer.scheme_version)
        index = film_within(vault, film.id).index
        mark = edits.new_mark(
            id=new_id(),
            layer=layer,
            span=span_between(index, options.start, options.end),
            scheme=scheme,
            code=options.code,
            note=options.note,
            star=options.star,
        )
        step = edits.add(Marks(marks_of(vault, film.id)), mark, bounds(film), scheme)
        _keep(vault, film.id, step)
        at = seconds_at(index, mark.span.start)
    return Answer({"mark": mark.id, "film": film.id}, [f"mark {mark.id[:8]} at {clock(at)}"])


def mark_list(options: argparse.Namespace) -> Answer:
    """Your marks on a film, in the order of time."""
    with opened(options) as vault:
        film = film_named(vault, options.film)
        note_family_opened(vault, film.family, film.id)
        index = film_within(vault, film.id).index
        rows = mark_rows(vault, film.id)
    lines = [
        f"{row.mark[:8]}  {clock(seconds_at(index, row.start))}  {row.lane}  {row.code or '–'}"
        f"{'  ★' if row.star else ''}{'  ' + row.note if row.note else ''}"
        for row in rows
    ]
    return Answer([asdict(row) for row in rows], lines or ["no marks yet"])


def mark_move(options: argparse.Namespace) -> Answer:
    """Move the beginning or the end of a mark, or both."""
    if options.start is None and options.end is None:
        message = "nowhere to move it was named"
        raise UsageError(message, "give --from, --to, or both")
    with opened(options) as vault:
        mark = value(vault, Mark, vault.find_id(Mark, options.mark.casefold()))
        film = film_named(vault, mark.film)
        index = film_within(vault, film.id).index
        start = boundary(index, options.start) if options.start is not None else mark.span.start
        end = boundary(index, options.end) if options.end is not None else mark.span.end
        if options.end is None and mark.span.is_moment:
            end = start
        if end < start:
            message = "the end would come before the beginning; the mark stays as it was"
            raise UsageError(message, "move both with --from and --to")
        step = edits.set_span(Marks(marks_of(vault, film.id)), mark.id, Span(start, end), bounds(film))
        _keep(vault, film.id, step)
    return Answer({"mark": mark.id, "start": start, "end": end}, [f"mark {mark.id[:8]} is moved"])


def mark_remove(options: argparse.Namespace) -> Answer:
    """Remove marks; their history stays in the vault."""
    with opened(options) as vault:
        found = [value(vault, Mark, vault.find_id(Mark, words.casefold())) for words in options.mark]
        for film in dict.fromkeys(mark.film for mark in found):
            here = [mark.id for mark in found if mark.film == film]
            _keep(vault, film, edits.remove(Marks(marks_of(vault, film)), here))
    return Answer({"removed": [mark.id for mark in found]}, [f"{len(found)} marks removed"])


def mark_export(options: argparse.Namespace) -> Answer:
    """Write your marks on a film as tables outside the vault, for somebody and for a purpose."""
    forms = dict.fromkeys(form.strip() for each in options.format or ["csv"] for form in each.split(","))
    if unknown := [form for form in forms if form not in WRITERS]:
        message = f"there is no table of the form “{unknown[0]}”"
        raise UsageError(message, "choose from " + ", ".join(sorted(WRITERS)))
    with opened(options) as vault:
        film = film_named(vault, options.film)
        copies = [
            export_marks(
                vault,
                film.id,
                options.out / f"marks-{film.id[:8]}.{form}",
                form=form,
                to=options.to,
                purpose=options.purpose,
                on=date.today(),
                safe=options.safe,
            )
            for form in forms
        ]
    told = [{"copy": copy.id, "file": copy.target, "sha256": copy.sha256.hex()} for copy in copies]
    return Answer(told, [f"wrote {copy.target}" for copy in copies])


def _keep(vault: Vault, film: str, step: Step) -> None:
    before = [mark for mark in step.before if mark is not None]
    after = [mark for mark in step.after if mark is not None]
    keep_marks(vault, film, before, after)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the commands of this file on the parser."""
    acts = commands.add_parser("mark", parents=[general]).add_subparsers(metavar="ACT", required=True)
    parser = acts.add_parser("add", parents=[general], help="mark a span or moment", description=mark_add.__doc__)
    parser.add_argument("--film", required=True, metavar="FILM")
    parser.add_argument("--from", dest="start", required=True, metavar="T", help="HH:MM:SS.mmm, seconds, or f123")
    parser.add_argument("--to", dest="end", metavar="T", help="the first frame that no longer belongs to it")
    parser.add_argument("--code", metavar="C", help="a code of the scheme, such as b.voice")
    parser.add_argument("--note", default="", metavar="TEXT")
    parser.add_argument("--star", action="store_true")
    parser.set_defaults(run=mark_add)
    parser = acts.add_parser("list", parents=[general], help="your marks", description=mark_list.__doc__)
    parser.add_argument("film", metavar="FILM")
    parser.set_defaults(run=mark_list)
    parser = acts.add_parser("move", parents=[general], help="move its edges", description=mark_move.__doc__)
    parser.add_argument("mark", metavar="MARK")
    parser.add_argument("--from", dest="start", metavar="T")
    parser.add_argument("--to", dest="end", metavar="T")
    parser.set_defaults(run=mark_move)
    parser = acts.add_parser("remove", parents=[general], help="remove marks", description=mark_remove.__doc__)
    parser.add_argument("mark", nargs="+", metavar="MARK")
    parser.set_defaults(run=mark_remove)
    parser = acts.add_parser("export", parents=[general], help="tables of marks", description=mark_export.__doc__)
    parser.add_argument("film", metavar="FILM")
    parser.add_argument("--format", action="append", metavar="F[,F]", help=", ".join(sorted(WRITERS)))
    parser.add_argument("--to", required=True, metavar="WHOM", help="who it is for")
    parser.add_argument("--purpose", required=True, metavar="WHAT", help=", ".join(PURPOSES))
    parser.add_argument(
        "--out", type=Path, default=Path(), metavar="DIR", help="the folder to write to; here by default"
    )
    ask_if_safe(parser)
    parser.set_defaults(run=mark_export)
