"""The parent's copy of a reel, and tables of marks: what is asked, made and written down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO

from vigtool.annotate.layer import Layer
from vigtool.annotate.reel import Reel
from vigtool.annotate.rows import MarkRow, rows
from vigtool.casework.consent import Act, Decision, Scope
from vigtool.casework.copy import Copy, CopyKind
from vigtool.casework.film import Film
from vigtool.casework.safety import SafetyAtHome
from vigtool.errors import AmbiguousId, InvalidRecord, UsageError
from vigtool.export.cut_list import make_cut_list
from vigtool.export.render import Rendered, RenderSettings, Source, expected_size, render
from vigtool.export.tables import WRITERS
from vigtool.ids import Id
from vigtool.practice.barred import bare
from vigtool.practice.consents import ask, notes_in_words, require
from vigtool.practice.exits import Leaving, hand_out
from vigtool.practice.films import OpenFilm, film_within
from vigtool.practice.marking import marks_of
from vigtool.practice.progress import Cancelled, Report, never, silent
from vigtool.practice.records import check_people, people_of, plain, value, values
from vigtool.practice.reels import films_of_reel
from vigtool.practice.safety import check_recipient, safety_of
from vigtool.vault.vault import Vault

# What a table of marks, or a film, may be taken out for, and whose agreement that needs. What is taken out for the work
# itself is no longer the practitioner's own looking: it needs the yes to being filmed as well.
PURPOSES = {
    Scope.THERAPY.value: Act.WRITE_OUT,
    Scope.SUPERVISION.value: Act.SHOW_SUPERVISOR,
    Scope.INTERVISION.value: Act.SHOW_PEERS,
    Scope.TRAINING.value: Act.TRAIN,
    Scope.RESEARCH.value: Act.RESEARCH,
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was made, and what is to be seen with it.

    Attributes:
        copy: the entry in the register of copies.
        number: its number there.
        rendered: the facts of the film.
        safety: what is written down of safety at home; none where nothing is.
        warnings: capacity notes about those in it or who signed, as sentences with names.
    """

    copy: Copy
    number: int
    rendered: Rendered
    safety: SafetyAtHome | None = None
    warnings: tuple[str, ...] = field(default=(), repr=False)


def may_copy(vault: Vault, reel: Id, *, on: date, to: Id | None = None) -> Decision:
    """What consent says about a parent's copy of a reel; without `to`, everyone in it must have agreed to one."""
    return ask(vault, Act.COPY, films_of_reel(vault, value(vault, Reel, reel)), on=on, recipient=to)


def make_copy(
    vault: Vault,
    reel: Id,
    target: Path,
    *,
    on: date,
    to: Id | None = None,
    safe: bool | None = None,
    settings: RenderSettings | None = None,
    report: Report = silent,
    cancelled: Cancelled = never,
) -> Receipt:
    """Render a reel into an MP4 for a parent and enter it in the register of copies.

    Args:
        vault: open.
        reel: which.
        target: the file to make.
        on: the day.
        to: the person of the family it is for; without one, everyone in it must have agreed to a copy for somebody.
        safe: what was answered to "is it safe to have at home?"; none leaves it at what is written down.
        settings: of the film.
        report: told how far it is.
        cancelled: asked whether to stop.

    Raises:
        ConsentMissing: with a reason for each thing that is missing; also where it was taken back meanwhile.
        UnsafeRecipient: who it is for may not receive anything, or it is not safe at home.
        InvalidRecord: the reel has no clips.
        TargetExists, CannotWrite, Cancelled, FilmError.
    """
    record = value(vault, Reel, reel)
    films = films_of_reel(vault, record)
    if not films:
        message = "there is no clip in this reel yet"
        raise InvalidRecord(message, "add a starred mark to it first")
    if to is not None:
        check_people(vault, record.family, [to])

    def allow() -> Decision:
        check_recipient(vault, record.family, to=to, safe=safe)
        return require(vault, Act.COPY, films, on=on, recipient=to)

    decision = allow()
    opened = {film.id: film_within(vault, film.id) for film in films}
    cuts = make_cut_list(record, {film: item.index for film, item in opened.items()})
    leaving = Leaving(
        act="reel render",
        family=record.family,
        source=reel,
        kind=CopyKind.REEL,
        persons=persons_in(films),
        to=to,
        safe=check_recipient(vault, record.family, to=to, safe=safe),
    )

    def produce(out: BinaryIO) -> Rendered:
        return render(cuts, _sources(opened), out, settings or RenderSettings(), report=report, cancelled=cancelled)

    copy, rendered = hand_out(vault, leaving, target, produce, allow=allow, expected=expected_size(cuts))
    return Receipt(
        copy,
        len(values(vault, Copy)),
        rendered,
        safety_of(vault, record.family),
        notes_in_words(vault, films, decision),
    )


