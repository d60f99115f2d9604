"""What the keeping of a family needs of an open vault: who can open it, what lies outside, holds and erasing.

See `ui.desk`: every call may block and may raise an error of `vigtool.errors`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Protocol

from vigtool.casework.erasure import Erasure
from vigtool.casework.legal_hold import HoldStory
from vigtool.casework.member import StaffRole
from vigtool.casework.stray_copy import StrayCopy, StrayPlace
from vigtool.ids import Id
from vigtool.practice.progress import Cancelled, Report
from vigtool.vault.shapes import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharer:
    """Somebody who can open a family, or might.

    Attributes:
        roles: what they are entered for.
        since: since when they can open it; none where that is not known, or they cannot.
        is_self: whether it is whoever looks at it.
        is_checked: whether their card was compared face to face, without which no key is given to them.
        keeps: whether they only keep a key, for the day the family has to be given to somebody else.
    """

    user: Id
    name: str = field(repr=False)
    roles: tuple[StaffRole, ...] = ()
    since: date | None = None
    is_self: bool = False
    is_checked: bool = False
    keeps: bool = False


class Heard(Enum):
    """What came of comparing what a colleague read out with the card that lies in the vault."""

    SAME = "same"
    OTHER = "other"
    OWN = "own"


class KeepingDesk(Protocol):
    """Who can open a family, what lies outside, holds and erasing."""

    def own_roles(self) -> frozenset[StaffRole]:
        """What whoever opened the vault is entered for; everything for a person working alone."""
        ...

    def works_alone(self) -> bool:
        """Whether the vault belongs to one person working alone."""
        ...

    def shares_of(self, family: Id) -> Sequence[Sharer]:
        """Who can open a family; whoever looks at it comes first."""
        ...

    def strays_of(self, family: Id) -> Sequence[StrayCopy]:
        """Copies of its films that lie where the program cannot reach, and that nobody has said to be gone."""
        ...

    def note_stray_copy(self, film: Id, where: StrayPlace, words: str) -> None:
        """Write down that a copy of a film lies somewhere."""
        ...

    def stray_gone(self, stray: Id) -> None:
        """Write down that a stray copy is gone."""
        ...

    def erase_card(self, film: Id, path: Path, report: Report, cancelled: Cancelled) -> None:
        """Take away the file that a film was brought in from, after it was compared once more.

        Raises:
            CannotErase: it is another film, it changed, or its card does not let it go.
        """
        ...

    def film_kept_until(self, film: Id) -> date | None:
        """The first day on which a film may go, by the service's rules; none where no day can be said."""
        ...

    def holds_of(self, family: Id) -> Sequence[HoldStory]:
        """Every legal hold that was ever placed on a family or a film of it."""
        ...

    def close_family(self, family: Id, on: date | None) -> None:
        """Write down the day on which the work with a family ended; none takes it up again."""
        ...

    def place_hold(self, family: Id, *, film: Id | None, reason: str) -> None:
        """Stop everything of a family, or one film, from being erased."""
        ...

    def lift_hold(self, hold: Id, *, reason: str) -> None:
        """Let a legal hold go."""
        ...


class SharingDesk(Protocol):
    """Letting colleagues open a family, and no longer."""

    def may_share_with(self, family: Id) -> Sequence[Sharer]:
        """The colleagues who cannot open a family yet."""
        ...

    def hear_card(self, user: Id, said: str) -> Heard:
        """Whether what was read out, or typed by a scanner, is that colleague's card. Nothing is written."""
        ...

    def compare_card(self, user: Id, said: str) -> None:
        """Write down that a colleague's card was compared: by six words, or by what a scanner typed.

        Raises:
            CardMismatch: it is not that card.
        """
        ...

    def share_with(self, family: Id, user: Id) -> None:
        """Let a colleague open a family.

        Raises:
            CardUnchecked, ConsentMissing, NotAllowed.
        """
        ...

    def stop_share(self, family: Id, user: Id, *, deep: bool, report: Report, cancelled: Cancelled) -> None:
        """Let a colleague open nothing of a family that comes from now on; `deep` seals everything of it anew."""
        ...


class ErasingDesk(Protocol):
    """Erasing for good."""

    @property
    def erased_and_back(self) -> Sequence[Erasure]:
        """What was erased, and stood in the vault when it was opened: an older state of it was put back."""
        ...

    @property
    def told_at_opening(self) -> Sequence[Finding]:
        """What of colleagues' keys and roles, or of erasures, was not right when the vault was opened."""
        ...

    def erase_again(self, report: Report, cancelled: Cancelled) -> Sequence[Erasure]:
        """Erase again what was erased and stands in the vault; what of it could be."""
        ...

    def erase_film(
        self, film: Id, *, reason: str, giving_up: Collection[Id] = (), report: Report, cancelled: Cancelled
    ) -> Erasure:
        """Erase one film for good; films of which nothing can be read are left to backups only if they are named."""
        ...

    def erase_family(self, family: Id, *, reason: str, report: Report, cancelled: Cancelled) -> Erasure:
        """Erase a family for good."""
        ...

    def certificate(self, erasure: Erasure) -> str:
        """The certificate of an erasure, as plain text without names."""
        ...

    def note_certificate_print(self, erasure: Erasure) -> None:
        """Enter that its certificate is about to be printed, before it is."""
        ...
