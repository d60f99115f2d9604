"""Making, opening and looking at a vault."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vigtool.casework.erasure import Erasure
from vigtool.casework.film import Film
from vigtool.errors import StorageFailed
from vigtool.ids import Id
from vigtool.practice.erasing import back_again, doubted
from vigtool.practice.keys_in_order import put_keys_in_order
from vigtool.practice.progress import Cancelled, Report, never, silent
from vigtool.practice.seeing import require_to_see, works_with
from vigtool.practice.strength import Strength, passphrase_strength
from vigtool.practice.unfinished_exits import Unfinished, tidy_exits
from vigtool.vault.footage import footage_identity
from vigtool.vault.key_check import told_at_opening
from vigtool.vault.passphrases import check_strength, suggest
from vigtool.vault.shapes import Finding
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify
from vigtool.vault.ways_in import RecoveryKey

__all__ = [
    "Opened", "Strength", "check_passphrase", "check_vault", "family_identity", "make_vault", "open_vault",
    "passphrase_strength", "suggest_passphrase",
]  # fmt: skip


_SAID_ERASED = "somebody who is not known to be one who might says that this was erased; it is there"
_ASK = "ask whoever may have done it; if it is to go, erase it"

_ROOM = 4 << 20
"""With fewer bytes free than this, a disk counts as full."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An open vault, and what was found left over from the last time.

    Attributes:
        vault: open, and locked against other programs until it is closed.
        unfinished: exits that were begun and not ended; what was left of them is cleaned up already.
        back_again: what was erased and stands in the vault: an older state of it was put in place.
        told: whose roles were written by one who may not, who has left and has keys again, and what is said to be
            erased on the word of nobody who might.
    """

    vault: Vault
    unfinished: tuple[Unfinished, ...]
    back_again: tuple[Erasure, ...] = ()
    told: tuple[Finding, ...] = ()


def make_vault(folder: Path, passphrase: str, *, name: str = "") -> Opened:
    """Make a vault in a new or empty folder and open it.

    Raises:
        VaultExists, WeakPassphrase, StorageFailed.
    """
    return Opened(Vault.create(folder, passphrase, name=name), ())


def open_vault(folder: Path, key: str | RecoveryKey, user: Id | None = None) -> Opened:
    """Open a vault with a passphrase or a recovery key, and put in order what a stop amid an exit left behind.

    Args:
        folder: where it is.
        key: of one of its users.
        user: of which; every user's is tried where that is not said.

    Raises:
        NotAVault, VaultHeld, VaultNewer, WrongPassphrase, VaultDamaged, StorageFailed.
    """
    vault = _opened(folder, key, user)
    try:
        put_keys_in_order(vault)
        return Opened(vault, tidy_exits(vault), tuple(back_again(vault)), _told(vault))
    except BaseException:
        vault.close()
        raise


def _told(vault: Vault) -> tuple[Finding, ...]:
    unsure = (Finding(object=erasure.what, what=_SAID_ERASED, hint=_ASK) for erasure in doubted(vault))
    return (*told_at_opening(vault.core), *unsure)


def _opened(folder: Path, key: str | RecoveryKey, user: Id | None) -> Vault:
    """The same; where it is the disk that keeps it from being opened, say so."""
    try:
        return Vault.open(folder, key, user)
    except StorageFailed as failed:
        if _free(folder) >= _ROOM:
            raise
        message = "the disk is full: a vault cannot be opened there, since its log has to take who opened it"
        hint = (
            "make some megabytes of room on that disk (empty its bin), then open the vault again; nothing in it is lost"
        )
        raise StorageFailed(message, hint) from failed


def _free(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return _ROOM


def check_vault(vault: Vault, *, report: Report = silent, cancelled: Cancelled = never) -> list[Finding]:
    """Open every record and decrypt every byte of every film; what is not as it was written.

    Raises:
        Cancelled.
    """
    return verify(vault, report, cancelled)


def suggest_passphrase() -> str:
    """Six fresh words, drawn evenly from a list of 2048: 66 bits."""
    return suggest()


def check_passphrase(text: str) -> None:
    """Refuse what is too short to protect anybody.

    Raises:
        WeakPassphrase.
    """
    check_strength(text)


def family_identity(vault: Vault, family: Id) -> str:
    """The age identity that opens a family's films with any age program. Whoever has it can see them all.

    It shows whatever opening each of the films shows, so it is asked as that is, and entered before it is handed out.
    A film's record that is damaged keeps it from nobody who works with the family: of the others nobody could be asked.

    Raises:
        NoKey: this user cannot open the family. StorageFailed: it could not be entered.
        ConsentMissing: the films are shown to this user, and not everybody in them agrees to that (any more).
        VaultDamaged: they are shown to this user, and it cannot be read who is in one of them.
    """
    identity = footage_identity(vault, family)
    for stored in vault.all(Film, domain=family, readable=works_with(vault, family)):
        require_to_see(vault, stored.value, on=date.today())
    with vault.transaction("family key", [family]):
        pass
    return identity
