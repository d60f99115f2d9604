"""Every way out of the vault: the intent first, then the file, then the entry in the register of copies.

An exit is asked of consent, committed as an intent (its destination sealed), written beside its target, moved into
place, and entered in the register. A stop in the middle leaves an intent that is not done; the next start finds it,
removes the half-written file, and enters a whole one that had not been entered yet, so that no copy is unknown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, TypeVar

from vigtool.casework.copy import Copy, CopyKind, ExitState, Intent
from vigtool.casework.family import Family, Person
from vigtool.export.handover import check_place, write_out
from vigtool.export.part_file import part_of
from vigtool.ids import Id, new_id
from vigtool.practice.records import value, values
from vigtool.vault.vault import Vault

T = TypeVar("T")

# A file name may be seen by anybody who holds the stick: it names neither the people nor the program nor the method.
TELLING_WORDS = ("vigtool", "vig", "interaction guidance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What is about to leave: all that the register will say of it, but for the file itself."""

    act: str
    family: Id
    source: Id
    kind: CopyKind
    persons: tuple[Id, ...] = ()
    to: Id | None = None
    to_words: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An exit that was begun and not ended before the program stopped.

    Attributes:
        intent: as it stands now; still begun where what was left of it cannot be reached to be cleaned up.
        entered: the register entry, where the file was whole and had only not been entered yet.
    """

    intent: Intent
    entered: Copy | None


def hand_out(
    vault: Vault,
    leaving: Leaving,
    target: Path,
    produce: Callable[[BinaryIO], T],
    *,
    expected: int = 0,
) -> tuple[Copy, T]:
    """Write one readable copy to `target` and enter it in the register.

    The caller has asked consent. `produce` writes the bytes; whatever it raises, nothing half-made is left.

    Raises:
        TargetExists, CannotWrite, StorageFailed, Cancelled, and what `produce` raises.
    """
    target = target.absolute()
    telling = telling_words(vault, leaving.family)
    check_place(target, forbidden=telling, expected=expected)  # so that whatever is there later is this exit's own
    intent = _intent(leaving, target)
    with vault.transaction(f"{leaving.act}: begin", [leaving.family, leaving.source, intent.id]) as writer:
        stored = writer.add(intent)
    try:
        made, sha256, size = write_out(target, produce, forbidden=telling, expected=expected, token=intent.id)
    except BaseException:
        if _cleared(target, intent):
            with vault.transaction(f"{leaving.act}: stopped", [leaving.family, intent.id]) as writer:
                writer.change(stored, replace(intent, state=ExitState.STOPPED))
        raise
    copy = _entry(vault, leaving, target, sha256, size)
    with vault.transaction(leaving.act, [leaving.family, leaving.source, copy.id]) as writer:
        writer.add(copy)
        writer.change(stored, replace(intent, state=ExitState.DONE))
    return copy, made


def telling_words(vault: Vault, family: Id) -> tuple[str, ...]:
    """Words that no file name may hold: the family's names and code, the program and the method."""
    record = value(vault, Family, family)
    names = [person.name for person in values(vault, Person, domain=family)]
    return (*TELLING_WORDS, record.code, *(name for name in (record.name, *names) if len(name) > 1))


def tidy_exits(vault: Vault) -> tuple[Unfinished, ...]:
    """Put exits in order that were begun before the program stopped; see the module's own words."""
    found: list[Unfinished] = []
    for stored in vault.all(Intent):
        intent = stored.value
        if intent.state is not ExitState.BEGUN:
            continue
        target = Path(intent.target)
        if not _cleared(target, intent):  # a stick that is not plugged in now: looked at again at the next start
            found.append(Unfinished(intent, None))
            continue
        entered = _found_whole(vault, intent, target)
        settled = replace(intent, state=ExitState.DONE if entered else ExitState.STOPPED)
        with vault.transaction(f"{intent.act}: tidied", [intent.family, intent.id]) as writer:
            if entered:
                writer.add(entered)
            writer.change(stored, settled)
        found.append(Unfinished(settled, entered))
    return tuple(found)


def _cleared(target: Path, intent: Intent) -> bool:
    """Take away what an exit left half-written; false where its folder is not there now, or does not let it go."""
    try:
        if not target.parent.is_dir():
            return False
        part_of(target, intent.id).unlink(missing_ok=True)
    except (OSError, ValueError):
        return False
    return True


def copies_of(vault: Vault, family: Id) -> list[Copy]:
    """The register of copies of one family."""
    return values(vault, Copy, domain=family)


def _intent(leaving: Leaving, target: Path) -> Intent:
    return Intent(
        id=new_id(),
        family=leaving.family,
        act=leaving.act,
        source=leaving.source,
        kind=leaving.kind,
        to=leaving.to,
        target=str(target),
        begun=datetime.now(UTC),
    )


def _entry(vault: Vault, leaving: Leaving, target: Path, sha256: bytes, size: int) -> Copy:
    return Copy(
        id=new_id(),
        family=leaving.family,
        kind=leaving.kind,
        source=leaving.source,
        to=leaving.to,
        to_words=leaving.to_words,
        purpose=leaving.purpose,
        target=str(target),
        sha256=sha256,
        size=size,
        persons=leaving.persons,
        made=datetime.now(UTC),
        given_by=vault.user_id,
    )


def _found_whole(vault: Vault, intent: Intent, target: Path) -> Copy | None:
    """A file that was moved into place before its entry could be written; the target had not been there before."""
    try:
        with target.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").digest()
            size = file.tell()
    except OSError:
        return None
    leaving = Leaving(act=intent.act, family=intent.family, source=intent.source, kind=intent.kind, to=intent.to)
    return replace(_entry(vault, leaving, target, sha256, size), whole=False)
