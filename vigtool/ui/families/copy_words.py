"""How copies that were given out are said: what they are, for whom, and what became of them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vigtool.casework.copy import Copy, CopyKind, CopyOutcome
from vigtool.casework.disclosure import Basis
from vigtool.casework.withdrawal import WhatToDo
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.words import film_words


def _say(text: str) -> str:
    return QCoreApplication.translate("CopyWords", text)


def kind_words(kind: CopyKind) -> str:
    """What was given out."""
    return {
        CopyKind.REEL: _say("Film of a reel"),
        CopyKind.STILL: _say("Photograph"),
        CopyKind.MARKS: _say("Table of marks"),
        CopyKind.FILM: _say("Whole film"),
        CopyKind.LETTER: _say("Letter"),
    }[kind]


def copy_words(copy: Copy, page: FamilyPage) -> str:
    """What was given out, with the film it is of where that is known: "Whole film of 12 Nov, kitchen"."""
    film = next((one for one in page.films if one.id == copy.source), None)
    kind = kind_words(copy.kind)
    return kind if film is None else _say("{0} of {1}").format(kind, film_words(film))


def for_whom(copy: Copy, page: FamilyPage) -> str:
    """Who it is for."""
    return page.name_of(copy.to) if copy.to is not None else copy.to_words or _say("nobody by name")


def outcome_words(outcome: CopyOutcome) -> str:
    """What became of a copy."""
    return {
        CopyOutcome.GIVEN_BACK: _say("given back"),
        CopyOutcome.DELETED: _say("deleted"),
        CopyOutcome.STAYS: _say("stays with whoever has it"),
        CopyOutcome.UNKNOWN: _say("nobody knows where it is"),
    }[outcome]


def to_do_words(task: WhatToDo) -> str:
    """What is to be done about a copy once agreement was taken back."""
    return {
        WhatToDo.ASK_BACK: _say("Ask whoever has it to give it back, or to delete it."),
        WhatToDo.DELETE: _say("The file is still where it was written to: delete it there."),
        WhatToDo.TELL_RECIPIENT: _say("It had to be given. Tell whoever has it that agreement was taken back."),
        WhatToDo.NOTHING: _say("Nothing: what became of it is written down."),
    }[task]


def basis_words(basis: Basis) -> str:
    """On what a disclosure rests."""
    return {
        Basis.SAFEGUARDING: _say("safeguarding"),
        Basis.COURT: _say("a court"),
        Basis.ACCESS: _say("a request for access"),
    }[basis]
