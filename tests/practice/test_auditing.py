"""Looking through a long log: pages from its end, of several copies of a vault, asked for and handed out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vault_case
from vault_case import PASSPHRASE
from vigtool.casework.member import PERSONS_ROLES, StaffRole
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.errors import Cancelled, TargetExists
from vigtool.ids import Id, new_id
from vigtool.practice import auditing, roles
from vigtool.practice.auditing import Entry, Wanted, check_log, export_log, log_entries, log_page, log_size
from vigtool.vault import log_book
from vigtool.vault.audit import Link
from vigtool.vault.log_book import Place
from vigtool.vault.vault import Vault

START = datetime(2026, 1, 1, tzinfo=UTC)


class Clock:
    """The time: a day on at each look."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(days=1)
        return self.now


@pytest.fixture(scope="module")
def long_log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Vault, list[Id]]]:
    """A vault with a log of some hundred entries about three families."""
    families = [new_id() for _ in range(3)]
    folder = tmp_path_factory.mktemp("long") / "vault"
    with Vault.create(folder, PASSPHRASE, cost=LEAST_COST, clock=Clock()) as vault:
        for number in range(150):
            with vault.transaction(("family open", "film open", "marks change")[number % 3], [families[number % 2]]):
                pass
        yield vault, families


def walk(vault: Vault, wanted: Wanted | None = None, *, count: int = 200, look: int = 20_000) -> list[Entry]:
    found: list[Entry] = []
    place: Place | None = None
    for _ in range(10_000):
        page = log_page(vault, wanted, place, count=count, look=look)
        found += page.entries
        if page.place is None:
            return found
        assert page.looked > 0
        place = page.place
    raise AssertionError("the log has no end")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(count=st.integers(1, 200), look=st.integers(1, 400), act=st.sampled_from(["", "film", "lock", "no such act"]))
def test_pages_together_are_the_whole_log_from_its_end(
    long_log: tuple[Vault, list[Id]], count: int, look: int, act: str
) -> None:
    vault, _ = long_log
    wanted = Wanted(act=act)
    assert walk(vault, wanted, count=count, look=look) == list(reversed(log_entries(vault, wanted)))


