"""The second door: giving out what somebody has to have, whatever consent says.

An act of its own: a lead names the legal basis, the recipient and the reason, it has words of its own in the audit log,
and a legal hold can be placed with it. It asks no consent and heeds no refusal; that is why nothing else uses it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final

from vigtool.casework.copy import Copy, CopyKind
from vigtool.casework.disclosure import Basis, Disclosure
from vigtool.casework.film import Film
from vigtool.casework.member import StaffRole
from vigtool.errors import Cancelled as Stopped
from vigtool.errors import UsageError
from vigtool.export.film_copy import expected_copy_size, write_film_copy
from vigtool.export.tables import WRITERS
from vigtool.ids import Id, new_id
from vigtool.practice.copies import mark_rows
from vigtool.practice.exits import Leaving, hand_out
from vigtool.practice.films import film_within
from vigtool.practice.progress import Cancelled, Report, never, silent
from vigtool.practice.records import plain, value, values
from vigtool.practice.retention import held, place_hold
from vigtool.practice.roles import require_role
from vigtool.vault.vault import Vault
from vigtool.vault.writing import Writer

_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """On what a disclosure rests, checked."""

    basis: Basis
    recipient: str = field(repr=False)
    reason: str = field(repr=False)
    on: date
    hold: bool


def goes_as_brought_in(basis: Basis) -> bool:
    """Whether a film goes out byte for byte where nobody says otherwise; else it is written anew, as MP4."""
    return basis is not Basis.ACCESS


def disclose_film(
    vault: Vault,
    film: Id,
    target: Path,
    *,
    basis: Basis,
    recipient: str,
    reason: str,
    on: date,
    hold: bool,
    original: bool | None = None,
    report: Report = silent,
    cancelled: Cancelled = never,
) -> Copy:
    """Give a film out because somebody has to have it.

    Args:
        vault: open.
        film: which.
        target: the file to make.
        basis: on what it rests.
        recipient: who receives it.
        reason: why they have to.
        on: the day.
        hold: whether a legal hold is placed on the film, so that nothing erases it.
        original: the film's bytes exactly as they were brought in, whose digest the record has, or without what
            cameras write into them (day, place, device). Where it is not said, an access request gets it without: that
            would tell where the family lives; a court and whoever protects a child get the bytes as they are.
        report: told how far it is.
        cancelled: asked whether to stop.

    Raises:
        NotAllowed: whoever opened the vault is no lead.
        InvalidRecord: recipient or reason are empty.
        TargetExists, CannotWrite, Cancelled, FilmError.
    """
    ground = _ground(vault, basis, recipient, reason, on, hold=hold)
    record = value(vault, Film, film)
    whole = goes_as_brought_in(basis) if original is None else original

    def produce(out: BinaryIO) -> None:
        opened = film_within(vault, film)
        if whole:
            _copy_bytes(opened.opener, out, record.footage.size, report, cancelled)
        else:
            write_film_copy(opened.opener, opened.index, opened.facts, out, report=report, cancelled=cancelled)

    expected = expected_copy_size(record.footage.size)
    return _give(vault, record, CopyKind.FILM, target, ground, produce, original=whole, expected=expected)


def disclose_marks(
    vault: Vault,
    film: Id,
    target: Path,
    *,
    form: str = "csv",
    basis: Basis,
    recipient: str,
    reason: str,
    on: date,
    hold: bool,
) -> Copy:
    """Give out the own marks of a film as a table because somebody has to have them; see `disclose_film`.

    Raises:
        UsageError: a form that is not known.
        NotAllowed, InvalidRecord, TargetExists, CannotWrite.
    """
    if form not in WRITERS:
        message = f"there is no table of the form “{form}”"
        raise UsageError(message, "choose one of " + ", ".join(sorted(WRITERS)))
    ground = _ground(vault, basis, recipient, reason, on, hold=hold)
    table = [asdict(row) for row in mark_rows(vault, film)]
    record = value(vault, Film, film)
    return _give(
        vault, record, CopyKind.MARKS, target, ground, lambda out: WRITERS[form](table, out), original=True, expected=0
    )


def disclosures(vault: Vault, family: Id) -> list[Disclosure]:
    """What went through the second door, the oldest first."""
    return values(vault, Disclosure, domain=family)


def _ground(vault: Vault, basis: Basis, recipient: str, reason: str, on: date, *, hold: bool) -> _Ground:
    require_role(vault, StaffRole.LEAD)
    return _Ground(
        basis=basis,
        recipient=plain(recipient, what="who receives it", needed=True, longest=200),
        reason=plain(reason, what="the reason", needed=True),
        on=on,
        hold=hold,
    )


def _give(
    vault: Vault,
    film: Film,
    what: CopyKind,
    target: Path,
    ground: _Ground,
    produce: Callable[[BinaryIO], object],
    *,
    original: bool,
    expected: int,
) -> Copy:
    leaving = Leaving(
        act=f"disclose {what.value}",
        family=film.family,
        source=film.id,
        kind=what,
        persons=film.persons,
        to_words=ground.recipient,
        purpose=ground.basis.value,
        details={"basis": ground.basis.value, "hold": int(ground.hold)},
    )
    # Before anything leaves: what a court asks for must not be erased because a stick was full.
    hold = _hold(vault, film, ground) if ground.hold else None

    def also(writer: Writer, copy: Copy) -> None:
        writer.add(
            Disclosure(
                id=new_id(),
                family=film.family,
                copy=copy.id,
                film=film.id,
                what=what,
                basis=ground.basis,
                original=original,
                recipient=ground.recipient,
                reason=ground.reason,
                on=ground.on,
                by=vault.user_id,
                hold=hold,
            )
        )

    copy, _ = hand_out(
        vault,
        leaving,
        target,
        produce,
        allow=lambda: require_role(vault, StaffRole.LEAD),
        expected=expected,
        also=also,
    )
    return copy


def _hold(vault: Vault, film: Film, ground: _Ground) -> Id:
    """The hold on this film; one that stands already, from a try that did not come to its end, is not placed again."""
    standing = held(vault, film.family, film.id)
    if standing is not None:
        return standing.id
    return place_hold(vault, film.family, reason=ground.reason[:500], on=ground.on, film=film.id).id


def _copy_bytes(opener: Callable[[], BinaryIO], out: BinaryIO, size: int, report: Report, cancelled: Cancelled) -> None:
    with opener() as source:
        while block := source.read(_BLOCK):
            if cancelled():
                raise Stopped
            out.write(block)
            report(out.tell(), size)
