"""vault backup, backups, check-backup, restore, scrub, mend: what keeps a vault from being lost."""

from __future__ import annotations

import argparse
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from vigtool.casework.backup import Backup
from vigtool.casework.film import Film
from vigtool.casework.scrub import DamagedFilm
from vigtool.cli.answer import Answer, progress
from vigtool.cli.options import opened, passphrase, text_of, vault_folder
from vigtool.cli.stopping import stoppable
from vigtool.errors import NotAVault
from vigtool.practice import backups, scrubbing
from vigtool.practice.opening import open_vault
from vigtool.practice.reminders import reminders
from vigtool.practice.restoring import GenerationFacts, check_backup, generations, restore
from vigtool.practice.ways_in import RecoveryKey, recovery_key
from vigtool.timebase import clock

_MB = 1_000_000


def backup(options: argparse.Namespace) -> Answer:
    """Make a backup in a folder or on a stick, and read it back. Films that lie there already are not copied again."""
    with opened(options) as vault, stoppable() as cancelled:
        made = backups.back_up(
            vault,
            options.to,
            keep_days=options.keep_days,
            whole=options.whole,
            into_cloud=options.into_cloud,
            report=progress("making the backup"),
            cancelled=cancelled,
        )
    lines = [
        f"backup {made.id[:8]}: {made.films} films, {made.size / _MB:.1f} MB; written, read back and compared",
        f"  kept until {made.keep_until}, in {made.target}",
        *(f"  the sealed file {file} is gone from the vault, and is not in it" for file in made.missing),
        *(f"  {object_} is damaged in the vault, and lies in it as it is" for object_ in made.damaged),
        "It opens with the same passphrases as the vault.",
    ]
    return Answer(_backup(made), lines, good=not made.missing and not made.damaged)


def listed(options: argparse.Namespace) -> Answer:
    """The backups that are known and not gone, and what there is to do; with FROM, those that lie in a folder."""
    if options.source is not None:
        found = generations(options.source)
        return Answer([_facts(each) for each in found], [_facts_line(each) for each in found])
    with opened(options) as vault:
        if options.gone is not None:
            backups.say_backup_gone(vault, vault.find_id(Backup, options.gone), date.today())
        known, unfinished = backups.backups(vault), backups.unfinished_backups(vault)
        to_do = reminders(vault, date.today())
    told = {
        "backups": [_backup(each) for each in known],
        "unfinished": [_backup(each) for each in unfinished],
        "reminders": [
            {"what": each.what.value, "since": str(each.since) if each.since else None, "about": each.about}
            for each in to_do
        ],
    }
    lines = [
        *(f"{each.id[:8]}  {each.made:%Y-%m-%d %H:%M}  {each.films} films  {each.target}" for each in known),
        *(f"{each.id[:8]}  {each.made:%Y-%m-%d %H:%M}  perhaps not finished  {each.target}" for each in unfinished),
        *(f"to do: {each.what.value}" + (f", since {each.since}" if each.since else "") for each in to_do),
    ]
    return Answer(told, lines or ["no backup yet"])


def check(options: argparse.Namespace) -> Answer:
    """Try out whether a vault could be got back from a backup. Nothing is written but that it was tried."""
    with stoppable() as cancelled:
        if options.entered:
            words = passphrase(options)
            with open_vault(vault_folder(options), words).vault as vault:
                tried = check_backup(
                    options.source,
                    words,
                    vault=vault,
                    whole=options.whole,
                    report=progress("trying the backup"),
                    cancelled=cancelled,
                )
        else:
            tried = check_backup(
                options.source,
                _key(options),
                whole=options.whole,
                report=progress("trying the backup"),
                cancelled=cancelled,
            )
    told = {
        **_facts(tried.facts),
        "good": tried.good,
        "whole": tried.whole,
        "findings": [{"object": each.object, "what": each.what, "hint": each.hint} for each in tried.findings],
    }
    lines = [_facts_line(tried.facts), *(f"  {each.what} ({each.object[:8]})" for each in tried.findings)]
    lines += ["a vault can be got back from it"] if tried.good else []
    return Answer(told, lines, good=tried.good)


def get_back(options: argparse.Namespace) -> Answer:
    """Get a vault back from a backup into a new folder. No vault is ever written over."""
    with stoppable() as cancelled:
        done = restore(
            options.source,
            options.to,
            _key(options),
            instead_of=options.instead_of or _named_vault(options),
            despite_damage=options.despite_damage,
            report=progress("restoring"),
            cancelled=cancelled,
        )
    told = {
        "vault": str(done.folder),
        "backup": done.facts.backup,
        "made": done.facts.made.isoformat(),
        "erased_again": [each.id for each in done.erased_again],
        "unbelieved": [each.id for each in done.unbelieved],
        "rolled_back": done.rolled_back,
        "newer_entries": done.newer_entries,
        "lost": list(done.lost),
        "findings": [{"object": each.object, "what": each.what} for each in done.findings],
    }
    lines = [
        f"the vault as it was on {done.facts.made:%Y-%m-%d %H:%M} UTC is in {done.folder}",
        *([f"what was done since is not in it: {done.newer_entries} entries of the log"] if done.rolled_back else []),
        *(f"erased again, as it had been on {each.on}: {each.what[:8]}" for each in done.erased_again),
        *(f"somebody unknown says that {each.what[:8]} was erased; it is there" for each in done.unbelieved),
        *(f"the sealed file {file} is damaged or gone" for file in done.lost),
        "if you hold a certificate of something erased since: vigtool erase certified FILE",
        *(f"{each.what} ({each.object[:8]})" for each in done.findings),
    ]
    return Answer(told, lines, good=not done.lost and not done.findings)


