"""A copy that is said to have failed is not there, whatever stood in the way at the end."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import BinaryIO

import pytest

from vigtool.errors import CannotWrite
from vigtool.export import part_file
from vigtool.export.part_file import write_whole


def hello(file: BinaryIO) -> None:
    file.write(b"a calm film")


def test_a_copy_whose_name_the_disk_could_not_remember_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(part_file, "_remember", failing)
    with pytest.raises(CannotWrite):
        write_whole(tmp_path / "blue.mp4", hello)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_to_put_things_into_and_not_to_look_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refusing(path: Path, flags: int, mode: int = 0o777) -> int:
        if path == tmp_path:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", refusing)
    write_whole(tmp_path / "blue.mp4", hello)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"a calm film"]


def test_a_disk_that_is_unplugged_meanwhile_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unplugged(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "Input/output error", "a name")

    def produce(_: BinaryIO) -> None:
        monkeypatch.setattr(Path, "unlink", unplugged)
        unplugged()

    with pytest.raises(CannotWrite):
        write_whole(tmp_path / "blue.mp4", produce)
