"""Films come out as they went in, and nothing else comes out in their place."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vault_case
from vault_case import Case
from vigtool.casework.film import Film, SealedFootage
from vigtool.crypto.kem import KemKind
from vigtool.crypto.keys import DomainKey
from vigtool.errors import (
    FilmMissing,
    NoKey,
    SealBroken,
    VaultDamaged,
    VaultError,
)
from vigtool.ids import new_id
from vigtool.vault import footage
from vigtool.vault.vault import Vault

CHUNK = 65536


def test_films_come_out_as_they_went_in(vault: Vault, case: Case) -> None:
    for size in (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 200_001):
        goes_in_and_comes_out(vault, case, size)


def goes_in_and_comes_out(vault: Vault, case: Case, size: int) -> None:
    data = os.urandom(size)
    film = vault_case.add_film(vault, data, case.family.id)
    sealed = vault.get(Film, film.id).value.footage
    assert sealed.sha256 == hashlib.sha256(data).digest()
    with footage.opener(vault, sealed, case.family.id)() as opened:
        assert opened.read() == data
        assert opened.seek(0, os.SEEK_END) == size
    file = vault.folder / "footage" / sealed.file[:2] / f"{sealed.file}.age"
    assert file.stat().st_size == sealed.sealed_size
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_bytes().startswith(b"age-encryption.org/v1\n")
    if size > 64:
        assert data[:64] not in file.read_bytes()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(program=st.lists(st.tuples(st.integers(0, 200_000), st.integers(0, 100_000)), max_size=8))
def test_any_walk_through_a_film_is_that_of_the_file(vault: Vault, case: Case, program: list[tuple[int, int]]) -> None:
    plain = io.BytesIO(case.bytes)
    with footage.opener(vault, case.film.footage, case.family.id)() as opened:
        for place, size in program:
            opened.seek(place)
            plain.seek(place)
            assert opened.read(size) == plain.read(size)


def sealed_file(vault: Vault, case: Case) -> Path:
    file = case.film.footage.file
    return vault.folder / "footage" / file[:2] / f"{file}.age"


def test_a_film_that_is_gone_is_named(vault: Vault, case: Case) -> None:
    open_film = footage.opener(vault, case.film.footage, case.family.id)
    sealed_file(vault, case).unlink()
    with pytest.raises(FilmMissing) as refused:
        open_film()
    assert str(vault.folder) not in f"{refused.value!r} {refused.value.__cause__!r}"


def test_a_film_that_was_exchanged_is_not_shown(vault: Vault, case: Case) -> None:
    other = vault_case.add_film(vault, case.bytes, case.family.id)
    theirs = vault.folder / "footage" / other.footage.file[:2] / f"{other.footage.file}.age"
    shutil.copy(theirs, sealed_file(vault, case))
    with pytest.raises(SealBroken):
        footage.opener(vault, case.film.footage, case.family.id)()


def test_a_film_cut_short_gives_no_byte(vault: Vault, case: Case) -> None:
    data = sealed_file(vault, case).read_bytes()
    for cut in (1, 16, 17, CHUNK + 16, 2 * (CHUNK + 16), len(data) - 1, len(data)):
        sealed_file(vault, case).write_bytes(data[:-cut])
        with pytest.raises(SealBroken):
            footage.opener(vault, case.film.footage, case.family.id)()


def test_a_film_with_a_changed_bit_is_readable_around_it(vault: Vault, case: Case) -> None:
    data = bytearray(sealed_file(vault, case).read_bytes())
    data[len(data) // 2] ^= 1
    sealed_file(vault, case).write_bytes(data)
    with footage.opener(vault, case.film.footage, case.family.id)() as opened:
        assert opened.read(CHUNK) == case.bytes[:CHUNK]
        with pytest.raises(SealBroken):
            opened.read(CHUNK)
        opened.seek(2 * CHUNK)
        assert opened.read() == case.bytes[2 * CHUNK :]


def test_a_record_that_points_elsewhere_opens_nothing(vault: Vault, case: Case) -> None:
    with pytest.raises(VaultDamaged):
        footage.opener(vault, replace(case.film.footage, file=new_id()), case.family.id)
    with pytest.raises(VaultDamaged):
        footage.opener(vault, case.film.footage, case.other.id)
    wrong: list[SealedFootage] = [
        replace(case.film.footage, seal_digest=bytes(32)),
        replace(case.film.footage, size=1),
        replace(case.film.footage, sealed_size=1),
    ]
    for sealed in wrong:
        with pytest.raises(SealBroken):
            footage.opener(vault, sealed, case.family.id)()


def test_after_closing_no_film_opens(vault: Vault, case: Case) -> None:
    open_film = footage.opener(vault, case.film.footage, case.family.id)
    open_film().close()
    vault.close()
    with pytest.raises(VaultError, match="closed"):
        open_film()


def test_each_thread_opens_its_own(vault: Vault, case: Case) -> None:
    open_film = footage.opener(vault, case.film.footage, case.family.id)
    with open_film() as one, open_film() as other:
        one.seek(1000)
        assert other.tell() == 0
        assert one.read(10) == case.bytes[1000:1010]


def test_every_family_has_an_identity_of_its_own(vault: Vault, case: Case) -> None:
    mine, other = (footage.footage_identity(vault, family.id) for family in (case.family, case.other))
    assert mine != other
    assert re.fullmatch(r"AGE-SECRET-KEY-(PQ-)?1[0-9A-Z]+", mine)
    with pytest.raises(NoKey):
        footage.footage_identity(vault, new_id())


def test_another_age_program_opens_a_classic_film(vault: Vault, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """On machines without ML-KEM footage is sealed to an X25519 identity, which every age program knows."""
    real = DomainKey.generate

    def classic(domain: str, epoch: int = 1) -> DomainKey:
        return real(domain, epoch, KemKind.X25519)

    monkeypatch.setattr(DomainKey, "generate", classic)
    family = vault_case.add_family(vault, "F-0003")
    data = os.urandom(150_000)
    film = vault_case.add_film(vault, data, family.id)
    file = vault.folder / "footage" / film.footage.file[:2] / f"{film.footage.file}.age"
    identity = pyrage.x25519.Identity.from_str(footage.footage_identity(vault, family.id))
    assert pyrage.decrypt(file.read_bytes(), [identity]) == data
