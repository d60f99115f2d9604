"""consent: what people signed, who may not be able to decide now, and what a lead decided where two disagree."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any

from vigtool.casework.capacity import CapacityNote
from vigtool.casework.consent import Answer as Said
from vigtool.casework.consent import Consent, Scope, holders, standing
from vigtool.casework.consent_entry import SignedForm
from vigtool.casework.family import Person
from vigtool.casework.lead_decision import LeadDecision
from vigtool.cli import withdrawal_commands
from vigtool.cli.answer import Answer
from vigtool.cli.consent_words import name_lookup, safety_lines, scopes_named
from vigtool.cli.consent_words import safety_told as told_of_safety
from vigtool.cli.options import day, opened
from vigtool.errors import UsageError
from vigtool.ids import Id
from vigtool.practice.capacity import capacity_of, note_capacity
from vigtool.practice.consents import decide_as_lead, give_consent, lead_decisions, parents_sign
from vigtool.practice.families import family_named, person_named
from vigtool.practice.openings import open_family
from vigtool.practice.records import people_of, values
from vigtool.practice.safety import safety_of
from vigtool.vault.vault import Vault

_HAS = {"yes": True, "no": False, "unsure": None}


def consent_give(options: argparse.Namespace) -> Answer:
    """Write down what somebody signed. Without --person, each parent signs for themselves and the baby."""
    scopes = scopes_named(options.scope)
    said = Said(options.answer)
    with opened(options) as vault:
        family = family_named(vault, options.family).id
        if options.person is None and options.signed_by is None and said is Said.YES:
            given = parents_sign(
                vault, family, scopes, on=options.on, signed_as=options.signed_as, review=options.review
            )
        else:
            signer, for_persons = _signature(vault, family, options)
            form = SignedForm(
                family=family,
                signed_by=signer,
                signed_as=options.signed_as,
                for_persons=for_persons,
                answers=dict.fromkeys(scopes, said),
                on=options.on,
                recipients=tuple(person_named(vault, family, words).id for words in options.recipient) or (signer,),
                review=options.review,
                note=options.note,
            )
            given = give_consent(vault, form)
        names = {person.id: person.name for person in people_of(vault, family).values()}
    told = [_consent(consent) for consent in given]
    return Answer(told, [f"{names[c.signed_by]}, as {c.signed_as}: {c.scope.value} {c.answer.value}" for c in given])


def consent_show(options: argparse.Namespace) -> Answer:
    """How everybody stands to each scope today, what was signed and taken back, what was noted and decided."""
    with opened(options) as vault:
        family = open_family(vault, options.family).id
        everyone = people_of(vault, family)
        consents, decisions = values(vault, Consent, domain=family), lead_decisions(vault, family)
        notes, safety = capacity_of(vault, family), safety_of(vault, family)
        rows = _standings(everyone, consents, decisions, on=date.today())
        told = {
            "standing": rows,
            "answers": [_consent(consent) for consent in consents],
            "capacity": [_note(note) for note in notes],
            "decisions": [_decision(decision) for decision in decisions],
            "safety": told_of_safety(safety),
            **withdrawal_commands.shown(vault, family),
        }
        name_of = name_lookup(everyone)
    lines = [
        f"{everyone[person].name}: " + ", ".join(f"{scope} {answer or 'not asked'}" for scope, answer in row.items())
        for person, row in rows.items()
    ]
    lines += [f"capacity, {name_of(note.person)}, {note.on.isoformat()}: {_has(note)}; {note.words}" for note in notes]
    lines += [
        f"a lead decided on {one.on.isoformat()} for {name_of(one.child)}: {one.scope.value} {one.answer.value}"
        for one in decisions
    ]
    return Answer(told, lines + withdrawal_commands.shown_lines(told, name_of) + safety_lines(safety, name_of))


def consent_capacity(options: argparse.Namespace) -> Answer:
    """Note whether somebody can decide now. It warns those who are about to act, and decides nothing."""
    with opened(options) as vault:
        family = family_named(vault, options.family).id
        person = person_named(vault, family, options.person)
        note = note_capacity(vault, person.id, on=options.on, words=options.note, has=_HAS[options.has])
    return Answer(_note(note), [f"noted of {person.name} on {note.on.isoformat()}: {_has(note)}"])


def consent_decide(options: argparse.Namespace) -> Answer:
    """Record a lead's reasoned decision for a child whose parents disagree; withdrawn takes it back."""
    (scope,) = scopes_named(options.scope, one=True)
    with opened(options) as vault:
        family = family_named(vault, options.family).id
        child = person_named(vault, family, options.child)
        decided = decide_as_lead(
            vault, family, child.id, scope, answer=Said(options.answer), reason=options.reason, on=options.on
        )
    return Answer(_decision(decided), [f"decided for {child.name}: {scope.value} {decided.answer.value}"])


