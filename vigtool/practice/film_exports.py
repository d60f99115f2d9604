"""Films and single frames of them leaving the vault for somebody."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

from vigtool.casework.consent import Act
from vigtool.casework.copy import Copy, CopyKind
from vigtool.casework.film import Film
from vigtool.errors import UsageError
from vigtool.export.film_copy import expected_copy_size, write_film_copy
from vigtool.export.still import write_still
from vigtool.ids import Id
from vigtool.player.frame_reader import FrameReader
from vigtool.practice.consents import require
from vigtool.practice.copies import act_for, person_called
from vigtool.practice.exits import Leaving, hand_out
from vigtool.practice.films import film_within
from vigtool.practice.progress import Cancelled, Report, never, silent
from vigtool.practice.records import check_people, plain, value
from vigtool.practice.safety import check_recipient
from vigtool.vault.vault import Vault


def export_film(
    vault: Vault,
    film: Id,
    target: Path,
    *,
    to: Id | None = None,
    to_words: str = "",
    purpose: str = "",
    on: date,
    safe: bool | None = None,
    report: Report = silent,
    cancelled: Cancelled = never,
) -> Copy:
    """Write a whole film outside the vault, without what is no picture and no sound, and enter it in the register.

    Args:
        vault: open.
        film: which.
        target: the file to make.
        to: the person of the family it is for: they must be named for a copy.
        to_words: who it is for, where it is nobody of the family; then `purpose` says what must have been agreed to.
            Where that is the name of a person of the family all the same, they must be named for a copy as well.
        purpose: a key of `copies.PURPOSES`.
        on: the day.
        safe: what was answered to "is it safe to have at home?".
        report: told how far it is.
        cancelled: asked whether to stop.

    Raises:
        UsageError: it is for nobody, or for somebody else without a purpose.
        ConsentMissing, UnsafeRecipient, TargetExists, CannotWrite, Cancelled, FilmError.
    """
    record = value(vault, Film, film)
    words = plain(to_words, what="who it is for", longest=200)
    if (to is None) is not bool(words):
        message = "a film leaves for one person of the family, or for somebody else who is named"
        raise UsageError(message, "say for whom it is, either way")
    act = None if to is not None else act_for(purpose)
    person = to if to is not None else person_called(vault, record.family, words)
    if person is not None:
        check_people(vault, record.family, [person])

    def allow() -> bool | None:
        answered = check_recipient(vault, record.family, to=person, to_words=words, safe=safe)
        if act is not None:
            require(vault, act, [record], on=on)
        if person is not None:
            require(vault, Act.COPY, [record], on=on, recipient=person)
        return answered

    answered = allow()
    opened = film_within(vault, film)
    leaving = Leaving(
        act="film export",
        family=record.family,
        source=film,
        kind=CopyKind.FILM,
        persons=record.persons,
        to=person,
        to_words="" if person else words,
        purpose=purpose,
        safe=answered,
    )

    def produce(out: BinaryIO) -> None:
        write_film_copy(opened.opener, opened.index, opened.facts, out, report=report, cancelled=cancelled)

    expected = expected_copy_size(record.footage.size)
    copy, _ = hand_out(vault, leaving, target, produce, allow=allow, expected=expected)
    return copy


def take_still(
    vault: Vault,
    film: Id,
    number: int,
    target: Path,
    *,
    on: date,
    to: Id | None = None,
    safe: bool | None = None,
) -> Copy:
    """Write one exact frame of a film as a picture outside the vault: a copy like any other.

    Raises:
        ConsentMissing, UnsafeRecipient, NoSuchFrame, TargetExists, CannotWrite.
    """
    record = value(vault, Film, film)
    if to is not None:
        check_people(vault, record.family, [to])

    def allow() -> None:
        check_recipient(vault, record.family, to=to, safe=safe)
        require(vault, Act.PHOTOGRAPHS, [record], on=on, recipient=to)

    allow()
    opened = film_within(vault, film)
    with FrameReader(opened.opener, opened.index) as reader:
        picture = reader.get(number).rgb()
    leaving = Leaving(
        act="film frame",
        family=record.family,
        source=film,
        kind=CopyKind.STILL,
        persons=record.persons,
        to=to,
        safe=check_recipient(vault, record.family, to=to, safe=safe),
    )
    copy, _ = hand_out(vault, leaving, target, lambda out: write_still(picture, out), allow=allow)
    return copy
