"""Whether a folder is a good place for a vault."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from vigtool.errors import StorageFailed
from vigtool.practice.doctor import folder
from vigtool.practice.doctor.finding import State
from vigtool.practice.doctor.machine import Machine, nearest


def machine(home: Path, **environment: str) -> Machine:
    return Machine(platform="linux", root=home, environment=environment, home=home)


def test_a_folder_of_ones_own(tmp_path: Path) -> None:
    assert folder.cloud(machine(tmp_path), tmp_path / "vault").state is State.IN_ORDER


@pytest.mark.parametrize("name", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_onedrive_says_where_it_is(tmp_path: Path, name: str) -> None:
    synced = tmp_path / "Documents"
    synced.mkdir()
    seen = machine(tmp_path, **{name: str(synced)})
    assert folder.cloud(seen, synced / "work" / "vault").state is State.NOT_IN_ORDER
    assert folder.cloud(seen, tmp_path / "vault").state is State.IN_ORDER


def test_dropbox_says_where_it_is(tmp_path: Path) -> None:
    told = tmp_path / ".dropbox" / "info.json"
    told.parent.mkdir()
    told.write_text(json.dumps({"personal": {"path": str(tmp_path / "mine"), "host": 1}}))
    (tmp_path / "mine").mkdir()
    found = folder.cloud(machine(tmp_path), tmp_path / "mine" / "vault")
    assert found.state is State.NOT_IN_ORDER
    assert "Dropbox" in found.sentence
    told.write_text("{nonsense")
    assert folder.cloud(machine(tmp_path), tmp_path / "mine" / "vault").state is State.IN_ORDER


@pytest.mark.parametrize("mark", [".dropbox.cache", ".sync_0af3.db", ".nextcloudsync.log", ".stfolder"])
def test_marks_that_services_leave(tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).write_text("")
    (tmp_path / "below").mkdir()
    assert folder.cloud(machine(tmp_path / "below"), tmp_path / "below").state is State.NOT_IN_ORDER


def test_icloud(tmp_path: Path) -> None:
    synced = tmp_path / "Library" / "Mobile Documents" / "com~apple~CloudDocs"
    synced.mkdir(parents=True)
    assert folder.cloud(machine(tmp_path), synced).state is State.NOT_IN_ORDER


def test_a_name_alone_is_a_hint(tmp_path: Path) -> None:
    (tmp_path / "Google Drive").mkdir()
    assert folder.cloud(machine(tmp_path), tmp_path / "Google Drive" / "vault").state is State.LOOK


def test_a_link_into_a_copied_folder_is_seen_through(tmp_path: Path) -> None:
    synced = tmp_path / "copied"
    synced.mkdir()
    (tmp_path / "vault").symlink_to(synced)
    assert folder.cloud(machine(tmp_path, OneDrive=str(synced)), tmp_path / "vault").state is State.NOT_IN_ORDER


def test_no_name_of_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "Family Okafor").mkdir()
    (tmp_path / ".dropbox").write_text("")
    found = folder.cloud(machine(tmp_path / "x"), tmp_path / "Family Okafor")
    assert "Okafor" not in found.sentence + found.advice


def test_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert folder.network(machine(tmp_path), tmp_path).state is State.IN_ORDER

    def refuse(_folder: Path) -> None:
        raise StorageFailed("a vault cannot lie on a network drive", "choose another")

    monkeypatch.setattr(folder, "refuse_network", refuse)
    assert folder.network(machine(tmp_path), tmp_path).state is State.NOT_IN_ORDER


@pytest.mark.parametrize(
    ("free", "state"), [(10**9, State.NOT_IN_ORDER), (15 * 10**9, State.LOOK), (10**12, State.IN_ORDER)]
)
def test_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: State) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=free))
    assert folder.space(tmp_path / "not yet" / "there").state is state


def test_the_nearest_folder_that_is_there(tmp_path: Path) -> None:
    assert nearest(tmp_path / "a" / "b") == tmp_path.resolve()
