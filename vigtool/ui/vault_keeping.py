"""Keeping as the window calls it: the part of an open vault that answers `ui.desk_keeping.KeepingDesk`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from vigtool.casework.legal_hold import HoldStory
from vigtool.casework.member import StaffRole
from vigtool.casework.stray_copy import StrayCopy, StrayPlace
from vigtool.ids import Id
from vigtool.practice import retention, roles, source_card, stray_copies
from vigtool.practice.progress import Cancelled, Report
from vigtool.ui.desk_keeping import Sharer
from vigtool.vault.vault import Vault


class VaultKeeping:
    """Who can open the families of one open vault, what lies outside it, holds and erasing."""

    vault: Vault

    def own_roles(self) -> frozenset[StaffRole]:
        """What whoever opened the vault is entered for."""
        return roles.roles_of(self.vault)

    def works_alone(self) -> bool:
        """Whether one person works alone with it."""
        return roles.is_alone(self.vault)

    def shares_of(self, family: Id) -> Sequence[Sharer]:
        """Who can open a family."""
        del family
        return []

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

    def place_hold(self, family: Id, *, film: Id | None, reason: str) -> None:
        """Place a legal hold."""
        retention.place_hold(self.vault, family, film=film, reason=reason, on=date.today())

    def lift_hold(self, hold: Id, *, reason: str) -> None:
        """Lift a legal hold."""
        retention.lift_hold(self.vault, hold, reason=reason, on=date.today())