def _named_vault(options: argparse.Namespace) -> Path | None:
    """The vault that is named anyway, where it is there: it may know what was erased since the backup."""
    with suppress(NotAVault):
        folder = vault_folder(options)
        return folder if folder.is_dir() else None
    return None


def scrub(options: argparse.Namespace) -> Answer:
    """Open every sealed byte of every film, and name the seconds that are damaged. Goes on where it was stopped."""
    with opened(options) as vault, stoppable() as cancelled:
        found = scrubbing.scrub(vault, progress("looking through the films"), cancelled, anew=options.anew)
        damaged = scrubbing.damaged_films(vault)
    told = {"films": found.films, "damaged": [_damaged(each) for each in damaged], "stand_ins": found.stand_ins}
    lines = [f"{found.films} films looked through", *(_damaged_line(each) for each in damaged)]
    return Answer(told, lines if damaged else [*lines, "every byte is as it was written"], good=not damaged)


def mend(options: argparse.Namespace) -> Answer:
    """Put a damaged film's sealed file back from a backup."""
    with opened(options) as vault, stoppable() as cancelled:
        film = vault.find_id(Film, options.film)
        found = scrubbing.mend_film(
            vault, film, options.source, report=progress("mending the film"), cancelled=cancelled
        )
    whole = not found.damaged
    return Answer({"film": film, "whole": whole}, [f"film {film[:8]} is whole again"] if whole else [], good=whole)


def _key(options: argparse.Namespace) -> str | RecoveryKey:
    if options.recovery_file is not None:
        return recovery_key(text_of(options.recovery_file, "--recovery-file"))
    return passphrase(options)


def _backup(made: Backup) -> dict[str, Any]:
    return {
        "backup": made.id,
        "target": made.target,
        "made": made.made.isoformat(),
        "size": made.size,
        "films": made.films,
        "keep_until": made.keep_until.isoformat(),
        "checked": made.checked.isoformat() if made.checked else None,
        "missing": list(made.missing),
        "damaged": list(made.damaged),
    }


def _facts(facts: GenerationFacts) -> dict[str, Any]:
    return {
        "backup": facts.backup,
        "folder": str(facts.folder),
        "made": facts.made.isoformat(),
        "keep_until": facts.keep_until.isoformat(),
        "size": facts.size,
        "films": facts.films,
    }


def _facts_line(facts: GenerationFacts) -> str:
    return f"{facts.backup[:8]}  {facts.made:%Y-%m-%d %H:%M}  {facts.films} films  {facts.size / _MB:.1f} MB"


def _damaged(found: DamagedFilm) -> dict[str, Any]:
    seconds = [[float(start), float(end)] for start, end in found.spans_seconds]
    return {"film": found.film, "lost": found.lost, "seconds": seconds}


def _damaged_line(found: DamagedFilm) -> str:
    if found.lost:
        return f"film {found.film[:8]}: nothing of it can be shown"
    spans = ", ".join(f"{clock(start)} to {clock(end)}" for start, end in found.spans_seconds)
    return f"film {found.film[:8]}: damaged " + (f"from {spans}" if spans else "where no picture is")


def add_to(acts: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the commands of this file beside the other acts of `vault`."""
    parser = acts.add_parser("backup", parents=[general], help="make a backup", description=backup.__doc__)
    parser.add_argument("to", type=Path, metavar="TO", help="a folder, or a stick")
    parser.add_argument("--keep-days", type=int, default=backups.KEEP_DAYS, metavar="N")
    parser.add_argument("--whole", action="store_true", help="read every film that lies there again, too")
    parser.add_argument("--into-cloud", action="store_true", help="also where a service copies that folder elsewhere")
    parser.set_defaults(run=backup)
    parser = acts.add_parser("backups", parents=[general], help="the backups", description=listed.__doc__)
    parser.add_argument("source", type=Path, nargs="?", metavar="FROM")
    parser.add_argument("--gone", metavar="BACKUP", help="say that a backup is gone")
    parser.set_defaults(run=listed)
    parser = acts.add_parser("check-backup", parents=[general], help="try a backup out", description=check.__doc__)
    _from(parser)
    parser.add_argument("--whole", action="store_true", help="read every byte of every film")
    parser.add_argument("--enter", dest="entered", action="store_true", help="enter in the vault that it was tried")
    parser.set_defaults(run=check)
    parser = acts.add_parser("restore", parents=[general], help="get a vault back", description=get_back.__doc__)
    _from(parser)
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="an empty folder, or a new one")
    parser.add_argument(
        "--instead-of",
        type=Path,
        metavar="DIR",
        help="the vault it replaces, if that is still there; --vault, unless told",
    )
    parser.add_argument("--despite-damage", action="store_true", help="also where a film of the backup is damaged")
    parser.set_defaults(run=get_back)
    parser = acts.add_parser("scrub", parents=[general], help="look through all films", description=scrub.__doc__)
    parser.add_argument("--anew", action="store_true", help="begin with the first film")
    parser.set_defaults(run=scrub)
    parser = acts.add_parser("mend", parents=[general], help="put a film back", description=mend.__doc__)
    parser.add_argument("film", metavar="FILM")
    parser.add_argument("source", type=Path, metavar="FROM", help="a backup")
    parser.set_defaults(run=mend)


def _from(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, metavar="FROM", help="the folder of one backup, or of all of them")
    parser.add_argument("--recovery-file", type=Path, metavar="FILE", help="unlock with the recovery key in this file")
