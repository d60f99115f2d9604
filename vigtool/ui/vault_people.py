"""Those who have a key, as the window asks of an open vault; the part that answers `ui.desk_service.PeopleDesk`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from vigtool.casework.family import Family
from vigtool.casework.member import IN_CARE, StaffRole
from vigtool.ids import Id
from vigtool.practice import colleagues, own_name, roles, sharing
from vigtool.practice.colleagues import Colleague, OrganisationKey
from vigtool.practice.records import values
from vigtool.practice.sharing import FamilyInCare
from vigtool.practice.ways_in import RecoveryKey
from vigtool.vault.vault import Vault

_KEEPERS = frozenset({StaffRole.ADMINISTRATOR, StaffRole.LEAD, StaffRole.ORGANISATION})


class VaultPeople:
    """Those who have a key of one open vault."""

    vault: Vault

    def begins_in_service(self) -> bool:
        """Whether whoever opened the vault keeps keys for others, and can open no family."""
        keeps = not roles.roles_of(self.vault).isdisjoint(_KEEPERS)
        return keeps and not roles.is_alone(self.vault) and not values(self.vault, Family)

    def colleagues(self) -> Sequence[Colleague]:
        """Everybody who is entered."""
        return colleagues.colleagues(self.vault)

    def call_oneself(self, name: str) -> None:
        """Write down one's own name, as colleagues are to see it."""
        own_name.call_oneself(self.vault, name)

    def add_colleague(self, *, name: str, roles: Sequence[StaffRole], passphrase: str, label: str) -> Colleague:
        """Make keys for a colleague."""
        return colleagues.add_colleague(
            self.vault, name=name, roles=roles, passphrase=passphrase, label=label, on=date.today()
        )

    def change_roles(self, user: Id, roles: Sequence[StaffRole]) -> None:
        """Enter somebody for other roles."""
        colleagues.change_roles(self.vault, user, roles)

    def remove_colleague(self, user: Id) -> None:
        """Take every way in and every key from somebody who leaves."""
        colleagues.remove_colleague(self.vault, user, on=date.today())

    def own_card(self) -> tuple[tuple[str, ...], str]:
        """The six words of one's own card, and what its QR code holds."""
        return colleagues.card_words(self.vault), colleagues.card_text(self.vault)

    def families_in_care(self) -> Sequence[FamilyInCare]:
        """The families one keeps a key of for others; none for a person alone, and for whoever keeps none."""
        if roles.is_alone(self.vault) or roles.roles_of(self.vault).isdisjoint(IN_CARE):
            return []
        return sharing.families_in_care(self.vault)

    def reassign_family(self, family: Id, to: Id, reason: str) -> None:
        """Give a family to a colleague."""
        sharing.reassign_family(self.vault, family, to, reason=reason, on=date.today())

    def organisation_key(self) -> OrganisationKey:
        """Whether the organisation holds a key."""
        return colleagues.organisation_key_state(self.vault)

    def new_organisation_key(self) -> RecoveryKey:
        """A key to be put on paper."""
        return colleagues.new_organisation_key()

    def keep_organisation_key(self, key: RecoveryKey) -> None:
        """Let the key be the organisation's."""
        colleagues.keep_organisation_key(self.vault, key)

    def refuse_organisation_key(self) -> None:
        """Write down that the organisation holds none."""
        colleagues.refuse_organisation_key(self.vault)
