"""Erasing a film or a family for good, what stays to tell of it, and erasing again after an older backup was restored.

Nothing is erased by a date or by itself: each is an act of somebody who may, with a reason. That they mean it is asked
where they ask for it (the family's code, typed).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from vigtool.annotate.reel import Reel
from vigtool.casework.copy import Copy
from vigtool.casework.erasure import Erasure, certificate_text
from vigtool.casework.film import Film
from vigtool.casework.legal_hold import LegalHold
from vigtool.errors import Cancelled as WasCancelled
from vigtool.errors import NoSuchRecord, StorageFailed, VigtoolError
from vigtool.ids import Id, new_id
from vigtool.practice.erasing_checks import (
    family_of,
    hold_on,
    kept_reason,
    last_day,
    refuse_held,
    require_may_erase,
)
from vigtool.practice.erasures_told import tell
from vigtool.practice.film_erasing import erase_film_of, lost_with
from vigtool.practice.progress import Cancelled, Report, never, silent
from vigtool.practice.records import values
from vigtool.vault import erasable, shredding, tombstones
from vigtool.vault.audit_check import FAMILY_ERASE
from vigtool.vault.holding import held_by_log
from vigtool.vault.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What erasing would take away, and what it would not reach; to be read before one decides.

    Attributes:
        what: the film, or the family.
        films: how many films would go.
        copies: handed-over copies that show it, which stay wherever they are.
        held: the legal hold that stops it.
        recoverable_until: the last day on which a backup could bring it back.
        lost: other films of its family of which nothing can be read now. They can be mended from a backup before; once
            a film beside them is erased, from a backup made before alone.
    """

    what: Id
    family: Id
    films: int
    copies: tuple[Copy, ...]
    held: LegalHold | None
    recoverable_until: date | None
    lost: tuple[Id, ...] = ()


def outlook(vault: Vault, what: Id) -> Outlook:
    """What erasing a film, or a family, would do.

    Raises:
        NoSuchRecord, NoKey.
    """
    family = vault.domain_of(what)
    film = None if what == family else what
    if film is not None:
        family = family_of(vault, film)
    copies = [stored.value for stored in vault.all(Copy, domain=family, readable=True)]
    if film is not None:
        all_reels = (stored.value for stored in vault.all(Reel, domain=family, readable=True))
        reels = {reel.id for reel in all_reels if any(clip.film == film for clip in reel.clips)}
        copies = [copy for copy in copies if copy.source in {film, *reels}]
    return Outlook(
        what=what,
        family=family,
        films=len(vault.all(Film, domain=family, readable=True)) if film is None else 1,
        copies=tuple(copies),
        held=hold_on(vault, family, film),
        recoverable_until=last_day(vault),
        lost=() if film is None else lost_with(vault, family, film),
    )


def erase_film(
    vault: Vault,
    film: Id,
    *,
    reason: str,
    on: date,
    giving_up: Collection[Id] = (),
    report: Report = silent,
    cancelled: Cancelled = never,
) -> Erasure:
    """Erase a film and all that was made of it, and give the rest of its family another key.

    It takes as long as copying the family's other films. It can be stopped until all of them are: then nothing was
    changed. What is damaged does not stop it. Of a film of which nothing can be read, whoever asks for it has to have
    been told, since that film is left to backups made before: `Outlook.lost` names it.

    Args:
        vault: open, by somebody who can open the family.
        film: which.
        reason: why, without names.
        on: the day.
        giving_up: other films of which nothing can be read, and which may be left to backups.
        report: told bytes done of all.
        cancelled: asked between pieces.

    Raises:
        NotAllowed: neither lead nor administrator, nor the family's practitioner. UnderHold. NoKey, NoSuchRecord.
        InvalidRecord: without a reason, or with a name in it. FilmsBeyondReach: nothing can be read of another film
        either, and it was not given up. CardUnchecked: a colleague has the key whose card was not compared.
        RecordChanged, StorageFailed, Cancelled: nothing was changed.
    """
    family = family_of(vault, film)
    require_may_erase(vault, family)
    refuse_held(vault, family, film)
    begun = _begun(vault, film, family, kept_reason(vault, family, reason), on)
    erasure = erase_film_of(
        vault, begun, despite_hold=False, enter=True, giving_up=giving_up, report=report, cancelled=cancelled
    )
    tell(vault)
    return erasure


def erase_family(
    vault: Vault, family: Id, *, reason: str, on: date, report: Report = silent, cancelled: Cancelled = never
) -> Erasure:
    """Destroy a family's keys, its records and its films. Nobody can undo it but with an older backup.

    Nobody needs a key of the family for it. Once it has begun to write it cannot be stopped any more.

    Raises:
        NotAllowed: neither lead nor administrator, nor the family's practitioner. UnderHold. NoSuchRecord: there is no
        such family, or it was erased already. InvalidRecord: without a reason, or with a name in it. Cancelled.
        StorageFailed: nothing was changed; or the disk was in the way of what follows, which is done at the next
        opening (the list of erasures then has it).
    """
    _require_standing(vault, family)
    require_may_erase(vault, family)
    words = kept_reason(vault, family, reason)
    if cancelled():
        raise WasCancelled
    erasure = _shred(vault, _begun(vault, family, family, words, on), despite_hold=False, enter=True)
    _finish(vault, report)
    return erasure


