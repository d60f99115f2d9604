"""Every way out of the vault: the intent first, then the file, then the entry in the register of copies.

An exit is asked of consent, committed as an intent (its destination sealed), written beside its target, asked of
consent again, committed as whole (its digest sealed), moved into place, and entered in the register in a transaction
that asks consent a last time: what is taken back while a copy is made stops that copy. A stop in the middle leaves an
intent that is not done; `unfinished_exits` puts it in order at the next start, so that no copy is unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, TypeVar

from vigtool.casework.copy import Copy, CopyKind, ExitState, Intent
from vigtool.casework.family import Family, Person
from vigtool.casework.member import Member
from vigtool.export.handover import check_place, write_out
from vigtool.ids import Id, new_id
from vigtool.practice.exit_places import cleared, folder_known_by
from vigtool.practice.exits_running import running
from vigtool.practice.records import value, values
from vigtool.vault.audit import Details
from vigtool.vault.shapes import Profile, Stored
from vigtool.vault.vault import Vault
from vigtool.vault.writing import Writer

T = TypeVar("T")

# A file name may be seen by anybody who holds the stick: it names neither the people nor the program nor the method.
TELLING_WORDS = ("vigtool", "vig", "interaction guidance", "attuned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What is about to leave: all that the register will say of it, but for the file itself.

    Attributes:
        safe: whether it is safe to have at home, as far as that was asked.
        details: what the audit log is to say besides: words of a fixed list and numbers.
    """

    act: str
    family: Id
    source: Id
    kind: CopyKind
    persons: tuple[Id, ...] = ()
    to: Id | None = None
    to_words: str = field(default="", repr=False)
    purpose: str = ""
    safe: bool | None = None
    details: Details = field(default_factory=dict)


def hand_out(
    vault: Vault,
    leaving: Leaving,
    target: Path,
    produce: Callable[[BinaryIO], T],
    *,
    allow: Callable[[], object],
    expected: int = 0,
    also: Callable[[Writer, Copy], object] = lambda _writer, _copy: None,
) -> tuple[Copy, T]:
    """Write one readable copy to `target` and enter it in the register.

    Args:
        vault: open.
        leaving: what leaves.
        target: the file to make.
        produce: writes the bytes.
        allow: asks whether this may leave, and raises where it may not. It is asked before anything is written, again
            before the file takes its place, and in the very transaction that enters it.
        expected: about how many bytes it will be.
        also: writes what else belongs to the act, in the transaction that enters the copy.

    Raises:
        TargetExists, CannotWrite, StorageFailed, Cancelled, and what `allow` and `produce` raise; nothing half-made is
        left then.
    """
    target = target.absolute()
    telling = telling_words(vault, leaving.family)
    allow()
    check_place(target, forbidden=telling, expected=expected)  # so that whatever is there later is this exit's own
    intent = new_id()
    with running(vault, intent):
        return _handed_out(vault, leaving, intent, target, produce, telling, allow=allow, expected=expected, also=also)


def _handed_out(
    vault: Vault,
    leaving: Leaving,
    intent: Id,
    target: Path,
    produce: Callable[[BinaryIO], T],
    telling: tuple[str, ...],
    *,
    allow: Callable[[], object],
    expected: int,
    also: Callable[[Writer, Copy], object],
) -> tuple[Copy, T]:
    """From the intent to the register; see `hand_out`."""
    stored = _begin(vault, leaving, intent, target)

    def whole(sha256: bytes, size: int) -> None:
        nonlocal stored
        with vault.transaction(f"{leaving.act}: whole", [leaving.family, stored.id]) as writer:
            allow()
            stored = writer.change(stored, replace(stored.value, sha256=sha256, size=size))

    try:
        made, _, _ = write_out(target, produce, forbidden=telling, expected=expected, token=stored.id, whole=whole)
    except BaseException:
        _stop(vault, leaving, target, stored)
        raise
    copy = entry(vault, stored.value)
    try:
        with vault.transaction(leaving.act, [leaving.family, leaving.source, copy.id], leaving.details) as writer:
            allow()
            writer.add(copy)
            writer.change(stored, replace(stored.value, state=ExitState.DONE))
            also(writer, copy)
    except BaseException:
        with suppress(OSError):  # where it stays, the next start finds it and enters it
            target.unlink(missing_ok=True)
            _stop(vault, leaving, target, stored)
        raise
    return copy, made


def telling_words(vault: Vault, family: Id) -> tuple[str, ...]:
    """Words that no file name may hold: the family's names and code, users' names, the program and the method."""
    record = value(vault, Family, family)
    names = [person.name for person in values(vault, Person, domain=family)]
    names += [profile.name for profile in values(vault, Profile)]
    names += [member.name for member in values(vault, Member)]
    return (*TELLING_WORDS, record.code, *(name for name in (record.name, *names) if len(name) > 1))


def copies_of(vault: Vault, family: Id) -> list[Copy]:
    """The register of copies of one family."""
    return values(vault, Copy, domain=family)


def entry(vault: Vault, intent: Intent, *, whole: bool = True) -> Copy:
    """What the register says of the file that an intent made."""
    return Copy(
        id=new_id(),
        family=intent.family,
        kind=intent.kind,
        source=intent.source,
        to=intent.to,
        to_words=intent.to_words,
        purpose=intent.purpose,
        target=intent.target,
        sha256=intent.sha256,
        size=intent.size,
        persons=intent.persons,
        made=datetime.now(UTC),
        given_by=vault.user_id,
        whole=whole,
        safe=intent.safe,
    )


def _begin(vault: Vault, leaving: Leaving, name: Id, target: Path) -> Stored[Intent]:
    intent = Intent(
        id=name,
        family=leaving.family,
        act=leaving.act,
        source=leaving.source,
        kind=leaving.kind,
        to=leaving.to,
        target=str(target),
        begun=datetime.now(UTC),
        to_words=leaving.to_words,
        purpose=leaving.purpose,
        persons=leaving.persons,
        safe=leaving.safe,
        folder=folder_known_by(target.parent),
    )
    with vault.transaction(f"{leaving.act}: begin", [leaving.family, leaving.source, intent.id]) as writer:
        return writer.add(intent)


def _stop(vault: Vault, leaving: Leaving, target: Path, stored: Stored[Intent]) -> None:
    """Enter that nothing left, where that is sure; otherwise the next start looks again."""
    if cleared(target, stored.value):
        with vault.transaction(f"{leaving.act}: stopped", [leaving.family, stored.id]) as writer:
            writer.change(stored, replace(stored.value, state=ExitState.STOPPED))
