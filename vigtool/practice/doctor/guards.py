"""Two things that nobody looks at: whether a crash writes memory to the disk, and whether the clock is right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import vigtool
from vigtool.practice.doctor.finding import Finding, in_order, look_at, not_in_order, unknown
from vigtool.practice.doctor.machine import Machine

_MADE: Final = datetime(2026, 11, 1, tzinfo=UTC)  # the program is no older than this
_LATEST: Final = _MADE + timedelta(days=30 * 365)


def core_dumps(machine: Machine) -> Finding:
    """Whether the system keeps the memory of a program that crashed."""
    name = "memory after a crash"
    if not machine.is_linux:
        return unknown(
            name, "whether the system keeps the memory of a crashed program cannot be seen", "encrypt the disk"
        )
    pattern = (machine.text("proc", "sys", "kernel", "core_pattern") or "").strip()
    limit = _core_limit(machine)
    if not pattern or pattern in ("|/bin/false", "|/usr/bin/false", "/dev/null"):
        return in_order(name, "the system keeps nothing of a program that crashed")
    if limit == 0 and not pattern.startswith("|"):
        return in_order(name, "the memory of a program that crashed is not written down")
    if limit is None:
        return unknown(
            name, "whether the memory of a crashed program is written down cannot be seen", "encrypt the disk"
        )
    return look_at(
        name,
        "the system writes down the memory of a program that crashes: keys and pictures may be in it",
        "switch that off: “Storage=none” in /etc/systemd/coredump.conf, or “ulimit -c 0” before the start",
    )


def clock(now: datetime, program: Path | None = None) -> Finding:
    """Whether the computer's clock can be right: consents and sessions are dated by it."""
    name = "clock"
    file = Path(vigtool.__file__) if program is None else program
    try:
        installed = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        installed = _MADE
    if now < max(_MADE, min(installed, _LATEST)) - timedelta(days=1):
        return not_in_order(name, "the clock is behind: it shows a day before this program was there", "set the clock")
    if now > _LATEST:
        return not_in_order(name, "the clock is decades ahead", "set the clock")
    return in_order(name, f"the clock shows {now:%d %B %Y}")


def _core_limit(machine: Machine) -> int | None:
    """How many bytes of memory may be written down, by /proc/self/limits; -1 for any number."""
    for line in (machine.text("proc", "self", "limits") or "").splitlines():
        if line.startswith("Max core file size"):
            soft = line.split()[4]
            return -1 if soft == "unlimited" else int(soft) if soft.isdigit() else None
    return None
