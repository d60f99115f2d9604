"""Every kind of record that a vault keeps: one of each is drawn, written and read again."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, timedelta, timezone
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigtool.annotate.layer import Layer
from vigtool.annotate.mark import Lane, Mark
from vigtool.annotate.reel import Caption, Clip, Reel
from vigtool.casework.backup import Backup
from vigtool.casework.capacity import CapacityNote
from vigtool.casework.consent import Answer, Consent, Scope
from vigtool.casework.copy import Copy, CopyKind, CopyOutcome, CopySettled, ExitState, Intent
from vigtool.casework.cycle import Cycle
from vigtool.casework.disclosure import Basis, Disclosure
from vigtool.casework.draft import Draft
from vigtool.casework.erasure import Erasure
from vigtool.casework.family import Family, Person, Role
from vigtool.casework.film import Film, FilmKind, FilmSound, SealedFootage
from vigtool.casework.film_pair import FilmPair, PairedBy
from vigtool.casework.lead_decision import LeadDecision
from vigtool.casework.legal_hold import LegalHold
from vigtool.casework.member import CardCheck, KnownCard, Member, StaffRole
from vigtool.casework.origin import Origin, VolumeKind
from vigtool.casework.reassignment import Reassignment
from vigtool.casework.retention import RetentionRule
from vigtool.casework.safety import SafetyAtHome
from vigtool.casework.scrub import DamagedFilm, Scrub
from vigtool.casework.session import Session, SessionKind
from vigtool.casework.still import Still
from vigtool.casework.stray_copy import StrayCopy, StrayPlace
from vigtool.casework.withdrawal import Withdrawal
from vigtool.timebase import Span
from vigtool.vault import payload
from vigtool.vault.kinds import KINDS, Kind
from vigtool.vault.shapes import FilmIndex, FilmPeaks, FilmStandIn, FilmStrip, Profile, Setting

ids = st.binary(min_size=16, max_size=16).map(bytes.hex)
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    [
        'O\'Neill "Bo"',
        "$(rm -rf ~) ${HOME}",
        "a\nb\r\n\tc\0d",
        "مينا",
        "नादिया",
        "宮本 さくら",
        "👩‍🍼\u200f",
        "'; DROP TABLE revision; --",
    ]
)
digests = st.binary(min_size=32, max_size=32)
ticks = st.integers(-(2**70), 2**70)
spans = st.tuples(ticks, st.integers(0, 2**70)).map(lambda both: Span(both[0], both[0] + both[1]))
moments = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-9, minutes=-30))])).filter(
    lambda moment: 2 < moment.year < 9998
)
base = st.fractions(min_value=Fraction(1, 10**9), max_value=10)
footage = st.builds(
    SealedFootage, file=ids, size=st.integers(), sealed_size=st.integers(), sha256=digests, seal_digest=digests
)
sounds = st.builds(FilmSound, stream=st.integers(), codec=text, rate=st.integers(), channels=st.integers(), start=base)
captions = st.lists(st.builds(Caption, text, text), max_size=3).map(tuple)
clips = st.builds(
    Clip, id=ids, mark=st.none() | ids, film=ids, span=spans, captions=captions, answers_question=st.booleans()
)
several = st.lists(ids, max_size=4).map(tuple)
damaged_films = st.builds(
    DamagedFilm, film=ids, spans=st.lists(spans, max_size=3).map(tuple), time_base=base, start=ticks, lost=st.booleans()
)

days = st.dates()
maybe_day = st.none() | days
maybe_id = st.none() | ids
numbers = st.integers()
whole_reel = st.lists(clips, max_size=3).map(tuple)

RECORDS: dict[type, st.SearchStrategy[Any]] = {
    Family: st.builds(
        Family, id=ids, code=text, name=text, opened=days, place=text, safe_contact=text, closed=maybe_day
    ),
    Person: st.builds(
        Person, id=ids, family=ids, name=text, role=st.sampled_from(Role), relation=text, born=maybe_day,
        responsible_for=several,
    ),
    Consent: st.builds(
        Consent, id=ids, family=ids, signed_by=ids, signed_as=text, for_persons=several, scope=st.sampled_from(Scope),
        answer=st.sampled_from(Answer), on=days, entered=numbers, form_version=text, recipients=several,
        review=maybe_day, note=text,
    ),
    Session: st.builds(
        Session, id=ids, family=ids, number=numbers, on=days, kind=st.sampled_from(SessionKind),
        minutes=st.none() | numbers, place=text, present=several,
    ),
    Cycle: st.builds(Cycle, id=ids, family=ids, number=numbers, helping_question=text, planned=numbers),
    Film: st.builds(
        Film, id=ids, family=ids, footage=footage, kind=st.sampled_from(FilmKind), title=text, original_name=text,
        session=maybe_id, cycle=maybe_id, filmed_on=maybe_day, persons=several, someone_else=st.booleans(),
        frames=numbers, time_base=base, start=ticks, end=ticks, width=numbers, height=numbers,
        damage=st.lists(text, max_size=3).map(tuple),
    ),
    Layer: st.builds(Layer, id=ids, film=ids, author=ids, scheme=text, scheme_version=numbers),
    Mark: st.builds(
        Mark, id=ids, layer=ids, film=ids, span=spans, lane=st.sampled_from(Lane), code=st.none() | text, note=text,
        star=st.booleans(), chain=maybe_id,
    ),
    Reel: st.builds(Reel, id=ids, family=ids, author=ids, cycle=maybe_id, title=text, clips=whole_reel),
    FilmIndex: st.builds(FilmIndex, id=ids, film=ids, data=st.binary(max_size=500)),
    Intent: st.builds(
        Intent, id=ids, family=ids, act=text, source=ids, kind=st.sampled_from(CopyKind), to=maybe_id, target=text,
        state=st.sampled_from(ExitState), begun=moments, to_words=text, purpose=text, persons=several,
        safe=st.none() | st.booleans(), sha256=digests, size=numbers, folder=digests,
    ),
    Copy: st.builds(
        Copy, id=ids, family=ids, kind=st.sampled_from(CopyKind), source=ids, to=maybe_id, to_words=text, purpose=text,
        target=text, sha256=digests, size=numbers, persons=several, made=moments, given_by=ids, whole=st.booleans(),
        safe=st.none() | st.booleans(),
    ),
    Profile: st.builds(Profile, id=ids, name=text),
    Setting: st.builds(Setting, id=ids, name=text, value=text),
    FilmPeaks: st.builds(FilmPeaks, id=ids, film=ids, fingerprint=digests, data=st.binary(max_size=500)),
    FilmStrip: st.builds(FilmStrip, id=ids, film=ids, fingerprint=digests, data=st.binary(max_size=500)),
    FilmStandIn: st.builds(
        FilmStandIn, id=ids, film=ids, fingerprint=digests, footage=footage, index=st.binary(max_size=500)
    ),
    Still: st.builds(Still, id=ids, film=ids, number=numbers, tick=ticks, words=text, kept=moments, by=ids),
    FilmPair: st.builds(
        FilmPair, id=ids, first=ids, second=ids, offset=st.fractions(), how=st.sampled_from(PairedBy), kept=moments,
        by=ids,
    ),
    Member: st.builds(
        Member, id=ids, user=ids, name=text, roles=st.lists(st.sampled_from(StaffRole), max_size=5).map(tuple),
        added=days, left=maybe_day, card=digests,
    ),
    Reassignment: st.builds(Reassignment, id=ids, family=ids, by=ids, to=ids, reason=text, on=days),
    KnownCard: st.builds(
        KnownCard, id=ids, owner=ids, user=ids, digest=digests, checked=st.sampled_from(CardCheck), on=days
    ),
    SafetyAtHome: st.builds(
        SafetyAtHome, id=ids, family=ids, not_to=several, not_to_words=text, not_to_be_told=text, contact=text,
        copies_safe=st.none() | st.booleans(),
    ),
    CapacityNote: st.builds(
        CapacityNote, id=ids, family=ids, person=ids, on=days, entered=numbers, words=text,
        has=st.none() | st.booleans(), by=ids,
    ),
    LeadDecision: st.builds(
        LeadDecision, id=ids, family=ids, child=ids, scope=st.sampled_from(Scope), answer=st.sampled_from(Answer),
        reason=text, on=days, by=ids, entered=numbers, rests_on=several,
    ),
    Disclosure: st.builds(
        Disclosure, id=ids, family=ids, copy=ids, film=ids, what=st.sampled_from(CopyKind),
        basis=st.sampled_from(Basis), original=st.booleans(), recipient=text, reason=text, on=days, by=ids,
        hold=maybe_id,
    ),
    Withdrawal: st.builds(
        Withdrawal, id=ids, family=ids, signed_by=ids, signed_as=text, for_persons=several,
        scopes=st.lists(st.sampled_from(Scope), max_size=3).map(tuple), on=days, answers=several, copies=several,
        strays=several, shares=several, letter=text, entered=moments, by=ids,
    ),
    CopySettled: st.builds(
        CopySettled, id=ids, family=ids, copy=ids, outcome=st.sampled_from(CopyOutcome), on=days, entered=numbers,
        note=text, by=ids,
    ),
    LegalHold: st.builds(
        LegalHold, id=ids, family=ids, film=maybe_id, reason=text, on=days, by=ids, lifts=maybe_id
    ),
    RetentionRule: st.builds(
        RetentionRule, id=ids, kind=st.none() | st.sampled_from(FilmKind), months_after_closing=st.none() | numbers,
        until_age=st.none() | numbers, on_word_only=st.booleans(),
    ),
    Erasure: st.builds(
        Erasure, id=ids, what=ids, family=ids, reason=text, on=days, by=ids, erased=several, files=numbers,
        recoverable_until=maybe_day, file_names=several, keys=numbers,
    ),
    Backup: st.builds(
        Backup, id=ids, target=text, made=moments, by=ids, size=numbers, films=numbers, checked=st.none() | moments,
        keep_until=days, checkpoint=text, gone=maybe_day, whole=st.booleans(), missing=several, damaged=several,
    ),
    StrayCopy: st.builds(
        StrayCopy, id=ids, family=ids, film=ids, where=st.sampled_from(StrayPlace), words=text, noted=days,
        source=st.booleans(), gone=maybe_day,
    ),
    Origin: st.builds(
        Origin, id=ids, film=ids, from_words=text, volume_kind=st.sampled_from(VolumeKind), read_back=st.booleans(),
        brought_in=moments, by=ids,
    ),
    Scrub: st.builds(
        Scrub, id=ids, on=moments, by=ids, films=numbers, damaged=st.lists(damaged_films, max_size=3).map(tuple),
        stand_ins=numbers, finished=st.booleans(), after=maybe_id, last=maybe_id, only=maybe_id,
    ),
    Draft: st.builds(Draft, id=ids, user=ids, family=st.none() | ids, words=text, text=text, kept=moments),
}  # fmt: skip


def test_every_kind_is_tried_here() -> None:
    assert set(RECORDS) == {kind.cls for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.cls.__name__)
def test_every_record_comes_back_as_it_was(kind: Kind) -> None:
    @settings(max_examples=25, deadline=None)
    @given(RECORDS[kind.cls])
    def comes_back(value: Any) -> None:
        packed = payload.pack(payload.to_map(value, kind.schema))
        assert payload.from_map(kind.cls, payload.unpack(packed)) == value
        assert payload.pack(payload.unpack(packed)) == packed, "canonical bytes say the same in one way only"

    comes_back()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.cls.__name__)
def test_ids_are_written_as_bytes_and_no_field_is_called_schema(kind: Kind) -> None:
    names = {field.name for field in fields(kind.cls)}
    assert payload.SCHEMA_KEY not in names

    @settings(max_examples=1, deadline=None)
    @given(RECORDS[kind.cls])
    def ids_are_bytes(value: Any) -> None:
        written = payload.to_map(value, 1)
        assert type(written["id"]) is bytes
        assert len(written["id"]) == 16

    ids_are_bytes()


def test_the_numbers_of_kinds_are_final() -> None:
    assert {kind.number: kind.cls.__name__ for kind in KINDS} == {
        1: "Family", 2: "Person", 3: "Consent", 4: "Session", 5: "Cycle", 6: "Film", 7: "Layer", 8: "Mark", 9: "Reel",
        10: "FilmIndex", 11: "Intent", 12: "Copy", 13: "Profile", 14: "Setting",
        15: "FilmPeaks", 16: "FilmStrip", 17: "FilmStandIn", 18: "Still", 19: "FilmPair",
        20: "Member", 21: "KnownCard", 22: "SafetyAtHome", 23: "CapacityNote", 24: "LeadDecision", 25: "Disclosure",
        31: "Withdrawal", 34: "CopySettled", 26: "LegalHold", 27: "RetentionRule", 28: "Erasure", 35: "Draft",
        29: "Backup", 30: "StrayCopy", 32: "Origin", 33: "Scrub",
        36: "Reassignment",
    }  # fmt: skip
