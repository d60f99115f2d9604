"""The program that begins again is told the vault's folder and nothing that would open it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from vigtool.ui import restart


def test_the_environment_names_the_vault_and_no_passphrase() -> None:
    before = {"VIGTOOL_VAULT": "/old", "VIGTOOL_PASSPHRASE_FILE": "/x", "LANG": "de"}
    assert restart.next_environment(before, Path("/new")) == {"LANG": "de", "VIGTOOL_VAULT": "/new"}
    assert restart.next_environment(before, None) == {"LANG": "de"}


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a new process is started")
def test_the_process_is_taken_over_by_the_bare_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    taken: list[tuple[str, list[str], dict[str, str]]] = []
    monkeypatch.setattr(os, "execve", lambda *given: taken.append(given))
    monkeypatch.setenv("VIGTOOL_PASSPHRASE_FILE", "/secret")
    monkeypatch.setattr(sys, "argv", ["vigtool", "--passphrase-file", "/secret"])
    monkeypatch.setattr(restart, "QProcess", None)
    monkeypatch.setattr(sys, "path", ["/where/it/is/installed", *sys.path])
    with pytest.raises(TypeError):  # what comes after execve is for systems without it
        restart.restart(tmp_path)
    ((program, words, environment),) = taken
    assert (program, words) == (sys.executable, [sys.executable, "-P", "-m", "vigtool"])
    assert environment["VIGTOOL_VAULT"] == str(tmp_path)
    assert "VIGTOOL_PASSPHRASE_FILE" not in environment
