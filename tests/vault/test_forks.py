"""Two copies of one vault that were both written to: nothing of either is lost when their rows come together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import vault_case
from vault_case import PASSPHRASE, Case
from vigtool.annotate.mark import Mark
from vigtool.errors import NoSuchRecord
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify

LOG = "device, seq, previous, entry, signature"
COLUMNS = "digest, id, revision, device, previous, kind, domain, parent, owner, sealed"


def merge(source: Path, target: Path) -> None:
    """The rows that `target` does not have yet, as a parcel would bring them, with the log that vouches for them."""
    theirs, ours = vault_case.database(source), vault_case.database(target)
    known = {bytes(row[0]) for row in ours.execute("SELECT digest FROM revision")}
    marks = ", ".join("?" * len(COLUMNS.split(", ")))
    for row in theirs.execute(f"SELECT {COLUMNS} FROM revision ORDER BY n").fetchall():
        if bytes(row[0]) not in known:
            ours.execute(f"INSERT INTO revision ({COLUMNS}) VALUES ({marks})", tuple(row))
    logged = {(bytes(row[0]), row[1]) for row in ours.execute("SELECT device, seq FROM audit")}
    for row in theirs.execute(f"SELECT {LOG} FROM audit ORDER BY seq").fetchall():
        if (bytes(row[0]), row[1]) not in logged:
            ours.execute(f"INSERT INTO audit ({LOG}) VALUES (?, ?, ?, ?, ?)", tuple(row))
    theirs.close()
    ours.close()


def note(folder: Path, case: Case, text: str) -> None:
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault, vault.transaction("note") as writer:
        writer.change(vault.get(Mark, case.mark.id), replace(case.mark, note=text))


@pytest.fixture
def second(folder: Path, tmp_path: Path) -> Path:
    return vault_case.copy(folder, tmp_path / "second")


def test_each_copy_of_a_vault_is_a_device_of_its_own(folder: Path, second: Path) -> None:
    devices = set()
    for copy in (folder, second, folder, second):
        with Vault.open(copy, PASSPHRASE) as vault:
            devices.add(vault.device)
    assert len(devices) == 2


def test_both_heads_are_returned(folder: Path, second: Path, case: Case) -> None:
    note(folder, case, "as the first saw it")
    note(second, case, "as the second saw it")
    merge(second, folder)
    with Vault.open(folder, PASSPHRASE) as vault:
        both = vault.all(Mark)
        assert [stored.value.note for stored in both] == ["as the first saw it", "as the second saw it"]
        assert both[0].previous == both[1].previous
        assert both[0].device != both[1].device
        one = vault.get(Mark, case.mark.id)
        assert replace(one, others=()) == both[0]
        assert one.others == (both[1],)
        assert len(vault.history(case.mark.id)) == 3
        assert vault.find_id(Mark, case.mark.id[:8]) == case.mark.id
        assert verify(vault, vault_case.silent, vault_case.never) == []


def test_the_owner_chooses_by_changing_one_and_removing_the_other(folder: Path, second: Path, case: Case) -> None:
    note(folder, case, "mine")
    note(second, case, "theirs")
    merge(second, folder)
    with Vault.open(folder, PASSPHRASE) as vault:
        one = vault.get(Mark, case.mark.id)
        with vault.transaction("choose") as writer:
            for other in one.others:
                writer.remove(other)
        settled = vault.get(Mark, case.mark.id)
        assert (settled.value.note, settled.others) == ("mine", ())
        assert len(vault.all(Mark)) == 1
    merge(folder, second)
    with Vault.open(second, PASSPHRASE) as vault:
        assert [stored.value.note for stored in vault.all(Mark)] == ["mine"]


def test_what_one_removed_and_the_other_changed_stays(folder: Path, second: Path, case: Case) -> None:
    note(folder, case, "still wanted")
    with Vault.open(second, PASSPHRASE) as vault, vault.transaction("remove") as writer:
        writer.remove(vault.get(Mark, case.mark.id))
    merge(second, folder)
    with Vault.open(folder, PASSPHRASE) as vault:
        assert vault.get(Mark, case.mark.id).value.note == "still wanted"


def test_merging_is_the_same_in_any_order_and_twice(folder: Path, second: Path, case: Case) -> None:
    note(folder, case, "a")
    note(second, case, "b")
    note(second, case, "c")
    merge(second, folder)
    merge(folder, second)
    merge(second, folder)
    notes = []
    for copy in (folder, second):
        with Vault.open(copy, PASSPHRASE) as vault:
            notes.append({stored.value.note for stored in vault.all(Mark)})
    assert notes == [{"a", "c"}, {"a", "c"}]


def test_a_record_both_removed_is_gone(folder: Path, second: Path, case: Case) -> None:
    for copy in (folder, second):
        with Vault.open(copy, PASSPHRASE) as vault, vault.transaction("remove") as writer:
            writer.remove(vault.get(Mark, case.mark.id))
    merge(second, folder)
    with Vault.open(folder, PASSPHRASE) as vault:
        with pytest.raises(NoSuchRecord):
            vault.get(Mark, case.mark.id)
        with vault.transaction("undo") as writer:
            back = writer.add(case.mark)
        assert vault.get(Mark, case.mark.id) == back