def _standings(
    everyone: dict[Id, Person], consents: list[Consent], decisions: list[LeadDecision], *, on: date
) -> dict[Id, dict[str, str | None]]:
    """How each person stands to each scope."""

    def answer(person: Id, scope: Scope) -> str | None:
        found = standing(person, scope, everyone=everyone, consents=consents, on=on, decisions=decisions)
        return found.value if found else None

    return {person: {scope.value: answer(person, scope) for scope in Scope} for person in everyone}


def _signature(vault: Vault, family: Id, options: argparse.Namespace) -> tuple[Id, tuple[Id, ...]]:
    """Who signs, and for whom: a person for themselves, or a holder of parental responsibility for a child."""
    person = person_named(vault, family, options.person) if options.person is not None else None
    if options.signed_by is not None:
        signer = person_named(vault, family, options.signed_by)
        for_persons = (person.id,) if person else (signer.id, *signer.responsible_for)
        return signer.id, for_persons
    if person is None:
        message = "who said this is missing"
        raise UsageError(message, "name them with --signed-by or --person")
    if person.is_child:
        answering = holders(person.id, people_of(vault, family))
        if len(answering) != 1:
            message = "more than one person, or nobody, answers for this child"
            raise UsageError(message, "name who signed with --signed-by")
        return answering[0].id, (person.id,)
    return person.id, (person.id,)


def _consent(consent: Consent) -> dict[str, Any]:
    return {
        "consent": consent.id,
        "scope": consent.scope.value,
        "answer": consent.answer.value,
        "signed_by": consent.signed_by,
        "signed_as": consent.signed_as,
        "for": list(consent.for_persons),
        "on": consent.on.isoformat(),
        "recipients": list(consent.recipients),
        "review": consent.review.isoformat() if consent.review else None,
        "note": consent.note,
    }


def _note(note: CapacityNote) -> dict[str, Any]:
    return {
        "note": note.id,
        "person": note.person,
        "on": note.on.isoformat(),
        "has": note.has,
        "words": note.words,
    }


def _has(note: CapacityNote) -> str:
    return "not sure" if note.has is None else "can decide" if note.has else "cannot decide now"


def _decision(decision: LeadDecision) -> dict[str, Any]:
    return {
        "decision": decision.id,
        "child": decision.child,
        "scope": decision.scope.value,
        "answer": decision.answer.value,
        "reason": decision.reason,
        "on": decision.on.isoformat(),
        "by": decision.by,
    }


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the commands of this file on the parser."""
    acts = commands.add_parser("consent", parents=[general]).add_subparsers(metavar="ACT", required=True)

    def act(name: str, run: Callable[[argparse.Namespace], Answer]) -> argparse.ArgumentParser:
        said = run.__doc__ or ""
        parser = acts.add_parser(name, parents=[general], help=said.split(".")[0].lower(), description=said)
        parser.add_argument("--family", required=True, metavar="F", help="its code, or a beginning of its id")
        parser.set_defaults(run=run)
        return parser

    scopes = ", ".join(scope.value for scope in Scope)
    parser = act("give", consent_give)
    parser.add_argument("--person", metavar="P", help="whom it is for; without it each parent signs for self and baby")
    parser.add_argument("--scope", action="append", required=True, metavar="S[,S…]", help=scopes)
    parser.add_argument("--on", type=day, default=date.today(), metavar="DATE")
    parser.add_argument("--signed-by", metavar="P")
    parser.add_argument("--signed-as", default="", metavar="C", help="in which capacity, for instance: mother")
    parser.add_argument("--recipient", action="append", default=[], metavar="P", help="who may be given a copy")
    parser.add_argument("--answer", choices=[Said.YES.value, Said.NO.value], default=Said.YES.value)
    parser.add_argument("--review", type=day, metavar="DATE", help="the last day on which a yes counts")
    parser.add_argument("--note", default="", metavar="TEXT", help="what else was said")
    act("show", consent_show)
    parser = act("capacity", consent_capacity)
    parser.add_argument("--person", required=True, metavar="P")
    parser.add_argument("--has", required=True, choices=sorted(_HAS), help="whether they can decide now")
    parser.add_argument("--note", required=True, metavar="TEXT", help="what was seen or said")
    parser.add_argument("--on", type=day, default=date.today(), metavar="DATE")
    parser = act("decide", consent_decide)
    parser.add_argument("--child", required=True, metavar="P")
    parser.add_argument("--scope", action="append", required=True, metavar="S", help=scopes)
    parser.add_argument("--answer", required=True, choices=[said.value for said in Said])
    parser.add_argument("--reason", required=True, metavar="TEXT")
    parser.add_argument("--on", type=day, default=date.today(), metavar="DATE")
    withdrawal_commands.add_to(acts, general)
