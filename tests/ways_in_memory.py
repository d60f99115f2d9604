"""The ways into a vault in memory: what `ui.desk_ways_in` asks for, over one passphrase and one recovery key."""

from __future__ import annotations

from vigtool.errors import VigtoolError, WrongPassphrase
from vigtool.practice.organisation import OrganisationKey
from vigtool.practice.ways_in import RecoveryKey


class WaysInMemory:
    """One user's passphrase and sheet."""

    passphrase = "marsh copper violin lantern plum otter"
    recovery: RecoveryKey | None = None
    organisation = OrganisationKey.UNASKED
    trouble: VigtoolError | None

    def change_passphrase(self, old: str, new: str) -> None:
        if old != self.passphrase:
            raise WrongPassphrase("that is not the passphrase", "look for a missing letter")
        self.set_passphrase(new)

    def set_passphrase(self, new: str) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.passphrase = new

    def has_recovery_key(self) -> bool:
        return self.recovery is not None

    def keep_recovery_key(self, key: RecoveryKey) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.recovery = key

    def organisation_key_state(self) -> OrganisationKey:
        return self.organisation

    def keep_organisation_key(self, key: RecoveryKey) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.organisation = OrganisationKey.HELD

    def refuse_organisation_key(self) -> None:
        self.organisation = OrganisationKey.REFUSED
