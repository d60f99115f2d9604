"""A desk in memory with one family and films that really can be read and marked; writes can wait, or fail."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from kept_in_memory import KeptInMemory
from vigtool.annotate.layer import Layer
from vigtool.annotate.mark import Mark
from vigtool.casework.cycle import Cycle
from vigtool.casework.family import Family
from vigtool.casework.film import Film, FilmSound, SealedFootage
from vigtool.casework.film_pair import FilmPair, PairedBy, pair_of
from vigtool.casework.session import Session
from vigtool.casework.still import Still, in_order
from vigtool.errors import RecordChanged, VigtoolError
from vigtool.ids import Id, new_id
from vigtool.player.footage import Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.look import look_at


@dataclass
class Reading:
    """An open film."""

    film: Film
    index: FrameIndex
    opener: Opener
    layer: Layer
    marks: Sequence[Mark]


@dataclass
class FilmRoomDesk(KeptInMemory):
    """One family, its films, and the marks that were kept. What happens is told by `acts`.

    Attributes:
        trouble: raised by every write while it is there.
        hold: makes every write wait until it is set.
        broken: raised instead of opening a film.
        missing: why somebody in the films has not agreed to being filmed.
    """

    family: Family = field(
        default_factory=lambda: Family(id=new_id(), code="F-0007", name="Nadia and Mina", opened=date(2026, 9, 1))
    )
    trouble: VigtoolError | None = None
    hold: threading.Event | None = None
    broken: VigtoolError | None = None
    readings: dict[Id, Reading] = field(default_factory=dict)
    kept: dict[Id, Mark] = field(default_factory=dict)
    writes: list[tuple[Sequence[Mark], Sequence[Mark]]] = field(default_factory=list)
    sessions_there: list[Session] = field(default_factory=list)
    cycle: Cycle | None = None
    played: list[Id] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    stills_there: dict[Id, Still] = field(default_factory=dict)
    pairs: list[FilmPair] = field(default_factory=list)

    def add(self, opener: Opener, *, damage: tuple[str, ...] = (), session: Id | None = None, title: str = "") -> Film:
        """Put a film on the desk."""
        look = look_at(opener)
        sound = look.audio
        film = Film(
            id=new_id(),
            family=self.family.id,
            footage=SealedFootage(file=new_id(), size=1, sealed_size=1, sha256=bytes(32), seal_digest=bytes(32)),
            title=title,
            session=session,
            filmed_on=date(2026, 11, 12),
            frames=look.index.frames,
            time_base=look.index.time_base,
            start=look.index.start,
            end=look.index.end,
            width=look.index.picture.width,
            height=look.index.picture.height,
            sound=None
            if sound is None
            else FilmSound(
                stream=sound.stream, codec=sound.codec, rate=sound.rate, channels=sound.channels, start=sound.start
            ),
            damage=damage,
        )
        layer = Layer(id=new_id(), film=film.id, author=new_id(), scheme="attuned", scheme_version=1)
        self.readings[film.id] = Reading(film, look.index, opener, layer, ())
        return film

    # What the room asks

    def sessions(self, family: Id | None = None) -> Sequence[Session]:
        return self.sessions_there

    def open_film(self, film: Id, report: Callable[[int, int], None], cancelled: Callable[[], bool]) -> Reading:
        if self.broken is not None:
            raise self.broken
        reading = self.readings[film]
        reading.marks = [mark for mark in self.kept.values() if mark.film == film]
        return reading

    def missing_to_film(self, film: Id) -> Sequence[str]:
        return self.missing

    def note_played(self, film: Id) -> None:
        self.played.append(film)

    def keep_marks(self, film: Id, before: Sequence[Mark], after: Sequence[Mark]) -> None:
        if self.hold is not None:
            assert self.hold.wait(10)
        if self.trouble is not None:
            raise self.trouble
        for mark in before:
            if self.kept.get(mark.id) != mark:
                raise RecordChanged("a mark is not as it was")
        for mark in before:
            del self.kept[mark.id]
        self.kept.update({mark.id: mark for mark in after})
        self.writes.append((tuple(before), tuple(after)))

    # Looking

    def stills(self, film: Id) -> Sequence[Still]:
        return in_order(still for still in self.stills_there.values() if still.film == film)

    def keep_still(self, film: Id, tick: int, words: str = "") -> Still:
        number = self.readings[film].index.number_of(tick)
        assert number is not None, "a still is a frame"
        return self._put(
            Still(id=new_id(), film=film, number=number, tick=tick, words=words, kept=datetime.now(UTC), by=new_id())
        )

    def word_still(self, still: Still, words: str) -> Still:
        if self.stills_there.get(still.id) != still:
            raise RecordChanged("a still is not as it was")
        return self._put(replace(still, words=words))

    def remove_still(self, still: Still) -> None:
        if self.trouble is not None:
            raise self.trouble
        del self.stills_there[still.id]

    def films_beside(self, film: Id) -> Sequence[Film]:
        return [reading.film for reading in self.readings.values() if reading.film.id != film]

    def film_pair(self, one: Id, other: Id) -> FilmPair | None:
        return pair_of(self.pairs, one, other)

    def lay_beside(self, one: Id, other: Id, offset: Fraction, how: PairedBy) -> FilmPair:
        if self.trouble is not None:
            raise self.trouble
        now = datetime.now(UTC)
        self.pairs.append(FilmPair(id=new_id(), first=one, second=other, offset=offset, how=how, kept=now, by=new_id()))
        return self.pairs[-1]

    def _put(self, still: Still) -> Still:
        if self.trouble is not None:
            raise self.trouble
        self.stills_there[still.id] = still
        return still

    def close(self) -> None:
        """Nothing to close."""

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)  # the room asks for nothing else
