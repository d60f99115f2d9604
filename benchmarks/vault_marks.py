"""A hundred thousand marks in the vault, and in plain SQLite with the same pragmas."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.plain_files import compared, database
from benchmarks.rounds import take_turns
from benchmarks.table import Cell
from vigtool.annotate.mark import Lane, Mark
from vigtool.casework.family import Person
from vigtool.casework.film import Film
from vigtool.ids import new_id
from vigtool.practice.marking import begin_layer, keep_marks, marks_of
from vigtool.practice.openings import open_family
from vigtool.practice.records import values
from vigtool.timebase import Span
from vigtool.vault.vault import Vault

_A_FILM = 1000
"""How many marks each film has, which are also written at a time."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """One film's layer of marks."""

    id: str
    film: Film


def mark(layer: _Layer, number: int) -> Mark:
    """One mark, as people make them."""
    film = layer.film
    start = film.start + number * 37 % (film.end - film.start - 3000)
    return Mark(
        id=new_id(), layer=layer.id, film=film.id, span=Span(start, start + 3000), lane=Lane.BABY, code="b.voice",
        note="she waits",
    )  # fmt: skip


def row(made: Mark) -> tuple[bytes, bytes, str]:
    """A mark as a program without sealing would keep it."""
    said = {"film": made.film, "span": [made.span.start, made.span.end], "lane": made.lane.value}
    text = json.dumps({**said, "code": made.code, "note": made.note, "star": made.star, "chain": made.chain})
    return bytes.fromhex(made.id), bytes.fromhex(made.layer), text


def measure(vault: Vault, like: Film, work: Path, count: int) -> list[list[Cell]]:
    """Writing, reading and opening; the marks stay in the vault."""
    layers = [_layer(vault, like) for _ in range(max(1, count // _A_FILM))]
    plain = database(work / "marks.db")
    ours, theirs = iter(layers), iter(layers)

    def write() -> None:
        layer = next(ours)
        keep_marks(vault, layer.film.id, [], [mark(layer, number) for number in range(_A_FILM)])

    def insert() -> None:
        layer = next(theirs)
        plain.execute("BEGIN")
        plain.executemany("INSERT INTO mark VALUES (?, ?, ?)", [row(mark(layer, n)) for n in range(_A_FILM)])
        plain.execute("COMMIT")

    bulk = take_turns({"vigtool": write, "plain": insert}, len(layers))
    whole = {name: [sum(taken)] for name, taken in bulk.items()}
    total = _A_FILM * len(layers)

    def select(where: str = "", *values: bytes) -> None:
        rows = plain.execute(f"SELECT id, text FROM mark {where}", values).fetchall()
        assert [(found[0].hex(), json.loads(found[1])) for found in rows]

    middle = layers[len(layers) // 2]
    works: dict[str, dict[str, Callable[[], object]]] = {
        "load": {"vigtool": lambda: vault.all(Mark), "plain": select},
        "film": {
            "vigtool": lambda: marks_of(vault, middle.film.id),
            "plain": lambda: select("WHERE layer = ?", bytes.fromhex(middle.id)),
        },
        "one": {
            "vigtool": lambda: _keep(vault, middle),
            "plain": lambda: plain.execute("INSERT INTO mark VALUES (?, ?, ?)", row(mark(middle, 1))),
        },
        "family": {"vigtool": lambda: _open_family(vault, like.family), "plain": lambda: _enter(plain, middle)},
    }
    load = take_turns(works["load"], 3, warm=1)
    film = take_turns(works["film"], 7, warm=1)
    one = take_turns(works["one"], 40, warm=5)
    family = take_turns(works["family"], 15, warm=2)
    plain.close()
    return [
        compared(f"{total} marks written, {_A_FILM} at a time", "s", 1, whole, "executemany"),
        compared(f"all {total} marks loaded", "s", 1, load, "select and json.loads"),
        compared(f"one film's {_A_FILM} marks of them", "ms", 1000, film, "select and json.loads"),
        compared("one durable mark among them", "ms", 1000, one, "one durable insert"),
        compared("a family opened, and entered in the log", "ms", 1000, family, "one durable insert and a select"),
    ]


def _keep(vault: Vault, layer: _Layer) -> None:
    keep_marks(vault, layer.film.id, [], [mark(layer, 1)])


def _enter(plain: Any, layer: _Layer) -> None:
    """What opening a family does without seals: one line in a log, and a look."""
    plain.execute("INSERT INTO mark VALUES (?, ?, ?)", row(mark(layer, 1)))
    plain.execute("SELECT id, text FROM mark WHERE id = ?", (bytes.fromhex(layer.id),)).fetchall()


def _open_family(vault: Vault, family: str) -> None:
    """The family and its people."""
    open_family(vault, family)
    values(vault, Person, domain=family)


def _layer(vault: Vault, like: Film) -> _Layer:
    """Another film of the same footage, for the sake of its marks."""
    film = replace(like, id=new_id())
    with vault.transaction("film add") as writer:
        writer.add(film)
    return _Layer(begin_layer(vault, film.id).id, film)
