"""What a program and its children hand to the system, by strace: bytes written, files made, programs begun.

strace prints each string as hexadecimal digits; what stands between quotes is all there is, since it is told to cut
nothing off.
"""

from __future__ import annotations

import os
import re
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

_WRITES = ("write", "pwrite64", "writev", "pwritev", "pwritev2", "sendto", "sendmsg", "sendmmsg")
_NAMES = (
    "open", "openat", "creat", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "mkdir",
    "mkdirat", "memfd_create", "shm_open",
)  # fmt: skip
_CALL = re.compile(rb"^\d+ +([a-z0-9_]+)\((.*)$")
_STRING = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')
_WHERE = re.compile(rb"^\d+<((?:\\x[0-9a-f]{2}|[^>])*)>")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_LARGEST_PICTURE = 1 << 21


def missing() -> str:
    """Why nothing can be traced here; empty where it can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    if os.geteuid() != 0:
        return "only root may look into a process that has its memory kept from others"
    return ""


def command(trace: Path) -> list[str]:
    """The words to put before a program so that it is traced, with its children, into a file."""
    calls = ",".join((*_WRITES, *(name for name in _NAMES if name != "shm_open"), "execve"))
    return ["strace", "-f", "-y", "-v", "-xx", "--seccomp-bpf", "-s", "4000000", "-e", f"trace={calls}",
            "-e", "signal=none", "-o", str(trace)]  # fmt: skip


@dataclass
class Traffic:
    """What was handed over.

    Attributes:
        written: the bytes written to each file, pipe or socket, in order, all processes together.
        names: what files and folders were called that were made, renamed or opened for writing.
        begun: arguments and environment of every program that was begun.
    """

    written: dict[str, bytearray] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    begun: list[bytes] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many bytes were written in all."""
        return sum(map(len, self.written.values()))


def _plain(hexadecimal: bytes) -> bytes:
    return bytes.fromhex(hexadecimal.replace(b"\\x", b"").decode("ascii"))


def read(trace: Path) -> Traffic:
    """The traffic of a trace."""
    found = Traffic()
    with trace.open("rb") as lines:
        for line in lines:
            call = _CALL.match(line)
            if call is None:
                continue  # how a call ended, or a process
            name, rest = call[1].decode(), call[2]
            strings = [_plain(string) for string in _STRING.findall(rest)]
            if name in _WRITES:
                where = _WHERE.match(rest)
                target = where[1] if where else b""
                target = _plain(target) if target.startswith(b"\\x") else target
                found.written.setdefault(os.fsdecode(target), bytearray()).extend(b"".join(strings))
            elif name == "execve":
                found.begun += strings
            elif not name.startswith("open") or b"O_WRONLY" in rest or b"O_RDWR" in rest or b"O_CREAT" in rest:
                found.names += [os.fsdecode(string) for string in strings]
    return found


def inflated(data: bytes | bytearray) -> Iterator[bytes]:
    """What is packed inside: every zlib stream of which at least some bytes can be unpacked."""
    for start in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        unpacking = zlib.decompressobj()
        try:
            out = unpacking.decompress(bytes(data[start.start() : start.start() + (1 << 16)]), 1 << 20)
        except zlib.error:
            continue
        if len(out) > 16:
            yield out


def pictures(data: bytes | bytearray) -> int:
    """How many readable pictures (JPEG, PNG) stand in the data."""
    count = 0
    for sign in _PICTURES:
        start = data.find(sign)
        while start >= 0:
            piece = np.frombuffer(bytes(data[start : start + _LARGEST_PICTURE]), np.uint8)
            picture = cv2.imdecode(piece, cv2.IMREAD_REDUCED_COLOR_2)
            count += picture is not None and min(picture.shape[:2]) >= 4
            start = data.find(sign, start + 1)
    return count
