"""audit: who did what and when, and whether the log of it is whole."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from vigtool.cli.answer import Answer, progress
from vigtool.cli.options import day, opened, text_of
from vigtool.cli.stopping import stoppable
from vigtool.errors import VaultDamaged
from vigtool.practice.auditing import (
    Entry,
    Place,
    Wanted,
    check_log,
    check_log_against,
    checkpoints,
    export_log,
    log_entries,
    log_page,
    log_size,
    save_checkpoints,
)
from vigtool.vault.vault import Vault


def show(options: argparse.Namespace) -> Answer:
    """The entries of the audit log, the oldest first. They name records by their ids and nobody by name."""
    with opened(options) as vault:
        found = (
            _newest(vault, _wanted(options), options.newest) if options.newest else log_entries(vault, _wanted(options))
        )
    return Answer([_as_json(entry) for entry in found], [_line(entry) for entry in found] or ["there is no such entry"])


def export(options: argparse.Namespace) -> Answer:
    """Write entries as a table (CSV) for other programs: ids, times and acts. That it was done is entered."""
    with opened(options) as vault, stoppable() as cancelled:
        count = export_log(vault, options.out, _wanted(options), cancelled=cancelled)
    return Answer({"entries": count, "out": str(options.out)}, [f"{count} entries are in {options.out}"])


def verify(options: argparse.Namespace) -> Answer:
    """Follow the log from its first entry, check every signature, and every record that it tells of.

    With a checkpoint that was kept elsewhere it also shows whether the end of the log, or all of it, was put back.
    """
    note = text_of(options.checkpoint, "--checkpoint") if options.checkpoint else None
    with opened(options) as vault:
        with stoppable() as cancelled:
            findings = check_log(vault, report=progress("following the log"), cancelled=cancelled)
        if note is not None:
            findings += check_log_against(vault, note)
        count = log_size(vault)
    if findings:
        message = f"the audit log is not as it was written: {findings[0].what}"
        raise VaultDamaged(message, "; ".join(f"{each.what} ({each.object[:8]})" for each in findings))
    return Answer({"entries": count, "findings": []}, [f"all {count} entries are as they were written"])


def checkpoint(options: argparse.Namespace) -> Answer:
    """Signed notes of where the log stands now. Keep them elsewhere: they show later whether it was cut or put back."""
    with opened(options) as vault:
        notes = save_checkpoints(vault, options.out) if options.out else checkpoints(vault)
    lines = [line for note in notes for line in note.split("\n")]
    return Answer({"checkpoints": notes}, [f"the notes are in {options.out}"] if options.out else lines)


def _wanted(options: argparse.Namespace) -> Wanted:
    return Wanted(
        about=options.about.casefold() if options.about else None,
        by=options.by.casefold() if options.by else None,
        act=options.act,
        since=day(options.since) if options.since else None,
        until=day(options.until) if options.until else None,
    )


def _newest(vault: Vault, wanted: Wanted, count: int) -> list[Entry]:
    """The newest entries that are wanted, the oldest of them first; the rest of the log is not read."""
    found: list[Entry] = []
    place: Place | None = None
    while len(found) < count:
        page = log_page(vault, wanted, place, count=count - len(found))
        found, place = [*found, *page.entries], page.place
        if place is None:
            break
    return list(reversed(found[:count]))


def _as_json(entry: Entry) -> dict[str, Any]:
    return {
        "device": entry.device,
        "entry": entry.seq,
        "at": entry.at.isoformat(),
        "act": entry.act,
        "by": entry.by,
        "objects": list(entry.objects),
        "details": dict(entry.details),
    }


def _line(entry: Entry) -> str:
    who = entry.by[:8] if entry.by else "nobody known"
    objects = " ".join(each[:8] for each in entry.objects)
    return f"{entry.at:%Y-%m-%d %H:%M:%S}  {who}  {entry.act}  {objects}".rstrip()


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the commands of this file on the parser."""
    group = commands.add_parser("audit", parents=[general])
    acts = group.add_subparsers(metavar="ACT", required=True)
    parser = acts.add_parser("show", parents=[general], help="the entries", description=show.__doc__)
    _add_filter(parser)
    parser.add_argument("--newest", type=int, metavar="N", help="only the N newest of them")
    parser.set_defaults(run=show)
    parser = acts.add_parser("export", parents=[general], help="the entries as a table", description=export.__doc__)
    _add_filter(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="CSV")
    parser.set_defaults(run=export)
    parser = acts.add_parser("verify", parents=[general], help="is it whole?", description=verify.__doc__)
    parser.add_argument("--checkpoint", type=Path, metavar="FILE", help="a checkpoint that was kept elsewhere")
    parser.set_defaults(run=verify)
    parser = acts.add_parser("checkpoint", parents=[general], help="a note to keep", description=checkpoint.__doc__)
    parser.add_argument("--out", type=Path, metavar="FILE", help="write it there, and enter that it was")
    parser.set_defaults(run=checkpoint)


def _add_filter(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--about", metavar="ID", help="only what was done to this record (its id, or a beginning)")
    parser.add_argument("--by", metavar="USER", help="only what this user did (their id, or a beginning)")
    parser.add_argument("--act", default="", metavar="WORDS", help="only acts that begin with these words")
    parser.add_argument("--since", metavar="DATE", help="from this day on (UTC)")
    parser.add_argument("--until", metavar="DATE", help="up to this day (UTC)")
