"""Writing down an answer: what nobody could have signed is refused, so that the rule never meets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from vigtool.casework.consent import Answer, Consent, Scope
from vigtool.casework.family import Person
from vigtool.errors import InvalidRecord
from vigtool.ids import Id, new_id

_FOR_SOMEBODY: Final = (Scope.COPY, Scope.PHOTOGRAPHS)
"""What is agreed to for named recipients; photographs without any are for those who agreed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedForm:
    """One form as somebody signed it: an answer to each thing they were asked, written down together.

    Attributes:
        signed_by: who signed.
        for_persons: for whom: themselves, and children they hold parental responsibility for.
        answers: what was said to each scope. What is not in it was not asked and stays as it was.
        on: the day of the signature.
        signed_as: in what capacity; left empty, it follows from for whom it was signed.
        form_version: which wording was signed.
        recipients: who may be given copies and photographs, where those were agreed to.
        review: the last day on which a yes counts without being asked again.
        note: what else was said.
    """

    family: Id
    signed_by: Id
    for_persons: tuple[Id, ...]
    answers: Mapping[Scope, Answer]
    on: date
    signed_as: str = ""
    form_version: str = "1"
    recipients: tuple[Id, ...] = ()
    review: date | None = None
    note: str = field(default="", repr=False)

    def consents(self, entered: int) -> tuple[Consent, ...]:
        """One answer for each scope, the first of them numbered `entered`; not checked yet."""
        return tuple(
            Consent(
                id=new_id(),
                family=self.family,
                signed_by=self.signed_by,
                signed_as=self.signed_as or capacity(self.signed_by, self.for_persons),
                for_persons=self.for_persons,
                scope=scope,
                answer=answer,
                on=self.on,
                entered=entered + place,
                form_version=self.form_version,
                recipients=self.recipients if scope in _FOR_SOMEBODY and answer is Answer.YES else (),
                review=self.review if answer is Answer.YES else None,
                note=self.note,
            )
            for place, (scope, answer) in enumerate(self.answers.items())
        )


def next_entered(consents: Iterable[Consent]) -> int:
    """The number that puts a new answer after all that were entered so far."""
    return max((consent.entered for consent in consents), default=0) + 1


def capacity(signer: Id, for_persons: Iterable[Id]) -> str:
    """What to write for "signed as" where the person signing said nothing else."""
    return "parental responsibility" if any(person != signer for person in for_persons) else "themselves"


def check_consent(consent: Consent, everyone: Mapping[Id, Person]) -> None:
    """Refuse an answer that nobody could have signed.

    Raises:
        InvalidRecord: where the signer is unknown or a child, signs for another adult or for a child they hold no
            parental responsibility for, says yes to a copy for nobody by name, or is to be asked again before it was.
    """
    signer = everyone.get(consent.signed_by)
    if signer is None or signer.family != consent.family or signer.is_child:
        raise InvalidRecord(
            "whoever signs must be a grown-up of this family", "add the person to the family, then enter what they said"
        )
    if not consent.signed_as.strip():
        raise InvalidRecord("it is not said as what this was signed", 'for instance "mother" or "themselves"')
    if not consent.for_persons or len(set(consent.for_persons)) != len(consent.for_persons):
        raise InvalidRecord("each person an answer is for is named once, and there is at least one")
    for person in consent.for_persons:
        _check_may_answer(signer, person, everyone)
    _check_recipients(consent, everyone)
    if consent.review is not None and consent.review < consent.on:
        raise InvalidRecord("the day for asking again lies before the signature", "choose a later day, or leave it out")


def _check_may_answer(signer: Person, person: Id, everyone: Mapping[Id, Person]) -> None:
    if person == signer.id:
        return
    child = everyone.get(person)
    if child is None or not child.is_child or person not in signer.responsible_for:
        raise InvalidRecord(
            "people answer for themselves and for children they hold parental responsibility for, for nobody else",
            "ask this person themselves, or write down first who holds parental responsibility for the child",
        )


def _check_recipients(consent: Consent, everyone: Mapping[Id, Person]) -> None:
    if len(set(consent.recipients)) != len(consent.recipients) or not set(consent.recipients) <= everyone.keys():
        raise InvalidRecord(
            "whoever may be given a copy is a person of this family, named once", "add the person to the family first"
        )
    if consent.scope is Scope.COPY and consent.answer is Answer.YES and not consent.recipients:
        raise InvalidRecord("a yes to a copy names who may be given one", "name at least one person")
