"""Consent: writing down what was signed, and asking before an act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from vigtool.casework.consent import Act, Answer, Consent, Decision, Scope, decide
from vigtool.casework.consent_entry import capacity, check_consent, next_entered
from vigtool.casework.consent_words import sentence
from vigtool.casework.family import Person, Role
from vigtool.casework.film import Film
from vigtool.errors import ConsentMissing, InvalidRecord
from vigtool.ids import Id, new_id
from vigtool.practice.records import check_people, people_of, plain, values
from vigtool.vault.vault import Vault


def give_consent(
    vault: Vault,
    *,
    family: Id,
    signed_by: Id,
    for_persons: tuple[Id, ...],
    answers: Mapping[Scope, Answer],
    on: date,
    signed_as: str = "",
    form_version: str = "1",
    recipients: tuple[Id, ...] = (),
) -> list[Consent]:
    """Append one signed answer for each scope, all or none. A later answer takes the place of an earlier one.

    Raises:
        InvalidRecord: signed for somebody the signer cannot sign for, or a copy for nobody.
    """
    check_people(vault, family, (signed_by, *for_persons, *recipients))
    everyone = people_of(vault, family)
    entered = next_entered(values(vault, Consent, domain=family))
    given = [
        Consent(
            id=new_id(),
            family=family,
            signed_by=signed_by,
            signed_as=plain(signed_as, what="signed as") or capacity(everyone[signed_by], for_persons),
            for_persons=for_persons,
            scope=scope,
            answer=answer,
            on=on,
            entered=entered + place,
            form_version=form_version,
            recipients=recipients if scope is Scope.COPY and answer is Answer.YES else (),
        )
        for place, (scope, answer) in enumerate(answers.items())
    ]
    for consent in given:
        check_consent(consent, everyone)
    with vault.transaction("consent give", [family, *(consent.id for consent in given)]) as writer:
        for consent in given:
            writer.add(consent)
    return given


def parents_sign(vault: Vault, family: Id, scopes: Iterable[Scope], *, on: date, signed_as: str = "") -> list[Consent]:
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
        given += give_consent(
            vault,
            family=family,
            signed_by=parent.id,
            for_persons=(parent.id, *parent.responsible_for),
            answers=answers,
            on=on,
            signed_as=signed_as,
            recipients=recipients,
        )
    return given


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
        )
        for film in films
    ]
    reasons = tuple(dict.fromkeys(reason for decision in decisions for reason in decision.reasons))
    return Decision(all(decision.allowed for decision in decisions), reasons)


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
        raise ConsentMissing(message, "; ".join(reasons), reasons)
    return decision


def reasons_in_words(vault: Vault, films: Iterable[Film], decision: Decision) -> tuple[str, ...]:
    """The reasons of a decision as plain sentences with names, for the person at the screen."""
    names: dict[Id, Person] = {}
    for family in {film.family for film in films}:
        names |= people_of(vault, family)
    return tuple(
        sentence(reason, lambda person: names[person].name if person in names else "somebody")
        for reason in decision.reasons
    )
