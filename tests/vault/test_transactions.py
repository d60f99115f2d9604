"""A transaction is written whole or not at all, and whoever reads meanwhile sees none of it."""

from __future__ import annotations

import threading
import time

import pytest

import vault_case
from vault_case import Case
from vigtool.annotate.mark import Mark
from vigtool.casework.family import Family
from vigtool.errors import NoKey, VaultError
from vigtool.vault.audit import AuditLog
from vigtool.vault.vault import Vault


def test_a_transaction_is_all_or_nothing(vault: Vault, case: Case) -> None:
    marks = [vault_case.mark_of(case.layer, start) for start in range(5)]
    new = vault_case.family("F-0009")

    def write_and_fail() -> None:
        with vault.transaction("marks add") as writer:
            writer.open_domain(new.id)
            writer.add(new)
            for mark in marks:
                writer.add(mark)
            assert len(vault.all(Mark)) == 6, "what was written is seen inside"
            assert vault.has_key(new.id)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert [stored.value for stored in vault.all(Mark)] == [case.mark]
    assert not vault.has_key(new.id)
    with pytest.raises(NoKey), vault.transaction("no key") as writer:
        writer.add(new)
    with vault.transaction("once more") as writer:
        writer.open_domain(new.id)
        writer.add(new)
    assert vault.get(Family, new.id).value == new


def test_a_transaction_stands_in_no_other_and_a_writer_ends_with_it(vault: Vault, case: Case) -> None:
    with vault.transaction("outer") as writer:
        with pytest.raises(RuntimeError, match="another"), vault.transaction("inner"):
            pass
        writer.add(vault_case.mark_of(case.layer))
    assert len(vault.all(Mark)) == 2
    with pytest.raises(RuntimeError, match="over"):
        writer.add(vault_case.mark_of(case.layer))


def test_every_transaction_passes_the_place_of_the_audit_log(
    vault: Vault, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries: list[tuple[str, tuple[str, ...]]] = []

    def enter(_: AuditLog, connection: object, act: str, at: object, objects: tuple[str, ...], *_more: object) -> None:
        entries.append((act, tuple(objects)))
        if act == "refused":
            raise VaultError("no log, no change")

    monkeypatch.setattr(AuditLog, "enter", enter)
    mark = vault_case.mark_of(case.layer)
    with vault.transaction("mark add", [case.film.id]) as writer:
        writer.add(mark)
    assert entries == [("mark add", (case.film.id, mark.id))]
    with pytest.raises(VaultError), vault.transaction("refused") as writer:
        writer.remove(vault.get(Mark, mark.id))
    assert vault.get(Mark, mark.id).value == mark


def test_threads_take_turns(vault: Vault, case: Case) -> None:
    faults: list[BaseException] = []

    def add_some() -> None:
        try:
            for start in range(8):
                with vault.transaction("mark add") as writer:
                    writer.add(vault_case.mark_of(case.layer, start))
                vault.all(Mark, parent=case.layer.id)
        except BaseException as fault:  # noqa: BLE001 - shown by the assertion below
            faults.append(fault)

    threads = [threading.Thread(target=add_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert faults == []
    assert len(vault.all(Mark)) == 33


def test_a_reader_never_sees_half_a_transaction(vault: Vault, case: Case) -> None:
    counts: set[int] = set()
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            counts.add(len(vault.all(Mark)))

    looker = threading.Thread(target=look)
    looker.start()
    for _ in range(5):
        with vault.transaction("two at once") as writer:
            writer.add(vault_case.mark_of(case.layer))
            time.sleep(0.002)
            writer.add(vault_case.mark_of(case.layer))
    done.set()
    looker.join(timeout=60)
    assert all(count % 2 == 1 for count in counts), counts


def test_many_marks_are_written_at_once_and_read_in_their_order(vault: Vault, case: Case) -> None:
    added = [vault_case.mark_of(case.layer, start, note="of the usual length, half a line") for start in range(1000)]
    with vault.transaction("marks add") as writer:
        for mark in added:
            writer.add(mark)
    assert [stored.value for stored in vault.all(Mark, parent=case.layer.id)] == [case.mark, *added]
