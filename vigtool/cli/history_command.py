"""film history: where one film has been, and who saw it."""

from __future__ import annotations

import argparse
from typing import Any

from vigtool.casework.consent_words import sentence
from vigtool.casework.film import Film
from vigtool.cli.answer import Answer, progress
from vigtool.cli.options import opened
from vigtool.cli.stopping import stoppable
from vigtool.practice.film_history import CopyNow, FilmHistory, Seen, film_history
from vigtool.practice.openings import note_family_opened


def history(options: argparse.Namespace) -> Answer:
    """Where a film has been: where it came from, who saw it under which consent, its copies, when it may be erased."""
    with opened(options) as vault:
        film = vault.find_id(Film, options.film.casefold())
        note_family_opened(vault, vault.domain_of(film), film)
        with stoppable() as cancelled:
            found = film_history(vault, film, report=progress("looking through the log"), cancelled=cancelled)
    return Answer(_told(found), list(_lines(found)))


def _told(found: FilmHistory) -> dict[str, Any]:
    origin = found.origin
    return {
        "film": found.film.id,
        "family": found.family.id,
        "origin": None
        if origin is None
        else {
            "from": origin.from_words,
            "volume": origin.volume_kind.value,
            "read_back": origin.read_back,
            "brought_in": origin.brought_in.isoformat(),
            "by": origin.by,
        },
        "seen": [
            {
                "user": seen.user,
                "act": seen.act,
                "first": seen.at.isoformat(),
                "last": seen.last.isoformat(),
                "times": seen.times,
                "asked": seen.asked.value,
                "agreed": not seen.consent.reasons,
                "missing": _missing(found, seen),
            }
            for seen in found.seen
        ],
        "copies": [
            {
                "copy": now.copy.id,
                "kind": now.copy.kind.value,
                "source": now.copy.source,
                "to": now.copy.to,
                "to_words": now.copy.to_words,
                "made": now.copy.made.isoformat(),
                "outcome": now.outcome.value if now.outcome else None,
            }
            for now in found.copies
        ],
        "strays": [
            {"stray": stray.id, "where": stray.where.value, "gone": stray.gone.isoformat() if stray.gone else None}
            for stray in found.strays
        ],
        "access": [{"user": share.user, "role": share.role.value} for share in found.access],
        "erase_on": found.erase_on.isoformat() if found.erase_on else None,
        "lacking": [lacking.value for lacking in found.term.lacking],
        "held": found.held.id if found.held else None,
    }


def _lines(found: FilmHistory) -> list[str]:
    lines = [f"film {found.film.id[:8]}  {found.family.code}  {found.film.title}".rstrip()]
    if found.origin is not None:
        lines.append(f"  brought in {found.origin.brought_in:%Y-%m-%d %H:%M} from a {found.origin.volume_kind.value}")
    lines += [_seen_line(found, seen) for seen in found.seen] or ["  nobody has opened it yet"]
    lines += [_copy_line(found, now) for now in found.copies]
    lines += [f"  stray copy, {stray.where.value}: {'gone' if stray.gone else 'still there'}" for stray in found.strays]
    lines += [f"  {share.name or share.user[:8]} {share.role.value} it" for share in found.access]
    if found.erase_on is not None:
        lines.append(f"  may be erased from {found.erase_on.isoformat()}")
    else:
        lines.append("  no day to erase it: " + "; ".join(lacking.value for lacking in found.term.lacking))
    if found.held is not None:
        lines.append(f"  a legal hold of {found.held.on.isoformat()} keeps it")
    return lines


def _seen_line(found: FilmHistory, seen: Seen) -> str:
    agreed = "; ".join(_missing(found, seen)) or "everybody in it had agreed"
    return f"  {seen.at:%Y-%m-%d}  {seen.name or seen.user[:8]}  {seen.act}, {seen.times} times: {agreed}"


def _copy_line(found: FilmHistory, now: CopyNow) -> str:
    copy = now.copy
    person = found.persons.get(copy.to) if copy.to is not None else None
    to = person.name if person is not None else copy.to_words or "nobody by name"
    return f"  {copy.made:%Y-%m-%d}  {copy.kind.value} for {to}: {now.outcome.value if now.outcome else 'out there'}"


def _missing(found: FilmHistory, seen: Seen) -> list[str]:
    def name(person: str) -> str:
        return found.persons[person].name if person in found.persons else "somebody"

    return [sentence(reason, name) for reason in seen.consent.reasons]


def add_to(acts: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the command on the parser of `film`."""
    parser = acts.add_parser("history", parents=[general], help="where it has been", description=history.__doc__)
    parser.add_argument("film", metavar="FILM")
    parser.set_defaults(run=history)
