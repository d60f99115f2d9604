"""Taking consent back: at once, with a list of every copy that was ever made, and a letter to whoever took it back."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from vigtool.casework.consent_answers import Answer, Consent, Scope
from vigtool.casework.consent_entry import SignedForm
from vigtool.casework.copy import Copy, CopyKind, CopyOutcome, CopySettled, ExitState, Intent
from vigtool.casework.disclosure import Disclosure
from vigtool.casework.film import Film
from vigtool.casework.stray_copy import StrayCopy
from vigtool.casework.withdrawal import CopyTask, WhatToDo, Withdrawal
from vigtool.casework.withdrawal_letter import LetterFacts, letter_text
from vigtool.errors import InvalidRecord
from vigtool.ids import Id, new_id
from vigtool.practice.consents import ask, signed_answers
from vigtool.practice.exits import copies_of
from vigtool.practice.records import plain, value, values
from vigtool.practice.retention import erase_on, held
from vigtool.practice.seeing import shown_as
from vigtool.practice.sharing import Share, ShareRole, shared_with
from vigtool.practice.stray_copies import stray_copies
from vigtool.vault.regular import open_regular
from vigtool.vault.vault import Vault

_GONE = frozenset({CopyOutcome.GIVEN_BACK, CopyOutcome.DELETED})
_DONE = _GONE | {CopyOutcome.STAYS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """What taking consent back did, and what is still to be done by people.

    Attributes:
        answers: that were entered.
        copies: every copy of films of those persons that was ever made, each with what to do about it.
        strays: copies outside the vault that no handover made and that nobody has said to be gone.
        shares: with whom the family is shared although that no longer stands.
        unfinished: handovers that were cut off and of which something may lie on a disk that is not here now.
        letter: to whoever took it back.
    """

    withdrawal: Withdrawal
    answers: tuple[Consent, ...]
    copies: tuple[CopyTask, ...]
    strays: tuple[StrayCopy, ...]
    shares: tuple[Share, ...]
    unfinished: tuple[Intent, ...]
    letter: str = field(repr=False)


def withdraw(
    vault: Vault,
    *,
    family: Id,
    signed_by: Id,
    for_persons: tuple[Id, ...],
    scopes: Iterable[Scope],
    on: date,
    signed_as: str = "",
) -> Withdrawn:
    """Take consent back. From the moment this returns nothing rests on it; what is just being made is stopped.

    Args:
        vault: open.
        family: whose.
        signed_by: who takes it back.
        for_persons: for whom: themselves, and children they hold parental responsibility for.
        scopes: what.
        on: the day they said so.
        signed_as: in what capacity.

    Raises:
        InvalidRecord: nothing is named, they cannot answer for somebody named, or they signed something later than
            this day, over which it would not count.
    """
    wanted = tuple(dict.fromkeys(scopes))
    if not wanted:
        message = "it is not said what is taken back"
        raise InvalidRecord(message, "name at least one thing that was agreed to")
    if on > date.today():
        message = "consent cannot be taken back on a day that is still to come: it would stand until then"
        raise InvalidRecord(message, "give the day on which they said so")
    form = SignedForm(
        family=family,
        signed_by=signed_by,
        for_persons=for_persons,
        answers=dict.fromkeys(wanted, Answer.WITHDRAWN),
        on=on,
        signed_as=signed_as,
    )
    answers = signed_answers(vault, form)
    _check_they_count(vault, answers)
    with vault.transaction("consent withdraw", [family, signed_by]) as writer:
        for answer in answers:
            writer.add(answer)
        found = _found(vault, answers)
        writer.add(found.withdrawal)
    return found


def withdrawals(vault: Vault, family: Id) -> list[Withdrawal]:
    """What was taken back, the oldest first."""
    return values(vault, Withdrawal, domain=family)


def copy_tasks(vault: Vault, withdrawal: Id) -> list[CopyTask]:
    """Every copy that a withdrawal found, with what is to be done about it now."""
    record = value(vault, Withdrawal, withdrawal)
    return [task for task in _tasks(vault, record.family) if task.copy.id in record.copies]


def settle_copy(vault: Vault, copy: Id, outcome: CopyOutcome, on: date, *, note: str = "") -> CopySettled:
    """Write down what became of a copy.

    Raises:
        NoSuchRecord. InvalidRecord: it is said to be gone, and is still where it was written to.
    """
    known = value(vault, Copy, copy)
    if outcome in _GONE and _lies_there(known, surely=True):
        message = "this copy is still where it was written to"
        raise InvalidRecord(message, "delete the file there first")
    settled = CopySettled(
        id=new_id(),
        family=known.family,
        copy=copy,
        outcome=outcome,
        on=on,
        entered=max((one.entered for one in values(vault, CopySettled, domain=known.family)), default=0) + 1,
        note=plain(note, what="the note"),
        by=vault.user_id,
    )
    with vault.transaction("copy settle", [known.family, copy]) as writer:
        writer.add(settled)
    return settled


def _check_they_count(vault: Vault, answers: Iterable[Consent]) -> None:
    """Whoever signed anew since did not mean to take that back. What is dated in days to come nobody has signed yet."""
    known = values(vault, Consent, domain=next(iter(answers)).family)
    for answer in answers:
        later = [one for one in known if one.scope is answer.scope and answer.on < one.on <= date.today()]
        if any(one.signed_by == answer.signed_by and {*one.for_persons} & {*answer.for_persons} for one in later):
            message = "they signed something about this on a later day"
            raise InvalidRecord(message, "give the day on which they took it back; it comes after that one")


def _found(vault: Vault, answers: list[Consent]) -> Withdrawn:
    """Inside the transaction that enters the answers, so that no copy slips in between."""
    first = answers[0]
    family, subjects = first.family, set(first.for_persons)
    films = [film for film in values(vault, Film, domain=family) if subjects & set(film.persons) or not film.persons]
    tasks = [task for task in _tasks(vault, family) if subjects & set(task.copy.persons) or not task.copy.persons]
    shown = {film.id for film in films}
    strays = [stray for stray in stray_copies(vault, family) if stray.film in shown]
    shares = _fallen_shares(vault, family, {answer.scope for answer in answers}, first.on)
    letter = letter_text(_facts(vault, answers, films, tasks))
    withdrawal = Withdrawal(
        id=new_id(),
        family=family,
        signed_by=first.signed_by,
        signed_as=first.signed_as,
        for_persons=first.for_persons,
        scopes=tuple(answer.scope for answer in answers),
        on=first.on,
        answers=tuple(answer.id for answer in answers),
        copies=tuple(task.copy.id for task in tasks),
        strays=tuple(stray.id for stray in strays),
        shares=tuple(share.user for share in shares),
        letter=letter,
        entered=datetime.now(UTC),
        by=vault.user_id,
    )
    return Withdrawn(
        withdrawal=withdrawal,
        answers=tuple(answers),
        copies=tuple(tasks),
        strays=tuple(strays),
        shares=tuple(shares),
        unfinished=tuple(one for one in values(vault, Intent, domain=family) if one.state is ExitState.BEGUN),
        letter=letter,
    )


def _facts(vault: Vault, answers: list[Consent], films: list[Film], tasks: list[CopyTask]) -> LetterFacts:
    first = answers[0]
    disclosed = {one.copy for one in values(vault, Disclosure, domain=first.family)}
    days = [None if held(vault, film.family, film.id) else erase_on(vault, film.id) for film in films]
    return LetterFacts(
        signed_by=first.signed_by,
        for_children=any(person != first.signed_by for person in first.for_persons),
        scopes=tuple(answer.scope for answer in answers),
        on=first.on,
        copies=tuple(task.copy for task in tasks if task.settled not in _GONE and task.copy.id not in disclosed),
        erased_on=tuple(day for day in days if day is not None),
        kept=days.count(None),
    )


def _tasks(vault: Vault, family: Id) -> list[CopyTask]:
    """Every copy of the family's films in the register, with what is to be done about it."""
    disclosed = {one.copy for one in values(vault, Disclosure, domain=family)}
    last: dict[Id, CopySettled] = {}
    for one in sorted(values(vault, CopySettled, domain=family), key=lambda settled: settled.entered):
        last[one.copy] = one
    tasks = []
    for copy in copies_of(vault, family):
        if copy.kind is not CopyKind.LETTER:
            settled = last[copy.id].outcome if copy.id in last else None
            tasks.append(CopyTask(copy, _what_to_do(copy, settled, disclosed=copy.id in disclosed), settled))
    return tasks


