"""The vault against plain SQLite with the same pragmas, and sealed films against plain files.

python benchmarks/vault.py [--json] [--marks 100000]
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path
from statistics import median
from typing import Final
from unittest.mock import patch

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import footage, vault_films, vault_log, vault_marks
from benchmarks.plain_files import compared, database
from benchmarks.rounds import take_turns
from benchmarks.script import parser_of, report
from benchmarks.table import Cell, Table
from vigtool.crypto import keyslot, passphrase
from vigtool.practice.families import add_family
from vigtool.practice.films import FilmWords, bring_in
from vigtool.vault.vault import Vault

_WORDS: Final = "a passphrase for a benchmark"
_MARKS: Final = 100_000


def measure(films: Path, work: Path, marks: int = _MARKS) -> Table:
    """Marks, films, keeping, the log, and opening."""
    folder = work / "vault"
    path = footage.film(films, footage.SHORT_GOP)
    with Vault.create(folder, _WORDS, cost=passphrase.LEAST_COST) as vault:
        family = add_family(vault, name="Benchmark", on=date(2026, 1, 1)).family.id
        film = bring_in(vault, path, family, FilmWords())
        rows = vault_marks.measure(vault, film, work, marks)
        rows += vault_films.reading(vault, film, work)
        rows += vault_films.bringing_in(vault, film, path, work)
        rows += vault_films.keeping(vault, film, work)
        rows += vault_log.measure(vault, film, work, marks)
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


def _opening(folder: Path, work: Path) -> list[list[Cell]]:
    """Opening a vault with its marks; what Argon2id takes on purpose is told apart."""
    stretching: list[float] = []

    def stretch(secret: bytes, salt: bytes, cost: passphrase.StretchCost) -> bytes:
        begin = time.perf_counter()
        found = passphrase.stretch(secret, salt, cost)
        stretching.append(time.perf_counter() - begin)
        return found

    def plain() -> None:
        connection = database(work / "marks.db")
        connection.execute("SELECT count(*) FROM mark").fetchone()
        connection.close()

    with patch.object(keyslot, "stretch", stretch):
        taken = take_turns({"vigtool": lambda: Vault.open(folder, _WORDS).close(), "plain": plain}, 7, warm=1)
    taken["vigtool"] = [whole - part for whole, part in zip(taken["vigtool"], stretching[1:], strict=True)]
    usual = take_turns({"usual": lambda: passphrase.stretch(b"words", bytes(16), passphrase.DEFAULT_COST)}, rounds=3)[
        "usual"
    ]
    return [
        compared("opening that vault, without Argon2id", "ms", 1000, taken, "opening the database"),
        ["Argon2id on top, least cost of a new vault", f"{1000 * median(usual):.3g} ms", None, None, None],
    ]


def main() -> None:
    """Measure and print."""
    parser = parser_of(__doc__)
    parser.add_argument("--marks", type=int, default=_MARKS, help="how many marks; a hundred thousand unless told")
    options = parser.parse_args()
    report(options, lambda films, work: measure(films, work, options.marks))


if __name__ == "__main__":
    main()
