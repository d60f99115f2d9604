"""What a film is read from, by simple facts of the place: a camera's card, a phone, a stick, a network drive, a folder.

Nothing is asked of the device itself. Where the facts do not tell, it is a folder, and a person may say more.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from vigtool.casework.origin import VolumeKind
from vigtool.casework.stray_copy import StrayPlace
from vigtool.practice.doctor import folder as folders
from vigtool.practice.doctor.disks import mount_of
from vigtool.practice.doctor.finding import State
from vigtool.practice.doctor.machine import Machine
from vigtool.vault.folder import is_remote

_CAMERA: Final = ("DCIM", "PRIVATE", "AVCHD", "MP_ROOT")
"""Folders at the top of a card (JEITA CP-3461, DCF: `DCIM`; AVCHD: `PRIVATE`)."""

_PHONES: Final = ("mtp:host", "gphoto2:host", "afc:host")
"""How GNOME's and others' desktops name what hangs on a cable as a phone or a camera."""

_REMOVABLE: Final = 2  # DRIVE_REMOVABLE of Windows' GetDriveType
_DOWNLOADS: Final = ("downloads", "download")
_BINS: Final = (".trash", "trash", "$recycle.bin")


def path_words(file: Path) -> str:
    """The whole path of a file as it is written down; what is no Unicode in it is replaced."""
    return os.path.abspath(file).encode("utf-8", "replace").decode("utf-8")  # noqa: PTH100 - as below


def volume_of(file: Path, machine: Machine | None = None) -> VolumeKind:
    """What a file lies on."""
    machine = machine or Machine()
    file = Path(os.path.abspath(file))  # noqa: PTH100 - resolve() may hang where a phone was just unplugged
    if any(part.startswith(_PHONES) for part in file.parts):
        return VolumeKind.PHONE
    try:
        top = _top_of(file)
        camera = any((top / name).is_dir() for name in _CAMERA)
        if is_remote(file):
            return VolumeKind.NETWORK
    except OSError:
        return VolumeKind.FOLDER
    if top.parent == top and not _is_removable(top, machine):
        return VolumeKind.FOLDER
    if camera:
        return VolumeKind.CARD
    return VolumeKind.STICK if _is_removable(top, machine) else VolumeKind.FOLDER


def stray_place(file: Path, volume: VolumeKind, machine: Machine | None = None) -> StrayPlace:
    """What kind of place the file is, now that it stays behind as a stray copy."""
    if volume is VolumeKind.CARD:
        return StrayPlace.CARD
    if volume is VolumeKind.PHONE:
        return StrayPlace.PHONE
    names = [part.lower() for part in file.absolute().parts[:-1]]
    if any(name in _BINS for name in names):
        return StrayPlace.BIN
    if folders.cloud(machine or Machine(), file).state is not State.IN_ORDER:
        return StrayPlace.CLOUD
    return StrayPlace.DOWNLOADS if any(name in _DOWNLOADS for name in names) else StrayPlace.OTHER


def _top_of(file: Path) -> Path:
    """Where the file's disk is mounted: the highest folder above it that lies on the same one."""
    device, top = file.parent.stat().st_dev, file.parent
    while top.parent != top and top.parent.stat().st_dev == device:
        top = top.parent
    return top


def _is_removable(top: Path, machine: Machine) -> bool:
    """Whether the disk that is mounted there can be taken out, as far as the system says."""
    if machine.platform == "win32":
        return _windows_removable(top)
    if machine.platform == "darwin":
        return top.is_relative_to("/Volumes")
    _, device, _ = mount_of(top, machine.mounts())
    mark = machine.text("sys", "dev", "block", device, "removable") if device else None
    whole = machine.text("sys", "dev", "block", device, "..", "removable") if device else None
    return "1" in {(mark or "").strip(), (whole or "").strip()} or top.is_relative_to("/media")


def _windows_removable(top: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(str(top)) == _REMOVABLE)
    return False
