"""Everything that is looked at, one after the other. No network is asked, nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from vigtool.errors import Cancelled
from vigtool.practice.doctor import disks, films, folder, guards, programs, screen
from vigtool.practice.doctor.finding import Finding, State
from vigtool.practice.doctor.machine import Machine
from vigtool.vault.libraries import libraries


def examine_machine(
    place: Path,
    report: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
    machine: Machine | None = None,
) -> list[Finding]:
    """What of this machine is in order, and what to do if not.

    Args:
        place: the folder of the vault, or where one would be made.
        report: looks done, looks in all.
        cancelled: whether to stop.
        machine: what is looked at; this one if none is given.

    Raises:
        Cancelled: when stopped.
    """
    seen = machine or Machine()
    looks: list[Callable[[], Finding | list[Finding]]] = [
        programs.python,
        lambda: programs.parts(programs.required_parts(), programs.installed_parts()),
        lambda: programs.sqlite(libraries()),
        lambda: programs.ciphers(libraries()),
        films.codecs,
        films.speed,
        lambda: screen.surroundings(seen),
        lambda: disks.disk_encryption(seen, place),
        lambda: disks.swap(seen),
        lambda: guards.core_dumps(seen),
        lambda: folder.cloud(seen, place),
        lambda: folder.network(seen, place),
        lambda: folder.space(place),
        lambda: guards.clock(datetime.now(UTC)),
    ]
    found: list[Finding] = []
    for done, look in enumerate(looks):
        if cancelled():
            raise Cancelled
        report(done, len(looks))
        answer = look()
        found += answer if isinstance(answer, list) else [answer]
    report(len(looks), len(looks))
    return found


def all_in_order(found: list[Finding]) -> bool:
    """Whether nothing has to be mended."""
    return all(finding.state is not State.NOT_IN_ORDER for finding in found)
