"""What the window needs to get a vault back from a backup, while no vault is open; see `ui.desk`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from vigtool.ids import Id
from vigtool.practice.restoring import GenerationFacts, Restored
from vigtool.practice.ways_in import RecoveryKey


@dataclass(frozen=True, slots=True, kw_only=True)
class GettingBack:
    """What a person wants to have back.

    Attributes:
        backup: which one.
        to: a folder that is empty, or not there yet.
        key: a passphrase or a recovery key of the vault as it was then.
        user: whose key it is, where that is known.
        instead_of: the vault it replaces, where that is still here; it is only looked at.
        despite_damage: bring everything else back where a film of the backup is damaged or gone.
    """

    backup: GenerationFacts
    to: Path
    key: str | RecoveryKey = field(repr=False)
    user: Id | None = None
    instead_of: Path | None = None
    despite_damage: bool = False


class RestoringPractice(Protocol):
    """Backups, looked at and brought back without any vault."""

    def backups_in(self, folder: Path) -> Sequence[GenerationFacts]:
        """The backups in a folder, the newest first; `NotABackup` where there is none."""
        ...

    def users_of_backup(self, backup: GenerationFacts) -> Sequence[tuple[Id, str]]:
        """Who had a passphrase when it was made, as `pickable` says it of a vault."""
        ...

    def is_vault_of(self, backup: GenerationFacts, folder: Path) -> bool:
        """Whether the vault that it was made of lies in that folder."""
        ...

    def restore(
        self, wanted: GettingBack, report: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> Restored:
        """Bring it back into a new folder: all of it or nothing. No vault is written over."""
        ...