def _what_to_do(copy: Copy, settled: CopyOutcome | None, *, disclosed: bool) -> WhatToDo:
    if settled in _DONE:
        return WhatToDo.NOTHING
    if disclosed:
        return WhatToDo.TELL_RECIPIENT
    return WhatToDo.DELETE if _lies_there(copy) else WhatToDo.ASK_BACK


def _lies_there(copy: Copy, *, surely: bool = False) -> bool:
    """Whether this copy is still where it was written to: by its size, and by its bytes where it must be sure."""
    try:
        with open_regular(Path(copy.target)) as file:
            if os.fstat(file.fileno()).st_size != copy.size:
                return False
            return not surely or hashlib.file_digest(file, "sha256").digest() == copy.sha256
    except (OSError, ValueError):
        return False


def _fallen_shares(vault: Vault, family: Id, scopes: set[Scope], on: date) -> list[Share]:
    """Colleagues who open the family because it was agreed to, and to whom it may no longer be shown."""
    films = values(vault, Film, domain=family)
    fallen = []
    for share in shared_with(vault, family):
        act = shown_as(vault, family, share.user) if share.role is ShareRole.OPENS else None
        if act and (scopes & {act.scope, Scope.FILM} or not ask(vault, act, films, on=on).allowed):
            fallen.append(share)
    return fallen
