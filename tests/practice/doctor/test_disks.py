"""Encryption of disks and of swapped memory, read from made-up machines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from vigtool.practice.doctor import disks
from vigtool.practice.doctor.finding import State
from vigtool.practice.doctor.machine import Machine

HOME = "36 25 {device} / {point} rw,relatime shared:1 - {kind} {source} rw\n"


class House:
    """A made-up Linux: block devices below /sys, what is mounted, and a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "home of A"
        self.folder.mkdir()
        for part in ("proc/self", "sys/dev/block", "sys/class/block", "dev/mapper"):
            (root / part).mkdir(parents=True)
        self._numbers: dict[str, str] = {}
        self._mounts = "1 0 0:1 / / rw - rootfs rootfs rw\n"

    def block(self, name: str, number: str, *, crypt: bool = False, on: Sequence[str] = (), part_of: str = "") -> None:
        place = self.root / "sys" / "devices" / (part_of or ".") / name
        place.mkdir(parents=True)
        if part_of:
            (place / "partition").write_text("1\n")
        if crypt:
            (place / "dm").mkdir()
            (place / "dm" / "uuid").write_text(f"CRYPT-LUKS2-0123-{name}\n")
        elif name.startswith("dm-"):
            (place / "dm").mkdir()
            (place / "dm" / "uuid").write_text("LVM-abcdef\n")
        for below in on:
            (place / "slaves" / below).mkdir(parents=True)
        (self.root / "sys" / "dev" / "block" / number).symlink_to(place)
        (self.root / "sys" / "class" / "block" / name).symlink_to(place)
        (self.root / "dev" / name).write_text("")

    def mount(self, device: str, kind: str = "ext4", source: str = "/dev/x") -> None:
        point = str(self.folder).replace(" ", "\\040")
        self._mounts += HOME.format(device=device, point=point, kind=kind, source=source)
        (self.root / "proc" / "self" / "mountinfo").write_text(self._mounts)

    def state(self) -> State:
        return disks.disk_encryption(self.machine(), self.folder / "vault to be made").state

    def swap(self, *lines: str) -> State:
        head = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"
        (self.root / "proc" / "swaps").write_text(head + "".join(f"{line}\t1048572\t0\t-2\n" for line in lines))
        return disks.swap(self.machine()).state

    def machine(self) -> Machine:
        return Machine(platform="linux", root=self.root, environment={}, home=self.folder)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path.resolve())


def test_a_plain_partition_is_not_in_order(house: House) -> None:
    house.block("sda", "8:0")
    house.block("sda1", "8:1", part_of="sda")
    house.mount("8:1")
    assert house.state() is State.NOT_IN_ORDER


def test_luks_below_the_file_system(house: House) -> None:
    house.block("sda1", "8:1")
    house.block("dm-0", "254:0", crypt=True, on=["sda1"])
    house.mount("254:0")
    assert house.state() is State.IN_ORDER


def test_volumes_upon_luks(house: House) -> None:
    house.block("sda1", "8:1")
    house.block("dm-0", "254:0", crypt=True, on=["sda1"])
    house.block("dm-1", "254:1", on=["dm-0"])
    house.mount("254:1")
    assert house.state() is State.IN_ORDER


def test_one_open_disk_among_encrypted_ones_is_enough_to_be_open(house: House) -> None:
    house.block("sda1", "8:1")
    house.block("sdb1", "8:17")
    house.block("dm-0", "254:0", crypt=True, on=["sda1"])
    house.block("dm-1", "254:1", on=["dm-0", "sdb1"])
    house.mount("254:1")
    assert house.state() is State.NOT_IN_ORDER


def test_a_file_system_with_a_number_of_its_own_is_known_by_its_device(house: House) -> None:
    house.block("dm-0", "254:0", crypt=True)
    (house.root / "dev" / "mapper" / "home").symlink_to("../dm-0")
    house.mount("0:31", "btrfs", "/dev/mapper/home")
    assert house.state() is State.IN_ORDER


