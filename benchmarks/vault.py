"""The vault against plain SQLite with the same pragmas, and sealed films against plain files."""

from __future__ import annotations

import hashlib
import io
import json
import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, BinaryIO, Final
from unittest.mock import patch

import numpy as np
import pysqlite3.dbapi2 as sqlite

from benchmarks import footage
from benchmarks.rounds import ratio, take_turns
from benchmarks.table import Cell, Table
from vigtool.annotate.mark import Lane, Mark
from vigtool.casework.film import Film
from vigtool.crypto import keyslot, passphrase
from vigtool.ids import new_id
from vigtool.practice.families import add_family
from vigtool.practice.films import FilmWords, bring_in
from vigtool.practice.marking import begin_layer, keep_marks, marks_of
from vigtool.timebase import Span
from vigtool.vault import footage as sealing
from vigtool.vault.sqlite_engine import PRAGMAS
from vigtool.vault.vault import Vault

_WORDS: Final = "a passphrase for a benchmark"
_MARKS: Final = 10_000
_BLOCK: Final = 1 << 20
_SEALED: Final = 96 * _BLOCK
_RANDOM: Final = 500


def measure(films: Path, work: Path) -> Table:
    """Marks, films, and opening."""
    folder = work / "vault"
    path = footage.film(films, footage.SHORT_GOP)
    with Vault.create(folder, _WORDS, cost=passphrase.LEAST_COST) as vault:
        family = add_family(vault, name="Benchmark", on=date(2026, 1, 1)).family.id
        film = bring_in(vault, path, family, FilmWords())
        rows = [_one_mark(vault, film, work), _all_marks(vault, film, work)]
        rows += _sealed_reading(vault, film, work)
        rows += _bringing_in(vault, film, path, work)
    rows += _opening(folder, work)
    return Table(
        "The vault beside plain files",
        ("what", "vigtool", "beside it", "plain", "vigtool / plain"),
        rows,
        [
            "durable: on the disk when the call returns (WAL, synchronous=FULL on both sides)",
            "a film that is brought in is looked at in a child process, sealed, read back and compared",
        ],
    )


def _plain_database(file: Path) -> Any:
    """SQLite as the vault uses it, with one table of texts."""
    connection = sqlite.connect(os.fspath(file), isolation_level=None)
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}")
    connection.execute("CREATE TABLE IF NOT EXISTS mark (id BLOB PRIMARY KEY, layer BLOB, text TEXT)")
    return connection


def _mark(layer: str, film: Film, number: int) -> Mark:
    start = film.start + number * 37 % (film.end - film.start - 3000)
    span = Span(start, start + 3000)
    return Mark(id=new_id(), layer=layer, film=film.id, span=span, lane=Lane.BABY, code="b.voice", note="she waits")


def _row(mark: Mark) -> tuple[bytes, bytes, str]:
    """A mark as a program without sealing would keep it."""
    said = {"film": mark.film, "span": [mark.span.start, mark.span.end], "lane": mark.lane.value}
    text = json.dumps({**said, "code": mark.code, "note": mark.note, "star": mark.star, "chain": mark.chain})
    return bytes.fromhex(mark.id), bytes.fromhex(mark.layer), text


def _compared(what: str, unit: str, scale: float, taken: dict[str, list[float]], beside: str) -> list[Cell]:
    """A row of times: the middle of each, and the middle ratio. `taken` has "vigtool" and "plain"."""
    ours, theirs = taken["vigtool"], taken["plain"]
    said = [f"{scale * median(values):.3g} {unit}" for values in (ours, theirs)]
    return [what, said[0], beside, said[1], ratio(ours, theirs)]


def _one_mark(vault: Vault, film: Film, work: Path) -> list[Cell]:
    layer = begin_layer(vault, film.id).id
    plain = _plain_database(work / "one.db")
    works: dict[str, Callable[[], object]] = {
        "vigtool": lambda: keep_marks(vault, film.id, [], [_mark(layer, film, 1)]),
        "plain": lambda: plain.execute("INSERT INTO mark VALUES (?, ?, ?)", _row(_mark(layer, film, 1))),
    }
    taken = take_turns(works, 60, warm=5)
    plain.close()
    return _compared("one durable mark", "ms", 1000, taken, "one durable insert")


def _all_marks(vault: Vault, film: Film, work: Path) -> list[Cell]:
    layer = begin_layer(vault, film.id).id
    missing = _MARKS - len(marks_of(vault, film.id))
    keep_marks(vault, film.id, [], [_mark(layer, film, number) for number in range(missing)])
    plain = _plain_database(work / "all.db")
    plain.execute("BEGIN")
    plain.executemany("INSERT INTO mark VALUES (?, ?, ?)", [_row(_mark(layer, film, n)) for n in range(_MARKS)])
    plain.execute("COMMIT")

    def read() -> None:
        rows = plain.execute("SELECT id, text FROM mark WHERE layer = ?", (bytes.fromhex(layer),)).fetchall()
        assert len([(row[0].hex(), json.loads(row[1])) for row in rows]) == _MARKS

    def read_sealed() -> None:
        assert len(marks_of(vault, film.id)) == _MARKS

    taken = take_turns({"vigtool": read_sealed, "plain": read}, 5, warm=1)
    plain.close()
    return _compared(f"all {_MARKS} marks of a film", "ms", 1000, taken, "select and json.loads")


