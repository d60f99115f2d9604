"""Records become CBOR and come back as they were, whatever is written in them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigtool.annotate.mark import Lane, Mark
from vigtool.annotate.reel import Caption, Clip, Reel
from vigtool.casework.consent import Answer, Consent, Scope
from vigtool.casework.copy import CopyKind, Intent
from vigtool.casework.family import Family
from vigtool.casework.film import Film, SealedFootage
from vigtool.errors import InvalidRecord, VaultDamaged, VaultNewer
from vigtool.ids import new_id
from vigtool.timebase import Span
from vigtool.vault import payload
from vigtool.vault.kinds import kind_numbered, kind_of
from vigtool.vault.shapes import Profile


def mark(**changes: Any) -> Mark:
    plain = Mark(id=new_id(), layer=new_id(), film=new_id(), span=Span(3, 9), lane=Lane.BABY, code="b.voice")
    return replace(plain, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"note": "\ud800"},
        {"note": 5},
        {"note": None},
        {"star": 1},
        {"id": "no id"},
        {"id": "AB" * 16},
        {"span": (3, 9)},
        {"lane": "baby"},
        {"code": b"b.voice"},
    ],
)
def test_what_a_record_cannot_hold_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidRecord) as refused:
        payload.to_map(mark(**changes), 1)
    assert next(iter(changes)) in refused.value.message
    assert "no id" not in refused.value.message


def test_a_time_without_its_zone_and_a_time_for_a_day_are_refused() -> None:
    zoneless = datetime(2026, 1, 1)  # noqa: DTZ001 - the fault that is tried
    intent = Intent(
        id=new_id(), family=new_id(), act="x", source=new_id(), kind=CopyKind.REEL, target="", begun=zoneless
    )  # fmt: skip
    with pytest.raises(InvalidRecord, match="zone"):
        payload.to_map(intent, 1)
    with pytest.raises(InvalidRecord, match="opened"):
        payload.to_map(Family(id=new_id(), code="", name="", opened=datetime(2026, 1, 1, tzinfo=UTC)), 1)


def damaged(**changes: Any) -> dict[str, Any]:
    return {**payload.to_map(mark(), 1), **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"span": [9, 3]},
        {"span": [1]},
        {"span": [1, True]},
        {"id": "ab" * 16},
        {"id": b"short"},
        {"note": b"bytes"},
        {"star": 0},
        {"chain": 7},
        {"layer": None},
    ],
)
def test_a_map_that_is_no_such_record_is_damage(changes: dict[str, Any]) -> None:
    with pytest.raises(VaultDamaged):
        payload.from_map(Mark, damaged(**changes))


def test_a_missing_field_takes_its_default_and_a_needed_one_is_damage() -> None:
    written = damaged()
    del written["note"]
    assert payload.from_map(Mark, written).note == ""
    del written["span"]
    with pytest.raises(VaultDamaged, match="span"):
        payload.from_map(Mark, written)


def test_a_word_of_a_newer_version_is_not_called_damage() -> None:
    with pytest.raises(VaultNewer):
        payload.from_map(Mark, damaged(lane="grandmother"))
    with pytest.raises(VaultNewer):
        kind_of(Mark).newest(damaged(schema=2))
    with pytest.raises(VaultNewer):
        kind_numbered(4711)


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"\x81" * 5000, b"\xd8\x23\x61[", b"\x61\xff", b"\xc0\x01", b"\xa1\x80"]
)
def test_bytes_that_are_no_cbor_are_damage(data: bytes) -> None:
    with pytest.raises(VaultDamaged):
        payload.unpack(data)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=80) | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(cbor2.dumps))
def test_no_bytes_raise_anything_but_a_named_error(data: bytes) -> None:
    with suppress(VaultDamaged, VaultNewer):
        payload.from_map(Mark, payload.unpack(data))


def test_unknown_keys_survive_a_change_wherever_they_stand() -> None:
    clip, other = (
        Clip(id=new_id(), mark=None, film=new_id(), span=Span(0, 5), captions=(Caption("en", "hello"),))
        for _ in range(2)
    )
    reel = Reel(id=new_id(), family=new_id(), author=new_id(), title="before", clips=(clip, other))
    before = payload.to_map(reel, 1)
    before["mood"] = "from the future"
    before["clips"][0]["blur"] = [1, 2]
    before["clips"][0]["captions"][0]["spoken"] = True
    moved = replace(reel, title="after", clips=(other, replace(clip, span=Span(1, 4))))
    after = payload.carried(Reel, before, payload.to_map(moved, 1))
    assert after["mood"] == "from the future"
    assert after["clips"][1]["blur"] == [1, 2]
    assert after["clips"][1]["captions"][0]["spoken"] is True
    assert "blur" not in after["clips"][0]
    assert payload.from_map(Reel, after) == moved


def test_unknown_keys_of_a_record_inside_a_record_survive() -> None:
    sealed = SealedFootage(file=new_id(), size=1, sealed_size=2, sha256=bytes(32), seal_digest=bytes(32))
    value = Film(
        id=new_id(), family=new_id(), frames=1, time_base=Fraction(1, 90000), start=0, end=1, width=2, height=2,
        footage=sealed,
    )  # fmt: skip
    before = payload.to_map(value, 1)
    before["footage"]["proxy"] = b"later"
    after = payload.carried(Film, before, payload.to_map(replace(value, title="kitchen"), 1))
    assert after["footage"]["proxy"] == b"later"
    assert after["title"] == "kitchen"


def test_an_older_payload_is_upgraded_when_it_is_read() -> None:
    def split_name(old: dict[str, Any]) -> dict[str, Any]:
        return {**old, "schema": 2, "name": old["name"] + " (2)"}

    newer = replace(kind_of(Profile), schema=2, upgrades=(split_name,))
    old = payload.to_map(Profile(id=new_id(), name="Sam"), 1)
    assert payload.from_map(Profile, newer.newest(old)).name == "Sam (2)"
    assert newer.newest({**old, "schema": 2})["name"] == "Sam"


def test_a_class_that_no_vault_keeps_is_a_fault_of_the_program() -> None:
    @dataclass
    class Stranger:
        when: list[complex] | int

    with pytest.raises(TypeError):
        kind_of(Stranger)
    with pytest.raises(TypeError):
        payload.to_map(Stranger(1), 1)


def test_the_day_after_a_date_is_not_a_date_with_a_clock() -> None:
    assert payload.to_map(Family(id=new_id(), code="", name="", opened=date(2026, 11, 22)), 1)["opened"] == "2026-11-22"


def test_a_consent_from_before_there_was_a_day_for_asking_again_is_read_without_one() -> None:
    kind = kind_of(Consent)
    consent = Consent(
        id=new_id(), family=new_id(), signed_by=new_id(), signed_as="mother", for_persons=(), scope=Scope.FILM,
        answer=Answer.YES, on=date(2026, 3, 1),
    )  # fmt: skip
    now = payload.to_map(consent, kind.schema)
    assert now["schema"] == 2
    before = {name: value for name, value in now.items() if name not in ("review", "note")} | {"schema": 1}
    assert payload.from_map(Consent, kind.newest(before)) == consent
    with pytest.raises(VaultNewer):
        kind.newest({**now, "schema": 3})
