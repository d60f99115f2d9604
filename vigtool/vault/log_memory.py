"""Which entries of the audit log may be about a record, without opening all of them each time.

What an entry is about is sealed, and nothing may lie beside it that tells. So it is remembered in memory, for as long
as the vault is open: once the entries of a stretch were opened, of each id they name the first four bytes are kept.
The rows are read anew each time, and what is remembered counts only where they are byte for byte those that were
opened. An entry that could not be read, or that names very many records, is opened every time. What is found is
therefore what opening every entry would find.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from vigtool.ids import Id

_MOST_NAMES = 64
"""An entry that names more is opened every time: marks of a whole film are seldom written at once."""

_SHORT = 4

RawLink = tuple[int, bytes, bytes, bytes]
"""A row of one device's log: number, name of the one before it, entry, signature."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What is remembered of some rows that follow one another.

    Attributes:
        digest: SHA-256 of the rows.
        names: the first four bytes of each id that they name, as numbers, in order.
        rows: beside each the row, counted from 0.
        always: rows that have to be opened every time.
    """

    digest: bytes
    names: array[int]
    rows: array[int]
    always: tuple[int, ...]

    def candidates(self, record: Id) -> list[int]:
        """Rows that may be about a record, in order; those that are not are few."""
        wanted = int(record[: 2 * _SHORT], 16)
        found = self.rows[bisect_left(self.names, wanted) : bisect_right(self.names, wanted)]
        return sorted({*found, *self.always})


class LogMemory:
    """What was seen of the log since the vault was opened. Holds parts of ids and nothing else."""

    def __init__(self) -> None:
        """Nothing was seen yet."""
        self._known: dict[tuple[Id, int], _Stretch] = {}

    def candidates(
        self, device: Id, rows: Sequence[RawLink], record: Id, named_in: Callable[[RawLink], Iterable[bytes] | None]
    ) -> list[int]:
        """Which of these rows may be about a record, in order, counted from 0.

        Args:
            device: whose log it is.
            rows: as they lie there now; one at least.
            record: its id.
            named_in: opens a row: the ids that it names, or none where it cannot be read.
        """
        place, digest = (device, rows[0][0]), _digest(rows)
        known = self._known.get(place)
        if known is None or known.digest != digest:
            known = self._known[place] = _learnt(digest, [named_in(row) for row in rows])
        return known.candidates(record)

    def forget(self) -> None:
        """The vault is closed."""
        self._known.clear()


def _digest(rows: Iterable[RawLink]) -> bytes:
    """SHA-256 over the parts of each row in turn, each behind its size: no two lists of rows give the same bytes."""
    sha256 = hashlib.sha256()
    for seq, previous, entry, signature in rows:
        sizes = b"%d %d %d %d " % (seq, len(previous), len(entry), len(signature))
        sha256.update(b"".join((sizes, previous, entry, signature)))
    return sha256.digest()


def _learnt(digest: bytes, named: Sequence[Iterable[bytes] | None]) -> _Stretch:
    pairs: list[tuple[int, int]] = []
    always: list[int] = []
    for row, ids in enumerate(named):
        short = None if ids is None else {int.from_bytes(each[:_SHORT], "big") for each in ids}
        if short is None or len(short) > _MOST_NAMES:
            always.append(row)
        else:
            pairs += [(each, row) for each in short]
    pairs.sort()
    names, rows = array("I", [name for name, _ in pairs]), array("I", [row for _, row in pairs])
    return _Stretch(digest, names, rows, tuple(always))


def ids_in(said: Any) -> list[bytes] | None:
    """The ids that an entry names; none where it does not name them as entries do."""
    named = said.get("objects", []) if type(said) is dict else None
    if type(named) is not list or not all(type(each) is bytes and len(each) >= _SHORT for each in named):
        return None
    return named
