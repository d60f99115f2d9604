"""What the log says of one film, in a long log of the vault, and in a plain table with an index."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.plain_files import compared, database
from benchmarks.rounds import take_turns
from benchmarks.table import Cell
from vigtool.casework.film import Film
from vigtool.ids import new_id
from vigtool.practice.film_history import film_history
from vigtool.practice.openings import FILM_OPEN, FILM_PLAY
from vigtool.vault.vault import Vault

_FILMS = 200
"""Among so many films the entries are shared out."""

_ACTS = (FILM_OPEN, "marks change", FILM_PLAY, "family open")


def measure(vault: Vault, film: Film, work: Path, count: int) -> list[list[Cell]]:
    """The page of a film, when it is first asked for after unlocking and after that; the entries stay in the log."""
    plain = database(work / "log.db")
    plain.execute("CREATE TABLE entry (film BLOB, text TEXT)")
    plain.execute("CREATE INDEX entry_film ON entry (film)")
    films = [film.id, *(new_id() for _ in range(_FILMS - 1))]
    with vault.core.storage.writing() as connection:
        for number in range(count):
            about = [film.family, films[number % _FILMS]]
            vault.core.audit.enter(connection, _ACTS[number // _FILMS % 4], vault.core.clock(), about)
    plain.execute("BEGIN")
    said = json.dumps({"act": FILM_OPEN, "at": "2026-11-22T09:30:00.000000Z", "by": vault.user_id})
    rows = [(bytes.fromhex(films[number % _FILMS]), said) for number in range(count)]
    plain.executemany("INSERT INTO entry VALUES (?, ?)", rows)
    plain.execute("COMMIT")

    def select() -> None:
        found = plain.execute("SELECT text FROM entry WHERE film = ?", (bytes.fromhex(film.id),)).fetchall()
        assert [json.loads(text) for (text,) in found]

    def first() -> None:
        vault.core.audit.memory.forget()
        film_history(vault, film.id)

    afresh = take_turns({"vigtool": first, "plain": select}, 3, warm=1)
    again = take_turns({"vigtool": lambda: film_history(vault, film.id), "plain": select}, 7, warm=1)
    plain.close()
    beside = "select by an index and json.loads"
    return [
        compared(f"a film's page, {count} entries in the log, first time", "ms", 1000, afresh, beside),
        compared("the same, any later time", "ms", 1000, again, beside),
    ]
