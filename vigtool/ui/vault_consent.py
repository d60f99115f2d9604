"""Consent as the window calls it: the part of an open vault that answers `ui.desk_consent.ConsentDesk`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from vigtool.casework.capacity import CapacityNote
from vigtool.casework.consent import Act
from vigtool.casework.consent_answers import Answer, Scope
from vigtool.casework.copy import Copy, CopyOutcome, CopySettled
from vigtool.casework.disclosure import Basis, Disclosure
from vigtool.casework.film import Film
from vigtool.casework.lead_decision import LeadDecision
from vigtool.casework.safety import SafetyAtHome
from vigtool.casework.withdrawal import CopyTask, Withdrawal
from vigtool.ids import Id
from vigtool.practice import capacity, consents, disclosure, film_exports, letters, safety, withdrawal
from vigtool.practice.progress import Cancelled, Report
from vigtool.practice.records import value, values
from vigtool.vault.vault import Vault


class VaultConsent:
    """Consent, withdrawal, the second door and safety at home in one open vault."""

    vault: Vault

    def lead_decisions(self, family: Id) -> Sequence[LeadDecision]:
        """What leads decided."""
        return consents.lead_decisions(self.vault, family)

    def missing_to_film(self, film: Id) -> Sequence[str]:
        """What is missing before everybody has agreed to being filmed."""
        films = [value(self.vault, Film, film)]
        decision = consents.ask(self.vault, Act.BRING_IN, films, on=date.today())
        return consents.reasons_in_words(self.vault, films, decision)

    def capacity_notes(self, family: Id) -> Sequence[CapacityNote]:
        """What was noted of capacity."""
        return capacity.capacity_of(self.vault, family)

    def withdrawals(self, family: Id) -> Sequence[Withdrawal]:
        """What was taken back."""
        return withdrawal.withdrawals(self.vault, family)

    def given_copies(self, family: Id) -> Sequence[Copy]:
        """The register of copies."""
        return values(self.vault, Copy, domain=family)

    def settled_copies(self, family: Id) -> Sequence[CopySettled]:
        """What became of copies."""
        return values(self.vault, CopySettled, domain=family)

    def disclosures(self, family: Id) -> Sequence[Disclosure]:
        """What went through the second door."""
        return disclosure.disclosures(self.vault, family)

    def safety(self, family: Id) -> SafetyAtHome | None:
        """Who may not receive or be told."""
        return safety.safety_of(self.vault, family)

    def note_capacity(self, person: Id, *, on: date, words: str, has: bool | None) -> None:
        """Append a note of capacity."""
        capacity.note_capacity(self.vault, person, on=on, words=words, has=has)

    def decide_as_lead(self, family: Id, child: Id, scope: Scope, *, answer: Answer, reason: str, on: date) -> None:
        """Append a lead's decision."""
        consents.decide_as_lead(self.vault, family, child, scope, answer=answer, reason=reason, on=on)

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
        """Write down what holds for a family's safety at home."""
        safety.set_safety(
            self.vault,
            family,
            not_to=not_to,
            not_to_words=not_to_words,
            not_to_be_told=not_to_be_told,
            contact=contact,
            copies_safe=copies_safe,
        )

    def withdraw(
        self,
        *,
        family: Id,
        signed_by: Id,
        signed_as: str,
        for_persons: tuple[Id, ...],
        scopes: tuple[Scope, ...],
        on: date,
    ) -> withdrawal.Withdrawn:
        """Take consent back."""
        return withdrawal.withdraw(
            self.vault,
            family=family,
            signed_by=signed_by,
            signed_as=signed_as,
            for_persons=for_persons,
            scopes=scopes,
            on=on,
        )

    def copy_tasks(self, taken: Withdrawal) -> Sequence[CopyTask]:
        """What is to be done about each copy."""
        return withdrawal.copy_tasks(self.vault, taken.id)

    def settle_copy(self, copy: Id, outcome: CopyOutcome, on: date) -> None:
        """Write down what became of a copy."""
        withdrawal.settle_copy(self.vault, copy, outcome, on)

    def save_letter(self, taken: Withdrawal, target: Path, *, safe: bool) -> Copy:
        """Write the letter to a file."""
        return letters.save_letter(self.vault, taken.id, target, safe=safe)

    def begin_letter_print(self, taken: Withdrawal, *, safe: bool) -> Id:
        """Enter that the letter is about to be printed."""
        return letters.begin_letter_print(self.vault, taken.id, safe=safe)

    def end_letter_print(self, begun: Id, *, printed: bool) -> None:
        """Enter whether it was."""
        letters.end_letter_print(self.vault, begun, printed=printed)

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
    ) -> Copy:
        """Give a film out through the second door."""
        return disclosure.disclose_film(
            self.vault,
            film,
            target,
            basis=basis,
            recipient=recipient,
            reason=reason,
            on=date.today(),
            hold=hold,
            original=original,
            report=report,
            cancelled=cancelled,
        )

    def disclose_marks(
        self, film: Id, target: Path, *, form: str, basis: Basis, recipient: str, reason: str, hold: bool
    ) -> Copy:
        """Give one's own marks out through the second door."""
        return disclosure.disclose_marks(
            self.vault,
            film,
            target,
            form=form,
            basis=basis,
            recipient=recipient,
            reason=reason,
            on=date.today(),
            hold=hold,
        )

    def give_still(self, film: Id, number: int, target: Path, *, to: Id, safe: bool) -> Copy:
        """Give one frame out as a picture."""
        return film_exports.take_still(self.vault, film, number, target, on=date.today(), to=to, safe=safe)

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
    ) -> Copy:
        """Give a whole film to somebody who may have it."""
        return film_exports.export_film(
            self.vault,
            film,
            target,
            to=to,
            to_words=to_words,
            purpose=purpose,
            on=date.today(),
            safe=safe,
            report=report,
            cancelled=cancelled,
        )
