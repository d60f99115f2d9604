"""probe, frame: looking at a film file outside any vault."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from vigtool.cli.answer import Answer, progress
from vigtool.cli.points import seconds_at
from vigtool.cli.stopping import stoppable
from vigtool.errors import FilmMissing
from vigtool.export.still import save_still
from vigtool.player.examine import examine
from vigtool.player.footage import path_opener
from vigtool.player.frame_reader import FrameReader
from vigtool.player.probe import facts_json
from vigtool.timebase import clock, parse_point

if TYPE_CHECKING:
    from vigtool.player.frame_index import FrameIndex
    from vigtool.player.probe import FilmFacts


def probe(options: argparse.Namespace) -> Answer:
    """The facts of a film."""
    facts, _ = look_at(options.file)
    sound = facts.audio
    lines = [
        f"{facts.frames} frames in {clock(facts.duration)}{', variable rate' if facts.vfr else ''}",
        f"{facts.width} x {facts.height}, turned by {facts.rotation}°, {facts.codec} in {facts.container}",
        f"sound: {sound.codec}, {sound.rate} Hz, {sound.channels} channels" if sound else "no sound",
        *(f"damaged: {sentence}" for sentence in facts.damage),
    ]
    return Answer(facts_json(facts), lines)


def frame(options: argparse.Namespace) -> Answer:
    """One exact frame of a film as a picture, upright and in the right colours."""
    _, index = look_at(options.file)
    number = index.frame_at(parse_point(options.at))
    with FrameReader(path_opener(options.file), index) as reader:
        shown = reader.get(number)
        save_still(shown.rgb(), options.out)
        decoded = reader.packets_decoded
    at = seconds_at(index, shown.pts)
    return Answer(
        {"frame": number, "pts": shown.pts, "time": float(at), "out": str(options.out), "packets_decoded": decoded},
        [f"frame {number} at {clock(at)} is in {options.out}"],
    )


def look_at(path: Path) -> tuple[FilmFacts, FrameIndex]:
    """Facts and frame index of a film file, found out in a child process.

    Raises:
        FilmError: any of its kinds.
    """
    if path.exists() and not path.is_file():
        message = "that is no file that a film could lie in"
        raise FilmMissing(message, "name the film's own file")
    try:
        with path.open("rb") as file, stoppable() as cancelled:
            return examine(file, report=progress("looking at the film"), cancelled=cancelled)
    except OSError as failed:
        message = "the film file cannot be read"
        raise FilmMissing(message, "check the path, and whether its card or phone is still connected") from failed


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the commands of this file on the parser."""
    parser = commands.add_parser("probe", parents=[general], description=probe.__doc__)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.set_defaults(run=probe)
    parser = commands.add_parser("frame", parents=[general], description=frame.__doc__)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("at", metavar="AT", help="HH:MM:SS.mmm, seconds, or f123")
    parser.add_argument("--out", type=Path, required=True, metavar="PNG")
    parser.set_defaults(run=frame)
