"""A copy is there whole or not at all, and under a name that tells nothing."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from pathlib import Path
from typing import BinaryIO

import pytest

from vigtool.errors import Cancelled, CannotWrite, TargetExists
from vigtool.export import handover
from vigtool.export.handover import tells, write_out


def hello(file: BinaryIO) -> str:
    file.write(b"a calm film")
    return "made"


def test_the_whole_file_and_what_was_written(tmp_path: Path) -> None:
    target = tmp_path / "blue.mp4"
    assert write_out(target, hello) == ("made", hashlib.sha256(b"a calm film").digest(), 11)
    assert target.read_bytes() == b"a calm film"
    assert list(tmp_path.iterdir()) == [target]
    if os.name == "posix":
        assert target.stat().st_mode & 0o777 == 0o600


def test_while_it_is_written_its_name_tells_nothing(tmp_path: Path) -> None:
    def produce(file: BinaryIO) -> list[str]:
        assert file.seekable()
        assert file.readable()
        return [path.name for path in tmp_path.iterdir()]

    (names, _, size) = write_out(tmp_path / "blue.mp4", produce, token="00ff")
    assert names == [".00ff.part"]
    assert size == 0


@pytest.mark.parametrize("failure", [Cancelled(), RuntimeError("a fault"), KeyboardInterrupt()])
def test_whatever_goes_wrong_nothing_is_left(tmp_path: Path, failure: BaseException) -> None:
    def produce(file: BinaryIO) -> None:
        file.write(b"half")
        raise failure

    with pytest.raises(type(failure)):
        write_out(tmp_path / "blue.mp4", produce)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_plainly(tmp_path: Path) -> None:
    def produce(file: BinaryIO) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(tmp_path))

    with pytest.raises(CannotWrite, match="full") as caught:
        write_out(tmp_path / "blue.mp4", produce)
    assert str(tmp_path) not in caught.value.message + caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_no_room_is_seen_before_anything_is_written(tmp_path: Path) -> None:
    def produce(file: BinaryIO) -> None:
        pytest.fail("it began to write")

    with pytest.raises(CannotWrite, match="room"):
        write_out(tmp_path / "blue.mp4", produce, expected=shutil.disk_usage(tmp_path).free + 1)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    target = tmp_path / "blue.mp4"
    target.write_bytes(b"older")
    with pytest.raises(TargetExists):
        write_out(target, hello)
    assert target.read_bytes() == b"older"
    write_out(target, hello, replace=True)
    assert target.read_bytes() == b"a calm film"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("with_links", [True, False])
def test_a_file_that_came_meanwhile_stays_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, with_links: bool
) -> None:
    target = tmp_path / "blue.mp4"

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    if not with_links:
        monkeypatch.setattr(os, "link", no_links)
    write_out(tmp_path / "other.mp4", hello)

    def produce(file: BinaryIO) -> None:
        file.write(b"ours")
        target.write_bytes(b"theirs")

    with pytest.raises(TargetExists):
        write_out(target, produce)
    assert target.read_bytes() == b"theirs"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["blue.mp4", "other.mp4"]


def test_places_where_nothing_can_be_written(tmp_path: Path) -> None:
    a_file = tmp_path / "file"
    a_file.write_bytes(b"")
    folder = tmp_path / "folder"
    folder.mkdir()
    for target in (tmp_path / "gone" / "x.mp4", a_file / "x.mp4", tmp_path / ("x" * 300), tmp_path / "a\0b"):
        with pytest.raises(CannotWrite):
            write_out(target, hello)
    with pytest.raises(CannotWrite):
        write_out(folder, hello, replace=True)
    with pytest.raises(TargetExists):
        write_out(folder, hello)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_what_is_hashed_is_what_lies_on_the_disk(tmp_path: Path) -> None:
    big = os.urandom(3 * handover._BLOCK + 5)
    _, digest, size = write_out(tmp_path / "x", lambda file: file.write(big))
    assert (digest, size) == (hashlib.sha256((tmp_path / "x").read_bytes()).digest(), len(big))


@pytest.mark.parametrize(
    ("name", "forbidden", "told"),
    [
        ("blue.mp4", ["Nadia", "vigtool"], False),
        ("for-nadia.mp4", ["Nadia Kowalska"], True),
        ("KOWALSKA_2.mp4", ["Nadia Kowalska"], True),
        ("nadiasfilm.mp4", ["Nadia"], True),
        ("parental.mp4", ["Al"], False),
        ("al 2.mp4", ["Al"], True),
        ("jose.mp4", ["José"], True),
        ("فيلم نادية.mp4", ["نادية"], True),
        ("لعلي.mp4", ["علي"], True),
        ("小明的影片.mp4", ["王 小明"], True),
        ("片.mp4", ["小明"], False),
        ("my vigtool film.mp4", ["vigtool"], True),
        ("F-0007.mp4", ["F-0007"], True),
        ("7.mp4", [""], False),
    ],
)
def test_names_that_tell(tmp_path: Path, name: str, forbidden: list[str], *, told: bool) -> None:
    assert tells(name, forbidden) is told
    if told:
        with pytest.raises(CannotWrite, match="name"):
            write_out(tmp_path / name, hello, forbidden=forbidden)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mark", ["vault.db", "vault.lock", "vault-backup-0a1b2c3d/footage/"])
@pytest.mark.parametrize("below", ["", "footage", "footage/ab"])
def test_no_copy_lies_where_everything_is_taken_for_sealed(tmp_path: Path, mark: str, below: str) -> None:
    own = tmp_path / "own"
    if mark.endswith("/"):
        (own / mark).mkdir(parents=True)
        root = own / Path(mark).parent
    else:
        root = own
        root.mkdir()
        (root / mark).touch()
    (root / below).mkdir(parents=True, exist_ok=True)
    (tmp_path / "linked").symlink_to(root / below)
    for folder in (root / below, tmp_path / "linked"):
        with pytest.raises(CannotWrite, match="sealed"):
            write_out(folder / "erased.list", hello)
    assert not list(tmp_path.rglob("erased.list"))
    assert write_out(tmp_path / "blue.mp4", hello)[0] == "made"
    assert write_out(own.parent / "green.mp4", hello)[0] == "made"
