"""Another passphrase, and a recovery key: one slot is written anew, and an old one is gone from the files."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from users_case import BO, DI, Service
from vault_case import PASSPHRASE, Case, findings
from vigtool.annotate.mark import Mark
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.errors import StorageFailed, VaultError, WeakPassphrase, WrongPassphrase
from vigtool.vault import schema, ways_in
from vigtool.vault.audit import AuditLog
from vigtool.vault.storage import Storage
from vigtool.vault.vault import Vault
from vigtool.vault.ways_in import RecoveryKey

NEW = "another six words that nobody knows"


def wrapped(vault: Vault) -> list[bytes]:
    with vault.core.storage.reading() as connection:
        return [bytes(row.wrapped) for row in connection.execute(schema.keyslot.select())]


def test_a_new_passphrase_takes_the_place_of_the_old_one(folder: Path, case: Case) -> None:
    with Vault.open(folder, PASSPHRASE) as vault:
        ways_in.check_passphrase(vault, PASSPHRASE)
        with pytest.raises(WrongPassphrase):
            ways_in.check_passphrase(vault, NEW)
        (before,) = wrapped(vault)
        ways_in.set_passphrase(vault, NEW, cost=LEAST_COST)
        (after,) = wrapped(vault)
        assert before != after
        ways_in.check_passphrase(vault, NEW)
    with pytest.raises(WrongPassphrase):
        Vault.open(folder, PASSPHRASE)
    with Vault.open(folder, NEW) as vault:
        assert vault.get(Mark, case.mark.id).value == case.mark
        assert findings(vault) == []


def test_the_old_slot_is_nowhere_in_the_files(vault: Vault) -> None:
    (before,) = wrapped(vault)
    assert any(before[20:60] in file.read_bytes() for file in vault.folder.glob("vault.db*")), "the search finds it"
    ways_in.set_passphrase(vault, NEW, cost=LEAST_COST)
    assert not any(before[20:60] in file.read_bytes() for file in vault.folder.glob("vault.db*"))


def test_a_weak_one_is_refused_and_what_cannot_be_written_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageFailed("the disk is full", "make room")

    with Vault.open(folder, PASSPHRASE) as vault:
        with pytest.raises(WeakPassphrase):
            ways_in.set_passphrase(vault, "short")
        monkeypatch.setattr(AuditLog, "enter", full)
        with pytest.raises(StorageFailed):
            ways_in.set_passphrase(vault, NEW, cost=LEAST_COST)
        monkeypatch.undo()
    Vault.open(folder, PASSPHRASE).close()


def test_a_recovery_key_opens_the_vault_and_sets_another_passphrase(folder: Path, case: Case) -> None:
    key = RecoveryKey.generate()
    with pytest.raises(WrongPassphrase, match="no recovery key"):
        Vault.open(folder, key)
    with Vault.open(folder, PASSPHRASE) as vault:
        assert not ways_in.has_recovery_key(vault)
        ways_in.set_recovery_key(vault, key)
        assert ways_in.has_recovery_key(vault)
        user = vault.user_id
    with Vault.open(folder, ways_in.recovery_key(key.words())) as vault:
        assert vault.user_id == user
        assert vault.get(Mark, case.mark.id).value == case.mark
        ways_in.set_passphrase(vault, NEW, cost=LEAST_COST)
    for opens in (NEW, key):
        Vault.open(folder, opens).close()
    with pytest.raises(WrongPassphrase):
        Vault.open(folder, PASSPHRASE)


def test_a_newer_recovery_key_ends_the_older(folder: Path) -> None:
    old, new = RecoveryKey.generate(), RecoveryKey.generate()
    with Vault.open(folder, PASSPHRASE) as vault:
        ways_in.set_recovery_key(vault, old)
        ways_in.set_recovery_key(vault, new)
        assert len(wrapped(vault)) == 2
    Vault.open(folder, new).close()
    with pytest.raises(WrongPassphrase):
        Vault.open(folder, old)


def test_an_old_slot_that_cannot_be_made_to_go_is_said(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_: Storage) -> None:
        raise StorageFailed("something still holds on to it", "close it")

    monkeypatch.setattr(Storage, "forget", busy)
    with pytest.raises(StorageFailed):
        ways_in.set_passphrase(vault, NEW, cost=LEAST_COST)
    ways_in.check_passphrase(vault, NEW)


def test_a_closed_vault_has_no_secret_to_lock(folder: Path) -> None:
    vault = Vault.open(folder, PASSPHRASE)
    vault.close()
    with pytest.raises(VaultError, match="closed"):
        ways_in.set_recovery_key(vault, RecoveryKey.generate())


CHANGER = """
import sys
from pathlib import Path
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.vault import ways_in
from vigtool.vault.vault import Vault
folder, *words = sys.argv[1:]
vault = Vault.open(Path(folder), words[0])
print("open", flush=True)
for turn in range(1, 1000):
    ways_in.set_passphrase(vault, words[turn % 2], cost=LEAST_COST)
    print(turn % 2, flush=True)
"""


@pytest.mark.parametrize("rounds", [2, pytest.param(200, marks=pytest.mark.slow)])
def test_a_change_that_is_killed_leaves_the_old_passphrase_or_the_new(folder: Path, rounds: int) -> None:
    words = [PASSPHRASE, NEW]
    for turn in range(rounds):
        said = killed(folder, words, after=0.02 * (turn % 10))
        # What was acknowledged last opens it, or the change after that, which was under way.
        last = words[int(said[-1])]
        opened = next(each for each in (last, *words) if opens(folder, each))
        words = [opened, words[1] if opened == words[0] else words[0]]


def killed(folder: Path, words: list[str], *, after: float) -> list[str]:
    """What a program acknowledged that changed the passphrase to and fro until it was killed."""
    command = [sys.executable, "-c", CHANGER, str(folder), *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        said = [program.stdout.readline(), program.stdout.readline()]
        time.sleep(after)
        program.send_signal(signal.SIGKILL)
        said += program.stdout.readlines()
    return [line.strip() for line in said if line.endswith("\n") and line.strip() in ("0", "1")]


def opens(folder: Path, passphrase: str) -> bool:
    try:
        Vault.open(folder, passphrase).close()
    except WrongPassphrase:
        return False
    return True


@pytest.mark.parametrize("rounds", [1, pytest.param(60, marks=pytest.mark.slow)])
def test_a_colleagues_change_that_is_killed_leaves_everybody_elses_way_in(service: Service, rounds: int) -> None:
    words = [BO, NEW]
    for turn in range(rounds):
        killed(service.folder, words, after=0.02 * (turn % 10))
        opened = next(each for each in words if opens(service.folder, each))
        words = [opened, words[1] if opened == words[0] else words[0]]
        for key in (PASSPHRASE, DI, service.key):
            Vault.open(service.folder, key).close()
