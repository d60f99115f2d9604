"""The letter of a withdrawal, and the two ways in which it leaves: as a file, and on paper. One door for both."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from vigtool.casework.copy import Copy, CopyKind
from vigtool.casework.withdrawal import Withdrawal
from vigtool.ids import Id
from vigtool.practice.exits import Leaving, hand_out
from vigtool.practice.paper_exits import begin_on_paper, end_on_paper
from vigtool.practice.records import value
from vigtool.practice.safety import check_recipient
from vigtool.vault.vault import Vault


def letter_of(vault: Vault, withdrawal: Id) -> str:
    """The letter as it was written then."""
    return value(vault, Withdrawal, withdrawal).letter


def save_letter(vault: Vault, withdrawal: Id, target: Path, *, safe: bool | None = None) -> Copy:
    """Write the letter to a file: a handover of its own.

    Raises:
        NoSuchRecord. UnsafeRecipient: they may not receive anything, or it is not safe to have at home.
        TargetExists, CannotWrite.
    """
    leaving, words, allow = _leaving(vault, withdrawal, "letter save", safe)
    copy, _ = hand_out(vault, leaving, target, lambda out: out.write(words), allow=allow)
    return copy


def begin_letter_print(vault: Vault, withdrawal: Id, *, safe: bool | None = None) -> Id:
    """Enter that the letter is about to be printed, before it is; `end_letter_print` is to follow.

    Raises:
        NoSuchRecord. UnsafeRecipient: they may not receive anything, or it is not safe to have at home.
    """
    leaving, words, allow = _leaving(vault, withdrawal, "letter print", safe)
    return begin_on_paper(vault, leaving, words, allow=allow)


def end_letter_print(vault: Vault, begun: Id, *, printed: bool) -> Copy | None:
    """Enter whether the printer took it: then it stands in the register of copies.

    Raises:
        NoSuchRecord. InvalidRecord: that was entered already.
    """
    return end_on_paper(vault, begun, printed=printed)


def _leaving(
    vault: Vault, withdrawal: Id, act: str, safe: bool | None
) -> tuple[Leaving, bytes, Callable[[], bool | None]]:
    """What leaves, its very words, and the question whether it may: to whoever took consent back, and safely."""
    record = value(vault, Withdrawal, withdrawal)

    def allow() -> bool | None:
        return check_recipient(vault, record.family, to=record.signed_by, safe=safe)

    leaving = Leaving(
        act=act,
        family=record.family,
        source=record.id,
        kind=CopyKind.LETTER,
        to=record.signed_by,
        safe=allow(),
    )
    return leaving, record.letter.encode(), allow
