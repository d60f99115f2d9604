"""Every edit of marks, as a pure function from what is to a step towards what shall be.

Nothing is changed here: the step is written down first and applied then. All marks are those of one layer, so an edit
can never touch another author's. A chain always has two marks or more; whatever leaves a single one behind frees it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vigtool.annotate import chain as chains
from vigtool.annotate.bounds import Bounds
from vigtool.annotate.layer import Layer
from vigtool.annotate.mark import Lane, Mark
from vigtool.annotate.mark_set import Change, Marks, Step
from vigtool.annotate.scheme import Scheme
from vigtool.errors import InvalidRecord
from vigtool.ids import Id
from vigtool.timebase import Span


def new_mark(
    *,
    id: Id,  # noqa: A002 - the word of the record
    layer: Layer,
    span: Span,
    scheme: Scheme,
    code: str | None = None,
    lane: Lane = Lane.NOTES,
    note: str = "",
    star: bool = False,
) -> Mark:
    """A mark ready to be added. Its lane is the code's where it has one, else the one given.

    Raises:
        SchemeError: where the scheme has no such code.
    """
    shown_by = lane if code is None else scheme.code(code).lane
    return Mark(id=id, layer=layer.id, film=layer.film, span=span, lane=shown_by, code=code, note=note, star=star)


def add(marks: Marks, mark: Mark, film: Bounds, scheme: Scheme) -> Step:
    """Put a new mark in.

    Raises:
        InvalidRecord: where it is there already, belongs to another film or layer, lies outside the film, stands in
            a lane that is not its code's, or claims a chain (that is what linking is for).
        SchemeError: where the scheme has no such code.
    """
    others = next(iter(marks.values()), None)
    if mark.id in marks:
        raise InvalidRecord("this mark is there already")
    if mark.film != film.film or (others is not None and others.layer != mark.layer):
        raise InvalidRecord("this mark belongs to another film or to somebody else's layer")
    if mark.code is not None and scheme.code(mark.code).lane is not mark.lane:
        raise InvalidRecord("a mark stands in the lane of its code")
    if mark.chain is not None:
        raise InvalidRecord("a new mark is in no chain yet", "add it first, then link it")
    film.check(mark.span)
    return Step.of("add a mark", [(None, mark)])


def remove(marks: Marks, ids: Iterable[Id]) -> Step:
    """Take marks away; one that stays behind alone in a chain is freed.

    Raises:
        NoSuchRecord: where one of them is not there.
    """
    gone = {mark_id: chains.one(marks, mark_id) for mark_id in ids}
    changes: list[Change] = [(mark, None) for mark in gone.values()]
    for chain in dict.fromkeys(mark.chain for mark in gone.values() if mark.chain is not None):
        changes.extend(_freed([mark for mark in chains.members(marks, chain) if mark.id not in gone]))
    return Step.of("remove a mark" if len(gone) == 1 else f"remove {len(gone)} marks", changes)


def set_span(marks: Marks, mark_id: Id, span: Span, film: Bounds) -> Step:
    """Give a mark other edges; a moment may become a span, and a span a moment.

    Raises:
        NoSuchRecord: where there is no such mark.
        InvalidRecord: where the span leaves the film.
    """
    mark = chains.one(marks, mark_id)
    film.check(span)
    return Step.of("move a mark", [(mark, replace(mark, span=span))])


def move_start(marks: Marks, mark_id: Id, tick: int, film: Bounds) -> Step:
    """Set the first tick of a mark; the end stays.

    Raises:
        NoSuchRecord: where there is no such mark.
        InvalidRecord: where it would begin after its end or outside the film.
    """
    return set_span(marks, mark_id, _span(tick, chains.one(marks, mark_id).span.end), film)


def move_end(marks: Marks, mark_id: Id, tick: int, film: Bounds) -> Step:
    """Set the tick at which a mark no longer is; the start stays.

    Raises:
        NoSuchRecord: where there is no such mark.
        InvalidRecord: where it would end before its start or outside the film.
    """
    return set_span(marks, mark_id, _span(chains.one(marks, mark_id).span.start, tick), film)


def shift(marks: Marks, mark_id: Id, by: int, film: Bounds) -> Step:
    """Move a mark as a whole by so many ticks, earlier where negative.

    Raises:
        NoSuchRecord: where there is no such mark.
        InvalidRecord: where it would leave the film.
    """
    span = chains.one(marks, mark_id).span
    return set_span(marks, mark_id, Span(span.start + by, span.end + by), film)


def set_code(marks: Marks, mark_id: Id, code: str | None, scheme: Scheme) -> Step:
    """Give a mark another code, and with it the code's lane; without a code it stays where it stands.

    Raises:
        NoSuchRecord: where there is no such mark.
        SchemeError: where the scheme has no such code.
    """
    mark = chains.one(marks, mark_id)
    lane = mark.lane if code is None else scheme.code(code).lane
    return Step.of("change the code", [(mark, replace(mark, code=code, lane=lane))])


def set_note(marks: Marks, mark_id: Id, text: str) -> Step:
    """Write a mark's note, kept as it was typed but for spaces at its ends.

    Raises:
        NoSuchRecord: where there is no such mark.
    """
    mark = chains.one(marks, mark_id)
    return Step.of("write a note", [(mark, replace(mark, note=text.strip()))])


def toggle_star(marks: Marks, mark_id: Id) -> Step:
    """Give a mark a star, or take it away.

    Raises:
        NoSuchRecord: where there is no such mark.
    """
    mark = chains.one(marks, mark_id)
    return Step.of("take the star away" if mark.star else "give a star", [(mark, replace(mark, star=not mark.star))])


def link(marks: Marks, mark_id: Id, to: Id, new_chain: Id) -> Step:
    """Put two marks into one chain, each with all that it is linked to already.

    Args:
        marks: the layer's marks.
        mark_id: the mark chosen.
        to: the mark it answers, or is answered by.
        new_chain: identity of their chain where neither is in one yet.

    Raises:
        NoSuchRecord: where one of them is not there.
        InvalidRecord: where they are the same, or one is a note: a note is nobody's turn.
    """
    mark, other = chains.one(marks, mark_id), chains.one(marks, to)
    if mark.id == other.id:
        raise InvalidRecord("a mark cannot answer itself", "choose the mark that it answers")
    if Lane.NOTES in (mark.lane, other.lane):
        raise InvalidRecord("a note is nobody's turn, so it cannot be linked", "give the mark a code first")
    chain = other.chain or mark.chain or new_chain
    joined = {mark.id: mark, other.id: other}
    for known in (mark.chain, other.chain):
        joined |= {one.id: one for one in chains.members(marks, known)} if known is not None else {}
    return Step.of("link marks", [(one, replace(one, chain=chain)) for one in joined.values()])


def link_to_previous(marks: Marks, mark_id: Id, new_chain: Id) -> Step:
    """Link a mark to the turn of baby or parent just before it in time.

    Raises:
        NoSuchRecord: where there is no such mark.
        InvalidRecord: where no turn comes before it, or it is a note.
    """
    previous = chains.previous_turn(marks, mark_id)
    if previous is None:
        raise InvalidRecord(
            "no mark of baby or parent comes before this one", "link the second mark of an exchange to its first"
        )
    return link(marks, mark_id, previous.id, new_chain)


def unlink(marks: Marks, mark_id: Id) -> Step:
    """Take a mark out of its chain; one that stays behind alone is freed too.

    Raises:
        NoSuchRecord: where there is no such mark.
    """
    mark = chains.one(marks, mark_id)
    if mark.chain is None:
        return Step.of("unlink a mark", [])
    rest = [other for other in chains.members(marks, mark.chain) if other.id != mark.id]
    return Step.of("unlink a mark", [(mark, replace(mark, chain=None)), *_freed(rest)])


def _freed(rest: list[Mark]) -> list[Change]:
    """The change that frees the last one of a chain; none where two or more are left."""
    return [(mark, replace(mark, chain=None)) for mark in rest] if len(rest) == 1 else []


def _span(start: int, end: int) -> Span:
    if end < start:
        raise InvalidRecord("a mark cannot end before it starts", "move the other edge first")
    return Span(start, end)
