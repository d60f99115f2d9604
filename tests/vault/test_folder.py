"""Making, opening and holding a vault folder; each way it can go wrong has its name and leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import vault_case
from vault_case import PASSPHRASE, Case
from vigtool.casework.family import Family
from vigtool.crypto.passphrase import DEFAULT_COST
from vigtool.errors import (
    NotAVault,
    StorageFailed,
    VaultDamaged,
    VaultExists,
    VaultHeld,
    VaultNewer,
    WeakPassphrase,
    WrongPassphrase,
)
from vigtool.vault import creation
from vigtool.vault.folder import mounted_as
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault

HOLD = """
import sys
from pathlib import Path
from vigtool.vault.vault import Vault
vault = Vault.open(Path(sys.argv[1]), sys.stdin.readline().rstrip("\\n"))
print("held", flush=True)
sys.stdin.readline()
"""


def create(folder: Path, passphrase: str = PASSPHRASE) -> Vault:
    return Vault.create(folder, passphrase, cost=LEAST_COST)


def test_a_folder_says_what_it_is_and_keeps_others_out(tmp_path: Path) -> None:
    folder = tmp_path / "above" / "vault with a space"
    with create(folder) as vault:
        assert {file.name for file in folder.iterdir()} >= {"vault.db", "vault.lock", "footage", "README.txt"}
        for path in [folder, *folder.rglob("*")]:
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.name
        assert vault.folder == folder
        assert vault.vault_id != vault.user_id
    assert {file.name for file in folder.iterdir()} == {"vault.db", "vault.lock", "footage", "README.txt"}
    assert [path.name for path in tmp_path.iterdir()] == ["above"]
    assert "docs/formats.md" in (folder / "README.txt").read_text(encoding="utf-8")


def test_a_folder_that_is_there_stays_the_folder_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "mine"
    folder.mkdir(mode=0o755)
    (folder / ".vault.new").mkdir()
    before = folder.stat().st_ino
    monkeypatch.chdir(folder)
    create(Path()).close()
    assert folder.stat().st_ino == before
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {file.name for file in folder.iterdir()} == {"vault.db", "vault.lock", "footage", "README.txt"}
    Vault.open(Path(), PASSPHRASE).close()


def test_a_relative_folder_is_found_after_going_elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    with Vault.open(Path(folder.name), PASSPHRASE) as vault:
        monkeypatch.chdir("/")
        vault_case.add_film(vault, b"film", vault_case.add_family(vault).id)


def test_the_cost_of_a_guess_fits_the_machine_and_is_never_low(monkeypatch: pytest.MonkeyPatch) -> None:
    for measured, chosen in ((LEAST_COST, DEFAULT_COST), (replace(DEFAULT_COST, memory_kib=1 << 20), None)):
        monkeypatch.setattr(creation, "calibrate", lambda measured=measured: measured)
        assert creation.fitting_cost() == (chosen or measured)


def test_an_empty_folder_may_be_used_and_no_other(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    create(empty).close()
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "letter.txt").write_text("keep me", encoding="utf-8")
    file = tmp_path / "file"
    file.write_bytes(b"keep me")
    for place in (empty, taken, file):
        before = vault_case.fingerprint(tmp_path)
        with pytest.raises(VaultExists):
            create(place)
        assert vault_case.fingerprint(tmp_path) == before


def test_a_weak_passphrase_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(WeakPassphrase):
        create(tmp_path / "vault", "short")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", ["_enter_user", "_enter_device", "_sync"])
def test_a_failed_making_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "/a/path/that/must/not/be/told")

    monkeypatch.setattr(creation, step, fail)
    with pytest.raises(StorageFailed) as refused:
        create(tmp_path / "new" / "newer" / "vault")
    assert "No space left" in refused.value.message
    assert "/a/path" not in repr(refused.value) + str(refused.value.__cause__)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    create(tmp_path / "new" / "newer" / "vault").close()


def test_a_failed_moving_in_leaves_the_folder_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.rename
    for fail_at in ("footage", "README.txt", "vault.lock", "vault.db"):

        def rename(path: Path, target: Path, fail_at: str = fail_at) -> Path:
            if path.name == fail_at and path.parent.name == ".vault.new":
                raise OSError(5, "Input/output error")
            return real(path, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "rename", rename)
            with pytest.raises(StorageFailed):
                create(tmp_path)
        assert list(tmp_path.iterdir()) == []
    create(tmp_path).close()


def test_what_an_interrupted_making_left_is_cleared_away(tmp_path: Path) -> None:
    leftover = tmp_path / ".vault.new"
    leftover.mkdir()
    (leftover / "vault.db").write_bytes(b"half")
    create(tmp_path / "vault").close()
    assert not leftover.exists()


def test_a_passphrase_in_any_script_is_the_same_however_it_was_typed(tmp_path: Path) -> None:
    create(tmp_path / "vault", "Zoe\u0308 “مينا” $HOME pass \n").close()
    Vault.open(tmp_path / "vault", "Zo\u00eb “مينا” $HOME pass \n").close()


def test_a_wrong_passphrase_is_not_damage(folder: Path) -> None:
    for wrong in ("", "another passphrase altogether", PASSPHRASE + " ", PASSPHRASE.upper()):
        with pytest.raises(WrongPassphrase):
            Vault.open(folder, wrong)
    Vault.open(folder, PASSPHRASE).close()


def test_a_folder_without_a_vault(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nothing", tmp_path / "file"):
        (tmp_path / "file").write_bytes(b"x")
        with pytest.raises(NotAVault) as refused:
            Vault.open(place, PASSPHRASE)
        assert str(tmp_path) not in refused.value.message + refused.value.hint
    assert {path.name for path in tmp_path.iterdir()} == {"file"}


@pytest.mark.parametrize("content", [b"", b"not a database" * 100, b"SQLite format 3\0" + bytes(100)])
def test_a_database_that_is_none_is_damage(folder: Path, content: bytes) -> None:
    (folder / "vault.db").write_bytes(content)
    with pytest.raises(VaultDamaged):
        Vault.open(folder, PASSPHRASE)
    assert (folder / "vault.db").read_bytes() == content


def test_somebody_elses_database_is_no_vault(folder: Path) -> None:
    (folder / "vault.db").unlink()
    connection = vault_case.database(folder)
    connection.execute("PRAGMA application_id = 77")
    connection.execute("CREATE TABLE birds (name TEXT)")
    connection.close()
    with pytest.raises(NotAVault):
        Vault.open(folder, PASSPHRASE)


def test_a_database_cut_short_is_damage(folder: Path) -> None:
    whole = (folder / "vault.db").read_bytes()
    (folder / "vault.db").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(VaultDamaged):
        Vault.open(folder, PASSPHRASE)


@pytest.mark.parametrize("newer", ["UPDATE vault SET format = 99", "UPDATE alembic_version SET version_num = '0099'"])
def test_a_newer_vault_is_named_before_the_passphrase_is_tried(folder: Path, newer: str) -> None:
    connection = vault_case.database(folder)
    connection.execute(newer)
    connection.close()
    before = vault_case.fingerprint(folder)
    with pytest.raises(VaultNewer):
        Vault.open(folder, "whatever it may be")
    assert vault_case.fingerprint(folder) == before


def test_a_refused_opening_lets_go(folder: Path) -> None:
    with pytest.raises(WrongPassphrase):
        Vault.open(folder, "not the one it was made with")
    assert not (folder / "vault.holder").exists()
    Vault.open(folder, PASSPHRASE).close()


def test_one_holder_at_a_time(folder: Path, case: Case) -> None:
    with Vault.open(folder, PASSPHRASE) as vault:
        with pytest.raises(VaultHeld) as refused:
            Vault.open(folder, PASSPHRASE)
        assert str(os.getpid()) in refused.value.message
        assert "on this computer" in refused.value.message
        assert vault.get(Family, case.family.id).value == case.family, "the holder notices nothing"
    Vault.open(folder, PASSPHRASE).close()


def hold(folder: Path) -> subprocess.Popen[str]:
    """Another process that holds the vault."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(PASSPHRASE + "\n")
    child.stdin.flush()
    assert child.stdout.readline() == "held\n"
    return child


