"""Two threads, and clocks that go back: nothing is lost, nothing is written twice, and the log stays whole."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import vault_case
from vault_case import PASSPHRASE, Case
from vigtool.annotate.mark import Mark
from vigtool.casework.film import Film
from vigtool.errors import RecordChanged, VaultHeld
from vigtool.practice.marking import keep_marks
from vigtool.vault import footage
from vigtool.vault.log_book import check_against, checkpoints
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def together(*works: Callable[[], None]) -> list[BaseException]:
    """Do them at once; what they raised."""
    raised: list[BaseException] = []
    start = threading.Barrier(len(works))

    def run(work: Callable[[], None]) -> None:
        start.wait()
        try:
            work()
        except Exception as error:  # noqa: BLE001 - handed to the test
            raised.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive(), "two threads wait for each other"
    return raised


def test_threads_that_write_at_once_lose_nothing(vault: Vault, case: Case) -> None:
    made: list[str] = []

    def mark() -> None:
        for number in range(15):
            each = vault_case.mark_of(case.layer, number)
            keep_marks(vault, case.film.id, [], [each])
            made.append(each.id)

    def bring_in() -> None:
        made.append(vault_case.add_film(vault, b"a film" * 9000, case.family.id).id)

    def look() -> None:
        for _ in range(5):
            with footage.opener(vault, case.film.footage, case.family.id)() as opened:
                assert opened.read() == case.bytes
            assert vault.all(Mark)

    assert together(mark, mark, bring_in, look) == []
    assert len(made) == 31
    assert {stored.id for cls in (Mark, Film) for stored in vault.all(cls)} >= set(made)
    assert verify(vault, vault_case.silent, vault_case.never) == []


def test_of_two_threads_that_change_the_same_mark_one_is_told(vault: Vault, case: Case) -> None:
    def change(note: str) -> Callable[[], None]:
        return lambda: keep_marks(vault, case.film.id, [case.mark], [replace(case.mark, note=note)])

    raised = together(change("one"), change("two"))
    assert [type(error) for error in raised] == [RecordChanged]
    assert len(vault.history(case.mark.id)) == 2
    assert vault.get(Mark, case.mark.id).others == ()


@pytest.mark.parametrize("back", [timedelta(days=1), timedelta(days=400), timedelta(seconds=-86400)])
def test_a_clock_that_is_put_back_spoils_nothing(folder: Path, case: Case, back: timedelta) -> None:
    with Vault.open(folder, PASSPHRASE, clock=lambda: NOW) as vault:
        noted = checkpoints(vault)[vault.device]
        with vault.transaction("marks change") as writer:
            writer.change(vault.get(Mark, case.mark.id), replace(case.mark, note="today"))
    with Vault.open(folder, PASSPHRASE, clock=lambda: NOW - back) as vault:
        with vault.transaction("marks change") as writer:
            last = vault.get(Mark, case.mark.id)
            writer.change(last, replace(last.value, note="yesterday, they say"))
        assert [stored.value.note for stored in vault.history(case.mark.id)][-2:] == ["today", "yesterday, they say"]
        newest = vault.get(Mark, case.mark.id).value
        assert newest.note == "yesterday, they say", "what came last counts, not what is dated last"
        assert verify(vault, vault_case.silent, vault_case.never) == []
        assert check_against(vault, noted) == []


def test_a_holder_from_the_future_is_told_and_a_stale_note_is_not_believed(folder: Path) -> None:
    with (
        Vault.open(folder, PASSPHRASE, clock=lambda: NOW + timedelta(days=1)),
        pytest.raises(VaultHeld, match="23 November 2026") as refused,
    ):
        Vault.open(folder, PASSPHRASE, clock=lambda: NOW)
    assert "close it there" in refused.value.hint
    stale = {"process": 1, "since": "2099-01-01T00:00:00.000000Z", "computer": "00000000"}
    (folder / "vault.holder").write_text(json.dumps(stale), encoding="utf-8")
    Vault.open(folder, PASSPHRASE, clock=lambda: NOW).close()
