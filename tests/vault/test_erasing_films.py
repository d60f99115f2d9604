"""Erasing one film: nothing of it is left, and everything else of its family is what it was, under another key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

import vault_case
from erased import files_of, found_in, rows_of, traces_of
from postgres import Server
from vault_case import PASSPHRASE, silent
from vigtool.annotate.layer import Layer
from vigtool.annotate.mark import Mark
from vigtool.annotate.reel import Caption, Clip, Reel
from vigtool.casework.erasure import Erasure
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.casework.film_pair import FilmPair, PairedBy
from vigtool.casework.still import Still
from vigtool.errors import Cancelled, InvalidRecord, NoSuchRecord, StorageFailed, UnderHold
from vigtool.ids import Id, new_id
from vigtool.practice import erasing
from vigtool.practice.retention import lift_hold, place_hold
from vigtool.timebase import Span
from vigtool.vault import audit_check, footage, log_book, schema, shredding, tombstones
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.shapes import FilmIndex, FilmStandIn, Finding, Stored
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify

TODAY = date(2026, 11, 22)
WHY = "a person asked for it"


@dataclass(frozen=True)
class Kept:
    """A family with films, and the bytes of each."""

    family: Family
    films: dict[Id, bytes]
    reels: list[Reel]

    @property
    def first(self) -> Id:
        return next(iter(self.films))


def fill(vault: Vault, code: str, films: int = 2, marks: int = 2, *, stand_ins: bool = True) -> Kept:
    """A family whose films have everything that belongs to films, some of it written over, some removed."""
    family = vault_case.add_family(vault, code)
    bodies = {
        vault_case.add_film(vault, bytes([n]) + bytes(range(256)) * (200 + n), family.id).id: n for n in range(films)
    }
    data = {film: bytes([n]) + bytes(range(256)) * (200 + n) for film, n in bodies.items()}
    clips = []
    with vault.transaction("rest") as writer:
        for film in bodies:
            layer = writer.add(Layer(id=new_id(), film=film, author=vault.user_id, scheme="attuned", scheme_version=1))
            for n in range(marks):
                mark = writer.add(vault_case.mark_of(layer.value, start=9 * n, note=f"she looks {n}"))
                writer.change(mark, replace(mark.value, note="written over"))
            if marks:
                writer.remove(writer.add(vault_case.mark_of(layer.value, start=5, note="not so")))
            writer.add(FilmIndex(id=new_id(), film=film, data=b"index" * 9))
            writer.add(
                Still(id=new_id(), film=film, number=1, tick=3, words="", kept=vault_case.ticking(), by=vault.user_id)
            )
            clips.append(
                Clip(id=new_id(), mark=None, film=film, span=Span(0, 9), captions=(Caption("en", "You waited"),))
            )
        for first, second in zip(list(bodies), list(bodies)[1:], strict=False):
            writer.add(
                FilmPair(
                    id=new_id(), first=first, second=second, offset=Fraction(1, 3), how=PairedBy.EYE,
                    kept=vault_case.ticking(), by=vault.user_id,
                )
            )  # fmt: skip
        both = writer.add(Reel(id=new_id(), family=family.id, author=vault.user_id, clips=tuple(clips)))
        last = writer.add(Reel(id=new_id(), family=family.id, author=vault.user_id, clips=tuple(clips[-1:])))
    if stand_ins:
        for film in bodies:
            sealed = vault_case.seal(vault, b"small" * 900, family.id)
            with vault.transaction("stand in") as writer:
                writer.keep_footage(sealed, family.id)
                writer.add(FilmStandIn(id=new_id(), film=film, fingerprint=bytes(32), footage=sealed, index=b"i"))
    return Kept(family, data, [both.value, last.value])


def erase(vault: Vault, film: Id, **more: Any) -> Erasure:
    return erasing.erase_film(vault, film, reason=WHY, on=TODAY, **more)


def findings(vault: Vault) -> list[Finding]:
    return verify(vault, silent, vault_case.never)


def content(vault: Vault, film: Id) -> bytes:
    record = vault.get(Film, film).value
    with footage.opener(vault, record.footage, record.family)() as source:
        return source.read()


def histories(vault: Vault, domains: list[Id]) -> dict[Id, list[Stored[Any]]]:
    """Every revision of every record of some families."""
    names = [bytes.fromhex(domain) for domain in domains]
    with vault.core.storage.reading() as connection:
        rows = select(schema.revision.c.id).where(schema.revision.c.domain.in_(names)).distinct()
        ids = list(connection.execute(rows).scalars())
    return {id_.hex(): vault.history(id_.hex()) for id_ in ids}


@pytest.fixture
def fresh(tmp_path: Path, place: Server | None) -> Iterator[Vault]:
    """A vault that was never copied: nothing of it is in any other database of the server."""
    del place
    with Vault.create(tmp_path / "fresh", PASSPHRASE, cost=LEAST_COST, clock=vault_case.ticking) as vault:
        yield vault


def test_nothing_of_an_erased_film_is_left_and_the_others_are_whole(fresh: Vault, place: Server | None) -> None:
    kept, other = fill(fresh, "F-0001"), fill(fresh, "F-0002")
    gone, there = traces_of(fresh, kept.family.id), traces_of(fresh, other.family.id)
    named = set(erasing_would_name(fresh, kept.first))
    old_file = fresh.get(Film, kept.first).value.footage.file
    erasure = erase(fresh, kept.first)
    assert set(erasure.erased) == named
    assert old_file in erasure.file_names
    assert erasure.files == 2
    assert found_in(files_of(fresh, place), gone.all()) == 0, "every key and envelope of before is gone"
    assert found_in(files_of(fresh, place), there.all()) == len(there.all())
    with pytest.raises(NoSuchRecord):
        fresh.get(Film, kept.first)
    for film, data in {**kept.films, **other.films}.items():
        if film != kept.first:
            assert content(fresh, film) == data
    assert len(list(fresh.core.folder.footage.rglob("*.age"))) == 6
    assert findings(fresh) == []


def erasing_would_name(vault: Vault, film: Id) -> list[Id]:
    """Everything that says of itself that it is of this film, found without the code that is tried here."""
    family = vault.domain_of(film)
    found = [film]
    for id_, history in histories(vault, [family]).items():
        value = history[-1].value
        ours = film in {getattr(value, name, None) for name in ("film", "first", "second")}
        if ours and not isinstance(value, Reel):
            found.append(id_)
    return found


def test_reels_keep_their_other_clips(fresh: Vault) -> None:
    kept = fill(fresh, "F-0001")
    erase(fresh, kept.first)
    both, last = (fresh.get(Reel, reel.id).value for reel in kept.reels)
    assert both == replace(kept.reels[0], clips=kept.reels[0].clips[1:])
    assert last == kept.reels[1]


def test_the_log_names_what_went_and_nothing_that_stays(fresh: Vault) -> None:
    kept = fill(fresh, "F-0001")
    erasure = erase(fresh, kept.first)
    entry = next(each for each in log_book.entries(fresh) if each.act == "film erase")
    assert set(entry.objects) - {each.id for each in entry.wrote} == set(erasure.erased)
    assert kept.family.id not in erasure.erased
    standing = set(histories(fresh, [kept.family.id]))
    assert not standing & set(erasure.erased)


@given(films=st.integers(1, 3), which=st.integers(0, 2), marks=st.integers(0, 3), stand_ins=st.booleans())
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_else_there_is_stays_what_it_was(
    fresh: Vault, films: int, which: int, marks: int, stand_ins: bool
) -> None:
    kept = fill(fresh, f"F-{new_id()[:8]}", films, marks, stand_ins=stand_ins)
    families = [stored.id for stored in fresh.all(Family)]
    before = histories(fresh, families)
    film = list(kept.films)[which % films]
    erasure = erase(fresh, film)
    after = histories(fresh, families)
    assert set(before) - set(after) == set(erasure.erased)
    assert set(after) <= set(before)
    for id_, history in after.items():
        old = before[id_]
        assert [replace(each, value=None) for each in history[: len(old)]] == [replace(e, value=None) for e in old]
        assert [each.value for each in history[: len(old)]] == [each.value for each in old]
        for more in history[len(old) :]:
            assert isinstance(more.value, Film | FilmStandIn | Reel)
            if isinstance(more.value, Reel):
                assert all(clip.film != film for clip in more.value.clips)
            else:
                assert replace(more.value, footage=old[-1].value.footage) == old[-1].value
    for other, data in kept.films.items():
        if other != film:
            assert content(fresh, other) == data
    assert findings(fresh) == []
    assert log_book.check(fresh) == []


def test_a_hold_on_the_film_or_its_family_stops_it_and_one_on_another_film_does_not(fresh: Vault) -> None:
    kept = fill(fresh, "F-0001", stand_ins=False)
    second = list(kept.films)[1]
    for film in (None, kept.first):
        hold = place_hold(fresh, kept.family.id, reason="proceedings", on=TODAY, film=film)
        with pytest.raises(UnderHold):
            erase(fresh, kept.first)
        lift_hold(fresh, hold.id, reason="over", on=TODAY)
    place_hold(fresh, kept.family.id, reason="proceedings", on=TODAY, film=second)
    erase(fresh, kept.first)
    with pytest.raises(UnderHold):
        erase(fresh, second)
    assert findings(fresh) == []


def test_a_hold_that_is_placed_at_the_last_moment_still_stops_it(fresh: Vault) -> None:
    kept = fill(fresh, "F-0001", stand_ins=False)
    placed: list[object] = []

    def late() -> bool:
        if not placed:
            placed.append(place_hold(fresh, kept.family.id, reason="just now", on=TODAY))
        return False

    with pytest.raises(UnderHold):
        erase(fresh, kept.first, cancelled=late)
    assert placed
    assert content(fresh, kept.first) == kept.films[kept.first]
    assert findings(fresh) == []


def test_it_can_be_stopped_and_a_reason_without_names_is_asked(fresh: Vault) -> None:
    kept = fill(fresh, "F-0001", stand_ins=False)
    for after in range(3):
        with pytest.raises(Cancelled):
            erase(fresh, kept.first, cancelled=vault_case.Stop(after))
    with pytest.raises(InvalidRecord):
        erasing.erase_film(fresh, kept.first, reason=" ", on=TODAY)
    assert content(fresh, kept.first) == kept.films[kept.first]
    assert erasing.erasures(fresh) == []
    assert len(list(fresh.core.folder.footage.rglob("*.age"))) == 2
    assert findings(fresh) == []


def cut(*_: object, **__: object) -> Any:
    raise StorageFailed("the disk is gone")


@pytest.mark.parametrize("where", ["before the commit", "after the commit"])
def test_cut_off_it_has_happened_or_it_has_not(fresh: Vault, tmp_path: Path, place: Server | None, where: str) -> None:
    kept = fill(fresh, "F-0001", stand_ins=False)
    gone = traces_of(fresh, kept.family.id)
    before = where == "before the commit"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            type(fresh.core.audit) if before else type(fresh.core.storage), "enter" if before else "forget", cut
        )
        with pytest.raises(StorageFailed):
            erase(fresh, kept.first)
    fresh.close()
    with Vault.open(tmp_path / "fresh", PASSPHRASE, clock=vault_case.ticking) as vault:
        assert len(erasing.erasures(vault)) == (0 if before else 1)
        assert len(vault.all(Film)) == (2 if before else 1)
        for film in vault.all(Film):
            assert content(vault, film.id) == kept.films[film.id]
        if not before:
            assert found_in(files_of(vault, place), gone.all()) == 0
        assert findings(vault) == []


def test_an_erased_film_that_is_put_back_is_found(fresh: Vault) -> None:
    kept = fill(fresh, "F-0001", stand_ins=False)
    older, grants = rows_of(fresh, kept.family.id)
    erase(fresh, kept.first)
    film = next(row for row in older if row["id"].hex() == kept.first)
    with fresh.core.storage.writing() as connection:
        connection.execute(insert(schema.revision).values(film))
    assert kept.first in {finding.object for finding in log_book.check(fresh)}
    with fresh.core.storage.writing() as connection:
        connection.execute(delete(schema.revision).where(schema.revision.c.id == film["id"]))
        connection.execute(insert(schema.domain_grant).values(grants))
    assert [finding.object for finding in log_book.check(fresh)] == [kept.family.id]


def test_a_film_older_than_the_log_is_erased_and_the_rest_still_vouched_for(fresh: Vault) -> None:
    kept = fill(fresh, "F-0001", stand_ins=False)
    with fresh.core.storage.writing() as connection:
        connection.execute(delete(schema.audit))
        digests = list(connection.execute(select(schema.revision.c.digest)).scalars())
        known: dict[str, str | int] = {"revisions": len(digests), "digest": audit_check.baseline_of(digests)}
        fresh.core.audit.enter(connection, audit_check.BASELINE, vault_case.ticking(), details=known)
    erase(fresh, kept.first)
    assert findings(fresh) == []
    erase(fresh, list(kept.films)[1])
    assert findings(fresh) == []


def test_an_older_state_loses_the_film_again_and_says_so(tmp_path: Path, place: Server | None) -> None:
    del place
    older = tmp_path / "older"
    with Vault.create(tmp_path / "fresh", PASSPHRASE, cost=LEAST_COST, clock=vault_case.ticking) as vault:
        kept = fill(vault, "F-0001")
        later = fill(vault, "F-0002", 1, stand_ins=False)
    vault_case.copy(tmp_path / "fresh", older)
    with Vault.open(tmp_path / "fresh", PASSPHRASE, clock=vault_case.ticking) as vault:
        first, whole = erase(vault, kept.first), erase(vault, later.first)
        family = erasing.erase_family(vault, later.family.id, reason=WHY, on=TODAY)
        told = tombstones.export_list(vault)
    with Vault.open(older, PASSPHRASE, clock=vault_case.ticking) as vault:
        place_hold(vault, kept.family.id, reason="an older one", on=TODAY)
        listed = tombstones.check_list(told, vault).erasures
        assert erasing.still_standing(vault, listed) == [first, whole, family]
        assert set(erasing.reapply(vault, listed)) == {first, family}, "the family took its film along"
        assert erasing.still_standing(vault, listed) == []
        assert {each.id for each in erasing.erasures(vault)} == {first.id, whole.id, family.id}
        assert [stored.id for stored in vault.all(Film)] == [list(kept.films)[1]]
        assert findings(vault) == []


def test_a_film_that_this_user_cannot_open_stays_and_is_told(tmp_path: Path, place: Server | None) -> None:
    del place
    with Vault.create(tmp_path / "fresh", PASSPHRASE, cost=LEAST_COST, clock=vault_case.ticking) as vault:
        kept = fill(vault, "F-0001", 1, stand_ins=False)
    vault_case.copy(tmp_path / "fresh", tmp_path / "older")
    with Vault.open(tmp_path / "fresh", PASSPHRASE, clock=vault_case.ticking) as vault:
        erasure = erase(vault, kept.first)
    with Vault.open(tmp_path / "older", PASSPHRASE, clock=vault_case.ticking) as vault:
        vault.core.keyring.lose(kept.family.id, [1])
        vault.core.keyring.settle(kept=True)
        assert erasing.reapply(vault, [erasure]) == ()
        assert erasing.still_standing(vault, [erasure]) == [erasure]
        assert erasing.erasures(vault) == [erasure]
    with Vault.open(tmp_path / "older", PASSPHRASE, clock=vault_case.ticking) as vault:
        assert erasing.back_again(vault) == [erasure], "it is told at each opening"
        assert erasing.reapply(vault, erasing.back_again(vault)) == (erasure,)
        assert erasing.back_again(vault) == []
        assert len(erasing.erasures(vault)) == 1
        assert findings(vault) == []


def test_anothers_reel_loses_the_clip_too_and_nothing_else_of_anothers_is_excused(fresh: Vault) -> None:
    kept = fill(fresh, "F-0001", stand_ins=False)
    theirs = Reel(id=new_id(), family=kept.family.id, author=new_id(), clips=kept.reels[0].clips)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vigtool.vault.writing.Writer._check_mine", lambda *_: None)
        with fresh.transaction("reel new") as writer:
            written = writer.add(theirs)
    assert [finding.object for finding in findings(fresh)] == [theirs.id]
    with fresh.core.storage.writing() as connection:  # as if its author had signed it
        row = select(schema.revision).where(schema.revision.c.digest == written.digest)
        assert connection.execute(row).first() is not None
    erase(fresh, kept.first)
    stored = fresh.get(Reel, theirs.id)
    assert stored.value.clips == theirs.clips[1:]
    assert stored.owner == theirs.author
    assert len(audit_check.written_by_erasures(fresh.core)) >= 3
    assert [finding.object for finding in findings(fresh)] == [theirs.id], "the first one is still another's"


def test_shredding_finishes_on_its_own(fresh: Vault) -> None:
    kept = fill(fresh, "F-0001", 1, stand_ins=False)
    erase(fresh, kept.first)
    assert shredding.is_finished(fresh.core)
    assert tombstones.read_beside(fresh.folder) is not None
    assert "sealed anew" in erasing.certificate(fresh, erasing.erasures(fresh)[0])
    assert [stored.value for stored in fresh.all(Mark)] == []
