"""Putting in order what a stop amid an exit left: a half file goes, a whole one is entered, so no copy is unknown."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from vigtool.casework.copy import Copy, CopyOutcome, CopySettled, ExitState, Intent
from vigtool.errors import InvalidRecord
from vigtool.export.part_file import part_of
from vigtool.ids import Id, new_id
from vigtool.practice.exit_places import cleared
from vigtool.practice.exits import entry
from vigtool.practice.exits_running import is_running
from vigtool.practice.records import values
from vigtool.vault.regular import open_regular
from vigtool.vault.shapes import Stored
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
    """Put exits in order that were begun before the program stopped; see the module's own words.

    What is being made just now is none of those, and is left alone.
    """
    # A stick that is not plugged in now is looked at at the next start.
    begun = [
        stored
        for stored in vault.all(Intent)
        if stored.value.state is ExitState.BEGUN and not is_running(vault, stored.id)
    ]
    return tuple(_tidied(vault, stored) or Unfinished(stored.value, None) for stored in begun)


def unfinished_exits(vault: Vault, family: Id | None = None) -> list[Intent]:
    """Exits that were begun and are not ended, of one family or of all: also one that is being made just now."""
    return [intent for intent in values(vault, Intent, domain=family) if intent.state is ExitState.BEGUN]


def say_nothing_left(vault: Vault, intent: Id, on: date) -> Unfinished:
    """A person says that where an exit was writing to cannot be reached any more: a stick was lost, a disk is broken.

    The place is looked at once more; where it is there after all, what it shows is entered. Where it is not, nobody
    can say whether something lies on it, so it goes into the register of copies, as one of which nobody knows what
    became of it: a withdrawal names it, and a later word settles it like any other.

    Args:
        vault: open.
        intent: one that was cut off.
        on: the day on which the person says so.

    Raises:
        NoSuchRecord. InvalidRecord: it has ended, or is being made just now, or that day is before it began or still to
        come.
    """
    stored = vault.get(Intent, intent)
    known = stored.value
    if is_running(vault, intent):
        message = "this copy is being made just now"
        raise InvalidRecord(message, "wait until it is done, or stop it")
    if known.state is not ExitState.BEGUN:
        message = "this handover has ended already"
        raise InvalidRecord(message, "look at the list again")
    if not known.begun.astimezone().date() <= on <= date.today():
        message = "nobody can say that on a day before it began, or on one still to come"
        raise InvalidRecord(message, "give the day on which it was clear that the place is lost")
    again = _tidied(vault, stored)
    if again is not None:
        return again
    copy = replace(entry(vault, known, whole=False), made=known.begun)
    settled = CopySettled(
        id=new_id(),
        family=known.family,
        copy=copy.id,
        outcome=CopyOutcome.UNKNOWN,
        on=on,
        entered=max((one.entered for one in values(vault, CopySettled, domain=known.family)), default=0) + 1,
        by=vault.user_id,
    )
    ended = replace(known, state=ExitState.DONE)
    with vault.transaction(f"{known.act}: given up", [known.family, known.id, copy.id]) as writer:
        writer.add(copy)
        writer.add(settled)
        writer.change(stored, ended)
    return Unfinished(ended, copy)


def _tidied(vault: Vault, stored: Stored[Intent]) -> Unfinished | None:
    """What became of one exit, entered; none where its place is not there now."""
    intent = stored.value
    if not intent.target:
        return _on_paper(vault, stored)
    target = Path(intent.target)
    had_part = _has_part(target, intent)
    if not cleared(target, intent) and not _is_there(target, intent):
        return None
    entered = _left(vault, intent, target, had_part=had_part)
    settled = replace(intent, state=ExitState.DONE if entered else ExitState.STOPPED)
    with vault.transaction(f"{intent.act}: tidied", [intent.family, intent.id]) as writer:
        if entered:
            writer.add(entered)
        writer.change(stored, settled)
    return Unfinished(settled, entered)


def _on_paper(vault: Vault, stored: Stored[Intent]) -> Unfinished:
    """A printing that nobody saw the end of: it is entered, since the paper may well have come out."""
    intent = stored.value
    copy, ended = replace(entry(vault, intent, whole=False), made=intent.begun), replace(intent, state=ExitState.DONE)
    with vault.transaction(f"{intent.act}: tidied", [intent.family, intent.id, copy.id]) as writer:
        writer.add(copy)
        writer.change(stored, ended)
    return Unfinished(ended, copy)


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
        with open_regular(target) as file:
            if os.fstat(file.fileno()).st_size != intent.size:
                return False
            return hashlib.file_digest(file, "sha256").digest() == intent.sha256
    except (OSError, ValueError):
        return False
