"""Which records a vault knows, their numbers, and where each belongs.

The numbers are final. A record belongs to a parent, and lies in a key domain: a family's records in the family's own
(the domain has the family's id), layers, marks and whatever is made of a film in that of their parent, the rest in the
vault's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from vigtool.annotate.layer import Layer
from vigtool.annotate.mark import Mark
from vigtool.annotate.reel import Reel
from vigtool.casework.backup import Backup
from vigtool.casework.capacity import CapacityNote
from vigtool.casework.consent_answers import Consent
from vigtool.casework.copy import Copy, CopySettled, Intent
from vigtool.casework.cycle import Cycle
from vigtool.casework.disclosure import Disclosure
from vigtool.casework.draft import Draft
from vigtool.casework.erasure import Erasure
from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film
from vigtool.casework.film_pair import FilmPair
from vigtool.casework.lead_decision import LeadDecision
from vigtool.casework.legal_hold import LegalHold
from vigtool.casework.member import KnownCard, Member
from vigtool.casework.origin import Origin
from vigtool.casework.reassignment import Reassignment
from vigtool.casework.retention import RetentionRule
from vigtool.casework.safety import SafetyAtHome
from vigtool.casework.scrub import Scrub
from vigtool.casework.session import Session
from vigtool.casework.still import Still
from vigtool.casework.stray_copy import StrayCopy
from vigtool.casework.withdrawal import Withdrawal
from vigtool.errors import VaultNewer
from vigtool.ids import Id
from vigtool.vault.shapes import FilmIndex, FilmPeaks, FilmStandIn, FilmStrip, Profile, Setting

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns a payload map of one schema into that of the next."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record belongs.

    Attributes:
        parent: the record it belongs to.
        domain: its key domain; none where it is its parent's.
    """

    parent: Id
    domain: Id | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of record.

    Attributes:
        number: what stands in the table of revisions.
        cls: the dataclass.
        place: where a value belongs, given the vault's id.
        owner: the only user who may write a value; none where whoever may open the domain may.
        own: whether only its owner changes it.
        appended: whether it is never changed and never removed.
        schema: number of its newest payload.
        upgrades: the first turns schema 1 into 2, and so on.
    """

    number: int
    cls: type
    place: Callable[[Any, Id], Place]
    owner: Callable[[Any], Id] | None = None
    own: bool = False
    appended: bool = False
    schema: int = 1
    upgrades: tuple[Upgrade, ...] = ()

    def newest(self, payload: dict[str, Any]) -> dict[str, Any]:
        """The payload map in the newest schema.

        Raises:
            VaultNewer: where it has a schema this program does not know yet.
        """
        written = payload.get("schema")
        if type(written) is not int or not 1 <= written <= self.schema:
            message = "a record was written by a newer version of the program"
            raise VaultNewer(message, "update the program and open the vault again")
        for upgrade in self.upgrades[written - 1 :]:
            payload = upgrade(payload)
        return payload


def _of_vault(_: object, vault: Id) -> Place:
    return Place(vault, vault)


def _of_family(value: Any, _: Id) -> Place:
    return Place(value.family, value.family)


def _family_itself(value: Family, vault: Id) -> Place:
    return Place(vault, value.id)


def _of_film(value: Any, _: Id) -> Place:
    return Place(value.film, None)


def _of_first_film(value: FilmPair, _: Id) -> Place:
    return Place(value.first, None)


def _of_layer(value: Mark, _: Id) -> Place:
    return Place(value.layer, None)


def _hold(value: LegalHold, _: Id) -> Place:
    """A lifting belongs to its hold: which holds stand can be seen without a key of the family."""
    return Place(value.lifts or value.film or value.family, value.family)


def _owners_own(value: Any, vault: Id) -> Place:
    return Place(vault, value.owner)


def _owner(value: Any) -> Id:
    owner: Id = value.owner
    return owner


def _author(value: Any) -> Id:
    author: Id = value.author
    return author


def _with_review(payload: dict[str, Any]) -> dict[str, Any]:
    """A consent of schema 1 has no day for asking again.

    A program that knows only that schema must not read one that has: it would take what has expired for a yes.
    """
    return {**payload, "schema": 2, "review": None, "note": ""}


def _of_draft(value: Draft, vault: Id) -> Place:
    return _of_vault(value, vault) if value.family is None else _of_family(value, vault)


def _user(value: Any) -> Id:
    user: Id = value.user
    return user


KINDS = (
    Kind(number=1, cls=Family, place=_family_itself),
    Kind(number=2, cls=Person, place=_of_family),
    Kind(number=3, cls=Consent, place=_of_family, appended=True, schema=2, upgrades=(_with_review,)),
    Kind(number=4, cls=Session, place=_of_family),
    Kind(number=5, cls=Cycle, place=_of_family),
    Kind(number=6, cls=Film, place=_of_family),
    Kind(number=7, cls=Layer, place=_of_film, owner=_author, own=True),
    Kind(number=8, cls=Mark, place=_of_layer, own=True),
    Kind(number=9, cls=Reel, place=_of_family, owner=_author, own=True),
    Kind(number=10, cls=FilmIndex, place=_of_film),
    Kind(number=11, cls=Intent, place=_of_family),
    Kind(number=12, cls=Copy, place=_of_family, appended=True),
    Kind(number=13, cls=Profile, place=_of_vault, own=True),
    Kind(number=14, cls=Setting, place=_of_vault),
    Kind(number=15, cls=FilmPeaks, place=_of_film),
    Kind(number=16, cls=FilmStrip, place=_of_film),
    Kind(number=17, cls=FilmStandIn, place=_of_film),
    Kind(number=18, cls=Still, place=_of_film),
    Kind(number=19, cls=FilmPair, place=_of_first_film),
    Kind(number=29, cls=Backup, place=_of_vault),
    Kind(number=30, cls=StrayCopy, place=_of_family),
    Kind(number=32, cls=Origin, place=_of_film, appended=True),
    Kind(number=33, cls=Scrub, place=_of_vault, appended=True),
    Kind(number=20, cls=Member, place=_of_vault),
    Kind(number=22, cls=SafetyAtHome, place=_of_family),
    Kind(number=23, cls=CapacityNote, place=_of_family, appended=True),
    Kind(number=24, cls=LeadDecision, place=_of_family, appended=True),
    Kind(number=25, cls=Disclosure, place=_of_family, appended=True),
    Kind(number=31, cls=Withdrawal, place=_of_family, appended=True),
    Kind(number=34, cls=CopySettled, place=_of_family, appended=True),
    Kind(number=21, cls=KnownCard, place=_owners_own, owner=_owner, own=True),
    Kind(number=26, cls=LegalHold, place=_hold, appended=True),
    Kind(number=27, cls=RetentionRule, place=_of_vault),
    Kind(number=28, cls=Erasure, place=_of_vault, appended=True),
    Kind(number=35, cls=Draft, place=_of_draft, owner=_user, own=True),
    Kind(number=36, cls=Reassignment, place=_of_vault, appended=True),
)

_BY_NUMBER = {kind.number: kind for kind in KINDS}
_BY_CLASS = {kind.cls: kind for kind in KINDS}


def kind_of(cls: type) -> Kind:
    """The kind of a dataclass.

    Raises:
        TypeError: where no vault keeps such a thing.
    """
    if cls not in _BY_CLASS:
        message = f"a vault does not keep {cls.__name__}"
        raise TypeError(message)
    return _BY_CLASS[cls]


def kind_numbered(number: int) -> Kind:
    """The kind with that number.

    Raises:
        VaultNewer: where this version of the program does not know it yet.
    """
    if number not in _BY_NUMBER:
        message = "the vault holds a kind of record that only a newer version of the program knows"
        raise VaultNewer(message, "update the program and open the vault again")
    return _BY_NUMBER[number]
