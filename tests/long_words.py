"""A desk in memory on which everything is called as long as somebody may call it, and everything there is, is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from families_in_memory import full_desk
from keeping_in_memory import HANNA, RUTH
from people_in_memory import colleague
from reel_desk import ReelDesk, reel_desk
from service_in_memory import month_of_log
from vigtool.casework.backup import Backup
from vigtool.casework.consent import Answer, Scope
from vigtool.casework.consent_entry import SignedForm
from vigtool.casework.copy import CopyKind, CopyOutcome
from vigtool.casework.erasure import Erasure
from vigtool.casework.family import Family, Person, Role
from vigtool.casework.film import FilmKind
from vigtool.casework.legal_hold import LegalHold
from vigtool.casework.member import CardCheck, StaffRole
from vigtool.casework.retention import Due, Lacking, RetentionRule, Undated
from vigtool.casework.session import SessionKind
from vigtool.casework.stray_copy import StrayCopy, StrayPlace
from vigtool.ids import Id, new_id
from vigtool.practice.colleagues import OrganisationKey
from vigtool.practice.sharing import FamilyInCare

NAME = "Wolfeschlegelstein-Hausenbergerdorff"
"""A name of one word: no line breaks within it but at its hyphen."""
PLACE = "the children’s centre of Llanfairpwllgwyngyllgogerychwyrndrobwll, second floor, the room at the end"
QUESTION = (
    "How can I tell what she is asking me for when she turns away from me, and what do I do when I cannot tell it at "
    "all, in the evening, with both of them tired and nobody else at home?"
)
FOLDER = Path("/media/wolfeschlegelstein/Backups of the children’s centre/2026/November/every evening of the week")
ON = date(2026, 10, 3)
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def long_desk() -> ReelDesk:
    """F-0007 with films that can be read, shared with colleagues, and something in every list that there is."""
    desk = reel_desk()
    family = desk.families()[0]
    for other in full_desk().families()[:4]:
        desk.put(replace(other, name=f"{other.name} {NAME}", place=PLACE))
    _name_everything(desk, family)
    _answers(desk, family.id)
    _outside(desk, family.id)
    _kept(desk, family.id)
    _colleagues(desk, family)
    month_of_log(desk.audit, [family.id], [one.id for one in desk.films()], count=60)
    return desk


def _name_everything(desk: ReelDesk, family: Family) -> None:
    desk.put(replace(family, name=f"Nadia, Mina and Tomas {NAME}", place=PLACE, safe_contact=QUESTION))
    for person in desk.persons(family.id):
        desk.put(replace(person, name=f"{person.name} {NAME}", relation=f"{person.relation} by the second marriage"))
    desk.put(
        Person(
            id=new_id(),
            family=family.id,
            name=f"Vera {NAME}",
            role=Role.OTHER,
            relation="great-grandmother on her side",
        )
    )
    for cycle in desk.cycles(family.id):
        desk.put(replace(cycle, helping_question=QUESTION))
    for film in desk.films(family.id):
        desk.put(
            replace(film, title=f"{film.title or 'review'} in the kitchen of {NAME}", original_name="MVI_0412.MOV")
        )
    for reel in desk.reels(family.id):
        desk.put(replace(reel, title=f"What {NAME} is asking for"))
    for kind in SessionKind:
        desk.add_session(family=family.id, on=ON, kind=kind, minutes=60, place=PLACE, present=())


def _answers(desk: ReelDesk, family: Id) -> None:
    nadia, mina, tomas, vera = (_named(desk, family, name) for name in ("Nadia", "Mina", "Tomas", "Vera"))
    desk.put(replace(tomas, responsible_for=(mina.id,)))
    for signer, whom, answer in (
        (nadia, (nadia.id, mina.id), Answer.YES),
        (tomas, (tomas.id, mina.id), Answer.NO),
        (vera, (vera.id,), Answer.YES),
    ):
        desk.give_consent(
            SignedForm(
                family=family,
                signed_by=signer.id,
                signed_as=signer.relation,
                for_persons=whom,
                on=ON,
                answers=dict.fromkeys(Scope, answer),
                recipients=(signer.id,),
                review=date(2027, 4, 3),
                note=QUESTION,
            )
        )
    desk.note_capacity(nadia.id, on=ON, words=QUESTION, has=False)
    desk.decide_as_lead(family, mina.id, Scope.FILM, answer=Answer.YES, reason=QUESTION, on=ON)
    desk.set_safety(
        family, not_to=(tomas.id,), not_to_words=f"anybody of {NAME}", not_to_be_told=PLACE, contact=QUESTION,
        copies_safe=False,
    )  # fmt: skip


def _outside(desk: ReelDesk, family: Id) -> None:
    film, nadia = desk.films(family)[0].id, _named(desk, family, "Nadia").id
    for place in StrayPlace:
        desk.put(
            StrayCopy(id=new_id(), family=family, film=film, where=place, words=str(FOLDER / "MVI_0412.MOV"), noted=ON)
        )
    given = [
        desk.add_copy(family, CopyKind.REEL, desk.reels(family)[0].id, FOLDER / "reel.mp4", to=nadia),
        desk.add_copy(
            family, CopyKind.FILM, film, FOLDER / "film.mp4", to_words=f"the court of {PLACE}", purpose=PLACE
        ),
    ]
    desk.settle_copy(given[0].id, CopyOutcome.GIVEN_BACK, ON)
    desk.withdraw(
        family=family, signed_by=nadia, signed_as=f"mother of {NAME}", for_persons=(nadia,), on=ON,
        scopes=(Scope.COPY, Scope.TRAINING),
    )  # fmt: skip


def _kept(desk: ReelDesk, family: Id) -> None:
    film = desk.films(family)[0].id
    desk.put(
        Backup(
            id=new_id(), target=str(FOLDER), made=AT, by=desk.audit.me, size=7_340_032_000, films=5,
            keep_until=date(2027, 2, 20), checked=AT, whole=True,
        )
    )  # fmt: skip
    rule = desk.put(RetentionRule(id=new_id(), kind=FilmKind.SHARED_REVIEW, months_after_closing=240, until_age=25))
    desk.put(RetentionRule(id=new_id(), on_word_only=True))
    hold = desk.put(LegalHold(id=new_id(), family=family, reason=QUESTION, on=ON, by=desk.audit.me))
    desk.put(
        Erasure(
            id=new_id(), what=new_id(), family=family, reason=QUESTION, on=ON, by=desk.audit.me, erased=(), files=4,
            recoverable_until=date(2027, 2, 20),
        )
    )  # fmt: skip
    desk.due_now = (
        Due(what=film, family=family, film=film, rule=rule, on=ON),
        Due(what=family, family=family, film=None, rule=rule, on=ON, held=hold),
    )
    desk.undated_now = (Undated(what=film, family=family, film=film, lacking=tuple(Lacking)),)


def _colleagues(desk: ReelDesk, family: Family) -> None:
    ruth = replace(RUTH, name=f"Ruth {NAME}")
    desk.shares[family.id] = [replace(HANNA, name=f"Hanna {NAME}"), replace(ruth, since=ON)]
    desk.others = [replace(ruth, user=new_id(), name=f"Ines {NAME}", is_checked=False)]
    desk.staff[:] = [
        colleague(f"Hanna {NAME}", *StaffRole, is_self=True, checked=None),
        colleague(
            f"Ruth {NAME}", *StaffRole, label="the second cupboard of the children’s centre", checked=CardCheck.NONE
        ),
        colleague("Ines", StaffRole.PRACTITIONER, checked=CardCheck.ADDED_HERE),
        colleague(f"Jo {NAME}", StaffRole.LEAD, left=ON),
    ]
    desk.in_care[:] = [
        FamilyInCare(family=family.id, code=family.code, holders={new_id(): f"Ruth {NAME}", new_id(): f"Ines {NAME}"})
    ]
    desk.organisation = OrganisationKey.UNASKED


def _named(desk: ReelDesk, family: Id, name: str) -> Person:
    return next(person for person in desk.persons(family) if person.name.startswith(name))
