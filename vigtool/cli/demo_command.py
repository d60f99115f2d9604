"""demo: the whole way on the sample family."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from vigtool.cli.answer import Answer, progress
from vigtool.cli.stopping import stoppable
from vigtool.sample.family import make_sample_family


def demo(options: argparse.Namespace) -> Answer:
    """Draw the sample film, bring it in, mark it, make the reel and the parent's copy; open the window on it."""
    with stoppable() as cancelled:
        made = make_sample_family(
            options.folder,
            seconds=options.seconds,
            report=progress("making the sample family"),
            cancelled=cancelled,
        )
    told = {
        "vault": str(made.vault),
        "passphrase_file": str(made.passphrase_file),
        "family": made.family,
        "session": made.session,
        "cycle": made.cycle,
        "film": made.film,
        "marks": made.marks,
        "reel": made.reel,
        "reel_file": str(made.reel_file),
        "reel_frames": made.reel_frames,
    }
    lines = [
        f"the sample family is in {made.vault}, with {made.marks} marks",
        f"the passphrase that opens it is in {made.passphrase_file}",
        f"the parent's film is {made.reel_file}, {made.reel_frames} frames",
    ]
    if not options.headless:
        open_window(made.vault, made.passphrase_file)
        lines.append("the window opens on it")
    return Answer(told, lines)


def open_window(vault: Path, passphrase_file: Path) -> None:
    """Open the window on a vault, as a process of its own: this command knows no widgets."""
    words = ["--vault", str(vault), "--passphrase-file", str(passphrase_file)]
    subprocess.Popen([sys.executable, "-P", "-m", "vigtool", *words], stdin=subprocess.DEVNULL)  # noqa: S603 - our own program


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the command of this file on the parser."""
    parser = commands.add_parser("demo", parents=[general], description=demo.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("vigtool-demo"), metavar="DIR")
    parser.add_argument("--headless", action="store_true", help="open no window")
    parser.add_argument("--seconds", type=int, default=75, metavar="N", help="length of the sample film")
    parser.set_defaults(run=demo)
