"""What the window needs to change who gets into an open vault, and how; see `ui.desk`."""

from __future__ import annotations

from typing import Protocol

from vigtool.practice.organisation import OrganisationKey
from vigtool.practice.ways_in import RecoveryKey


class WaysInDesk(Protocol):
    """The ways in of whoever opened the vault. Each call may take a second: a passphrase is stretched."""

    def change_passphrase(self, old: str, new: str) -> None:
        """Put a new passphrase in the place of the old one; `WrongPassphrase` where `old` is not the one."""
        ...

    def set_passphrase(self, new: str) -> None:
        """The same for somebody who opened the vault with a recovery key, having forgotten the passphrase."""
        ...

    def has_recovery_key(self) -> bool:
        """Whether a sheet of theirs opens the vault."""
        ...

    def keep_recovery_key(self, key: RecoveryKey) -> None:
        """Let the key of a sheet, which is on paper now, open the vault; an earlier one opens nothing any more."""
        ...

    def organisation_key_state(self) -> OrganisationKey:
        """Whether the organisation holds a key, chose not to, or was not asked yet."""
        ...

    def keep_organisation_key(self, key: RecoveryKey) -> None:
        """Let the key of a sheet, which is on paper now, be the organisation's, in the place of an earlier one."""
        ...

    def refuse_organisation_key(self) -> None:
        """Keep that the organisation holds none."""
        ...
