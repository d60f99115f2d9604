"""What people agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from vigtool.ids import Id


class Scope(Enum):
    """One thing that can be agreed to by itself. The value is the word of the command line."""

    FILM = "film"
    THERAPY = "therapy"
    SUPERVISION = "supervision"
    INTERVISION = "intervision"
    TRAINING = "training"
    RESEARCH = "research"
    COPY = "copy"
    PHOTOGRAPHS = "photographs"


class Answer(Enum):
    """What was said."""

    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One signed answer to one scope. It is appended and never changed; a later answer takes its place.

    Attributes:
        signed_by: the person who signed.
        signed_as: in what capacity: "mother", "parental responsibility", "themselves".
        for_persons: the signer (where it concerns them) and children they hold parental responsibility for.
        on: the day of the signature.
        entered: a number that orders answers of one day: higher is later.
        form_version: which wording was signed.
        recipients: for a copy, the persons who may be given one.
    """

    id: Id
    family: Id
    signed_by: Id
    signed_as: str
    for_persons: tuple[Id, ...]
    scope: Scope
    answer: Answer
    on: date
    entered: int = 0
    form_version: str = "1"
    recipients: tuple[Id, ...] = ()
