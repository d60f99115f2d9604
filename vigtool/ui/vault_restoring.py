"""Getting a vault back from a backup, as the window calls it: the part that answers `ui.desk_restoring`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vigtool.ids import Id
from vigtool.practice import before_restoring, restoring
from vigtool.practice.progress import Cancelled, Report
from vigtool.practice.restoring import GenerationFacts, Restored
from vigtool.ui.desk_restoring import GettingBack


class VaultRestoring:
    """Backups, looked at and brought back while no vault is open."""

    def backups_in(self, folder: Path) -> Sequence[GenerationFacts]:
        """The backups in a folder."""
        return restoring.generations(folder)

    def users_of_backup(self, backup: GenerationFacts) -> Sequence[tuple[Id, str]]:
        """Who had a passphrase."""
        return before_restoring.users_of(backup)

    def is_vault_of(self, backup: GenerationFacts, folder: Path) -> bool:
        """Whether its vault lies there."""
        return before_restoring.is_of(backup, folder)

    def restore(self, wanted: GettingBack, report: Report, cancelled: Cancelled) -> Restored:
        """Bring it back."""
        return restoring.restore(
            wanted.backup.folder,
            wanted.to,
            wanted.key,
            instead_of=wanted.instead_of,
            despite_damage=wanted.despite_damage,
            user=wanted.user,
            report=report,
            cancelled=cancelled,
        )
