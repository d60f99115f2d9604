"""Whatever a spoilt disk did to one film or record of a family, the family's wishes about another are carried out."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from damage_case import FILES, LOST, ROWS, file_of, readable, spoil_row
from erased import files_of, found_in, traces_of
from erased_films_case import Kept, content, fill
from erasing_case import TODAY, WHY, erase_family, erase_film
from postgres import Server
from rekey_case import states
from users_case import BYTES, Service
from vault_case import findings
from vigtool.casework.family import Person, Role
from vigtool.casework.film import Film
from vigtool.crypto.age.chunks import CHUNK, SEALED_CHUNK
from vigtool.errors import FilmsBeyondReach, NoSuchRecord, SealBroken, StorageFailed
from vigtool.ids import new_id
from vigtool.practice import erasing
from vigtool.practice.sharing import rekey_family, stop_sharing
from vigtool.vault import footage, footage_again, log_book
from vigtool.vault.grants import EVERYTHING, EpochState
from vigtool.vault.shapes import FilmStandIn
from vigtool.vault.vault import Vault

HARMS = {**FILES, **LOST, **ROWS}
PAGES = 800
"""A little over three chunks of 64 KiB."""


def family_with(vault: Vault, films: int = 2) -> Kept:
    kept = fill(vault, "F-0001", films, 1, pages=PAGES)
    with vault.transaction("person") as writer:
        writer.add(Person(id=new_id(), family=kept.family.id, name="Nadia", role=Role.PARENT))
    return kept


def others(kept: Kept, but: int) -> list[str]:
    return [film for n, film in enumerate(kept.films) if n != but]


@pytest.mark.parametrize("harm", HARMS)
def test_a_film_is_erased_and_what_could_be_read_of_another_still_can(
    fresh: Vault, place: Server | None, harm: str
) -> None:
    kept = family_with(fresh)
    first, second = kept.films
    before = fresh.get(Film, second).value
    traces = traces_of(fresh, kept.family.id)
    erased_file = file_of(fresh, first)
    HARMS[harm](fresh, kept, second)
    could = readable(fresh, before)
    assert (len(could) in (2, 3)) == (harm in FILES), "the harm does what it says"
    outlook = erasing.outlook(fresh, first)
    assert outlook.lost == ((second,) if harm in LOST else ())
    if harm in LOST:
        with pytest.raises(FilmsBeyondReach) as told:
            erase_film(fresh, first)
        assert told.value.films == (second,)
        assert content(fresh, first) == kept.films[first], "nothing was changed"
        assert fresh.core.keyring.epochs(kept.family.id) == [1]
    erase_film(fresh, first, giving_up=outlook.lost)
    assert states(fresh, kept.family.id) == [EpochState.SHREDDED, EpochState.ACTIVE]
    assert found_in(files_of(fresh, place), traces.keys) == 0
    assert not erased_file.exists()
    with pytest.raises(NoSuchRecord):
        fresh.get(Film, first)
    if harm == "its film's row":
        with pytest.raises(SealBroken):
            fresh.get(Film, second)
        return
    after = fresh.get(Film, second).value
    assert replace(after, footage=before.footage) == before
    assert readable(fresh, after) == could
    assert b"".join(could.values()) in kept.films[second]
    named = {finding.object for finding in findings(fresh)}
    assert bool(named) == (harm in {*FILES, *LOST} or "row" in harm), "damage is still named"
    if harm in FILES or harm in LOST:
        assert second in named


@pytest.mark.parametrize("harm", HARMS)
def test_a_family_is_erased(fresh: Vault, place: Server | None, harm: str) -> None:
    kept = family_with(fresh)
    traces = traces_of(fresh, kept.family.id)
    HARMS[harm](fresh, kept, others(kept, 0)[0])
    erasing.outlook(fresh, kept.family.id)
    erase_family(fresh, kept.family.id)
    assert found_in(files_of(fresh, place), traces.all()) == 0
    assert not any(fresh.core.folder.footage.rglob("*.age"))
    assert findings(fresh) == []


@pytest.mark.parametrize("harm", HARMS)
def test_another_key_shuts_out_whoever_had_the_last_one(fresh: Vault, harm: str) -> None:
    kept = family_with(fresh)
    first, second = kept.films
    before = fresh.get(Film, second).value
    HARMS[harm](fresh, kept, second)
    could = readable(fresh, before)
    chunks = _sealed_chunks(fresh)
    if harm in LOST:
        with pytest.raises(FilmsBeyondReach):
            rekey_family(fresh, kept.family.id)
        erase_film(fresh, second)
        chunks = _sealed_chunks(fresh)
    rekey_family(fresh, kept.family.id)
    assert content(fresh, first) == kept.films[first]
    assert not chunks & _sealed_chunks(fresh), "every chunk is sealed anew"
    if harm not in LOST and harm != "its film's row":
        assert readable(fresh, fresh.get(Film, second).value) == could


def _sealed_chunks(vault: Vault) -> set[bytes]:
    """The middles of all sealed chunks, but for holes."""
    found = set()
    for file in vault.core.folder.footage.rglob("*.age"):
        whole = file.read_bytes()
        found |= {whole[at : at + 64] for at in range(3000, len(whole) - 64, CHUNK // 2)}
    return found - {bytes(64)}


@pytest.mark.parametrize("harm", [*FILES, *LOST])
def test_a_spoilt_film_can_itself_be_erased(fresh: Vault, harm: str) -> None:
    kept = family_with(fresh)
    first, second = kept.films
    HARMS[harm](fresh, kept, second)
    erase_film(fresh, second)
    assert content(fresh, first) == kept.films[first]
    assert findings(fresh) == []


@pytest.mark.parametrize("spoilt", ["film", "stand-in"])
def test_a_film_whose_own_record_is_spoilt_takes_every_file_along_that_may_be_its(fresh: Vault, spoilt: str) -> None:
    kept = family_with(fresh)
    first, second = kept.films
    small = fresh.all(FilmStandIn, parent=first)[0]
    spoil_row(fresh, first if spoilt == "film" else small.id)
    erase_film(fresh, first)
    assert content(fresh, second) == kept.films[second]
    left = {file.stem for file in fresh.core.folder.footage.rglob("*.age")}
    own = fresh.all(FilmStandIn, parent=second)[0].value.footage.file
    assert left == {fresh.get(Film, second).value.footage.file, own}
    assert findings(fresh) == []


def test_a_film_whose_record_alone_is_spoilt_goes_over_to_the_other_key(fresh: Vault) -> None:
    kept = family_with(fresh, 3)
    first, second, third = kept.films
    spoil_row(fresh, second)
    before = {file.stem for file in fresh.core.folder.footage.rglob("*.age")}
    erase_film(fresh, first)
    after = {file.stem for file in fresh.core.folder.footage.rglob("*.age")}
    assert len(after) == len(before) - 2
    assert not after & before
    named = {stored.value.footage.file for stored in fresh.all(FilmStandIn)}
    named.add(fresh.get(Film, third).value.footage.file)
    (unnamed,) = after - named
    identity = fresh.core.keyring.key(kept.family.id, 2).footage
    sealed = footage_again.unnamed(fresh, unnamed, (fresh.core.folder.footage_file(unnamed)).stat().st_size)
    with footage.open_sealed(fresh.core.folder.footage_file(unnamed), sealed, identity) as opened:
        assert opened.read() == kept.films[second]


def test_what_was_left_behind_once_is_not_asked_for_again(fresh: Vault) -> None:
    kept = family_with(fresh, 3)
    first, second, third = kept.films
    LOST["the file is gone"](fresh, kept, second)
    erase_film(fresh, first, giving_up=[second])
    assert erasing.outlook(fresh, third).lost == ()
    erase_film(fresh, third)
    assert [stored.id for stored in fresh.all(Film)] == [second]


def test_a_file_that_the_system_does_not_give_just_now_is_no_lost_one(
    fresh: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = family_with(fresh)
    first, second = kept.films
    with monkeypatch.context() as patch:
        patch.setattr("vigtool.vault.footage_again.open_sealed", _refused)
        with pytest.raises(StorageFailed):
            erase_film(fresh, first, giving_up=[second])
    erase_film(fresh, first)
    assert content(fresh, second) == kept.films[second]


def _refused(*_told: Any, **_more: Any) -> Any:
    raise PermissionError(errno.EACCES, "not now")


def test_what_the_disk_itself_has_lost_is_a_hole_and_the_rest_stays(
    fresh: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = family_with(fresh)
    first, second = kept.films
    with monkeypatch.context() as patch:
        patch.setattr(footage_again, "_read", _spoilt_at(fresh, second))
        erase_film(fresh, first)
    could = readable(fresh, fresh.get(Film, second).value)
    whole = kept.films[second]
    assert could == {at: whole[at : at + CHUNK] for at in range(0, len(whole), CHUNK) if at != CHUNK}


def test_a_disk_that_is_pulled_out_amid_the_copying_changes_nothing(
    fresh: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = family_with(fresh)
    first, second = kept.films
    with monkeypatch.context() as patch:
        patch.setattr(footage_again, "_read", _spoilt_at(fresh, second))
        patch.setattr(footage_again, "_require_disk", _refused)
        with pytest.raises(StorageFailed):
            erase_film(fresh, first)
    assert {film: content(fresh, film) for film in kept.films} == kept.films
    assert findings(fresh) == []


@pytest.mark.parametrize("at", [0, 40, -1])
def test_a_disk_that_gives_back_something_else_changes_nothing(
    fresh: Vault, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    kept = family_with(fresh)
    first, second = kept.films
    whole = footage_again.opened_again

    def another(part: Path) -> BinaryIO:
        data = bytearray(part.read_bytes())
        data[at] ^= 1
        part.write_bytes(data)
        return whole(part)

    with monkeypatch.context() as patch:
        patch.setattr(footage_again, "opened_again", another)
        with pytest.raises((StorageFailed, SealBroken)):
            erase_film(fresh, first)
    assert {film: content(fresh, film) for film in (first, second)} == kept.films
    assert findings(fresh) == []


def _spoilt_at(vault: Vault, film: str) -> Any:
    """Reads as the disk does whose place of the second chunk of a film is spoilt."""
    sealed, whole = vault.get(Film, film).value.footage, footage_again._read
    start = sealed.sealed_size - sealed.size - 16 * -(-sealed.size // CHUNK) + SEALED_CHUNK

    def read(source: Any, at: int, size: int) -> bytes:
        if at == start and str(source.name).endswith(f"{sealed.file}.age"):
            raise OSError(errno.EIO, "spoilt")
        return whole(source, at, size)

    return read


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize("harm", [*FILES, *LOST])
def test_sharing_is_stopped_and_the_key_taken_back(service: Service, harm: str, deep: bool) -> None:
    family, film = service.his.family.id, service.film
    with service.opened(service.bo) as vault:
        give(vault, family, service.di)
        HARMS[harm](vault, Kept(service.his.family, {film.id: BYTES}, []), film.id)
        could = readable(vault, film)
        if deep and harm in LOST:
            with pytest.raises(FilmsBeyondReach):
                stop_sharing(vault, family, service.di, deep=True)
        else:
            stop_sharing(vault, family, service.di, deep=deep)
        assert readable(vault, vault.get(Film, film.id).value) == could
        assert len(vault.core.keyring.epochs(family)) == (1 if deep and harm in FILES else 2)
    with service.opened(service.di) as vault:
        assert vault.all(Film) == []


def give(vault: Vault, family: str, user: str) -> None:
    with vault.transaction("family share", [family, user]) as writer:
        writer.keys.give(family, user, EVERYTHING)


def test_the_log_says_how_much_could_not_be_read(fresh: Vault) -> None:
    kept = family_with(fresh)
    first, second = kept.films
    HARMS["an index's row"](fresh, kept, second)
    LOST["the file is gone"](fresh, kept, second)
    erasing.erase_film(fresh, first, reason=WHY, on=TODAY, giving_up=[second])
    entry = next(each for each in log_book.entries(fresh) if each.act == "film erase")
    assert (entry.details["unread"], entry.details["beyond_reach"]) == (1, 1)
