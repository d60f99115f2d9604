"""Writing down an answer: what nobody could have signed is refused, so that the rule never meets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vigtool.casework.consent import Answer, Consent, Scope
from vigtool.casework.family import Person
from vigtool.errors import InvalidRecord
from vigtool.ids import Id


def next_entered(consents: Iterable[Consent]) -> int:
    """The number that puts a new answer after all that were entered so far."""
    return max((consent.entered for consent in consents), default=0) + 1


def capacity(signer: Person, for_persons: Iterable[Id]) -> str:
    """What to write for "signed as" where the person signing said nothing else."""
    return "parental responsibility" if any(person != signer.id for person in for_persons) else "themselves"


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
