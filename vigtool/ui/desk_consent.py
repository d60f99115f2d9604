"""What the consent of a family needs of an open vault, with withdrawal, the second door and safety at home.

See `ui.desk`: every call may block and may raise an error of `vigtool.errors`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from vigtool.casework.capacity import CapacityNote
from vigtool.casework.consent_answers import Answer, Scope
from vigtool.casework.copy import Copy, CopyOutcome, CopySettled
from vigtool.casework.disclosure import Basis, Disclosure
from vigtool.casework.lead_decision import LeadDecision
from vigtool.casework.safety import SafetyAtHome
from vigtool.casework.withdrawal import CopyTask, Withdrawal
from vigtool.ids import Id
from vigtool.practice.progress import Cancelled, Report


class ConsentDesk(Protocol):
    """Who agreed to what, who took it back, what was given out, and who must not be told."""

    def lead_decisions(self, family: Id) -> Sequence[LeadDecision]:
        """What leads decided where those who answer for a child disagree."""
        ...

    def missing_to_film(self, film: Id) -> Sequence[str]:
        """What is missing before those in a film have agreed to being filmed: a sentence each, none where all have."""
        ...

    def capacity_notes(self, family: Id) -> Sequence[CapacityNote]:
        """What was noted of people's capacity to decide."""
        ...

    def withdrawals(self, family: Id) -> Sequence[Withdrawal]:
        """What was taken back."""
        ...

    def given_copies(self, family: Id) -> Sequence[Copy]:
        """The register of copies of a family."""
        ...

    def settled_copies(self, family: Id) -> Sequence[CopySettled]:
        """What became of those copies, as far as anybody knows."""
        ...

    def disclosures(self, family: Id) -> Sequence[Disclosure]:
        """What went through the second door."""
        ...

    def safety(self, family: Id) -> SafetyAtHome | None:
        """Who may not receive a copy or be told, and how they may be reached; none where nothing was written."""
        ...

    def note_capacity(self, person: Id, *, on: date, words: str, has: bool | None) -> None:
        """Append a note of a person's capacity to decide."""
        ...

    def decide_as_lead(self, family: Id, child: Id, scope: Scope, *, answer: Answer, reason: str, on: date) -> None:
        """Append a lead's reasoned decision where those who answer for a child disagree."""
        ...

    def set_safety(
        self,
        family: Id,
        *,
        not_to: tuple[Id, ...],
        not_to_words: str,
        not_to_be_told: str,
        contact: str,
        copies_safe: bool | None,
    ) -> None:
        """Write down who may not receive a copy or be told, and how they may be reached."""
        ...


class GivingDesk(Protocol):
    """Taking consent back with all that follows from it, and films that are given out whole."""

    def withdraw(
        self,
        *,
        family: Id,
        signed_by: Id,
        signed_as: str,
        for_persons: tuple[Id, ...],
        scopes: tuple[Scope, ...],
        on: date,
    ) -> Any:
        """Take consent back, at once: a `practice.withdrawal.Withdrawn`."""
        ...

    def copy_tasks(self, taken: Withdrawal) -> Sequence[CopyTask]:
        """Every copy that the withdrawal found, and what is to be done about it as it stands now."""
        ...

    def settle_copy(self, copy: Id, outcome: CopyOutcome, on: date) -> None:
        """Write down what became of a copy."""
        ...

    def save_letter(self, taken: Withdrawal, target: Path, *, safe: bool) -> Any:
        """Write the letter of a withdrawal to a file, as a copy in the register."""
        ...

    def begin_letter_print(self, taken: Withdrawal, *, safe: bool) -> Id:
        """Enter that the letter is about to be printed, before it is; what it returns goes to `end_letter_print`."""
        ...

    def end_letter_print(self, begun: Id, *, printed: bool) -> None:
        """Enter that the printer took it, as a copy in the register; or that it was not printed."""
        ...

    def disclose_film(
        self,
        film: Id,
        target: Path,
        *,
        basis: Basis,
        recipient: str,
        reason: str,
        hold: bool,
        original: bool,
        report: Report,
        cancelled: Cancelled,
    ) -> Any:
        """Give a film out because somebody has to have it, whatever consent says: a `casework.copy.Copy`.

        `original`: byte for byte as it was brought in; else without what cameras write into it.
        """
        ...

    def disclose_marks(
        self, film: Id, target: Path, *, form: str, basis: Basis, recipient: str, reason: str, hold: bool
    ) -> Any:
        """Give out one's own marks on a film as a table (`export.tables.WRITERS`), by the same door: a `Copy`."""
        ...

    def give_still(self, film: Id, number: int, target: Path, *, to: Id, safe: bool) -> Any:
        """Give one frame out as a picture, to somebody of the family: a `casework.copy.Copy`."""
        ...

    def export_film(
        self,
        film: Id,
        target: Path,
        *,
        to: Id | None,
        to_words: str,
        purpose: str,
        safe: bool | None,
        report: Report,
        cancelled: Cancelled,
    ) -> Any:
        """Give a whole film to somebody who may have it: a `casework.copy.Copy`."""
        ...
