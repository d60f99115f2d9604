"""A mother, a father, their baby and an aunt, what they signed, and asking the rule about it."""

from __future__ import annotations

from datetime import date, timedelta

from vigtool.casework.capacity import CapacityNote
from vigtool.casework.consent import Act, Answer, Consent, Decision, Scope, Why, decide
from vigtool.casework.family import Person, Role
from vigtool.casework.lead_decision import LeadDecision

TODAY = date(2026, 11, 12)
FAMILY = "f" * 32
NAMES = {"nadia": "Nadia", "tomas": "Tomas", "mina": "Mina {odd}", "vera": "Vera"}
EVERYONE = {
    person.id: person
    for person in (
        Person(id="nadia", family=FAMILY, name="Nadia", role=Role.PARENT, responsible_for=("mina",)),
        Person(id="tomas", family=FAMILY, name="Tomas", role=Role.PARENT, responsible_for=("mina",)),
        Person(id="mina", family=FAMILY, name="Mina", role=Role.BABY),
        Person(id="vera", family=FAMILY, name="Vera", role=Role.OTHER),
    )
}
ANSWERS = [None, *Answer]
SHOWING = [act for act in Act if act not in (Act.BRING_IN, Act.WATCH)]


def said(
    signer: str,
    answer: Answer,
    *,
    about: tuple[str, ...] = ("mina",),
    scope: Scope = Scope.SUPERVISION,
    on: date = TODAY,
    entered: int = 0,
    recipients: tuple[str, ...] = (),
    mark: str = "",
    review: date | None = None,
) -> Consent:
    return Consent(
        id=f"{signer}-{mark}",
        family=FAMILY,
        signed_by=signer,
        signed_as="themselves",
        for_persons=about,
        scope=scope,
        answer=answer,
        on=on,
        entered=entered,
        recipients=recipients,
        review=review,
    )


FILMED = [
    said(signer, Answer.YES, about=about, scope=Scope.FILM, on=TODAY - timedelta(days=99), mark="filmed")
    for signer, about in (("nadia", ("nadia", "mina")), ("tomas", ("tomas",)), ("vera", ("vera",)))
]


def ask(
    act: Act,
    *persons: str,
    consents: list[Consent],
    someone_else: bool = False,
    on: date = TODAY,
    recipient: str | None = None,
    filmed: bool = True,
    decisions: list[LeadDecision] | None = None,
    capacity: list[CapacityNote] | None = None,
) -> Decision:
    return decide(
        act,
        persons,
        someone_else=someone_else,
        everyone=EVERYONE,
        consents=[*(FILMED if filmed else ()), *consents],
        on=on,
        recipient=recipient,
        decisions=decisions or (),
        capacity=capacity or (),
    )


def whys(decision: Decision) -> list[Why]:
    return [reason.why for reason in decision.reasons]
