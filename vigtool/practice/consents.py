"""Consent: writing down what was signed, and asking before an act."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from vigtool.casework.capacity import CapacityNote
from vigtool.casework.consent import Act, Answer, Consent, Decision, Scope, decide
from vigtool.casework.consent_entry import SignedForm, check_consent, next_entered
from vigtool.casework.consent_words import capacity_sentence, sentence
from vigtool.casework.family import Person, Role
from vigtool.casework.film import Film
from vigtool.casework.lead_decision import LeadDecision, answers_for, check_decision
from vigtool.casework.member import StaffRole
from vigtool.errors import ConsentMissing, InvalidRecord
from vigtool.ids import Id, new_id
from vigtool.practice.records import check_people, people_of, plain, values
from vigtool.practice.roles import require_role
from vigtool.vault.vault import Vault


def give_consent(vault: Vault, form: SignedForm) -> list[Consent]:
    """Append one signed answer for each scope, all or none. A later answer takes the place of an earlier one.

    Raises:
        InvalidRecord: signed for somebody the signer cannot sign for, a copy for nobody, to be asked again before it
            was signed, or on a day that is still to come.
        NoSuchRecord: the family, or somebody named on the form, is not there.
    """
    given = signed_answers(vault, form)
    with vault.transaction("consent give", [form.family, *(consent.id for consent in given)]) as writer:
        for consent in given:
            writer.add(consent)
    return given


def signed_answers(vault: Vault, form: SignedForm) -> list[Consent]:
    """What would be entered for one form: one answer for each scope, checked and not yet written.

    Raises:
        InvalidRecord, NoSuchRecord: as for `give_consent`.
    """
    check_people(vault, form.family, (form.signed_by, *form.for_persons, *form.recipients))
    refuse_day_to_come(form.on)
    everyone = people_of(vault, form.family)
    form = replace(form, signed_as=plain(form.signed_as, what="signed as"), note=plain(form.note, what="the note"))
    given = form.consents(next_entered(values(vault, Consent, domain=form.family)))
    for consent in given:
        check_consent(consent, everyone)
    return list(given)


def refuse_day_to_come(day: date) -> None:
    """What is said to be signed or decided on a day to come is a slip of the pen, or the clock is wrong.

    Raises:
        InvalidRecord.
    """
    if day > date.today():
        message = "that day is still to come"
        raise InvalidRecord(message, "look at its year; and whether the computer's clock is right")


def parents_sign(
    vault: Vault,
    family: Id,
    scopes: Iterable[Scope],
    *,
    on: date,
    signed_as: str = "",
    review: date | None = None,
) -> list[Consent]:
    """One signature of each parent, for themselves and for the children they answer for; copies go to those parents.

    Raises:
        InvalidRecord: the family has no parent who could sign.
    """
    everyone = people_of(vault, family)
    parents = [person for person in everyone.values() if person.role is Role.PARENT]
    if not parents:
        message = "nobody in this family can sign"
        raise InvalidRecord(message, "add a parent, or name who signed")
    answers = dict.fromkeys(scopes, Answer.YES)
    recipients = tuple(parent.id for parent in parents)
    given: list[Consent] = []
    for parent in parents:
        form = SignedForm(
            family=family,
            signed_by=parent.id,
            for_persons=(parent.id, *parent.responsible_for),
            answers=answers,
            on=on,
            signed_as=signed_as,
            recipients=recipients,
            review=review,
        )
        given += give_consent(vault, form)
    return given


def decide_as_lead(
    vault: Vault, family: Id, child: Id, scope: Scope, *, answer: Answer, reason: str, on: date
) -> LeadDecision:
    """Record a lead's decision for a child whose holders of parental responsibility disagree; withdrawn takes it back.

    It stands until it is withdrawn or one of the answers that it rests on gives way to another.

    Raises:
        NotAllowed: whoever opened the vault is no lead.
        InvalidRecord: about a grown-up, where nobody disagrees, without a reason, or on a day that is still to come.
    """
    require_role(vault, StaffRole.LEAD)
    check_people(vault, family, (child,))
    refuse_day_to_come(on)
    everyone, consents = people_of(vault, family), values(vault, Consent, domain=family)
    before = values(vault, LeadDecision, domain=family)
    decision = LeadDecision(
        id=new_id(),
        family=family,
        child=child,
        scope=scope,
        answer=answer,
        reason=plain(reason, what="the reason for the decision", needed=True),
        on=on,
        by=vault.user_id,
        entered=max((one.entered for one in before), default=0) + 1,
        rests_on=tuple(found.id for found in answers_for(child, scope, everyone, consents, on)),
    )
    check_decision(decision, everyone, consents, before)
    with vault.transaction("consent decide", [family, child, decision.id], {"scope": scope.value}) as writer:
        writer.add(decision)
    return decision


def lead_decisions(vault: Vault, family: Id) -> list[LeadDecision]:
    """What leads decided for a family's children, the oldest first."""
    return values(vault, LeadDecision, domain=family)


def ask(vault: Vault, act: Act, films: Iterable[Film], *, on: date, recipient: Id | None = None) -> Decision:
    """What consent says about an act that shows these films: everybody in any of them is asked for."""
    decisions = [
        decide(
            act,
            film.persons,
            someone_else=film.someone_else,
            everyone=people_of(vault, film.family),
            consents=values(vault, Consent, domain=film.family),
            on=on,
            recipient=recipient,
            decisions=values(vault, LeadDecision, domain=film.family),
            capacity=values(vault, CapacityNote, domain=film.family),
        )
        for film in films
    ]
    return Decision(
        all(decision.allowed for decision in decisions),
        tuple(dict.fromkeys(reason for decision in decisions for reason in decision.reasons)),
        tuple(dict.fromkeys(note for decision in decisions for note in decision.notes)),
        tuple(dict.fromkeys(one for decision in decisions for one in decision.by_lead)),
    )


def require(vault: Vault, act: Act, films: Iterable[Film], *, on: date, recipient: Id | None = None) -> Decision:
    """Go on only where consent allows the act.

    Raises:
        ConsentMissing: with one plain reason for each thing that is missing.
    """
    chosen = list(films)
    decision = ask(vault, act, chosen, on=on, recipient=recipient)
    if not decision.allowed:
        reasons = reasons_in_words(vault, chosen, decision)
        message = "not everybody in it has agreed to this"
        nameless = tuple(sentence(reason, lambda person: f"person {person[:8]}") for reason in decision.reasons)
        raise ConsentMissing(message, "; ".join(reasons), reasons, nameless)
    return decision


def reasons_in_words(vault: Vault, films: Iterable[Film], decision: Decision) -> tuple[str, ...]:
    """The reasons of a decision as plain sentences with names, for the person at the screen."""
    name_of = _names(vault, films)
    return tuple(sentence(reason, name_of) for reason in decision.reasons)


def notes_in_words(vault: Vault, films: Iterable[Film], decision: Decision) -> tuple[str, ...]:
    """The capacity notes of a decision as warnings with names."""
    name_of = _names(vault, films)
    return tuple(capacity_sentence(note, name_of) for note in decision.notes)


def _names(vault: Vault, films: Iterable[Film]) -> Callable[[Id], str]:
    names: dict[Id, Person] = {}
    for family in {film.family for film in films}:
        names |= people_of(vault, family)
    return lambda person: names[person].name if person in names else "somebody"
