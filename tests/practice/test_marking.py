from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event

from vigtool.annotate.mark import Lane, Mark
from vigtool.casework.film import Film
from vigtool.errors import InvalidRecord, RecordChanged
from vigtool.ids import new_id
from vigtool.practice.marking import begin_layer, keep_marks, marks_of, own_layer
from vigtool.timebase import Span
from vigtool.vault.vault import Vault


def a_mark(vault: Vault, film: Film, start: int = 0, **rest: object) -> Mark:
    layer = begin_layer(vault, film.id)
    mark = Mark(id=new_id(), layer=layer.id, film=film.id, span=Span(start, start + 10), lane=Lane.NOTES)
    return replace(mark, **rest)  # type: ignore[arg-type]  # the fields of Mark, by name


def test_a_layer_is_begun_once_and_belongs_to_its_author(vault: Vault, film: Film) -> None:
    assert own_layer(vault, film.id) is None
    assert marks_of(vault, film.id) == []
    layer = begin_layer(vault, film.id)
    assert begin_layer(vault, film.id) == layer
    assert (layer.author, layer.scheme, layer.scheme_version) == (vault.user_id, "attuned", 1)


def test_one_step_adds_changes_and_removes_together(vault: Vault, film: Film) -> None:
    kept, changed, removed = (a_mark(vault, film, n) for n in range(3))
    keep_marks(vault, film.id, [], [kept, changed, removed])
    after = replace(changed, note='leaves her time\n"$HOME" 名', star=True)
    added = a_mark(vault, film, 50, code="b.voice", lane=Lane.BABY)
    keep_marks(vault, film.id, [changed, removed], [after, added])
    assert {mark.id: mark for mark in marks_of(vault, film.id)} == {m.id: m for m in (kept, after, added)}


def test_a_step_taken_back_brings_a_removed_mark_back(vault: Vault, film: Film) -> None:
    mark = a_mark(vault, film)
    keep_marks(vault, film.id, [], [mark])
    keep_marks(vault, film.id, [mark], [])
    assert marks_of(vault, film.id) == []
    keep_marks(vault, film.id, [], [mark])
    assert marks_of(vault, film.id) == [mark]


def test_a_step_from_an_old_state_writes_nothing(vault: Vault, film: Film) -> None:
    first, second = a_mark(vault, film), a_mark(vault, film, 20)
    keep_marks(vault, film.id, [], [first, second])
    stale = replace(first, note="never written")
    with pytest.raises(RecordChanged):
        keep_marks(vault, film.id, [second, stale], [replace(second, star=True), replace(stale, star=True)])
    assert set(marks_of(vault, film.id)) == {first, second}


def test_a_mark_of_another_film_is_refused(vault: Vault, film: Film) -> None:
    with pytest.raises(InvalidRecord):
        keep_marks(vault, film.id, [], [replace(a_mark(vault, film), film=new_id())])
    assert marks_of(vault, film.id) == []


def statements(vault: Vault, work: Callable[[], object]) -> int:
    """How many statements the database is given while `work` is done."""
    with vault.core.storage.reading() as connection:
        engine = connection.engine
    given: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        given.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(given)


def test_a_step_of_many_marks_takes_no_more_statements_than_one_of_some(vault: Vault, film: Film) -> None:
    taken = []
    for many in (3, 60):
        marks = [a_mark(vault, film, start) for start in range(many)]
        changed = [replace(mark, star=True) for mark in marks]
        steps: list[tuple[list[Mark], list[Mark]]] = [([], marks), (marks, changed), (changed, []), ([], changed)]
        taken.append([statements(vault, partial(keep_marks, vault, film.id, *step)) for step in steps])
    assert taken[0] == taken[1]
