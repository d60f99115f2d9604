"""Backups in memory: what `ui.desk_restoring` is answered with in the tests of the window."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from vigtool.errors import Cancelled, NotABackup, VigtoolError, WrongPassphrase
from vigtool.ids import Id, new_id
from vigtool.practice.restoring import GenerationFacts, Restored
from vigtool.practice.ways_in import RecoveryKey
from vigtool.ui.desk_restoring import GettingBack

VAULT = "5" * 32


def backup_of(days_ago: int, films: int = 12, size: int = 7_300_000_000, vault: Id = VAULT) -> GenerationFacts:
    """One that was made so many days before 21 November 2026."""
    made = datetime(2026, 11, 21, 17, 4, 31, tzinfo=UTC) - timedelta(days=days_ago)
    return GenerationFacts(
        folder=Path(f"/media/stick/vault-backup-55555555/{made:%Y-%m-%dT%H%M%SZ}-{days_ago:08d}"),
        backup=new_id(),
        vault=vault,
        made=made,
        keep_until=date(2027, 2, 19) - timedelta(days=days_ago),
        size=size,
        films=films,
    )


@dataclass(kw_only=True)
class RestoringInMemory:
    """What was asked for is kept in `wanted_back`; `trouble_back` is raised, `hold_back` waited for."""

    backups: list[GenerationFacts] = field(default_factory=list)
    backup_users: list[tuple[Id, str]] = field(default_factory=list)
    still_here: Path | None = None
    wanted_back: list[GettingBack] = field(default_factory=list)
    restored: Callable[[GettingBack], Restored] | None = None
    trouble_back: VigtoolError | None = None
    hold_back: threading.Event | None = None

    def opens(self, key: str | RecoveryKey) -> bool:
        raise NotImplementedError

    def backups_in(self, folder: Path) -> Sequence[GenerationFacts]:
        if not self.backups:
            raise NotABackup("there is no backup in that folder", "choose the one that holds it")
        return self.backups

    def users_of_backup(self, backup: GenerationFacts) -> Sequence[tuple[Id, str]]:
        return self.backup_users

    def is_vault_of(self, backup: GenerationFacts, folder: Path) -> bool:
        return folder == self.still_here

    def restore(
        self, wanted: GettingBack, report: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> Restored:
        self.wanted_back.append(wanted)
        report(1, 3)
        while self.hold_back is not None and not self.hold_back.wait(0.01):
            if cancelled():
                raise Cancelled
        if not self.opens(wanted.key):
            raise WrongPassphrase("that passphrase opens nothing here", "look for a missing or doubled letter")
        if self.trouble_back is not None and not wanted.despite_damage:
            raise self.trouble_back
        if self.restored is not None:
            return self.restored(wanted)
        return Restored(folder=wanted.to, facts=wanted.backup)
