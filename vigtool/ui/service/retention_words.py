"""How the page of retention says rules, what is due, holds and erasures."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from vigtool.casework.erasure import Erasure
from vigtool.casework.film import FilmKind
from vigtool.casework.legal_hold import HoldStory
from vigtool.casework.retention import Due, RetentionRule, Undated
from vigtool.ids import Id
from vigtool.practice.erasing import Outlook
from vigtool.ui.desk_service import KnownNames
from vigtool.ui.parts.chip import State
from vigtool.ui.service.film_words import lacking_words
from vigtool.ui.service.rows import Row
from vigtool.ui.service.said import day_words


def _say(text: str) -> str:
    return QCoreApplication.translate("Retention", text)


def kind_words(kind: FilmKind | None) -> str:
    """What a rule is about."""
    if kind is None:
        return _say("Everything of a family")
    return {
        FilmKind.INTERACTION: _say("Films of parent and child"),
        FilmKind.SHARED_REVIEW: _say("Films of shared reviews"),
    }[kind]


def rule_words(rule: RetentionRule) -> str:
    """Until when a rule keeps things."""
    if rule.on_word_only:
        return _say("goes only when a person asks for it")
    parts = []
    if rule.months_after_closing is not None:
        months = rule.months_after_closing
        pattern = (
            _say("a month after the work has ended") if months == 1 else _say("{0} months after the work has ended")
        )
        parts.append(pattern.format(months))
    if rule.until_age is not None:
        parts.append(_say("until the youngest child turns {0}").format(rule.until_age))
    return _say("kept {0}").format(_say(", and at least ").join(parts))


def rule_row(rule: RetentionRule) -> Row:
    """One rule."""
    icon = "families" if rule.kind is None else "film"
    return Row(value=rule, title=kind_words(rule.kind), below=rule_words(rule), icon=icon)


def thing_words(family: Id, film: Id | None, names: KnownNames) -> str:
    """A film, or a family as a whole, by its code."""
    code = names.families.get(family, family[:8])
    if film is None:
        return _say("{0}, the whole family").format(code)
    return names.films.get(film) or _say("{0}, a film").format(code)


def due_row(due: Due, names: KnownNames) -> Row:
    """One thing that may go."""
    below = f"{kind_words(due.rule.kind)}: {rule_words(due.rule)}"
    if due.held is not None:
        chip = (State.WITHDRAWN, _say("held"))
        below = _say("Held since {0}: {1}").format(day_words(due.held.on), due.held.reason)
    else:
        chip = (State.DUE, _say("due"))
    return Row(
        value=due, title=thing_words(due.family, due.film, names), below=below, chip=chip, end=day_words(due.on),
        icon="families" if due.film is None else "film",
    )  # fmt: skip


def undated_row(undated: Undated, names: KnownNames) -> Row:
    """Something of which no day can be said."""
    reasons = "; ".join(lacking_words(lacking) for lacking in undated.lacking)
    return Row(
        value=undated, title=thing_words(undated.family, undated.film, names),
        below=reasons[:1].upper() + reasons[1:], icon="families" if undated.film is None else "film",
    )  # fmt: skip


def hold_row(story: HoldStory, names: KnownNames) -> Row:
    """One legal hold."""
    hold, lifted = story.hold, story.lifted
    chip = (State.OPEN, _say("stands")) if lifted is None else (State.DONE, _say("lifted"))
    below = hold.reason
    if lifted is not None:
        below = _say("{0}; lifted on {1}: {2}").format(hold.reason, day_words(lifted.on), lifted.reason)
    title = thing_words(hold.family, hold.film, names)
    return Row(value=story, title=title, below=below, icon="shield", chip=chip, end=day_words(hold.on))


def erasure_row(erasure: Erasure, names: KnownNames, today: date) -> Row:
    """One thing that was erased. What it was called went with it."""
    kind = _say("A family") if erasure.of_family else _say("A film of {0}").format(
        names.families.get(erasure.family, erasure.family[:8])
    )  # fmt: skip
    until = erasure.recoverable_until
    if until is not None and until >= today:
        chip = (State.DUE, _say("in backups until {0}").format(day_words(until)))
    else:
        chip = (State.DONE, _say("gone for good"))
    return Row(value=erasure, title=kind, below=erasure.reason, icon="trash", chip=chip, end=day_words(erasure.on))


def outlook_sentences(outlook: Outlook) -> list[str]:
    """What erasing would take away, and what it would not reach."""
    said = []
    if outlook.what == outlook.family:
        said.append(_say("The family goes, with everything written of it. Its films: {0}.").format(outlook.films))
    else:
        said.append(_say("The film goes, with its marks, stills and all that was made of it."))
    said.append(_say("Its keys are destroyed: nobody can bring it back, here or anywhere else."))
    if outlook.lost:
        said.append(
            _say(
                "Nothing can be read of other films of this family: {0}. Mend them from a backup first; afterwards only"
                " a backup that was made before can bring them back."
            ).format(len(outlook.lost))
        )
    if outlook.copies:
        count = len(outlook.copies)
        said.append(_say("Copies that were handed out stay wherever they are: {0}.").format(count))
    if outlook.recoverable_until is not None:
        day = day_words(outlook.recoverable_until)
        said.append(_say("A backup that was made before can still bring it back until {0}.").format(day))
    return said
