"""Consent taken back: what it ended, and what is to be done about each copy that was made before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from vigtool.casework.consent_answers import Scope
from vigtool.casework.copy import Copy, CopyOutcome
from vigtool.ids import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """One person took back what they had agreed to. It is appended and never changed.

    Attributes:
        for_persons: for whom they had answered.
        answers: the answers that were entered with it.
        copies: every copy that had been made of films of those persons.
        strays: what lay outside the vault and showed them: the phone, its bin, its cloud.
        shares: users with whom the family was shared and for whom that no longer stands.
        letter: what the person was told, word for word.
        entered: when, UTC.
        by: the user who entered it.
    """

    id: Id
    family: Id
    signed_by: Id
    signed_as: str
    for_persons: tuple[Id, ...]
    scopes: tuple[Scope, ...]
    on: date
    answers: tuple[Id, ...] = ()
    copies: tuple[Id, ...] = ()
    strays: tuple[Id, ...] = ()
    shares: tuple[Id, ...] = ()
    letter: str = field(default="", repr=False)
    entered: datetime
    by: Id


class WhatToDo(Enum):
    """What is to be done about a copy once consent was withdrawn. The value is the word of the command line."""

    ASK_BACK = "ask back"
    DELETE = "delete"
    TELL_RECIPIENT = "tell recipient"
    NOTHING = "nothing"

    @property
    def words(self) -> str:
        """The same as a sentence without a full stop."""
        return _WORDS[self]


_WORDS = {
    WhatToDo.ASK_BACK: "ask whoever has it to give it back or to delete it, and write down what became of it",
    WhatToDo.DELETE: "the file is still where it was written to: delete it there, and write that down",
    WhatToDo.TELL_RECIPIENT: "it was given because somebody had to have it, and stays there: ask your lead whether "
    "the recipient is to be told",
    WhatToDo.NOTHING: "nothing: it is written down what became of it",
}


@dataclass(frozen=True, slots=True)
class CopyTask:
    """One copy that was made, and what to do about it.

    Attributes:
        what_to_do: now, as far as the register knows.
        settled: what became of it; none while that is not known.
    """

    copy: Copy
    what_to_do: WhatToDo
    settled: CopyOutcome | None = None
