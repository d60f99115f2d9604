"""Marking on a film of eleven uneven frames, with a playhead that goes where it is told and a vault that waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from vigtool.annotate.layer import Layer
from vigtool.annotate.mark import Mark
from vigtool.annotate.scheme_file import built_in
from vigtool.casework.film import Film, SealedFootage
from vigtool.errors import StorageFailed, VigtoolError
from vigtool.ids import new_id
from vigtool.timebase import Span
from vigtool.ui.film.marking import Marking

BASE = Fraction(1, 1000)
STARTS = (100, 140, 180, 260, 300, 340, 380, 420, 900, 940, 980)  # a phone's frames are not even
END = 1020


class Times:
    """A film of eleven frames."""

    frames, time_base, end = len(STARTS), BASE, END

    def pts(self, number: int) -> int:
        return STARTS[number]

    def number_at(self, tick: int) -> int:
        return max(0, sum(start <= tick for start in STARTS) - 1)

    def span(self, first: int, last: int) -> Span:
        return Span(STARTS[first], (*STARTS, END)[last + 1])


@dataclass
class Head:
    """A playhead that goes where it is told."""

    frame: int = 0
    tick: int = 100
    is_playing: bool = False
    rate: Fraction = Fraction(1)

    def still(self, frame: int) -> None:
        self.frame, self.tick, self.is_playing = frame, STARTS[frame], False

    def playing(self, tick: int, rate: Fraction = Fraction(1)) -> None:
        self.frame, self.tick, self.is_playing, self.rate = Times().number_at(tick), tick, True, rate


@dataclass
class Opened:
    """An open film."""

    film: Film
    layer: Layer
    index: Times = field(default_factory=Times)
    marks: Sequence[Mark] = ()
    opener: Callable[[], None] = lambda: None


@dataclass
class Vault:
    """Keeps what it is given when told to, or fails to."""

    waiting: list[tuple[Sequence[Mark], Sequence[Mark], Callable[[], None], Callable[[BaseException], None]]] = field(
        default_factory=list
    )
    kept: dict[str, Mark] = field(default_factory=dict)

    def keep(
        self,
        before: Sequence[Mark],
        after: Sequence[Mark],
        done: Callable[[], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        self.waiting.append((before, after, done, failed))

    def write(self) -> None:
        for before, after, done, _ in self.waiting:
            for mark in before:
                assert self.kept.pop(mark.id) == mark
            self.kept.update({mark.id: mark for mark in after})
            done()
        self.waiting.clear()

    def fail(self) -> None:
        waiting, self.waiting = self.waiting, []
        for *_, failed in waiting:
            failed(StorageFailed("the disk is full", "make room"))


@dataclass
class Desk:
    """All of it together, with everything that was said."""

    marking: Marking
    head: Head
    vault: Vault
    refused: list[VigtoolError]
    shown: list[int]

    @property
    def spans(self) -> list[tuple[int, int]]:
        return [(mark.span.start, mark.span.end) for mark in self.marking.marks.ordered]


def make_desk() -> Desk:
    """A film with nothing marked in it yet."""
    film_id, layer_id = new_id(), new_id()
    footage = SealedFootage(file=new_id(), size=1, sealed_size=1, sha256=bytes(32), seal_digest=bytes(32))
    film = Film(
        id=film_id, family=new_id(), footage=footage, frames=len(STARTS), time_base=BASE, start=STARTS[0], end=END,
        width=64, height=36,
    )  # fmt: skip
    layer = Layer(id=layer_id, film=film_id, author=new_id(), scheme="attuned", scheme_version=1)
    head, vault = Head(), Vault()
    marking = Marking(Opened(film, layer), built_in(), head, vault.keep)  # type: ignore[arg-type]  # a film in memory
    made = Desk(marking, head, vault, [], [])
    marking.refused.connect(made.refused.append)
    marking.go_to.connect(made.shown.append)
    return made


def span_of_frames(desk: Desk, first: int, last: int) -> str:
    desk.head.still(first)
    desk.marking.set_in()
    desk.head.still(last)
    desk.marking.set_out()
    desk.marking.choose(None)
    desk.marking.put_code("b.voice")
    assert desk.marking.chosen is not None
    desk.shown.clear()
    return desk.marking.chosen
