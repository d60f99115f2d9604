"""film check: whether a film is exact, be it a file or a film of the vault."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Final

from vigtool.casework.film import Film
from vigtool.cli.answer import Answer, progress
from vigtool.cli.look_commands import look_at
from vigtool.cli.options import opened
from vigtool.cli.stopping import stoppable
from vigtool.player import look
from vigtool.player.check import Verdict, check
from vigtool.player.footage import path_opener
from vigtool.player.probe import FilmFacts, film_facts
from vigtool.practice.films import open_film

_ID: Final = re.compile(r"[0-9a-fA-F]{1,32}")
_OTHER: Final = "the list of its frames in the vault is not the one that looking at it anew gives"


def film_check(options: argparse.Namespace) -> Answer:
    """Try whether every frame of a film is the right one, and say what is damaged from when to when.

    Frames are asked for in every way that the program has and held against reading straight on from the film's
    beginning. Exit 0: the film is exact. 1: it is not, or it cannot be looked at.
    """
    path = Path(options.film)
    if _ID.fullmatch(options.film) and not path.exists():
        return _of_vault(options)
    facts, index = look_at(path)
    with stoppable() as cancelled:
        verdict = check(
            path_opener(path),
            index,
            progress("trying its frames"),
            cancelled,
            damage=facts.damage,
            sound=facts.exact,
        )
    return _answer(verdict, facts, ())


def _of_vault(options: argparse.Namespace) -> Answer:
    """The same of a film that is named by its id: its sealed bytes and the list of frames that is kept with them."""
    with opened(options) as vault, stoppable() as cancelled:
        film = open_film(vault, vault.find_id(Film, options.film.casefold()))
        anew = look.look_at(film.opener, progress("looking at the film"), cancelled)
        facts = film_facts(anew.index, anew.audio, anew.damage)
        verdict = check(
            film.opener,
            film.index,
            progress("trying its frames"),
            cancelled,
            damage=facts.damage,
            sound=facts.exact,
        )
    same = film.index.fingerprint == anew.index.fingerprint
    return _answer(verdict, facts, () if same else (_OTHER,))


def _answer(verdict: Verdict, facts: FilmFacts, more: tuple[str, ...]) -> Answer:
    """The verdict for eyes and for programs."""
    exact = verdict.exact and not more
    reasons = [*more, *verdict.reasons]
    said = [sentence for sentence in facts.damage if sentence not in reasons]
    tried = f"{verdict.questions} questions, {verdict.wrong} wrong"
    if verdict.refused:
        tried += f", {verdict.refused} refused"
    part = "every frame was compared" if verdict.whole else f"a sample of {verdict.compared} frames was compared"
    told = {
        "exact": exact,
        "reasons": reasons,
        "damage": list(facts.damage),
        "frames": verdict.frames,
        "compared": verdict.compared,
        "questions": verdict.questions,
        "wrong": verdict.wrong,
        "refused": verdict.refused,
    }
    lines = [
        f"exact: all {verdict.frames} frames are at their place" if exact else "not exact",
        *(f"  {reason}" for reason in reasons),
        *(f"  to know: {sentence}" for sentence in said),
        f"  {tried}; {part}",
    ]
    return Answer(told, lines, good=exact)


def add_to(acts: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put it on the parser of `film`."""
    text = film_check.__doc__
    parser = acts.add_parser("check", parents=[general], help="whether it is exact to the frame", description=text)
    parser.add_argument("film", metavar="FILE|FILM", help="a film's file, or the id of one in the vault")
    parser.set_defaults(run=film_check)
