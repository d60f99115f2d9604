"""Many records written together are what one after the other would have written, and are refused alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, false, select

import vault_case
from vault_case import PASSPHRASE, Case, mark_of
from vigtool.annotate.layer import Layer
from vigtool.annotate.mark import Mark
from vigtool.casework.consent import Answer, Consent, Scope
from vigtool.casework.family import Person, Role
from vigtool.errors import NoSuchRecord, RecordChanged, VigtoolError
from vigtool.ids import new_id
from vigtool.vault import together, writing
from vigtool.vault.schema import head, revision
from vigtool.vault.shapes import Stored
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify
from vigtool.vault.writing import Writer

Plan = list[tuple[str, list[int]]]
"""Acts one after the other ("add", "change", "remove"), each of some of the values below, by their number."""

_SOME = st.lists(st.integers(0, 15), min_size=1, max_size=7)
PLANS = st.lists(st.tuples(st.sampled_from(["add", "change", "remove"]), _SOME), min_size=1, max_size=4)


class Undone(Exception):
    """Ends a transaction of which nothing is to be kept."""


@dataclass(frozen=True, slots=True)
class Pool:
    """What plans are made of: what can be written and what cannot; what stands, stood, or never did."""

    new: list[Any]
    stored: list[Stored[Any]]


@pytest.fixture
def pool(vault: Vault, case: Case) -> Pool:
    gone, other = mark_of(case.layer, 40), mark_of(case.layer, 60)
    consent = Consent(
        id=new_id(), family=case.family.id, signed_by=case.mother.id, signed_as="mother", for_persons=(case.mother.id,),
        scope=Scope.FILM, answer=Answer.YES, on=date(2026, 3, 1),
    )  # fmt: skip
    with vault.transaction("prepare") as writer:
        for value in (gone, other, consent):
            writer.add(value)
        was = writer.remove(vault.get(Mark, gone.id))
    layer = replace(case.layer, id=new_id())
    stored = [vault.get(type(each), each.id) for each in (case.mark, other, case.mother, consent, case.film)]
    new = [
        *(mark_of(case.layer, start) for start in (1, 2, 3)),
        layer,
        mark_of(layer, 4),
        mark_of(layer, 5),
        gone,
        Person(id=gone.id, family=case.family.id, name="Nobody", role=Role.OTHER),
        case.mark,
        replace(case.layer, id=new_id(), author=new_id()),
        mark_of(replace(case.layer, id=new_id())),
        mark_of(case.layer, 6, note="\ud800"),
        replace(mark_of(case.layer, 7), id="none"),
        Person(id=new_id(), family=new_id(), name="Nobody", role=Role.OTHER),
        replace(consent, id=new_id()),
        Person(id=new_id(), family=case.family.id, name="Somebody", role=Role.OTHER),
    ]
    return Pool(new, [*stored, was, replace(stored[0], digest=bytes(32)), replace(stored[0], id=new_id())])


def changes(pool: Pool, numbers: list[int]) -> list[tuple[Stored[Any], Any]]:
    """The newest revision as it was seen, and another value, which may be of something else altogether."""
    found = []
    for number in numbers:
        seen = pool.stored[number % len(pool.stored)]
        value = seen.value if number < 12 else pool.new[number]
        found.append((seen, replace(value, note=f"{number}") if type(value) is Mark and number < 12 else value))
    return found


def one_by_one(writer: Writer, pool: Pool, act: str, numbers: list[int]) -> list[Stored[Any]]:
    if act == "add":
        return [writer.add(pool.new[number]) for number in numbers]
    if act == "change":
        return [writer.change(seen, value) for seen, value in changes(pool, numbers)]
    return [writer.remove(seen) for seen, _ in changes(pool, numbers)]


def at_once(writer: Writer, pool: Pool, act: str, numbers: list[int]) -> list[Stored[Any]]:
    if act == "add":
        return writer.add_all(pool.new[number] for number in numbers)
    if act == "change":
        return writer.change_all(changes(pool, numbers))
    return writer.remove_all(seen for seen, _ in changes(pool, numbers))


Way = Callable[[Writer, Pool, str, list[int]], list[Stored[Any]]]


@contextmanager
def same_chance(vault: Vault) -> Iterator[None]:
    """The same nonces and the same times whenever this begins."""
    numbers = count()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vigtool.crypto.item.secrets.token_bytes", lambda size: next(numbers).to_bytes(size, "big"))
        patch.setattr(vault_case.ticking, "now", datetime(2027, 1, 1, tzinfo=UTC))
        yield


def outcome(vault: Vault, pool: Pool, plan: Plan, way: Way) -> list[Any]:
    """Everything a plan gives: what is returned, refused, noted for the log, and lies in the tables; then undone."""
    said: list[Any] = []
    with same_chance(vault), suppress(Undone), vault.transaction("plan") as writer:
        for act, numbers in plan:
            try:
                said.append(way(writer, pool, act, numbers))
            except VigtoolError as error:
                said.append((type(error), error.message, error.hint))
        with vault.core.storage.reading() as connection:
            rows = [tuple(row)[1:] for row in connection.execute(select(revision).order_by(revision.c.n))]
            of_heads = select(revision.c.digest, head.c.id).join(head, head.c.n == revision.c.n).order_by(head.c.n)
            heads = [tuple(row) for row in connection.execute(of_heads)]
        said += [rows, heads, list(writer.touched), list(writer.wrote)]
        raise Undone
    return said


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(plan=PLANS, size=st.integers(1, 5))
def test_both_ways_give_the_same_to_the_byte(vault: Vault, pool: Pool, plan: Plan, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "_AT_ONCE", size)
        together_ = outcome(vault, pool, plan, at_once)
    assert together_ == outcome(vault, pool, plan, one_by_one)


EVERYTHING: Plan = [("add", [0, 1, 3, 4, 5, 6, 14, 15]), ("change", [0, 1, 2]), ("remove", [1]), ("add", [2, 2, 8]),
                    ("add", [9]), ("change", [3]), ("change", [0, 0]), ("remove", [7]), ("add", [12])]  # fmt: skip


def backwards(patch: pytest.MonkeyPatch) -> None:
    write = together.Together.write

    def turned(self: Any) -> None:
        self._waiting = dict(reversed(self._waiting.items()))
        write(self)

    patch.setattr(together.Together, "write", turned)


def blind(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("vigtool.vault.together.reading.head_rows", lambda _, ids: {each: [] for each in ids})


def no_second_look(patch: pytest.MonkeyPatch) -> None:
    heads = together.Together.heads

    def once(self: Any, record: str) -> Any:
        return heads(self, record) if record in self._found else []

    patch.setattr(together.Together, "heads", once)


def heads_left(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(together, "_DROP_HEAD", delete(head).where(false()))


@pytest.mark.parametrize("plant", [backwards, blind, no_second_look, heads_left])
def test_a_fault_in_writing_together_shows(
    vault: Vault, pool: Pool, plant: Callable[[pytest.MonkeyPatch], None]
) -> None:
    right = outcome(vault, pool, EVERYTHING, one_by_one)
    assert outcome(vault, pool, EVERYTHING, at_once) == right
    with pytest.MonkeyPatch.context() as patch:
        plant(patch)
        assert outcome(vault, pool, EVERYTHING, at_once) != right


def test_what_was_written_together_is_found_whole(folder: Path, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_AT_ONCE", 50)
    made = [mark_of(case.layer, start) for start in range(170)]
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        with vault.transaction("add") as writer:
            added = writer.add_all(made)
            assert writer.touched == [mark.id for mark in made]
        with vault.transaction("change") as writer:
            changed = writer.change_all((stored, replace(stored.value, star=True)) for stored in added[:100])
        with vault.transaction("remove") as writer:
            writer.remove_all([*changed[80:], *added[100:]])
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        assert verify(vault, vault_case.silent, vault_case.never) == []
        assert [stored.value for stored in vault.all(Mark)] == [
            case.mark,
            *(replace(mark, star=True) for mark in made[:80]),
        ]
        assert [stored.removed for stored in vault.history(made[90].id)] == [False, False, True]


def test_where_one_is_refused_nothing_of_the_transaction_is_kept(vault: Vault, case: Case) -> None:
    before = vault.all(Mark)
    stranger = mark_of(replace(case.layer, id=new_id()))
    with pytest.raises(NoSuchRecord), vault.transaction("add") as writer:
        writer.add_all([mark_of(case.layer), stranger])
    with pytest.raises(RecordChanged), vault.transaction("add") as writer:
        writer.add_all([mark_of(case.layer), case.mark])
    assert vault.all(Mark) == before
    assert verify(vault, vault_case.silent, vault_case.never) == []


@contextmanager
def watched(vault: Vault, note: Callable[[str], None]) -> Iterator[None]:
    """Have `note` told of each statement before the database gets it."""
    with vault.core.storage.reading() as connection:
        engine = connection.engine

    def before(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        note(statement)

    event.listen(engine, "before_cursor_execute", before)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", before)


def statements(vault: Vault, work: Callable[[], object]) -> int:
    """How many statements the database is given while `work` is done."""
    given_: list[str] = []
    with watched(vault, given_.append):
        work()
    return len(given_)


def test_cut_off_before_any_statement_nothing_is_kept(
    vault: Vault, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_AT_ONCE", 2)
    with vault.transaction("add") as writer:
        stored = writer.add_all([mark_of(case.layer, start) for start in range(4)])

    def step() -> None:
        with vault.transaction("step") as writer:
            writer.add_all([mark_of(case.layer, start) for start in range(3)])
            writer.change_all([(each, replace(each.value, star=True)) for each in stored[:3]])
            writer.remove_all(stored[3:])

    before = vault.all(Mark)
    for last in count():
        left = count()

        def cut(_statement: str, left: Iterator[int] = left, last: int = last) -> None:
            if next(left) == last:
                raise Undone

        with watched(vault, cut), suppress(Undone):
            step()
            break
        assert vault.all(Mark) == before
    assert last > 10
    assert len(vault.all(Mark)) == len(before) + 2
    assert verify(vault, vault_case.silent, vault_case.never) == []


def test_many_take_no_more_statements_than_some(vault: Vault, case: Case) -> None:
    def add(many: int) -> Callable[[], None]:
        def work() -> None:
            with vault.transaction("add") as writer:
                writer.add_all([mark_of(case.layer, start) for start in range(many)])

        return work

    assert statements(vault, add(400)) == statements(vault, add(10))


def test_none_at_all_is_nothing(vault: Vault) -> None:
    with vault.transaction("nothing") as writer:
        assert writer.add_all([]) == writer.change_all([]) == writer.remove_all([]) == []
        assert writer.touched == []


def test_an_own_layer_and_its_marks_can_come_together(vault: Vault, case: Case) -> None:
    layer = Layer(id=new_id(), film=case.film.id, author=vault.user_id, scheme="attuned", scheme_version=1)
    marks = [mark_of(layer, start) for start in range(3)]
    with vault.transaction("add") as writer:
        writer.add_all([layer, *marks])
    assert [stored.value for stored in vault.all(Mark, parent=layer.id)] == marks
    late = replace(layer, id=new_id())
    with pytest.raises(NoSuchRecord), vault.transaction("add") as writer:
        writer.add_all([mark_of(late), late])
