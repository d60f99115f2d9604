"""The letter to somebody who took their agreement back: what stopped, what is erased when, what is kept and why.

It may be found by anybody at home. So it names nobody, neither the service nor its way of working, and is silent about
what was disclosed because the law asks for it, and about legal holds: whoever must not learn of them could read it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vigtool.casework.consent_answers import Scope
from vigtool.casework.consent_words import scope_words
from vigtool.casework.copy import Copy, CopyKind
from vigtool.ids import Id

_STOPPED = {
    Scope.FILM: "No more films are made, and none of those that were made is shown, shared or copied any more.",
    Scope.THERAPY: "The films are no longer used in the work together.",
    Scope.SUPERVISION: "The films are no longer shown to the supervisor.",
    Scope.INTERVISION: "The films are no longer shown to colleagues.",
    Scope.TRAINING: "The films are no longer used in training.",
    Scope.RESEARCH: "The films are no longer used in research.",
    Scope.COPY: "No more copies of the films are made.",
    Scope.PHOTOGRAPHS: "No more photographs are made from the films.",
}

_KINDS = {
    CopyKind.REEL: "a short film of chosen moments",
    CopyKind.STILL: "a photograph",
    CopyKind.MARKS: "a table of notes",
    CopyKind.FILM: "a whole film",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What the letter is made of.

    Attributes:
        signed_by: to whom it goes.
        for_children: whether they had answered for a child as well.
        scopes: what was taken back.
        on: the day.
        copies: that were given out and are not known to be gone; without what was disclosed.
        erased_on: the day from which each film that has such a day is erased.
        kept: how many films have no such day, or may not be erased now.
    """

    signed_by: Id
    for_children: bool
    scopes: tuple[Scope, ...]
    on: date
    copies: tuple[Copy, ...]
    erased_on: tuple[date, ...]
    kept: int


def letter_text(facts: LetterFacts) -> str:
    """The letter as plain text."""
    whom = "for yourself and for your child" if facts.for_children else "for yourself"
    parts = [
        f"{day_words(facts.on)}\n\nOn this day you said that you no longer agree to the following, {whom}:",
        _listed(scope_words(scope) for scope in facts.scopes),
        "This holds at once. It changes nothing in the help that you get.",
        "WHAT HAS STOPPED",
        _listed(_STOPPED[scope] for scope in facts.scopes),
        "COPIES THAT WERE GIVEN OUT BEFORE",
        _copies(facts),
        "WHAT IS ERASED, AND WHEN",
        _erased(facts),
        "WHAT IS KEPT, AND WHY",
        _kept(facts),
        "You may change your mind at any time. If anything here is not clear, or you want to see what is kept, ask us.",
    ]
    return "\n\n".join(parts) + "\n"


def day_words(day: date) -> str:
    """A day as it is written in a letter, such as "22 November 2026", whatever the computer's language."""
    months = (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    )  # fmt: skip
    return f"{day.day} {months[day.month - 1]} {day.year}"


def _copies(facts: LetterFacts) -> str:
    if not facts.copies:
        return "None was given out."
    lines = [f"{_KINDS[copy.kind]}, on {day_words(copy.made.date())}, {_whom(copy, facts)}" for copy in facts.copies]
    return (
        _listed(lines)
        + "\n\nWe ask whoever has one to give it back or to delete it. If you have one yourself, it is yours to keep"
        " or to delete. We cannot delete what is in other hands, and will tell you what became of each."
    )


def _whom(copy: Copy, facts: LetterFacts) -> str:
    if copy.to is not None:
        return "for you" if copy.to == facts.signed_by else "for somebody of your family"
    return f"for {copy.purpose}" if copy.purpose else "for your family"


def _erased(facts: LetterFacts) -> str:
    if not facts.erased_on:
        return "No film has a day on which it is erased yet. You may ask us to erase them."
    days = sorted(Counter(facts.erased_on).items())
    return _listed(f"{_films(number)} on {day_words(day)}" for day, number in days) + (
        "\n\nYou may ask us to erase them earlier."
    )


def _kept(facts: LetterFacts) -> str:
    record = (
        "We keep what you signed and this letter, so that it can be seen what was agreed to and that it was taken back,"
        " and the notes of our work, which we have to keep by law."
    )
    if not facts.kept:
        return record
    films = _films(facts.kept).capitalize()
    kept = f"{films} without a day above, as part of the record of our work. This does not undo what stopped."
    return f"{kept}\n\n{record}"


def _films(number: int) -> str:
    return "one film" if number == 1 else f"{number} films"


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"  - {line}" for line in lines)
