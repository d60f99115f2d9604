"""The ways into a vault, as the window calls them: the part of an open vault that answers `ui.desk_ways_in`."""

from __future__ import annotations

from vigtool.practice import organisation, ways_in
from vigtool.practice.organisation import OrganisationKey
from vigtool.practice.ways_in import RecoveryKey
from vigtool.vault.vault import Vault


class VaultWaysIn:
    """The ways in of whoever opened one vault."""

    vault: Vault

    def change_passphrase(self, old: str, new: str) -> None:
        """Put a new passphrase in the place of the old one."""
        ways_in.change_passphrase(self.vault, old, new)

    def set_passphrase(self, new: str) -> None:
        """Set a passphrase without the old one."""
        ways_in.set_passphrase(self.vault, new)

    def has_recovery_key(self) -> bool:
        """Whether a sheet of theirs opens the vault."""
        return ways_in.has_recovery_key(self.vault)

    def keep_recovery_key(self, key: RecoveryKey) -> None:
        """Let the key of a sheet open the vault."""
        ways_in.keep_recovery_key(self.vault, key)

    def organisation_key_state(self) -> OrganisationKey:
        """What was decided about the organisation's key."""
        return organisation.organisation_key_state(self.vault)

    def keep_organisation_key(self, key: RecoveryKey) -> None:
        """Let the key of a sheet be the organisation's."""
        organisation.keep_organisation_key(self.vault, key)

    def refuse_organisation_key(self) -> None:
        """Keep that the organisation holds none."""
        organisation.refuse_organisation_key(self.vault)
