"""A vault on a full disk cannot be opened, and that is said in plain words."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from vigtool.crypto.passphrase import LEAST_COST
from vigtool.errors import StorageFailed, WrongPassphrase
from vigtool.practice.opening import open_vault
from vigtool.vault.audit import AuditLog
from vigtool.vault.vault import Vault

WORDS = "six words that nobody would guess here"


def test_it_is_the_disk_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "vault"
    Vault.create(folder, WORDS, cost=LEAST_COST).close()

    def full(*_: object, **__: object) -> None:
        message = "the disk did not take or give what was asked: nothing was changed"
        raise StorageFailed(message, "look whether it is full")

    with monkeypatch.context() as patch:
        patch.setattr(AuditLog, "enter", full)
        with pytest.raises(StorageFailed, match="did not take"):
            open_vault(folder, WORDS)
        patch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=4096))
        with pytest.raises(StorageFailed, match="the disk is full") as told:
            open_vault(folder, WORDS)
        assert "room" in told.value.hint
        with pytest.raises(WrongPassphrase):
            open_vault(folder, "not the passphrase at all")
    open_vault(folder, WORDS).vault.close()