def test_the_first_page_reads_no_more_than_itself(
    long_log: tuple[Vault, list[Id]], monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, _ = long_log
    opened: list[int] = []
    real = vault.core.audit.read

    def watched(link: Link) -> Entry | None:
        opened.append(link.seq)
        return real(link)

    monkeypatch.setattr(vault.core.audit, "read", watched)
    page = log_page(vault, count=20)
    assert len(page.entries) == len(opened) == 20
    assert page.entries[0].seq == log_size(vault)


def test_what_is_asked_for(long_log: tuple[Vault, list[Id]]) -> None:
    vault, families = long_log
    everything = log_entries(vault)
    first = families[0]
    assert {entry.objects for entry in walk(vault, Wanted(about=first[:5], act="film open"))} == {(first,)}
    assert walk(vault, Wanted(by=vault.user_id[:6])) == list(reversed(everything))
    assert walk(vault, Wanted(by="0" * 32)) == []
    day = everything[70].at.date()
    assert walk(vault, Wanted(since=day, until=day)) == [everything[70]]
    assert walk(vault, Wanted(until=date(2025, 12, 31))) == []


def test_looking_for_what_is_rare_can_be_stopped(long_log: tuple[Vault, list[Id]]) -> None:
    vault, _ = long_log
    with pytest.raises(Cancelled):
        log_page(vault, Wanted(act="no such act"), cancelled=lambda: True)
    with pytest.raises(Cancelled):
        check_log(vault, cancelled=lambda: True)


def test_checking_tells_how_far_it_is(long_log: tuple[Vault, list[Id]]) -> None:
    vault, _ = long_log
    told: list[tuple[int, int]] = []
    assert check_log(vault, report=lambda done, total: told.append((done, total))) == []
    assert told[-1] == (log_size(vault), log_size(vault))
    assert told == sorted(told)


def test_the_logs_of_two_copies_are_read_as_one_by_time(tmp_path: Path) -> None:
    clock = Clock()
    with Vault.create(tmp_path / "one", PASSPHRASE, cost=LEAST_COST, clock=clock) as vault:
        for _ in range(9):
            with vault.transaction("here"):
                pass
    vault_case.copy(tmp_path / "one", tmp_path / "two")
    with Vault.open(tmp_path / "two", PASSPHRASE, clock=clock) as copy:
        for number in range(9):
            with copy.transaction("there"):
                pass
            if number == 4:
                clock.now -= timedelta(days=12)  # a clock that was put back: each copy's log keeps its own order
        whole = walk(copy, count=3)
        assert len(whole) == log_size(copy) == 22
        assert len({entry.device for entry in whole}) == 2
        for device in {entry.device for entry in whole}:
            own = [entry.seq for entry in whole if entry.device == device]
            assert own == sorted(own, reverse=True)
        assert sorted(whole, key=lambda one: (one.device, one.seq)) == sorted(
            log_book.entries(copy), key=lambda one: (one.device, one.seq)
        )


@pytest.mark.parametrize(
    ("entered", "whole"),
    [
        (frozenset(PERSONS_ROLES), True),
        (frozenset({StaffRole.ADMINISTRATOR}), True),
        (frozenset({StaffRole.LEAD, StaffRole.PRACTITIONER}), True),
        (frozenset({StaffRole.ORGANISATION}), True),
        (frozenset({StaffRole.PRACTITIONER, StaffRole.SUPERVISOR}), False),
        (frozenset(), False),
    ],
)
def test_who_sees_what_others_did_with_other_families(
    long_log: tuple[Vault, list[Id]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    entered: frozenset[StaffRole],
    whole: bool,
) -> None:
    vault, families = long_log
    monkeypatch.setattr(roles, "roles_of", lambda _vault: entered)
    monkeypatch.setattr(type(vault), "user_id", property(lambda _self: "f" * 32))  # somebody else than who did it all
    monkeypatch.setattr(type(vault), "has_key", lambda _self, domain: domain == families[1])
    shown = walk(vault)
    others = [entry for entry in shown if families[1] not in entry.objects]
    assert bool(others) is whole
    assert {entry.act for entry in shown} >= {"family open", "film open"}
    assert list(reversed(shown)) == log_entries(vault)
    monkeypatch.undo()


def test_the_table_holds_ids_alone_and_is_entered_before_and_after(tmp_path: Path) -> None:
    with Vault.create(tmp_path / "vault", PASSPHRASE, name="Hanna", cost=LEAST_COST, clock=Clock()) as vault:
        family = vault_case.add_family(vault)
        with vault.transaction("=cmd|formula", [family.id], {"marks": 3, "films": 1}):
            pass
        target = tmp_path / "log.csv"
        count = export_log(vault, target)
        rows = list(csv.DictReader(io.StringIO(target.read_bytes().decode("utf-8-sig"))))
        assert len(rows) == count
        assert [row["act"] for row in rows] == [
            "vault create", "unlock", "family add", "'=cmd|formula", "audit export: begin"
        ]  # fmt: skip
        assert rows[3]["objects"] == family.id
        assert rows[3]["details"] == "films: 1; marks: 3"
        text = target.read_text(encoding="utf-8-sig")
        assert vault_case.NAME not in text
        assert "Hanna" not in text
        last = log_entries(vault)[-1]
        assert (last.act, last.details["entries"]) == ("audit export", count)
        assert str(tmp_path) not in str(last.details)
        with pytest.raises(TargetExists):
            export_log(vault, target)
        assert log_entries(vault)[-1].act == "audit export: begin"


def test_a_saved_checkpoint_holds_later_and_is_entered(tmp_path: Path) -> None:
    with Vault.create(tmp_path / "vault", PASSPHRASE, cost=LEAST_COST, clock=Clock()) as vault:
        target = tmp_path / "note.txt"
        notes = auditing.save_checkpoints(vault, target)
        assert target.read_text(encoding="utf-8") == "\n".join(notes)
        with vault.transaction("later"):
            pass
        assert auditing.check_log_against(vault, target.read_text(encoding="utf-8")) == []
        assert [entry.act for entry in log_entries(vault)][-2:] == ["audit checkpoint", "later"]
