"""Whether what lies on the disk under a vault, and what memory is written to, is encrypted by the system.

A vault is sealed without that. What the system itself writes is not: memory that is swapped out, a copy that was
given, the files of other programs.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from vigtool.practice.doctor.finding import Finding, in_order, look_at, not_in_order, unknown
from vigtool.practice.doctor.machine import Machine, nearest

_NAME: Final = "disk encryption"
_SWAP: Final = "swap"
_OCTAL: Final = re.compile(r"\\([0-7]{3})")  # how mountinfo writes a space
_SEALING: Final = ("fuse.gocryptfs", "fuse.encfs", "fuse.cryfs", "fuse.securefs", "ecryptfs")
_IN_MEMORY: Final = ("tmpfs", "ramfs")
_DRIVE: Final = re.compile(r"[A-Za-z]:")
# Windows' shell tells this without an administrator: 1 on, 2 off, 3 being encrypted, 5 suspended, 6 on and locked.
_BITLOCKER: Final = {"1": True, "6": True, "3": True, "2": False, "4": False, "5": False}
_TURN_ON: Final = {
    "linux": "have it set up anew with LUKS (the installer's “encrypt the disk”), or keep the vault on a disk that is",
    "win32": "switch BitLocker or device encryption on in the system's settings",
    "darwin": "switch FileVault on in the system's settings, under privacy and security",
}
_DEEPEST: Final = 8


def disk_encryption(machine: Machine, folder: Path) -> Finding:
    """Whether the disk that holds `folder` (or where it would be made) is encrypted."""
    place = nearest(folder)
    if machine.platform == "win32":
        return _said(machine, _bitlocker(machine, place))
    if machine.platform == "darwin":
        return _said(machine, _filevault(machine, place))
    if not machine.is_linux:
        return _said(machine, None)
    kind, device, source = mount_of(place, machine.mounts())
    if kind in _SEALING:
        return in_order(_NAME, "the folder itself is kept encrypted")
    if kind in _IN_MEMORY:
        return look_at(
            _NAME,
            "this folder is kept in memory and is gone when the computer is switched off",
            "choose a folder on a disk for a vault",
        )
    return _said(machine, encrypted(machine, device, source))


def swap(machine: Machine) -> Finding:
    """Whether memory can be written to a disk as it is."""
    if machine.platform == "darwin":
        return in_order(_SWAP, "this system always encrypts memory that it writes to the disk")
    if machine.platform == "win32":
        told = machine.ask(["fsutil", "behavior", "query", "encryptpagingfile"])
        if told is not None and re.search(r"=\s*1\b", told):
            return in_order(_SWAP, "memory that is written to the disk is encrypted")
        return unknown(
            _SWAP,
            "memory may be written to the disk as it is, unless the disk is encrypted",
            "see that BitLocker or device encryption is on",
        )
    return _linux_swap(machine, machine.text("proc", "swaps") if machine.is_linux else None)


def _linux_swap(machine: Machine, table: str | None) -> Finding:
    """The same by the text of /proc/swaps."""
    if table is None:
        return unknown(
            _SWAP, "this system does not say whether memory is written to a disk", "encrypt the disk as a whole"
        )
    areas = [line.split() for line in table.splitlines()[1:] if line.strip()]
    states = [_swap_is_safe(machine, area) for area in areas]
    if not states:
        return in_order(_SWAP, "memory is never written to a disk")
    if all(states):
        return in_order(_SWAP, "memory that is written to a disk is encrypted there")
    if any(state is False for state in states):
        return not_in_order(
            _SWAP,
            "memory is written to a disk that is not encrypted: pictures and words could be found there",
            "encrypt the swap area, or switch it off with “swapoff -a” and in /etc/fstab",
        )
    return unknown(_SWAP, "whether the swap area is encrypted cannot be seen", "encrypt the disk as a whole")


def mount_of(folder: Path, mounts: str) -> tuple[str, str, str]:
    """Kind of file system, `major:minor` and source of what holds `folder`; empty where the list does not say.

    The fields are those of proc(5), /proc/pid/mountinfo.
    """
    best, found = -1, ("", "", "")
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        parts, tail = left.split(" "), right.split(" ")
        if len(parts) < 5 or len(tail) < 2:
            continue
        point = Path(_OCTAL.sub(lambda octal: chr(int(octal[1], 8)), parts[4]))
        if folder.is_relative_to(point) and len(point.parts) >= best:
            best, found = len(point.parts), (tail[0], parts[2], tail[1])
    return found


def encrypted(machine: Machine, device: str, source: str) -> bool | None:
    """Whether a block device lies wholly on dm-crypt (LUKS); none where it is no such device.

    Args:
        machine: whose /sys is read.
        device: `major:minor`.
        source: of the mount, such as /dev/mapper/home: some file systems (btrfs) are mounted under a number of
            their own.
    """
    for place in (Path("dev", "block", device), _by_name(machine, source)):
        if place is not None and device and (machine.root / "sys" / place).is_dir():
            return _is_crypt(machine, (machine.root / "sys" / place).resolve(), _DEEPEST)
    return None


def _is_crypt(machine: Machine, block: Path, depth: int) -> bool:
    """Whether this device, or every one that it lies on, is made by dm-crypt; its uuid begins so."""
    try:
        if (block / "dm" / "uuid").read_text(encoding="ascii", errors="replace").startswith("CRYPT-"):
            return True
    except OSError:
        pass
    slaves = sorted(path.name for path in (block / "slaves").glob("*"))
    if not slaves and (block / "partition").exists() and block.parent != block:
        return _is_crypt(machine, block.parent, depth - 1) if depth else False
    below = [machine.root / "sys" / "class" / "block" / name for name in slaves]
    return bool(below) and depth > 0 and all(_is_crypt(machine, path.resolve(), depth - 1) for path in below)


def _by_name(machine: Machine, source: str) -> Path | None:
    """Where /sys has a device that a mount names by its file in /dev."""
    if not source.startswith("/dev/"):
        return None
    return Path("class", "block", (machine.root / source.lstrip("/")).resolve().name)


def _swap_is_safe(machine: Machine, area: list[str]) -> bool | None:
    """Whether one line of /proc/swaps is encrypted, or in memory itself."""
    name = _OCTAL.sub(lambda octal: chr(int(octal[1], 8)), area[0])
    if Path(name).name.startswith("zram"):
        return True
    if len(area) > 1 and area[1] == "file":
        _, device, source = mount_of(Path(name), machine.mounts())
        return encrypted(machine, device, source)
    place = _by_name(machine, name)
    if place is None or not (machine.root / "sys" / place).is_dir():
        return None
    return _is_crypt(machine, (machine.root / "sys" / place).resolve(), _DEEPEST)


def _bitlocker(machine: Machine, folder: Path) -> bool | None:
    """Whether BitLocker protects the folder's drive."""
    drive = folder.drive
    if not _DRIVE.fullmatch(drive):
        return None
    command = (
        f"(New-Object -ComObject Shell.Application).NameSpace('{drive}').Self."
        "ExtendedProperty('System.Volume.BitLockerProtection')"
    )
    told = machine.ask(["powershell", "-NoProfile", "-NonInteractive", "-Command", command])
    return None if told is None else _BITLOCKER.get(told.strip())


def _filevault(machine: Machine, folder: Path) -> bool | None:
    """Whether FileVault protects the disk of the system; it says nothing of others."""
    if folder.is_relative_to("/Volumes"):
        return None
    told = machine.ask(["/usr/bin/fdesetup", "status"])
    if told is None:
        return None
    return True if "FileVault is On" in told else False if "FileVault is Off" in told else None


def _said(machine: Machine, state: bool | None) -> Finding:
    """The finding about a disk."""
    how = _TURN_ON.get(
        "linux" if machine.is_linux else machine.platform, "encrypt the disk with the system's own means"
    )
    if state is None:
        return unknown(_NAME, "whether the disk is encrypted cannot be seen from here", f"make sure of it; else {how}")
    if state:
        return in_order(_NAME, "the disk is encrypted")
    return not_in_order(
        _NAME,
        "the disk is not encrypted: the vault is sealed, but what the system and other programs write is readable",
        how,
    )
