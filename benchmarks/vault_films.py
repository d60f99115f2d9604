"""Sealed films beside plain files: reading, bringing in, looking through, backing up."""

from __future__ import annotations

import hashlib
import io
import itertools
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import BinaryIO, Final

import numpy as np

from benchmarks.plain_files import compared, copied_folder, uncached
from benchmarks.rounds import ratio, take_turns
from benchmarks.table import Cell
from vigtool.casework.film import Film
from vigtool.ids import new_id
from vigtool.practice.backups import back_up
from vigtool.practice.films import FilmWords, bring_in
from vigtool.practice.scrubbing import scrub
from vigtool.vault import footage as sealing
from vigtool.vault.vault import Vault

_BLOCK: Final = 1 << 20
_SEALED: Final = 96 * _BLOCK
_RANDOM: Final = 500


def reading(vault: Vault, film: Film, work: Path) -> list[list[Cell]]:
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
        compared("32 KiB from anywhere in it", "µs", 1e6 / _RANDOM, about, "a plain file"),
    ]


def _through(file: BinaryIO) -> None:
    file.seek(0)
    while file.read(_BLOCK):
        pass


def _about(file: BinaryIO, places: list[int]) -> None:
    for place in places:
        file.seek(place)
        file.read(32_768)


def bringing_in(vault: Vault, film: Film, path: Path, work: Path) -> list[list[Cell]]:
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


def keeping(vault: Vault, like: Film, work: Path) -> list[list[Cell]]:
    """Looking through all films, and a backup of everything, once a large one is among them."""
    data = np.random.default_rng(8).bytes(_SEALED)
    (work / "plain").write_bytes(data)
    kept = sealing.seal_in(vault, io.BytesIO(data), _SEALED, like.family, lambda _done, _all: None, lambda: False)
    with vault.transaction("film add") as writer:
        writer.keep_footage(kept, like.family)
        writer.add(replace(like, id=new_id(), footage=kept))
    sizes = {film.value.footage.file: film.value.footage.size for film in vault.all(Film)}

    def hash_plain() -> None:
        done = 0
        while done < sum(sizes.values()):  # as many bytes as the vault's films have
            done += uncached(work / "plain")
            with (work / "plain").open("rb") as file:
                hashlib.file_digest(file, "sha256")

    number = itertools.count()
    works: dict[str, Callable[[], object]] = {
        "vigtool": lambda: back_up(vault, work / f"backup-{next(number)}"),
        "plain": lambda: copied_folder(vault.folder, work / f"copy-{next(number)}"),
    }
    through = take_turns({"vigtool": lambda: scrub(vault, anew=True), "plain": hash_plain}, 3, warm=1)
    backed_up = take_turns(works, 3, warm=1)
    return [
        compared("looking through every film (scrub)", "s", 1, through, "SHA-256 of as many bytes"),
        compared("a first backup, read back", "s", 1, backed_up, "copy of the folder, fsync"),
    ]
