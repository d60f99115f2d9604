"""Consent, withdrawal, copies and safety of a desk in memory, by the real rules of `casework`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from vigtool.casework.capacity import CapacityNote
from vigtool.casework.consent import Act, decide
from vigtool.casework.consent_answers import Answer, Consent, Scope
from vigtool.casework.consent_words import sentence
from vigtool.casework.copy import Copy, CopyKind, CopyOutcome, CopySettled, ExitState, Intent
from vigtool.casework.disclosure import Basis, Disclosure
from vigtool.casework.family import Person
from vigtool.casework.film import Film
from vigtool.casework.lead_decision import LeadDecision, answers_for
from vigtool.casework.safety import SafetyAtHome
from vigtool.casework.withdrawal import CopyTask, WhatToDo, Withdrawal
from vigtool.errors import UnsafeRecipient
from vigtool.ids import Id, new_id
from vigtool.ui.desk import Cancelled, Report
from vigtool.ui.desk_keeping import Sharer

T = TypeVar("T")
MADE = datetime(2026, 11, 22, 14, 6, tzinfo=UTC)
ME = new_id()


@dataclass(frozen=True)
class Withdrawn:
    """What taking back returns."""

    withdrawal: Withdrawal
    copies: tuple[CopyTask, ...]
    letter: str
    unfinished: tuple[object, ...] = ()


class ConsentInMemory:
    """The part of a desk in memory that answers `ui.desk_consent`."""

    records: dict[type, dict[Id, Any]]
    shares: dict[Id, list[Sharer]]

    def put(self, record: T) -> T:
        raise NotImplementedError

    def of(self, kind: type[T], family: Id | None) -> list[T]:
        raise NotImplementedError

    def lead_decisions(self, family: Id) -> Sequence[LeadDecision]:
        return self.of(LeadDecision, family)

    def missing_to_film(self, film: Id) -> Sequence[str]:
        record: Film = self.records[Film][film]
        everyone = {person.id: person for person in self.of(Person, record.family)}
        decision = decide(
            Act.BRING_IN, record.persons, someone_else=record.someone_else, everyone=everyone,
            consents=self.of(Consent, record.family), decisions=self.lead_decisions(record.family), on=MADE.date(),
        )  # fmt: skip
        return [sentence(reason, lambda one: everyone[one].name) for reason in decision.reasons]

    def capacity_notes(self, family: Id) -> Sequence[CapacityNote]:
        return self.of(CapacityNote, family)

    def withdrawals(self, family: Id) -> Sequence[Withdrawal]:
        return self.of(Withdrawal, family)

    def given_copies(self, family: Id) -> Sequence[Copy]:
        return self.of(Copy, family)

    def settled_copies(self, family: Id) -> Sequence[CopySettled]:
        return self.of(CopySettled, family)

    def disclosures(self, family: Id) -> Sequence[Disclosure]:
        return self.of(Disclosure, family)

    def safety(self, family: Id) -> SafetyAtHome | None:
        return next(iter(self.of(SafetyAtHome, family)), None)

    def note_capacity(self, person: Id, *, on: date, words: str, has: bool | None) -> None:
        family = self.records[Person][person].family
        self.put(CapacityNote(id=new_id(), family=family, person=person, on=on, words=words, has=has, by=ME))

    def decide_as_lead(self, family: Id, child: Id, scope: Scope, *, answer: Answer, reason: str, on: date) -> None:
        everyone = {person.id: person for person in self.of(Person, family)}
        found = answers_for(child, scope, everyone, self.of(Consent, family), on)
        self.put(
            LeadDecision(
                id=new_id(), family=family, child=child, scope=scope, answer=answer, reason=reason, on=on, by=ME,
                entered=len(self.lead_decisions(family)), rests_on=tuple(one.id for one in found),
            )
        )  # fmt: skip

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
        for scope in scopes:
            self.put(
                Consent(
                    id=new_id(), family=family, signed_by=signed_by, signed_as=signed_as, for_persons=for_persons,
                    scope=scope, answer=Answer.WITHDRAWN, on=on, entered=1000 + len(self.of(Consent, family)),
                )
            )  # fmt: skip
        taken = Withdrawal(
            id=new_id(), family=family, signed_by=signed_by, signed_as=signed_as, for_persons=for_persons,
            scopes=scopes, on=on, shares=tuple(one.user for one in self.shares.get(family, []) if not one.is_self),
            copies=tuple(copy.id for copy in self.given_copies(family)),
            letter="Dear Nadia,\n\nwhat you took back has stopped today.\n", entered=MADE, by=ME,
        )  # fmt: skip
        self.put(taken)
        return Withdrawn(taken, tuple(self.copy_tasks(taken)), taken.letter)

    def copy_tasks(self, taken: Withdrawal) -> Sequence[CopyTask]:
        settled = {one.copy: one.outcome for one in self.settled_copies(taken.family)}
        return [
            CopyTask(copy, WhatToDo.NOTHING if copy.id in settled else WhatToDo.ASK_BACK, settled.get(copy.id))
            for copy in self.given_copies(taken.family)
            if copy.id in taken.copies
        ]

    def settle_copy(self, copy: Id, outcome: CopyOutcome, on: date) -> None:
        family = self.records[Copy][copy].family
        number = len(self.settled_copies(family)) + 1
        self.put(CopySettled(id=new_id(), family=family, copy=copy, outcome=outcome, on=on, entered=number, by=ME))

    def save_letter(self, taken: Withdrawal, target: Path, *, safe: bool) -> Any:
        if not safe:
            raise UnsafeRecipient("a copy is not safe to have at home", "read it out instead")
        target.write_text(taken.letter, encoding="utf-8")
        return self.add_copy(taken.family, CopyKind.LETTER, taken.id, target, to=taken.signed_by)

    def begin_letter_print(self, taken: Withdrawal, *, safe: bool) -> Id:
        if not safe:
            raise UnsafeRecipient("a copy is not safe to have at home", "read it out instead")
        intent = Intent(
            id=new_id(), family=taken.family, act="letter print", source=taken.id, kind=CopyKind.LETTER,
            to=taken.signed_by, target="", begun=MADE,
        )  # fmt: skip
        return self.put(intent).id

    def end_letter_print(self, begun: Id, *, printed: bool) -> None:
        intent: Intent = self.records[Intent][begun]
        self.put(replace(intent, state=ExitState.DONE if printed else ExitState.STOPPED))
        if printed:
            self.add_copy(intent.family, CopyKind.LETTER, intent.source, Path(), to=intent.to)

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
        before = self.safety(family) or SafetyAtHome(id=new_id(), family=family)
        self.put(
            replace(
                before, not_to=not_to, not_to_words=not_to_words, not_to_be_told=not_to_be_told, contact=contact,
                copies_safe=copies_safe,
            )
        )  # fmt: skip

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
        report(1, 1)
        return self._disclosed(CopyKind.FILM, film, target, basis, recipient, reason, hold=hold, original=original)

    def disclose_marks(
        self, film: Id, target: Path, *, form: str, basis: Basis, recipient: str, reason: str, hold: bool
    ) -> Any:
        return self._disclosed(CopyKind.MARKS, film, target, basis, recipient, reason, hold=hold, original=True)

    def _disclosed(
        self, what: CopyKind, film: Id, target: Path, basis: Basis, recipient: str, reason: str, *, hold: bool,
        original: bool,
    ) -> Any:  # fmt: skip
        record: Film = self.records[Film][film]
        copy = self.add_copy(record.family, what, film, target, to_words=recipient)
        self.put(
            Disclosure(
                id=new_id(), family=record.family, copy=copy.id, film=film, what=what, basis=basis,
                original=original, recipient=recipient, reason=reason, on=MADE.date(), by=ME,
                hold=new_id() if hold else None,
            )
        )  # fmt: skip
        return copy

    def give_still(self, film: Id, number: int, target: Path, *, to: Id, safe: bool) -> Any:
        record: Film = self.records[Film][film]
        known = self.safety(record.family)
        if not safe or (known is not None and to in known.not_to):
            raise UnsafeRecipient("it is written down that this person may not receive anything", "look at the page")
        return self.add_copy(record.family, CopyKind.STILL, film, target, to=to, purpose=str(number))

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
        record: Film = self.records[Film][film]
        known = self.safety(record.family)
        if safe is False or (known is not None and to in known.not_to):
            raise UnsafeRecipient("it is written down that this person may not receive anything", "look at the page")
        report(1, 1)
        return self.add_copy(record.family, CopyKind.FILM, film, target, to=to, to_words=to_words)

    def add_copy(self, family: Id, kind: CopyKind, source: Id, target: Path, **more: Any) -> Copy:
        """An entry in the register; the file is only pretended."""
        where = str(target) if target.name else ""
        return self.put(
            Copy(
                id=new_id(), family=family, kind=kind, source=source, target=where, sha256=b"7" * 32, size=8,
                made=MADE, given_by=ME, **more,
            )
        )  # fmt: skip