def test_a_second_process_is_refused_and_a_killed_one_holds_nothing(folder: Path, case: Case) -> None:
    child = hold(folder)
    with child:
        with pytest.raises(VaultHeld) as refused:
            Vault.open(folder, PASSPHRASE)
        assert f"process {child.pid}" in refused.value.message
        assert str(folder) not in refused.value.message
        child.send_signal(signal.SIGKILL)
        child.wait(timeout=60)
    assert (folder / "vault.holder").exists(), "the killed process could not clear up"
    with Vault.open(folder, PASSPHRASE) as vault:
        assert vault.get(Family, case.family.id).value == case.family
        assert json.loads((folder / "vault.holder").read_text(encoding="utf-8"))["process"] == os.getpid()


@pytest.mark.parametrize("words", [b"", b"{", b"[1]", b'{"since": 5}', b'{"since": "x", "process": "y"}', b"\xff"])
def test_a_broken_note_about_the_holder_decides_nothing(folder: Path, words: bytes) -> None:
    with Vault.open(folder, PASSPHRASE):
        (folder / "vault.holder").write_bytes(words)
        with pytest.raises(VaultHeld):
            Vault.open(folder, PASSPHRASE)
    (folder / "vault.holder").write_bytes(words)
    Vault.open(folder, PASSPHRASE).close()


def test_the_note_about_the_holder_names_nobody(folder: Path) -> None:
    with Vault.open(folder, PASSPHRASE):
        note = json.loads((folder / "vault.holder").read_text(encoding="utf-8"))
    assert set(note) == {"process", "since", "computer"}
    assert len(note["computer"]) == 8


def test_network_drives_are_known_by_their_mounts(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    mounts = (
        "1 2 0:2 / / rw - ext4 /dev/a rw\n"
        "2 2 0:3 / /mnt/a\\040b rw shared:1 - nfs4 host:/x rw\n"
        "3 2 0:4 / /mnt/a\\040b/local rw - xfs /dev/b rw\n"
        "nonsense\n"
    )
    assert mounted_as(Path("/home/x"), mounts) == "ext4"
    assert mounted_as(Path("/mnt/a b/vault"), mounts) == "nfs4"
    assert mounted_as(Path("/mnt/a b/local/vault"), mounts) == "xfs"
    monkeypatch.setattr("vigtool.vault.folder.mounted_as", lambda *_: "cifs")
    with pytest.raises(StorageFailed, match="network"):
        Vault.open(folder, PASSPHRASE)
    with pytest.raises(StorageFailed, match="network"):
        create(folder.parent / "other")
    assert not (folder.parent / "other").exists()


def test_a_folder_that_cannot_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(path: object, flags: int, *rest: object, **more: object) -> int:
        if str(path).endswith("vault.holder"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, flags, *rest, **more)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr("vigtool.vault.lock.os.open", refuse)
    with pytest.raises(StorageFailed):
        Vault.open(folder, PASSPHRASE)
    monkeypatch.undo()
    Vault.open(folder, PASSPHRASE).close()
