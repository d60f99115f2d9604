"""Looking for what must not be readable: words in every writing, and runs of a film's own bytes."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

RUN = 32
_WORD = 8


def writings(word: str) -> dict[str, bytes]:
    """The ways in which a word may stand in a file."""
    utf8 = word.encode()
    escaped = word.encode("ascii", "backslashreplace")
    quoted = json.dumps(word)[1:-1].encode()
    return {
        "utf-8": utf8,
        "utf-16-le": word.encode("utf-16-le"),
        "utf-16-be": word.encode("utf-16-be"),
        "hex": utf8.hex().encode(),
        "HEX": utf8.hex().upper().encode(),
        "base64": base64.b64encode(utf8).rstrip(b"=")[:-1],
        "escaped": escaped,
        "json": quoted,
        **_as_kept_in_memory(word),
    }


def _as_kept_in_memory(word: str) -> dict[str, bytes]:
    """As Python keeps a text in memory: one, two or four bytes a letter, by its widest one (PEP 393)."""
    widest = max(map(ord, word))
    if widest > 0xFFFF:
        return {"utf-32-le": word.encode("utf-32-le")}
    return {} if widest > 0xFF else {"latin-1": word.encode("latin-1")}


def files_under(folders: Iterable[Path]) -> list[Path]:
    """Every regular file below the folders."""
    return sorted(
        {path for folder in folders for path in folder.rglob("*") if path.is_file() and not path.is_symlink()}
    )


def word_leaks(data: bytes, words: Iterable[str]) -> list[str]:
    """Which words stand in the data, and in which writing; names of words only by their place, not by themselves."""
    found: list[str] = []
    for place, word in enumerate(words):
        looked: dict[bytes, bool] = {}
        for writing, pattern in writings(word).items():
            if pattern not in looked:  # most writings of a plain word are one
                looked[pattern] = pattern in data
            if looked[pattern]:
                found.append(f"word {place} as {writing}")
    return found


def _words_at_every_byte(data: bytes) -> np.ndarray:
    raw = np.frombuffer(data, dtype=np.uint8)
    if len(raw) < _WORD:
        return np.empty(0, dtype=np.uint64)
    return np.lib.stride_tricks.sliding_window_view(raw, _WORD).copy().view(np.uint64).ravel()


class FilmRuns:
    """The film's own bytes, so that any run of 32 of them can be found elsewhere.

    Runs of few different bytes (padding, silence) say nothing and are passed over.
    """

    def __init__(self, film: bytes) -> None:
        self._film = film
        self._known = np.unique(_words_at_every_byte(film))

    def found_in(self, data: bytes) -> bytes | None:
        """The first run of 32 bytes that stands in the film too; none where there is none."""
        words = _words_at_every_byte(data)
        if len(words) < RUN - _WORD + 1:
            return None
        place = np.minimum(np.searchsorted(self._known, words), len(self._known) - 1)
        known = self._known[place] == words
        steps = range(0, RUN - _WORD + 1, _WORD)
        length = len(known) - (RUN - _WORD)
        run = np.logical_and.reduce([known[step : step + length] for step in steps])
        for start in np.flatnonzero(run):
            piece = data[start : start + RUN]
            if len(set(piece)) >= 12 and piece in self._film:
                return piece
        return None


def find_leaks(folders: Iterable[Path], words: Iterable[str], films: Mapping[str, bytes]) -> list[str]:
    """Every leak below the folders, file names included: which file, and what of."""
    runs = {name: FilmRuns(film) for name, film in films.items()}
    words = list(words)
    leaks: list[str] = []
    for path in files_under(folders):
        data = path.read_bytes()
        leaks += [f"{path.name}: {leak}" for leak in word_leaks(data, words)]
        leaks += [f"{path.name}: a run of {name}" for name, run in runs.items() if run.found_in(data) is not None]
    for folder in folders:
        names = "\n".join(str(path.relative_to(folder)) for path in folder.rglob("*")).encode()
        leaks += [f"a file name: {leak}" for leak in word_leaks(names, words)]
    return leaks