def persons_in(films: Iterable[Film]) -> tuple[Id, ...]:
    """Everybody who is seen or heard in any of these films, once."""
    return tuple(dict.fromkeys(person for film in films for person in film.persons))


def _sources(opened: dict[Id, OpenFilm]) -> dict[Id, Source]:
    return {film: Source(item.opener, item.index, item.facts) for film, item in opened.items()}


def mark_rows(vault: Vault, film: Id) -> list[MarkRow]:
    """The own marks of a film as flat rows, in the order of time."""
    opened = film_within(vault, film)
    authors = {layer.id: layer.author for layer in values(vault, Layer, parent=film)}
    return rows(marks_of(vault, film), authors, opened.index.number_at)


def export_marks(
    vault: Vault, film: Id, target: Path, *, form: str, to: str, purpose: str, on: date, safe: bool | None = None
) -> Copy:
    """Write the own marks of a film as a table outside the vault, for somebody and for a purpose.

    Args:
        vault: open.
        film: whose marks.
        target: the file to make.
        form: of the table: a key of `export.tables.WRITERS`.
        to: whom it is for. Where that is the name of a person of the family, they must be named for a copy as well.
        purpose: what it is for: a key of `PURPOSES`.
        on: the day.
        safe: for a person of the family, what was answered to "is it safe to have at home?".

    Raises:
        UsageError: a form or purpose that is not known.
        ConsentMissing: those in the film have not agreed to that purpose.
        UnsafeRecipient, TargetExists, CannotWrite.
    """
    if form not in WRITERS:
        message = f"there is no table of the form “{form}”"
        raise UsageError(message, "choose one of " + ", ".join(sorted(WRITERS)))
    act = act_for(purpose)
    record = value(vault, Film, film)
    to_words = plain(to, what="who it is for", needed=True, longest=200)
    person = person_called(vault, record.family, to_words)

    def allow() -> None:
        check_recipient(vault, record.family, to=person, to_words=to_words, safe=safe)
        require(vault, act, [record], on=on)
        if person is not None:
            require(vault, Act.COPY, [record], on=on, recipient=person)

    allow()
    table = [asdict(row) for row in mark_rows(vault, film)]
    leaving = Leaving(
        act="mark export",
        family=record.family,
        source=film,
        kind=CopyKind.MARKS,
        persons=record.persons,
        to=person,
        to_words="" if person else to_words,
        purpose=purpose,
        safe=check_recipient(vault, record.family, to=person, to_words=to_words, safe=safe),
    )
    copy, _ = hand_out(vault, leaving, target, lambda out: WRITERS[form](table, out), allow=allow)
    return copy


def act_for(purpose: str) -> Act:
    """Whose agreement a purpose needs.

    Raises:
        UsageError: a purpose that people are not asked for.
    """
    if purpose not in PURPOSES:
        message = "that purpose is not one that people are asked for"
        raise UsageError(message, "choose one of " + ", ".join(PURPOSES))
    return PURPOSES[purpose]


def person_called(vault: Vault, family: Id, words: str) -> Id | None:
    """The person of the family who is meant by a whole name; none where it is somebody else."""
    same = [person.id for person in people_of(vault, family).values() if bare(person.name) == bare(words)]
    if len(same) > 1:
        message = "more than one person of this family is called that"
        raise AmbiguousId(message, "say more of whom it is for")
    return same[0] if same else None