@pytest.mark.parametrize(
    ("kind", "state"),
    [("tmpfs", State.LOOK), ("fuse.gocryptfs", State.IN_ORDER), ("zfs", State.UNKNOWN), ("overlay", State.UNKNOWN)],
)
def test_file_systems_without_a_disk(house: House, kind: str, state: State) -> None:
    house.mount("0:44", kind, "somewhere")
    assert house.state() is state


def test_devices_that_lie_on_each_other_in_a_ring_end(house: House) -> None:
    house.block("dm-0", "254:0", on=["dm-1"])
    house.block("dm-1", "254:1", on=["dm-0"])
    house.mount("254:0")
    assert house.state() is State.NOT_IN_ORDER


def test_the_later_of_two_mounts_at_one_place_counts(house: House) -> None:
    house.block("sda1", "8:1")
    house.block("dm-0", "254:0", crypt=True)
    house.mount("8:1")
    house.mount("254:0")
    assert house.state() is State.IN_ORDER


def test_swap(house: House) -> None:
    house.block("sda2", "8:2")
    house.block("dm-3", "254:3", crypt=True)
    assert house.swap() is State.IN_ORDER
    assert house.swap("/dev/dm-3 partition", "/dev/zram0 partition") is State.IN_ORDER
    assert house.swap("/dev/dm-3 partition", "/dev/sda2 partition") is State.NOT_IN_ORDER
    assert house.swap("/dev/gone partition") is State.UNKNOWN
    house.mount("8:2")
    place = str(house.folder / "swapfile").replace(" ", "\\040")
    assert house.swap(f"{place} file") is State.NOT_IN_ORDER


def test_a_machine_that_says_nothing(tmp_path: Path) -> None:
    silent = Machine(platform="linux", root=tmp_path, environment={}, home=tmp_path)
    assert disks.disk_encryption(silent, tmp_path).state is State.UNKNOWN
    assert disks.swap(silent).state is State.UNKNOWN
    other = Machine(platform="freebsd14", root=tmp_path, environment={}, home=tmp_path)
    assert disks.disk_encryption(other, tmp_path).state is State.UNKNOWN


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("FileVault is On.\n", State.IN_ORDER),
        ("FileVault is Off.\n", State.NOT_IN_ORDER),
        ("?", State.UNKNOWN),
        (None, State.UNKNOWN),
    ],
)
def test_filevault(tmp_path: Path, answer: str | None, state: State) -> None:
    mac = Machine(platform="darwin", root=tmp_path, environment={}, home=tmp_path, ask=lambda _words: answer)
    assert disks.disk_encryption(mac, tmp_path).state is state
    assert disks.swap(mac).state is State.IN_ORDER


@pytest.mark.parametrize(("answer", "state"), [("1\r\n", True), ("2", False), ("5", False), ("", None), (None, None)])
def test_bitlocker(answer: str | None, state: bool | None) -> None:
    asked: list[Sequence[str]] = []

    def ask(words: Sequence[str]) -> str | None:
        asked.append(words)
        return answer

    class Drive:
        drive = "C:"

    windows = Machine(platform="win32", ask=ask)
    assert disks._bitlocker(windows, Drive()) is state  # type: ignore[arg-type]  # a path of Windows cannot be made here
    assert "'C:'" in asked[0][-1]
    Drive.drive = "\\\\server\\share"
    assert disks._bitlocker(windows, Drive()) is None  # type: ignore[arg-type]  # as above
    assert len(asked) == 1, "nothing of a name goes into the command but the letter of a drive"
    assert disks.swap(windows).state is State.UNKNOWN
    paging = Machine(platform="win32", ask=lambda _words: "EncryptPagingFile = 1")
    assert disks.swap(paging).state is State.IN_ORDER


def test_every_finding_that_asks_for_something_says_what_to_do(house: House) -> None:
    house.mount("0:44", "zfs", "pool")
    for finding in (disks.disk_encryption(house.machine(), house.folder), disks.swap(house.machine())):
        assert finding.sentence
        assert bool(finding.advice) == (finding.state is not State.IN_ORDER)
