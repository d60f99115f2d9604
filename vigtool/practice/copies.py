"""The parent's copy of a reel, and tables of marks: what is asked, made and written down."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from vigtool.annotate.layer import Layer
from vigtool.annotate.reel import Reel
from vigtool.annotate.rows import MarkRow, rows
from vigtool.casework.consent import Act, Decision, Scope
from vigtool.casework.copy import Copy, CopyKind
from vigtool.casework.film import Film
from vigtool.errors import InvalidRecord, UsageError
from vigtool.export.cut_list import make_cut_list
from vigtool.export.render import Rendered, RenderSettings, Source, expected_size, render
from vigtool.export.tables import WRITERS
from vigtool.ids import Id
from vigtool.practice.consents import ask, require
from vigtool.practice.exits import Leaving, hand_out
from vigtool.practice.films import OpenFilm, film_within
from vigtool.practice.marking import marks_of
from vigtool.practice.progress import Cancelled, Report, never, silent
from vigtool.practice.records import check_people, plain, value, values
from vigtool.practice.reels import films_of_reel
from vigtool.vault.vault import Vault

# What a table of marks may be taken out for, and whose agreement that needs.
PURPOSES = {
    Scope.THERAPY.value: Act.WATCH,
    Scope.SUPERVISION.value: Act.SHOW_SUPERVISOR,
    Scope.INTERVISION.value: Act.SHOW_PEERS,
    Scope.TRAINING.value: Act.TRAIN,
    Scope.RESEARCH.value: Act.RESEARCH,
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was made: the entry in the register, its number there, and the facts of the film."""

    copy: Copy
    number: int
    rendered: Rendered


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
    settings: RenderSettings | None = None,
    report: Report = silent,
    cancelled: Cancelled = never,
) -> Receipt:
    """Render a reel into an MP4 for a parent and enter it in the register of copies.

    Raises:
        ConsentMissing: with a reason for each thing that is missing.
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
    require(vault, Act.COPY, films, on=on, recipient=to)
    opened = {film.id: film_within(vault, film.id) for film in films}
    cuts = make_cut_list(record, {film: item.index for film, item in opened.items()})
    leaving = Leaving(
        act="reel render",
        family=record.family,
        source=reel,
        kind=CopyKind.REEL,
        persons=tuple(dict.fromkeys(person for film in films for person in film.persons)),
        to=to,
    )

    def produce(out: BinaryIO) -> Rendered:
        return render(cuts, _sources(opened), out, settings or RenderSettings(), report=report, cancelled=cancelled)

    copy, rendered = hand_out(vault, leaving, target, produce, expected=expected_size(cuts))
    return Receipt(copy, len(values(vault, Copy)), rendered)


def _sources(opened: dict[Id, OpenFilm]) -> dict[Id, Source]:
    return {film: Source(item.opener, item.index, item.facts) for film, item in opened.items()}


def mark_rows(vault: Vault, film: Id) -> list[MarkRow]:
    """The own marks of a film as flat rows, in the order of time."""
    opened = film_within(vault, film)
    authors = {layer.id: layer.author for layer in values(vault, Layer, parent=film)}
    return rows(marks_of(vault, film), authors, opened.index.number_at)


def export_marks(vault: Vault, film: Id, target: Path, *, form: str, to: str, purpose: str, on: date) -> Copy:
    """Write the own marks of a film as a table outside the vault, for somebody and for a purpose.

    Raises:
        UsageError: a form or purpose that is not known.
        ConsentMissing: those in the film have not agreed to that purpose.
        TargetExists, CannotWrite.
    """
    if form not in WRITERS:
        message = f"there is no table of the form “{form}”"
        raise UsageError(message, "choose one of " + ", ".join(sorted(WRITERS)))
    if purpose not in PURPOSES:
        message = "that purpose is not one that people are asked for"
        raise UsageError(message, "choose one of " + ", ".join(PURPOSES))
    record = value(vault, Film, film)
    require(vault, PURPOSES[purpose], [record], on=on)
    table = [asdict(row) for row in mark_rows(vault, film)]
    leaving = Leaving(
        act="mark export",
        family=record.family,
        source=film,
        kind=CopyKind.MARKS,
        persons=record.persons,
        to_words=plain(to, what="who it is for", needed=True, longest=200),
        purpose=purpose,
    )
    copy, _ = hand_out(vault, leaving, target, lambda out: WRITERS[form](table, out))
    return copy
