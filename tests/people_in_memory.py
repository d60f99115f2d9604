"""Those who have a key, of a desk in memory. Without `staff` it belongs to one person alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from vigtool.casework.member import CardCheck, StaffRole
from vigtool.errors import InvalidRecord, NoSuchRecord, WeakPassphrase
from vigtool.ids import Id, new_id
from vigtool.practice.colleagues import Colleague, OrganisationKey
from vigtool.practice.sharing import FamilyInCare
from vigtool.practice.ways_in import RecoveryKey

TODAY = date(2026, 11, 22)
CARD = ("marsh", "copper", "violin", "lantern", "plum", "otter")


def colleague(name: str, *roles: StaffRole, **more: object) -> Colleague:
    known = {
        "user": new_id(), "label": "", "checked": CardCheck.WORDS, "left": None, "is_self": False,
        "is_organisation": False, **more,
    }  # fmt: skip
    return Colleague(name=name, roles=frozenset(roles), **known)  # type: ignore[arg-type]  # what a test says of them


class PeopleInMemory:
    """The part of a desk in memory that answers `ui.desk_service.PeopleDesk`."""

    organisation = OrganisationKey.UNASKED
    keeps_keys_only = False
    own_name = "Hanna"

    @cached_property
    def staff(self) -> list[Colleague]:
        return []

    @cached_property
    def in_care(self) -> list[FamilyInCare]:
        return []

    @cached_property
    def reassigned(self) -> list[tuple[Id, Id, str]]:
        return []

    def begins_in_service(self) -> bool:
        return self.keeps_keys_only

    def colleagues(self) -> Sequence[Colleague]:
        return self.staff or [colleague(self.own_name, *StaffRole, is_self=True, checked=None)]

    def call_oneself(self, name: str) -> None:
        if name.casefold() in {one.name.casefold() for one in self.staff if not one.is_self and one.left is None}:
            raise InvalidRecord("a colleague is called that already", "add a second name or an initial")
        self.own_name = name
        for one in self.staff:
            if one.is_self:
                self._swap(one.user, name=name, entered_as=one.entered_as or one.name)

    def add_colleague(self, *, name: str, roles: Sequence[StaffRole], passphrase: str, label: str) -> Colleague:
        if len(passphrase) < 15:
            raise WeakPassphrase("that is too short to protect anybody", "take fifteen signs or more")
        if not name.strip():
            raise InvalidRecord("the name is still empty", "write something there")
        self.staff[:] = list(self.colleagues())
        made = colleague(name, *roles, label=label, checked=CardCheck.ADDED_HERE)
        self.staff.append(made)
        return made

    def change_roles(self, user: Id, roles: Sequence[StaffRole]) -> None:
        if not roles:
            raise InvalidRecord("nothing is chosen", "choose at least one role")
        self._swap(user, roles=frozenset(roles))

    def remove_colleague(self, user: Id) -> None:
        self._swap(user, left=TODAY)

    def own_card(self) -> tuple[tuple[str, ...], str]:
        return CARD, "vigtool:card:" + "0" * 96

    def families_in_care(self) -> Sequence[FamilyInCare]:
        return self.in_care

    def reassign_family(self, family: Id, to: Id, reason: str) -> None:
        if not reason.strip():
            raise InvalidRecord("the reason is still empty", "write something there")
        self.reassigned.append((family, to, reason))

    def organisation_key(self) -> OrganisationKey:
        return self.organisation

    def new_organisation_key(self) -> RecoveryKey:
        return RecoveryKey.generate()

    def keep_organisation_key(self, key: RecoveryKey) -> None:
        self.organisation = OrganisationKey.HELD

    def refuse_organisation_key(self) -> None:
        self.organisation = OrganisationKey.REFUSED

    def _swap(self, user: Id, **changes: object) -> None:
        place = next((place for place, one in enumerate(self.staff) if one.user == user), None)
        if place is None:
            raise NoSuchRecord("there is no such colleague here", "look at the list of colleagues")
        self.staff[place] = replace(self.staff[place], **changes)  # type: ignore[arg-type]  # fields of a colleague
