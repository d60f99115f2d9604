"""vault: making one, what it holds, whether it is whole, the key of a family's films."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from vigtool.cli.answer import Answer, progress
from vigtool.cli.options import opened, passphrase
from vigtool.cli.stopping import stoppable
from vigtool.errors import VaultDamaged
from vigtool.practice.families import family_named
from vigtool.practice.opening import check_vault, family_identity, make_vault


def create(options: argparse.Namespace) -> Answer:
    """Make a vault in a new folder."""
    made = make_vault(
        options.folder, passphrase(options, prompt="Passphrase for the new vault: ", twice=True), name=options.name
    )
    with made.vault as vault:
        return Answer(
            {"vault": str(options.folder), "vault_id": vault.vault_id, "user": vault.user_id},
            [f"made a vault in {options.folder}", "Keep the passphrase safe: without it nobody can open the vault."],
        )


def info(options: argparse.Namespace) -> Answer:
    """What a vault is made of, in numbers."""
    with opened(options) as vault:
        told = asdict(vault.info())
    return Answer(told, [f"{name.replace('_', ' ')}: {value}" for name, value in told.items()])


def verify(options: argparse.Namespace) -> Answer:
    """Open every record and decrypt every byte of every film, and say what is not as it was written."""
    with opened(options) as vault, stoppable() as cancelled:
        findings = check_vault(vault, report=progress("checking the vault"), cancelled=cancelled)
    if findings:
        message = f"{len(findings)} things in this vault are not as they were written"
        told = "; ".join(f"{finding.what} ({finding.object[:8]})" for finding in findings)
        raise VaultDamaged(message, told)
    return Answer({"findings": []}, ["every record and every film is as it was written"])


def key(options: argparse.Namespace) -> Answer:
    """The age identity that opens a family's films with any age program. Whoever has it can see them all."""
    with opened(options) as vault:
        identity = family_identity(vault, family_named(vault, options.family).id)
    return Answer({"identity": identity}, [identity])


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the commands of this file on the parser."""
    group = commands.add_parser("vault", parents=[general])
    acts = group.add_subparsers(metavar="ACT", required=True)
    parser = acts.add_parser("create", parents=[general], help="make a vault", description=create.__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--name", default="", help="your name, as others of the service will see it; sealed")
    parser.set_defaults(run=create)
    parser = acts.add_parser("info", parents=[general], help="what it is made of", description=info.__doc__)
    parser.set_defaults(run=info)
    parser = acts.add_parser(
        "verify", parents=[general], help="check every record and film", description=verify.__doc__
    )
    parser.set_defaults(run=verify)
    parser = acts.add_parser("key", parents=[general], help="the key of a family's films", description=key.__doc__)
    parser.add_argument("--family", required=True, metavar="F")
    parser.set_defaults(run=key)
