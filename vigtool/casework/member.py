"""Those who work with one vault together: who they are, what they may do, and how their cards were checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from vigtool.ids import Id


class StaffRole(Enum):
    """What somebody may do besides what their keys open. Roles may be combined. The value is what is written down."""

    PRACTITIONER = "practitioner"
    SUPERVISOR = "supervisor"
    LEAD = "lead"
    ADMINISTRATOR = "administrator"
    ORGANISATION = "organisation"


PERSONS_ROLES = (StaffRole.PRACTITIONER, StaffRole.SUPERVISOR, StaffRole.LEAD, StaffRole.ADMINISTRATOR)
"""Every role that a person can have; the organisation's own user has the fifth, and no other."""

IN_CARE = frozenset({StaffRole.LEAD, StaffRole.ORGANISATION})
"""Who is given the key of every new family to keep, so that the family can be given to somebody else."""


class CardCheck(Enum):
    """How it is known that a card in the vault is its user's own.

    VOUCHED: somebody whose card was checked, and who was lead or administrator, has entered this user. ADDED_HERE: one
    of the two was there when the other's keys were made. WORDS and QR: the two compared the card themselves.
    """

    NONE = "none"
    VOUCHED = "vouched"
    ADDED_HERE = "added here"
    WORDS = "words"
    QR = "qr"

    @property
    def face_to_face(self) -> bool:
        """Whether it is enough to be given the key of a family."""
        return self in {CardCheck.ADDED_HERE, CardCheck.WORDS, CardCheck.QR}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One who has a key to the vault, or had one.

    Attributes:
        id: of this record; a user's own id is that of their profile.
        user: who.
        name: what colleagues call them.
        roles: what they may do; more than one is common.
        added: the day their keys were made, or the day the second one came.
        left: the day they left; none while they are here.
        card: digest of their card, 32 bytes, as whoever wrote this saw it.
    """

    id: Id
    user: Id
    name: str = field(repr=False)
    roles: tuple[StaffRole, ...]
    added: date
    left: date | None = None
    card: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCard:
    """What one user holds of another's card. It lies under the owner's own key, where nobody else can write.

    Attributes:
        owner: who checked it.
        user: whose card it is.
        digest: of the card, 32 bytes.
        checked: how.
        on: when.
        began: whether this user began the service, by what whoever made the owner's keys knew: no later entry, which
            any colleague could write, changes whose entries all others rest on.
    """

    id: Id
    owner: Id
    user: Id
    digest: bytes
    checked: CardCheck
    on: date
    began: bool = False
