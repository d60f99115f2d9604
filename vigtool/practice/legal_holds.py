"""Legal holds: what stops a family or a film from being erased, until somebody who may has lifted it."""

from __future__ import annotations

from datetime import date

from vigtool.casework.film import Film
from vigtool.casework.legal_hold import HoldStory, LegalHold, covering, standing, stories
from vigtool.casework.member import StaffRole
from vigtool.errors import InvalidRecord, NoSuchRecord, RecordChanged
from vigtool.ids import Id, new_id
from vigtool.practice.records import check_people, plain, value, values
from vigtool.practice.roles import require_role
from vigtool.vault.vault import Vault


def place_hold(vault: Vault, family: Id, *, reason: str, on: date, film: Id | None = None) -> LegalHold:
    """Stop everything of a family, or one film, from being erased, until the hold is lifted.

    Raises:
        NoSuchRecord, NoKey. InvalidRecord: without a reason.
    """
    check_people(vault, family, ())
    if film is not None and value(vault, Film, film).family != family:
        message = "that film is another family's"
        raise NoSuchRecord(message, "name a film of this family")
    words = plain(reason, what="the reason", needed=True, longest=500)
    hold = LegalHold(id=new_id(), family=family, film=film, reason=words, on=on, by=vault.user_id)
    with vault.transaction("hold place", [family, *([film] if film else [])]) as writer:
        writer.add(hold)
    return hold


def lift_hold(vault: Vault, hold: Id, *, reason: str, on: date) -> LegalHold:
    """Let a hold go. Both entries stay.

    Raises:
        NotAllowed: neither lead nor administrator. NoSuchRecord. RecordChanged: it was lifted already.
        InvalidRecord: without a reason, or before the day it was placed.
    """
    require_role(vault, StaffRole.LEAD, StaffRole.ADMINISTRATOR)
    placed = value(vault, LegalHold, hold)
    words = plain(reason, what="the reason", needed=True, longest=500)
    if all(each.id != hold for each in holds(vault, placed.family)):
        message = "this hold was lifted already"
        raise RecordChanged(message, "look at the list of holds again")
    if on < placed.on:
        message = "a hold cannot be lifted before the day on which it was placed"
        raise InvalidRecord(message, "check the date")
    lifted = LegalHold(
        id=new_id(), family=placed.family, film=placed.film, reason=words, on=on, by=vault.user_id, lifts=hold
    )
    with vault.transaction("hold lift", [placed.family, hold, *([placed.film] if placed.film else [])]) as writer:
        writer.add(lifted)
    return lifted


def holds(vault: Vault, family: Id | None = None) -> list[LegalHold]:
    """The holds that stand, of one family or of all that this user can open."""
    return standing(values(vault, LegalHold, domain=family))


def hold_history(vault: Vault, family: Id | None = None) -> list[HoldStory]:
    """Every hold that was ever placed, with what lifted it."""
    return stories(values(vault, LegalHold, domain=family))


def held(vault: Vault, family: Id, film: Id | None = None) -> LegalHold | None:
    """The hold that stops a film, or the whole family where no film is named, from being erased."""
    return covering(holds(vault, family), family, film)
