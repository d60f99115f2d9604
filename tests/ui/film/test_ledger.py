"""The ledger: the screen is always what is written plus what is on its way, whatever fails and in which order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from vigtool.annotate.mark import Lane, Mark
from vigtool.annotate.mark_set import Marks, Step
from vigtool.errors import RecordChanged
from vigtool.timebase import Span
from vigtool.ui.film.ledger import Entry, Ledger


def mark(name: str, start: int = 0) -> Mark:
    return Mark(id=name * 32, layer="e" * 32, film="f" * 32, span=Span(start, start), lane=Lane.NOTES)


A, B = mark("a"), mark("b")


def added(one: Mark) -> Step:
    return Step.of("add a mark", [(None, one)])


def moved(one: Mark, to: int) -> Step:
    return Step.of("move a mark", [(one, replace(one, span=Span(to, to)))])


def test_shown_at_once_and_saved_when_written() -> None:
    ledger = Ledger(Marks())
    entry = ledger.do(added(A))
    assert entry is not None
    assert dict(ledger.marks) == {A.id: A}
    assert (len(ledger.written), ledger.is_saving) == (0, True)
    ledger.succeeded(entry)
    assert (ledger.written, ledger.is_saving) == (ledger.marks, False)


def test_what_cannot_be_written_is_taken_off_with_what_was_built_on_it() -> None:
    ledger = Ledger(Marks([B]))
    first = ledger.do(added(A))
    second = ledger.do(moved(A, 5))
    other = ledger.do(moved(B, 7))
    assert first is not None
    assert second is not None
    assert other is not None
    assert ledger.failed(first) == (first, second)
    assert set(ledger.marks) == {B.id}
    assert ledger.marks[B.id].span == Span(7, 7)
    assert ledger.history.done == (other.step,)
    assert ledger.failed(second) == ()  # it was refused too, as it had to be
    ledger.succeeded(other)
    assert not ledger.is_saving
    assert ledger.again(first) is not None
    assert ledger.again(second) is not None
    assert ledger.marks[A.id].span == Span(5, 5)


def test_a_lost_undo_leaves_the_step_to_be_undone_again() -> None:
    ledger = Ledger(Marks())
    done = ledger.do(added(A))
    back = ledger.undo()
    assert done is not None
    assert back is not None
    ledger.succeeded(done)
    assert ledger.failed(back) == (back,)
    assert set(ledger.marks) == {A.id}
    assert ledger.history.undo_words == "add a mark"
    again = ledger.again(back)
    assert again is not None
    assert again.way is back.way
    assert not ledger.marks
    assert ledger.history.redo_words == "add a mark"


def test_nothing_to_do_is_no_entry() -> None:
    ledger = Ledger(Marks([A]))
    assert ledger.do(moved(A, A.span.start)) is None
    assert ledger.undo() is None
    assert ledger.redo() is None
    assert not ledger.is_saving


def test_written_although_its_ground_was_lost() -> None:
    ledger = Ledger(Marks())
    first, second = ledger.do(added(A)), ledger.do(moved(A, 5))
    assert first is not None
    assert second is not None
    ledger.failed(first)
    ledger.succeeded(second)
    assert ledger.marks[A.id].span == Span(5, 5)
    assert ledger.written == ledger.marks


class Disk:
    """Writes in order, refusing what is not as it is said to be; some writes fail for want of room."""

    def __init__(self, failing: list[bool]) -> None:
        self.marks, self._failing = Marks(), failing

    def write(self, entry: Entry) -> bool:
        if self._failing and self._failing.pop(0):
            return False
        try:
            self.marks = entry.step.apply(self.marks)
        except RecordChanged:
            return False
        return True


@given(
    acts=st.lists(st.tuples(st.sampled_from("abcu r"), st.integers(0, 9)), max_size=40),
    failing=st.lists(st.booleans(), max_size=40),
    slow=st.lists(st.integers(0, 3), max_size=40),
)
def test_screen_and_disk_agree_at_the_end(acts: list[tuple[str, int]], failing: list[bool], slow: list[int]) -> None:
    ledger, disk, waiting = Ledger(Marks()), Disk(failing), list[Entry]()

    def write(how_many: int) -> None:
        for entry in waiting[:how_many]:
            (ledger.succeeded if disk.write(entry) else ledger.failed)(entry)
        del waiting[:how_many]

    for name, number in acts:
        if name in "ur":
            entry = ledger.undo() if name == "u" else ledger.redo()
        elif name == " ":
            entry = None
        else:
            there = ledger.marks.get(name * 32)
            entry = ledger.do(added(mark(name, number)) if there is None else moved(there, number))
        if entry is not None:
            waiting.append(entry)
        write(slow.pop(0) if slow else 0)
    write(len(waiting))
    assert not ledger.is_saving
    assert ledger.marks == ledger.written == disk.marks
