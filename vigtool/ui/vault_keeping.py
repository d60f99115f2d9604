"""Keeping as the window calls it: the part of an open vault that answers `ui.desk_keeping.KeepingDesk`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from vigtool.casework.erasure import Erasure
from vigtool.casework.legal_hold import HoldStory
from vigtool.casework.member import StaffRole
from vigtool.casework.stray_copy import StrayCopy, StrayPlace
from vigtool.errors import CardMismatch
from vigtool.ids import Id
from vigtool.practice import (
    auditing,
    card_heard,
    colleagues,
    erasing,
    families,
    retention,
    roles,
    sharing,
    source_card,
    stray_copies,
)
from vigtool.practice.colleagues import Colleague
from vigtool.practice.progress import Cancelled, Report
from vigtool.ui.desk_keeping import Heard, Sharer
from vigtool.vault import user_list
from vigtool.vault.vault import Vault


class VaultKeeping:
    """Who can open the families of one open vault, what lies outside it, holds and erasing."""

    vault: Vault

    @cached_property
    def _shares(self) -> dict[Id, tuple[object, list[Sharer]]]:
        """Who could open a family when it was last looked for, with what that rested on."""
        return {}

    def own_roles(self) -> frozenset[StaffRole]:
        """What whoever opened the vault is entered for."""
        return roles.roles_of(self.vault)

    def works_alone(self) -> bool:
        """Whether one person works alone with it."""
        return roles.is_alone(self.vault)

    def shares_of(self, family: Id) -> Sequence[Sharer]:
        """Who can open a family, and who keeps a key of it."""
        if roles.is_alone(self.vault):
            return []
        people = colleagues.colleagues(self.vault)
        # Since when somebody has a key is looked for in the whole log: not again while nobody else has one.
        state = (tuple(sorted(user_list.holders(self.vault, family).items())), tuple(people))
        if family not in self._shares or self._shares[family][0] != state:
            self._shares[family] = (state, self._look_who(family, people))
        return self._shares[family][1]

    def _look_who(self, family: Id, people: list[Colleague]) -> list[Sharer]:
        known = {one.user: one for one in people}
        own = known[self.vault.user_id]
        found = [Sharer(user=own.user, name=own.name, roles=_in_order(own.roles), is_self=True, is_checked=True)]
        for share in sharing.shared_with(self.vault, family):
            other = known.get(share.user)
            found.append(
                Sharer(
                    user=share.user,
                    name=share.name,
                    roles=_in_order(other.roles) if other is not None else (),
                    since=None if share.since is None else share.since.astimezone().date(),
                    is_checked=True,
                    keeps=share.role is sharing.ShareRole.KEEPS,
                )
            )
        return found

    def may_share_with(self, family: Id) -> Sequence[Sharer]:
        """The colleagues who cannot open a family yet."""
        opens = {one.user for one in self.shares_of(family) if not one.keeps}
        return [
            Sharer(
                user=one.user,
                name=one.name,
                roles=_in_order(one.roles),
                is_checked=one.checked is not None and one.checked.face_to_face and not one.card_changed,
            )
            for one in colleagues.colleagues(self.vault)
            if not one.is_self and not one.is_organisation and one.left is None and one.user not in opens
        ]

    def hear_card(self, user: Id, said: str) -> Heard:
        """Whether what was read out or scanned is a colleague's card."""
        try:
            card_heard.compare_heard(self.vault, user, said)
        except CardMismatch:
            return Heard.OWN if card_heard.is_own_card(self.vault, said) else Heard.OTHER
        return Heard.SAME

    def compare_card(self, user: Id, said: str) -> None:
        """Write down that a colleague's card was compared."""
        card_heard.enter_heard(self.vault, user, said)

    def share_with(self, family: Id, user: Id) -> None:
        """Let a colleague open a family."""
        sharing.share_family(self.vault, family, user, on=date.today())

    def stop_share(self, family: Id, user: Id, *, deep: bool, report: Report, cancelled: Cancelled) -> None:
        """Let a colleague open nothing of a family any more."""
        sharing.stop_sharing(self.vault, family, user, deep=deep, report=report, cancelled=cancelled)

    def strays_of(self, family: Id) -> Sequence[StrayCopy]:
        """Copies that the program cannot reach."""
        return stray_copies.stray_copies(self.vault, family)

    def note_stray_copy(self, film: Id, where: StrayPlace, words: str) -> None:
        """Write down that a copy lies somewhere."""
        stray_copies.note_stray(self.vault, film, where, words, on=date.today())

    def stray_gone(self, stray: Id) -> None:
        """Write down that a stray copy is gone."""
        stray_copies.say_gone(self.vault, stray, date.today())

    def erase_card(self, film: Id, path: Path, report: Report, cancelled: Cancelled) -> None:
        """Take away the file that a film came from."""
        source_card.erase_source(self.vault, film, path, report=report, cancelled=cancelled)

    def film_kept_until(self, film: Id) -> date | None:
        """The first day on which a film may go."""
        return retention.erase_on(self.vault, film)

    def holds_of(self, family: Id) -> Sequence[HoldStory]:
        """Every legal hold of a family."""
        return retention.hold_history(self.vault, family)

    def close_family(self, family: Id, on: date | None) -> None:
        """Write down that the work with a family ended, or goes on."""
        if on is None:
            families.reopen_family(self.vault, family)
        else:
            families.close_family(self.vault, family, on=on)

    def place_hold(self, family: Id, *, film: Id | None, reason: str) -> None:
        """Place a legal hold."""
        retention.place_hold(self.vault, family, film=film, reason=reason, on=date.today())

    def lift_hold(self, hold: Id, *, reason: str) -> None:
        """Lift a legal hold."""
        retention.lift_hold(self.vault, hold, reason=reason, on=date.today())

    def erase_film(
        self, film: Id, *, reason: str, giving_up: Collection[Id] = (), report: Report, cancelled: Cancelled
    ) -> Erasure:
        """Erase one film for good."""
        return erasing.erase_film(
            self.vault,
            film,
            reason=reason,
            on=date.today(),
            giving_up=giving_up,
            report=report,
            cancelled=cancelled,
        )

    def erase_family(self, family: Id, *, reason: str, report: Report, cancelled: Cancelled) -> Erasure:
        """Erase a family for good."""
        return erasing.erase_family(
            self.vault, family, reason=reason, on=date.today(), report=report, cancelled=cancelled
        )

    def erase_again(self, report: Report, cancelled: Cancelled) -> Sequence[Erasure]:
        """Erase again what stands again."""
        return erasing.reapply(self.vault, erasing.back_again(self.vault), report=report, cancelled=cancelled)

    def certificate(self, erasure: Erasure) -> str:
        """The certificate of an erasure."""
        return erasing.certificate(self.vault, erasure)

    def note_certificate_print(self, erasure: Erasure) -> None:
        """Enter that its certificate is about to be printed."""
        auditing.note_certificate_print(self.vault, erasure.id)


def _in_order(given: frozenset[StaffRole]) -> tuple[StaffRole, ...]:
    return tuple(role for role in StaffRole if role in given)
