"""The window's way in: who may read what the program writes, then rooms and practice, put together by `ui`."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def start(vault: Path | None = None, passphrase_file: str | None = None) -> int:
    """Open the window; with a vault at its lock screen, with a passphrase file on the open vault.

    Returns:
        The exit status.
    """
    os.umask(0o077)  # before anything can be written: what the program makes is its owner's alone
    from vigtool.ui.application import run
    from vigtool.ui.rooms import rooms
    from vigtool.ui.vault_desk import VaultPractice

    named = vault or (Path(os.environ["VIGTOOL_VAULT"]) if os.environ.get("VIGTOOL_VAULT") else None)
    return run(VaultPractice(), rooms, named, _first_line(passphrase_file))


def _first_line(file: str | None) -> str:
    """The passphrase of a file; empty where there is none, and then the lock screen asks for it."""
    if not file:
        return ""
    if file == "-":
        return _plain(sys.stdin.buffer.readline())
    try:
        with Path(file).open("rb") as lines:
            return _plain(lines.readline())
    except OSError:
        return ""


def _plain(line: bytes) -> str:
    """One line as text, without its end and the mark that Windows' editor puts in front; empty where it is no UTF-8."""
    try:
        return line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        return ""