def erasures(vault: Vault) -> list[Erasure]:
    """All that was ever erased from this vault, the first first."""
    return values(vault, Erasure)


def certificate(vault: Vault, erasure: Erasure) -> str:
    """The certificate of an erasure, as plain text: ids and days, no names."""
    on_server = vault.core.storage.version.startswith("PostgreSQL")
    finished = shredding.is_finished(vault.core)
    return certificate_text(erasure, vault.vault_id, finished=finished, on_server=on_server)


def still_standing(vault: Vault, given: Iterable[Erasure]) -> list[Erasure]:
    """Those of these erasures of which something is there: an older state of the vault was put in place."""
    return [each for each in given if erasable.stands(vault.core, each.what)]


def back_again(vault: Vault) -> list[Erasure]:
    """What was erased from this vault and stands in it: an older state of it, or of a part of it, was put in place.

    Told by the vault itself, and by the list in its folder, which an older state leaves where it is.
    """
    return still_standing(vault, tombstones.erasures_here(vault.core)[0])


def doubted(vault: Vault) -> list[Erasure]:
    """What is said to have been erased, and stands: on the word of nobody who is known to have been one who might."""
    return still_standing(vault, tombstones.erasures_here(vault.core)[1])


def held_since(vault: Vault, erasure: Erasure) -> bool:
    """Whether it was put under a hold after it had been erased and had come back: then `reapply` lets it stand."""
    with vault.core.storage.reading() as connection:
        held = held_by_log(vault.core, connection, erasure.family, since=erasure.on)
    return bool(held if erasure.of_family else held & {erasure.what, erasure.family})


def reapply(
    vault: Vault, given: Iterable[Erasure], *, report: Report = silent, cancelled: Cancelled = never
) -> tuple[Erasure, ...]:
    """Erase again what was erased before an older backup was restored; what of it was there, and is gone now.

    A legal hold in the older state does not stop it: the erasure came after the hold was lifted. One that was placed on
    the day of the erasure or later does: somebody wants what came back. What it covers stays, and so does a film of a
    family that this user cannot open or carry over. It is entered as erased all the same, so that `back_again` tells of
    it until somebody who can has erased it again.

    Raises:
        StorageFailed, Cancelled.
    """
    there = {erasure.id for erasure in erasures(vault)}
    again: list[Erasure] = []
    for each in sorted(given, key=lambda erasure: not erasure.of_family):  # what went as a whole need not be re-keyed
        stands = bool(still_standing(vault, [each])) and not held_since(vault, each)
        if stands and _again(vault, each, enter=each.id not in there, report=report, cancelled=cancelled):
            again.append(each)
        elif each.id not in there:
            with vault.transaction("erasure enter") as writer:
                writer.add(each)
    _finish(vault, report)
    return tuple(again)


def _again(vault: Vault, erasure: Erasure, *, enter: bool, report: Report, cancelled: Cancelled) -> bool:
    """Erase something again; whether it could be."""
    if erasure.of_family:
        _shred(vault, erasure, despite_hold=True, enter=enter)
        return True
    try:
        # What cannot be read in a state that was restored was lost before: it is no ground to let the erased stand.
        erase_film_of(
            vault, erasure, despite_hold=True, enter=enter, giving_up=None, report=report, cancelled=cancelled
        )
    except (StorageFailed, WasCancelled):
        raise
    except VigtoolError:
        return False
    return True


def _begun(vault: Vault, what: Id, family: Id, reason: str, on: date) -> Erasure:
    return Erasure(
        id=new_id(),
        what=what,
        family=family,
        reason=reason,
        on=on,
        by=vault.user_id,
        erased=(),
        files=0,
        recoverable_until=last_day(vault),
    )


def _shred(vault: Vault, erasure: Erasure, *, despite_hold: bool, enter: bool) -> Erasure:
    """The transaction: after it the family is gone for everybody."""
    with vault.transaction(FAMILY_ERASE, details={"family": erasure.family, "erasure": erasure.id}) as writer:
        gone = writer.shred(erasure.family, erasure.id, erasure.on, despite_hold=despite_hold)
        entered = replace(
            erasure,
            erased=tuple(dict.fromkeys((*erasure.erased, *gone.records))),
            files=max(erasure.files, len(gone.files)),
            file_names=tuple(dict.fromkeys((*erasure.file_names, *gone.files))),
            keys=max(erasure.keys, gone.keys),
        )
        if enter:
            writer.add(entered)
    return entered


def _finish(vault: Vault, report: Report) -> None:
    """What follows the commit: forget the keys, take the files away, have the list of erasures say it too."""
    tell(vault)
    shredding.finish(vault.core, report)


def _require_standing(vault: Vault, family: Id) -> None:
    if not erasable.standing_of(vault.core, [family]) or vault.domain_of(family) != family:
        message = "there is no such family, or it was erased already"
        raise NoSuchRecord(message, "look at the list of what was erased")