def _sealed_reading(vault: Vault, film: Film, work: Path) -> list[list[Cell]]:
    """Reading a large sealed file from one end to the other, and here and there; both lie in the page cache."""
    data = np.random.default_rng(5).bytes(_SEALED)
    path = work / "large"
    path.write_bytes(data)
    kept = sealing.seal_in(vault, io.BytesIO(data), _SEALED, film.family, lambda _done, _all: None, lambda: False)
    opener = sealing.opener(vault, kept, film.family)
    places = [int(place) for place in np.random.default_rng(6).integers(0, _SEALED - 32_768, _RANDOM)]
    with opener() as sealed, path.open("rb", buffering=0) as plain:
        through = take_turns({"vigtool": lambda: _through(sealed), "plain": lambda: _through(plain)}, 5, warm=1)
        about = take_turns({"vigtool": lambda: _about(sealed, places), "plain": lambda: _about(plain, places)}, 5, 1)
    sealing.discard(vault, kept)
    speeds = [f"{_SEALED / 1e6 / median(through[who]):.0f} MB/s" for who in ("vigtool", "plain")]
    whole = ratio(through["vigtool"], through["plain"])
    return [
        ["reading a sealed film through", speeds[0], "a plain file", speeds[1], whole],
        _compared("32 KiB from anywhere in it", "µs", 1e6 / _RANDOM, about, "a plain file"),
    ]


def _through(file: BinaryIO) -> None:
    file.seek(0)
    while file.read(_BLOCK):
        pass


def _about(file: BinaryIO, places: list[int]) -> None:
    for place in places:
        file.seek(place)
        file.read(32_768)


def _bringing_in(vault: Vault, film: Film, path: Path, work: Path) -> list[list[Cell]]:
    size = path.stat().st_size

    def seal() -> None:
        with path.open("rb") as source:
            kept = sealing.seal_in(vault, source, size, film.family, lambda _done, _all: None, lambda: False)
        sealing.discard(vault, kept)

    def copy() -> None:
        digest = hashlib.sha256()
        with path.open("rb") as source, (work / "copy").open("wb") as out:
            while piece := source.read(_BLOCK):
                digest.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())

    works: dict[str, Callable[[], object]] = {
        "vigtool": lambda: bring_in(vault, path, film.family, FilmWords()),
        "seal": seal,
        "plain": copy,
    }
    taken = take_turns(works, 3, warm=1)
    speeds = {name: f"{size / 1e6 / median(values):.0f} MB/s" for name, values in taken.items()}
    beside = "copy, SHA-256, fsync"
    return [
        [
            f"bringing in a film of {size / 1e6:.0f} MB",
            speeds["vigtool"],
            beside,
            speeds["plain"],
            _over(taken, "vigtool"),
        ],
        ["of that, sealing and checking", speeds["seal"], beside, speeds["plain"], _over(taken, "seal")],
    ]


def _over(taken: dict[str, list[float]], name: str) -> float:
    return ratio(taken[name], taken["plain"])


def _opening(folder: Path, work: Path) -> list[list[Cell]]:
    """Opening a vault with its marks; what Argon2id takes on purpose is told apart."""
    stretching: list[float] = []

    def stretch(secret: bytes, salt: bytes, cost: passphrase.StretchCost) -> bytes:
        begin = time.perf_counter()
        found = passphrase.stretch(secret, salt, cost)
        stretching.append(time.perf_counter() - begin)
        return found

    def plain() -> None:
        connection = _plain_database(work / "all.db")
        connection.execute("SELECT count(*) FROM mark").fetchone()
        connection.close()

    with patch.object(keyslot, "stretch", stretch):
        taken = take_turns({"vigtool": lambda: Vault.open(folder, _WORDS).close(), "plain": plain}, 7, warm=1)
    taken["vigtool"] = [whole - part for whole, part in zip(taken["vigtool"], stretching[1:], strict=True)]
    usual = take_turns({"usual": lambda: passphrase.stretch(b"words", bytes(16), passphrase.DEFAULT_COST)}, rounds=3)[
        "usual"
    ]
    return [
        _compared("opening that vault, without Argon2id", "ms", 1000, taken, "opening the database"),
        ["Argon2id on top, least cost of a new vault", f"{1000 * median(usual):.3g} ms", None, None, None],
    ]
