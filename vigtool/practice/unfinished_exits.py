"""Putting in order what a stop amid an exit left: a half file goes, a whole one is entered, so no copy is unknown."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path

from vigtool.casework.copy import Copy, ExitState, Intent
from vigtool.export.part_file import part_of
from vigtool.practice.exit_places import cleared
from vigtool.practice.exits import entry
from vigtool.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An exit that was begun and not ended before the program stopped.

    Attributes:
        intent: as it stands now; still begun where what was left of it cannot be reached to be cleaned up.
        entered: the register entry, where the file was whole and had only not been entered yet.
    """

    intent: Intent
    entered: Copy | None


def tidy_exits(vault: Vault) -> tuple[Unfinished, ...]:
    """Put exits in order that were begun before the program stopped; see the module's own words."""
    found: list[Unfinished] = []
    for stored in vault.all(Intent):
        intent = stored.value
        if intent.state is not ExitState.BEGUN:
            continue
        target = Path(intent.target)
        had_part = _has_part(target, intent)
        if not cleared(target, intent) and not _is_there(target, intent):
            found.append(Unfinished(intent, None))  # a stick that is not plugged in now: looked at at the next start
            continue
        entered = _left(vault, intent, target, had_part=had_part)
        settled = replace(intent, state=ExitState.DONE if entered else ExitState.STOPPED)
        with vault.transaction(f"{intent.act}: tidied", [intent.family, intent.id]) as writer:
            if entered:
                writer.add(entered)
            writer.change(stored, settled)
        found.append(Unfinished(settled, entered))
    return tuple(found)


def _left(vault: Vault, intent: Intent, target: Path, *, had_part: bool) -> Copy | None:
    """The copy that left, where one did.

    Until the file was whole nothing can have left, whatever stands there now. Of a whole one the digest was committed
    before it was moved: what has that digest is it. Where neither it nor the unfinished file is there, it was moved
    into place and then taken along by somebody, so it is entered as well.
    """
    if not intent.sha256:
        return None
    if had_part and not _is_there(target, intent):
        return None
    return entry(vault, intent, whole=False)


def _has_part(target: Path, intent: Intent) -> bool:
    try:
        return os.path.lexists(part_of(target, intent.id))
    except (OSError, ValueError):
        return False


def _is_there(target: Path, intent: Intent) -> bool:
    """Whether the target is exactly the file that the intent made."""
    if not intent.sha256:
        return False
    try:
        with target.open("rb") as file:
            if os.fstat(file.fileno()).st_size != intent.size:
                return False
            return hashlib.file_digest(file, "sha256").digest() == intent.sha256
    except (OSError, ValueError):
        return False
