"""stray: copies of films outside the vault that nobody has said to be gone."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from vigtool.casework.copy import Intent
from vigtool.casework.film import Film
from vigtool.casework.stray_copy import StrayCopy, StrayPlace
from vigtool.cli.answer import Answer
from vigtool.cli.options import day, opened
from vigtool.practice.families import family_named
from vigtool.practice.stray_copies import StillOut, note_stray, say_gone, still_out
from vigtool.practice.unfinished_exits import say_nothing_left, unfinished_exits


def listed(options: argparse.Namespace) -> Answer:
    """What readable of the films lies outside the vault, as far as is known: stray copies, and copies handed over."""
    with opened(options) as vault:
        family = family_named(vault, options.family).id if options.family is not None else None
        found = still_out(vault, family)
    return Answer([_told(each) for each in found], [_line(each) for each in found] or ["nothing is known of any copy"])


def note(options: argparse.Namespace) -> Answer:
    """Write down that a copy of a film lies somewhere: in a phone's bin, in its cloud, in a mail."""
    with opened(options) as vault:
        film = vault.find_id(Film, options.film)
        stray = note_stray(vault, film, StrayPlace(options.where), options.words, on=date.today())
    return Answer({"stray": stray.id}, [f"noted: {stray.id[:8]}"])


def gone(options: argparse.Namespace) -> Answer:
    """Say that a stray copy is gone."""
    with opened(options) as vault:
        stray = say_gone(vault, vault.find_id(StrayCopy, options.stray), options.on or date.today())
    return Answer({"stray": stray.id, "gone": str(stray.gone)}, [f"{stray.id[:8]} is gone since {stray.gone}"])


def unfinished(options: argparse.Namespace) -> Answer:
    """Handovers that were cut off, and whose place could not be reached since: something may lie there."""
    with opened(options) as vault:
        found = unfinished_exits(vault)
    told = [
        {
            "exit": one.id,
            "act": one.act,
            "family": one.family,
            "source": one.source,
            "begun": one.begun.isoformat(),
            "file": one.target,
        }
        for one in found
    ]
    lines = [f"{one.id[:8]}  {one.act}  {one.begun.astimezone():%Y-%m-%d}  {one.target}" for one in found]
    return Answer(told, lines or ["nothing was cut off"])


def settle(options: argparse.Namespace) -> Answer:
    """Say that the place of a handover that was cut off is lost. It is entered as a copy of which nobody knows."""
    with opened(options) as vault:
        done = say_nothing_left(vault, vault.find_id(Intent, options.exit), options.on or date.today())
    copy = done.entered.id if done.entered else None
    words = f"entered as copy {copy[:8]}" if copy else "its place is there after all; nothing of it is left"
    return Answer({"exit": done.intent.id, "state": done.intent.state.value, "copy": copy}, [words])


def _told(out: StillOut) -> dict[str, Any]:
    kind, id_, where, words = _words(out)
    return {
        kind: id_,
        "family": out.family,
        "film": out.film,
        "since": out.since.isoformat(),
        "where": where,
        "words": words,
    }


def _line(out: StillOut) -> str:
    kind, id_, where, words = _words(out)
    return f"{id_[:8]}  {kind}  {out.since}  {where}  {words}".rstrip()


def _words(out: StillOut) -> tuple[str, str, str, str]:
    if out.stray is not None:
        return "stray", out.stray.id, out.stray.where.value, out.stray.words
    copy = out.copy
    return ("copy", copy.id, copy.kind.value, copy.to_words or copy.target) if copy else ("", "", "", "")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the commands of this file on the parser."""
    acts = commands.add_parser("stray", parents=[general]).add_subparsers(metavar="ACT", required=True)
    parser = acts.add_parser("list", parents=[general], help="what is still out", description=listed.__doc__)
    parser.add_argument("--family", metavar="F")
    parser.set_defaults(run=listed)
    parser = acts.add_parser("note", parents=[general], help="write one down", description=note.__doc__)
    parser.add_argument("film", metavar="FILM")
    parser.add_argument("--where", choices=[place.value for place in StrayPlace], required=True)
    parser.add_argument("--words", default="", metavar="TEXT")
    parser.set_defaults(run=note)
    parser = acts.add_parser("gone", parents=[general], help="say that one is gone", description=gone.__doc__)
    parser.add_argument("stray", metavar="STRAY")
    parser.add_argument("--on", type=day, metavar="DATE")
    parser.set_defaults(run=gone)
    parser = acts.add_parser("unfinished", parents=[general], help="what was cut off", description=unfinished.__doc__)
    parser.set_defaults(run=unfinished)
    parser = acts.add_parser("settle", parents=[general], help="its place is lost", description=settle.__doc__)
    parser.add_argument("exit", metavar="EXIT")
    parser.add_argument("--on", type=day, metavar="DATE")
    parser.set_defaults(run=settle)
