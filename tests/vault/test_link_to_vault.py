"""A link does not hide where a vault lies."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from vigtool.vault import folder


@pytest.mark.skipif(sys.platform != "linux", reason="where the system tells by its list of mounts")
def test_a_network_drive_behind_a_link_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "server").mkdir()
    (tmp_path / "mine").symlink_to(tmp_path / "server")
    asked: list[Path] = []

    def mounted_as(place: Path, _mounts: str) -> str:
        asked.append(place)
        return "ext4"

    monkeypatch.setattr(folder, "mounted_as", mounted_as)
    folder.refuse_network(tmp_path / "mine")
    assert asked == [tmp_path / "server"]
