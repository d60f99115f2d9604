"""How the Families room says what casework knows by name."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from vigtool.casework.caseload import Due, DueKind, Overview
from vigtool.casework.consent import Answer, Scope
from vigtool.casework.family import Person, Role
from vigtool.casework.film import Film, FilmKind
from vigtool.casework.session import SessionKind
from vigtool.ui.parts.chip import State
from vigtool.ui.parts.days import age, length, short_day, week_day


def _say(text: str) -> str:
    return QCoreApplication.translate("Families", text)


def scope_chip(scope: Scope) -> str:
    """A scope as a chip says it."""
    return {
        Scope.FILM: _say("Film"),
        Scope.THERAPY: _say("Therapy"),
        Scope.SUPERVISION: _say("Supervision"),
        Scope.INTERVISION: _say("Peer viewing"),
        Scope.TRAINING: _say("Training"),
        Scope.RESEARCH: _say("Research"),
        Scope.COPY: _say("Copy"),
        Scope.PHOTOGRAPHS: _say("Photos"),
    }[scope]


def scope_question(scope: Scope) -> str:
    """A scope as a form asks for it."""
    return {
        Scope.FILM: _say("Being filmed, and keeping the film sealed"),
        Scope.THERAPY: _say("Looking at the film together"),
        Scope.SUPERVISION: _say("Showing it to the supervisor"),
        Scope.INTERVISION: _say("Showing it to colleagues of the service"),
        Scope.TRAINING: _say("Showing it in training"),
        Scope.RESEARCH: _say("Using it in research"),
        Scope.COPY: _say("A copy to take home"),
        Scope.PHOTOGRAPHS: _say("Photos from the film"),
    }[scope]


def answer_state(answer: Answer | None) -> State:
    """The chip's state of an answer; none was not asked yet."""
    if answer is None:
        return State.UNASKED
    return {Answer.YES: State.YES, Answer.NO: State.NO, Answer.WITHDRAWN: State.WITHDRAWN}[answer]


def session_words(kind: SessionKind) -> tuple[str, str]:
    """What a meeting was for, and its icon."""
    return {
        SessionKind.FIRST_MEETING: (_say("First meeting"), "person"),
        SessionKind.FILMING: (_say("Filming"), "film"),
        SessionKind.SHARED_REVIEW: (_say("Shared review"), "review"),
        SessionKind.WATCHING: (_say("Watching"), "ear"),
        SessionKind.OTHER: (_say("Meeting"), "families"),
    }[kind]


def role_words(role: Role) -> str:
    """What a person is to the work."""
    return {
        Role.PARENT: _say("parent"),
        Role.BABY: _say("baby"),
        Role.OTHER: _say("other"),
        Role.PROFESSIONAL: _say("professional"),
    }[role]


def beside_name(person: Person, on: date) -> str:
    """What stands beside a person's name: "mother", "baby, 7 months"."""
    words = person.relation or role_words(person.role)
    return f"{words}, {age(person.born, on)}" if person.is_child and person.born is not None else words


def film_words(film: Film) -> str:
    """What a film is called: "12 Nov, kitchen"."""
    title = film.title or (_say("shared review") if film.kind is FilmKind.SHARED_REVIEW else _say("film"))
    return f"{short_day(film.filmed_on)}, {title}" if film.filmed_on is not None else title


def film_beside(film: Film, marks: int) -> str:
    """What stands below a film's name: "10:24 · 23 marks"."""
    if film.kind is FilmKind.SHARED_REVIEW:
        beside = _say("supervision only")
    else:
        beside = QCoreApplication.translate("Families", "%n marks", "", marks)
    return f"{length(film.duration)} · {beside}"


def cycle_words(row: Overview) -> str:
    """Where a family stands: "Cycle 2 of 3"."""
    if row.closed:
        return _say("closed")
    return _say("Cycle {0} of {1}").format(row.cycle, row.planned) if row.cycle else _say("Meeting the family")


def baby_words(row: Overview, on: date) -> str:
    """The baby and how old it is, or what the family is called where there is none yet."""
    if not row.baby:
        return row.name
    return f"{row.baby}, {age(row.born, on)}" if row.born is not None else row.baby


def due_words(due: Due, number: int) -> tuple[str, str, str, str]:
    """What waits: its words, by when, the word of its button, its icon. `number` is the cycle's."""
    title, button, icon = {
        DueKind.CONSENT: (_say("Consent to a film"), _say("Enter"), "shield"),
        DueKind.HELPING_QUESTION: (_say("Helping question, cycle {0}"), _say("Write"), "comment"),
        DueKind.REEL: (_say("Reel of cycle {0}"), _say("Open reel"), "reel"),
        DueKind.SHARED_REVIEW: (_say("Shared review, cycle {0}"), _say("Open reel"), "review"),
    }[due.kind]
    by = "" if due.by is None else _say("by {0}").format(week_day(due.by))
    return title.format(number), by, button, icon
