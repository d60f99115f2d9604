"""Damage to sealed films, through the door by which they are looked at: all of it is found, and nothing wrong is shown.

A short form of each runs always; `make soak` flips every bit of three small films and thousands of a large one.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

import vault_case
from vault_case import PASSPHRASE, Case
from vigtool.casework.film import Film
from vigtool.crypto.aead import ChaCha
from vigtool.crypto.age.header import read_header
from vigtool.errors import VaultDamaged, VigtoolError
from vigtool.vault import footage
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify

CHUNK, SEALED_CHUNK = 65536, 65552
SMALL = (1, 700, CHUNK + 300)
"""Sizes of small films: nearly nothing, less than a chunk, and two chunks."""
SHORT_STEP = 97
LARGE_SHORT, LARGE_LONG = 2 << 20, 100 << 20


@dataclass(frozen=True)
class Sealed:
    """One film of the vault, and what it must show."""

    film: Film
    plain: bytes
    file: Path
    open: Callable[[], object]

    def shown(self) -> bytes:
        """All that it shows; raises where anything is wrong."""
        with self.open() as opened:  # type: ignore[attr-defined]  # an opener gives a file
            shown: bytes = opened.read()
            return shown


def sealed(vault: Vault, family: str, plain: bytes) -> Sealed:
    film = vault_case.add_film(vault, plain, family)
    file = vault.folder / "footage" / film.footage.file[:2] / f"{film.footage.file}.age"
    return Sealed(film, plain, file, footage.opener(vault, film.footage, family))


def header_of(film: Sealed) -> int:
    """How many bytes its header has; the nonce, 16 bytes, and the chunks follow."""
    with film.file.open("rb") as opened:
        return len(read_header(opened).raw)


@contextmanager
def written_over(file: Path, at: int, data: bytes) -> Iterator[None]:
    """Other bytes stand somewhere in a file for a while."""
    with file.open("r+b", buffering=0) as opened:
        opened.seek(at)
        before = opened.read(len(data))
        opened.seek(at)
        opened.write(data)
        try:
            yield
        finally:
            opened.seek(at)
            opened.write(before)


def outcome(film: Sealed) -> str:
    """What whoever opens it meets."""
    try:
        return "unchanged" if film.shown() == film.plain else "WRONG BYTES"
    except VaultDamaged:
        return "found"
    except VigtoolError as error:
        return f"found, called {error.name}"
    except Exception as error:  # noqa: BLE001 - damage must have a name
        return f"NO NAME: {error!r}"


def flipped(film: Sealed, bits: range) -> Counter[str]:
    """Flip one bit after the other; what came of it."""
    counts: Counter[str] = Counter()
    data = film.file.read_bytes()
    for bit in bits:
        changed = bytes([data[bit // 8] ^ 1 << bit % 8])
        with written_over(film.file, bit // 8, changed):
            counts[outcome(film)] += 1
    assert film.shown() == film.plain
    return counts


def test_a_bit_of_a_small_film(vault: Vault, case: Case) -> None:
    for size in SMALL[:2]:
        film = sealed(vault, case.family.id, os.urandom(size))
        bits = range(size % SHORT_STEP, 8 * film.file.stat().st_size, SHORT_STEP)
        assert flipped(film, bits) == {"found": len(bits)}


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_every_bit_of_three_small_films(vault: Vault, case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    for size in SMALL:
        film = sealed(vault, case.family.id, os.urandom(size))
        counts = flipped(film, range(8 * film.file.stat().st_size))
        with capsys.disabled():
            print(f"\nevery bit of a film of {size} bytes: {dict(counts)}")
        assert set(counts) == {"found"}


def bits_of_large(vault: Vault, case: Case, size: int, count: int) -> Counter[str]:
    """Flip bits here and there; the chunk that was hit is refused, and its neighbours show what they did."""
    data = np.random.default_rng(size).bytes(size)
    film = sealed(vault, case.family.id, data)
    whole = film.file.read_bytes()
    start = header_of(film) + 16
    counts: Counter[str] = Counter()
    for bit in np.random.default_rng(7).integers(0, 8 * len(whole), count).tolist():
        changed = bytes([whole[bit // 8] ^ 1 << bit % 8])
        with written_over(film.file, bit // 8, changed):
            counts[around(film, max(-1, (bit // 8 - start) // SEALED_CHUNK))] += 1
    return counts


def around(film: Sealed, hit: int) -> str:
    """Look at the chunk that was hit (-1: the header) and at those beside it."""
    last = (len(film.plain) - 1) // CHUNK
    try:
        opened = film.open()
    except VaultDamaged:
        return "found at opening" if hit in (-1, last) else "A CHUNK IN THE MIDDLE KEEPS ALL SHUT"
    with opened as reader:  # type: ignore[attr-defined]  # an opener gives a file
        for chunk in range(max(0, hit - 1), min(last, hit + 1) + 1):
            reader.seek(chunk * CHUNK)
            try:
                shown = reader.read(CHUNK)
            except VaultDamaged:
                if chunk != hit:
                    return "A NEIGHBOUR IS REFUSED"
                continue
            if chunk == hit:
                return "NOT FOUND"
            if shown != film.plain[chunk * CHUNK : (chunk + 1) * CHUNK]:
                return "WRONG BYTES"
    return "found, neighbours shown"


def test_bits_of_a_large_film(vault: Vault, case: Case) -> None:
    counts = bits_of_large(vault, case, LARGE_SHORT, 150)
    assert set(counts) <= {"found at opening", "found, neighbours shown"}


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_thousands_of_bits_of_a_large_film(vault: Vault, case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    counts = bits_of_large(vault, case, LARGE_LONG, 5000)
    with capsys.disabled():
        print(f"\n5,000 bits of a film of {LARGE_LONG >> 20} MB: {dict(counts)}")
    assert set(counts) <= {"found at opening", "found, neighbours shown"}


def cuts(film: Sealed, sizes: Iterator[int]) -> Counter[str]:
    """Cut it to each size, and let it grow by some."""
    data = film.file.read_bytes()
    counts: Counter[str] = Counter()
    for size in sorted(sizes, reverse=True):
        os.truncate(film.file, size)
        counts[outcome(film)] += 1
    for more in (1, 16, 17, SEALED_CHUNK):
        film.file.write_bytes(data + bytes(more))
        counts[outcome(film)] += 1
    film.file.write_bytes(data)
    return counts


def test_every_cut_of_a_small_film(vault: Vault, case: Case) -> None:
    film = sealed(vault, case.family.id, b"a small film")
    assert set(cuts(film, iter(range(film.file.stat().st_size)))) == {"found"}


def test_cuts_around_every_border_of_chunks(vault: Vault, case: Case) -> None:
    film = sealed(vault, case.family.id, os.urandom(3 * CHUNK + 5))
    size = film.file.stat().st_size
    start = header_of(film) + 16
    borders = chain.from_iterable(range(at - 17, at + 18) for at in range(start, size, SEALED_CHUNK))
    assert set(cuts(film, (at for at in borders if at < size))) == {"found"}


def test_chunks_that_change_places(vault: Vault, case: Case) -> None:
    film = sealed(vault, case.family.id, os.urandom(4 * CHUNK))
    other = sealed(vault, case.family.id, film.plain)
    data, theirs = film.file.read_bytes(), other.file.read_bytes()
    start = header_of(film) + 16
    places = [slice(start + each * SEALED_CHUNK, start + (each + 1) * SEALED_CHUNK) for each in range(4)]
    head, chunks, foreign = data[:start], [data[place] for place in places], [theirs[place] for place in places]
    damaged = [
        *([*chunks[:each], chunks[each + 1], chunks[each], *chunks[each + 2 :]] for each in range(3)),
        *([*chunks[:each], chunks[each], *chunks[each:]] for each in range(4)),
        *(chunks[:each] + chunks[each + 1 :] for each in range(4)),
        *([*chunks[:each], foreign[each], *chunks[each + 1 :]] for each in range(4)),
    ]
    for pieces in damaged:
        film.file.write_bytes(head + b"".join(pieces))
        assert outcome(film) == "found"
    film.file.write_bytes(data)
    assert outcome(film) == "unchanged"


def test_files_that_change_places_are_named(folder: Path, case: Case) -> None:
    """Between films of one family, and between families."""
    with Vault.open(folder, PASSPHRASE) as vault:
        same = os.urandom(5000)
        films = [sealed(vault, each.id, same) for each in (case.family, case.family, case.other)]
        for one, two in ((0, 1), (0, 2), (1, 2)):
            first, second = films[one].file.read_bytes(), films[two].file.read_bytes()
            films[one].file.write_bytes(second)
            films[two].file.write_bytes(first)
            assert {outcome(films[one]), outcome(films[two])} == {"found"}
            found = verify(vault, vault_case.silent, vault_case.never)
            assert {finding.object for finding in found} == {films[one].film.id, films[two].film.id}
            films[one].file.write_bytes(first)
            films[two].file.write_bytes(second)
        assert verify(vault, vault_case.silent, vault_case.never) == []


@pytest.mark.parametrize("harm", ["first bit", "a bit of the nonce", "a bit of a chunk", "last byte missing", "gone"])
def test_looking_through_the_vault_names_the_film(vault: Vault, case: Case, harm: str) -> None:
    film = sealed(vault, case.family.id, os.urandom(2 * CHUNK))
    data = film.file.read_bytes()
    start = header_of(film)
    places = {"first bit": 0, "a bit of the nonce": start + 3, "a bit of a chunk": start + 5000}
    if harm in places:
        at = places[harm]
        film.file.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    elif harm == "gone":
        film.file.unlink()
    else:
        film.file.write_bytes(data[:-1])
    found = verify(vault, vault_case.silent, vault_case.never)
    assert {finding.object for finding in found} == {film.film.id}


def test_a_reader_that_believes_what_it_reads_is_found_out(
    vault: Vault, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: chunks are given out whether their tag is right or not."""

    def believe(_self: ChaCha, _nonce: bytes, chunk: bytes, _bound: bytes | None = None) -> bytes:
        return chunk[:-16]

    film = sealed(vault, case.family.id, os.urandom(700))
    monkeypatch.setattr(ChaCha, "open", believe)
    with written_over(film.file, header_of(film) + 20, b"another"):
        assert outcome(film) == "WRONG BYTES"
