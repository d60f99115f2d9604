"""vault: making one, what it holds, whether it is whole, the key of a family's films."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from vigtool.cli import backup_commands
from vigtool.cli.answer import Answer, progress
from vigtool.cli.options import opened, passphrase, secret_words, text_of, vault_folder, who
from vigtool.cli.paper import show_and_ask
from vigtool.cli.stopping import stoppable
from vigtool.errors import VaultDamaged
from vigtool.practice.families import family_named
from vigtool.practice.opening import check_vault, family_identity, make_vault, open_vault
from vigtool.practice.ways_in import (
    change_passphrase,
    keep_recovery_key,
    new_recovery_key,
    recovery_key,
    set_passphrase,
)


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
    return Answer({"identity": identity}, identity.splitlines())


def new_passphrase(options: argparse.Namespace) -> Answer:
    """Put a new passphrase in the place of the old one; with --recovery-file, in that of one that was forgotten."""
    recovery = None
    if options.recovery_file:
        recovery = recovery_key(text_of(options.recovery_file, "--recovery-file"))
    old = "" if recovery else passphrase(options, prompt="The passphrase so far: ")
    with open_vault(vault_folder(options), recovery or old, who(options)).vault as vault:
        new = secret_words(options.new_passphrase_file, prompt="The new passphrase: ", twice=True)
        if recovery:
            set_passphrase(vault, new)
        else:
            change_passphrase(vault, old, new)
        user = vault.user_id
    return Answer({"user": user}, ["the new passphrase opens the vault, and the old one no longer does"])


def recovery(options: argparse.Namespace) -> Answer:
    """Make a recovery key: 24 words to write on paper. They are shown once; an earlier key opens nothing any more."""
    with opened(options) as vault:
        key = new_recovery_key()
        words = key.words()
        if not getattr(options, "json", False):
            show_and_ask(key, words)
        keep_recovery_key(vault, key)
    kept = ["the recovery key opens the vault", "Keep the paper where the laptop is not."]
    return Answer({"words": words}, kept)


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
    parser = acts.add_parser(
        "passphrase", parents=[general], help="a new passphrase", description=new_passphrase.__doc__
    )
    parser.add_argument(
        "--new-passphrase-file", metavar="FILE", help="its first line is the new one; asked for otherwise"
    )
    parser.add_argument("--recovery-file", type=Path, metavar="FILE", help="unlock with the recovery key in this file")
    parser.set_defaults(run=new_passphrase)
    parser = acts.add_parser(
        "recovery", parents=[general], help="a recovery key on paper", description=recovery.__doc__
    )
    parser.set_defaults(run=recovery)
    backup_commands.add_to(acts, general)
