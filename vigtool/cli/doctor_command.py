"""doctor: what of this machine is in order, and what to do if not."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from vigtool.cli.answer import Answer, progress
from vigtool.cli.stopping import stoppable
from vigtool.practice.doctor.checkup import all_in_order, examine_machine


def doctor(options: argparse.Namespace) -> Answer:
    """Look whether this machine is in order: codecs, sound, screen, encryption of the disk, versions. Asks no network.

    The disk and the folder are those of the vault that is named, else of the home folder. No passphrase is needed.
    """
    named = getattr(options, "vault", None) or os.environ.get("VIGTOOL_VAULT")
    with stoppable() as cancelled:
        found = examine_machine(Path(named) if named else Path.home(), progress("looking at the machine"), cancelled)
    told = [
        {"name": finding.name, "state": finding.state.value, "sentence": finding.sentence, "advice": finding.advice}
        for finding in found
    ]
    lines = []
    for finding in found:
        lines.append(f"{finding.state.value:13} {finding.name}: {finding.sentence}")
        if finding.advice:
            lines.append(f"{'':13} → {finding.advice}")
    return Answer({"in_order": all_in_order(found), "findings": told}, lines, good=all_in_order(found))


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the command of this file on the parser."""
    parser = commands.add_parser("doctor", parents=[general], description=doctor.__doc__)
    parser.set_defaults(run=doctor)
