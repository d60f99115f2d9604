"""film still and film stills: frames that are kept to be found again, inside the vault."""

from __future__ import annotations

import argparse
from typing import Any

from vigtool.casework.film import Film
from vigtool.casework.still import Still
from vigtool.cli.answer import Answer
from vigtool.cli.options import opened
from vigtool.cli.points import seconds_at
from vigtool.player.frame_index import FrameIndex
from vigtool.practice.films import film_within
from vigtool.practice.openings import note_family_opened
from vigtool.practice.stills import keep_still, stills_of
from vigtool.timebase import clock, parse_point
from vigtool.vault.vault import Vault


def film_still(options: argparse.Namespace) -> Answer:
    """Keep one exact frame of a film, to be found again. It stays in the vault; `film frame` writes one outside."""
    with opened(options) as vault:
        film = _film(vault, options.film)
        index = film_within(vault, film).index
        still = keep_still(vault, film, index.pts(index.frame_at(parse_point(options.at))), options.words)
    told = _told(still, index)
    return Answer(told, [f"still {still.id[:8]}: frame {still.number} at {told['time']}"])


def film_stills(options: argparse.Namespace) -> Answer:
    """The stills of a film, in its order."""
    with opened(options) as vault:
        film = _film(vault, options.film)
        note_family_opened(vault, vault.domain_of(film), film)
        index = film_within(vault, film).index
        found = [_told(still, index) for still in stills_of(vault, film)]
    lines = [f"{one['still'][:8]}  {one['time']}  frame {one['frame']}  {one['words']}".rstrip() for one in found]
    return Answer(found, lines or ["no still yet"])


def _film(vault: Vault, words: str) -> str:
    return vault.find_id(Film, words.casefold())


def _told(still: Still, index: FrameIndex) -> dict[str, Any]:
    return {
        "still": still.id,
        "film": still.film,
        "frame": still.number,
        "tick": still.tick,
        "time": clock(seconds_at(index, still.tick)),
        "words": still.words,
        "kept": still.kept.isoformat(),
    }


def add_to(acts: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the two on the parser of `film`."""
    parser = acts.add_parser("still", parents=[general], help="keep one exact frame", description=film_still.__doc__)
    parser.add_argument("film", metavar="FILM")
    parser.add_argument("at", metavar="AT", help="HH:MM:SS.mmm, seconds, or f123")
    parser.add_argument("--words", default="", metavar="TEXT", help="what is said of it")
    parser.set_defaults(run=film_still)
    parser = acts.add_parser("stills", parents=[general], help="what was kept", description=film_stills.__doc__)
    parser.add_argument("film", metavar="FILM")
    parser.set_defaults(run=film_stills)
