"""Erasing a film or a family for good, what stays to tell of it, and erasing again after an older backup was restored.

Nothing is erased by a date or by itself: each is an act of somebody who may, with a reason. That they mean it is asked
where they ask for it (the family's code, typed).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from vigtool.annotate.reel import Reel
from vigtool.casework.copy import Copy
from vigtool.casework.erasure import Erasure, certificate_text
from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film
from vigtool.casework.legal_hold import LegalHold
from vigtool.casework.member import StaffRole
from vigtool.errors import Cancelled as WasCancelled
from vigtool.errors import InvalidRecord, NoSuchRecord, NotAllowed
from vigtool.ids import Id, new_id
from vigtool.practice.progress import Cancelled, Report, never, silent
from vigtool.practice.records import plain, value, values
from vigtool.practice.retention import held
from vigtool.practice.roles import roles_of
from vigtool.vault import shredding, tombstones
from vigtool.vault.audit_check import FAMILY_ERASE
from vigtool.vault.vault import Vault

_KEEPERS: Final = frozenset({StaffRole.LEAD, StaffRole.ADMINISTRATOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What erasing would take away, and what it would not reach; to be read before one decides.

    Attributes:
        what: the film, or the family.
        films: how many films would go.
        copies: handed-over copies that show it, which stay wherever they are.
        held: the legal hold that stops it.
        recoverable_until: the last day on which a backup could bring it back.
    """

    what: Id
    family: Id
    films: int
    copies: tuple[Copy, ...]
    held: LegalHold | None
    recoverable_until: date | None


def outlook(vault: Vault, what: Id, *, on: date) -> Outlook:
    """What erasing a film, or a family, would do.

    Raises:
        NoSuchRecord, NoKey.
    """
    family = vault.domain_of(what)
    film = None if what == family else value(vault, Film, what).id
    copies = values(vault, Copy, domain=family)
    if film is not None:
        reels = {reel.id for reel in values(vault, Reel, domain=family) if any(c.film == film for c in reel.clips)}
        copies = [copy for copy in copies if copy.source in {film, *reels}]
    return Outlook(
        what=what,
        family=family,
        films=len(values(vault, Film, domain=family)) if film is None else 1,
        copies=tuple(copies),
        held=held(vault, family, film),
        recoverable_until=_last_day(vault, on),
    )


def erase_family(
    vault: Vault, family: Id, *, reason: str, on: date, report: Report = silent, cancelled: Cancelled = never
) -> Erasure:
    """Destroy a family's keys, its records and its films. Nobody can undo it but with an older backup.

    Nobody needs a key of the family for it. Once it has begun to write it cannot be stopped any more.

    Raises:
        NotAllowed: neither lead nor administrator, nor the family's practitioner. UnderHold. NoSuchRecord: there is no
        such family, or it was erased already. InvalidRecord: without a reason, or with a name in it. Cancelled.
        StorageFailed: nothing was changed; or, where it says so, what is left is done at the next opening.
    """
    _require_standing(vault, family)
    _require_may_erase(vault, family)
    words = _reason(vault, family, reason)
    if cancelled():
        raise WasCancelled
    erasure = _shred(vault, _begun(vault, family, family, words, on), despite_hold=False)
    _finish(vault, report)
    return erasure


def erasures(vault: Vault) -> list[Erasure]:
    """All that was ever erased from this vault, the first first."""
    return values(vault, Erasure)


def certificate(vault: Vault, erasure: Erasure) -> str:
    """The certificate of an erasure, as plain text: ids and days, no names."""
    return certificate_text(erasure, vault.vault_id, finished=shredding.is_finished(vault.core))


def still_standing(vault: Vault, given: Iterable[Erasure]) -> list[Erasure]:
    """Those of these erasures of which something is there: an older state of the vault was put in place."""
    return [erasure for erasure in given if shredding.stands(vault.core, (erasure.what, *erasure.erased))]


def reapply(vault: Vault, given: Iterable[Erasure], *, report: Report = silent) -> tuple[Erasure, ...]:
    """Erase again what was erased before an older backup was restored; what of it was there again.

    A legal hold in the older state does not stop it: the erasure came after the hold was lifted.

    Raises:
        StorageFailed.
    """
    there = {erasure.id for erasure in erasures(vault)}
    again: list[Erasure] = []
    for erasure in given:
        stands = bool(still_standing(vault, [erasure]))
        if stands and erasure.of_family:
            _shred(vault, erasure, despite_hold=True, enter=erasure.id not in there)
            again.append(erasure)
        elif erasure.id not in there and not stands:
            with vault.transaction("erasure enter") as writer:
                writer.add(erasure)
    _finish(vault, report)
    return tuple(again)


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
        recoverable_until=_last_day(vault, on),
    )


def _shred(vault: Vault, erasure: Erasure, *, despite_hold: bool, enter: bool = True) -> Erasure:
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
    tombstones.keep_beside(vault.core)
    shredding.finish(vault.core, report)


def _require_standing(vault: Vault, family: Id) -> None:
    if not shredding.stands(vault.core, [family]) or vault.domain_of(family) != family:
        message = "there is no such family, or it was erased already"
        raise NoSuchRecord(message, "look at the list of what was erased")


def _require_may_erase(vault: Vault, family: Id) -> None:
    """Leads and administrators, who need no key for it, and whoever works with the family."""
    roles = roles_of(vault)
    if roles.isdisjoint(_KEEPERS) and not (StaffRole.PRACTITIONER in roles and vault.has_key(family)):
        message = "erasing is for a lead, an administrator, or the practitioner of the family"
        raise NotAllowed(message, "ask one of them")


def _reason(vault: Vault, family: Id, reason: str) -> str:
    """The reason as it is kept: it outlives the family, so nobody's name stands in it.

    Raises:
        InvalidRecord.
    """
    words = plain(reason, what="the reason", needed=True, longest=200)
    if not vault.has_key(family):
        return words
    names = {part for person in values(vault, Person, domain=family) for part in re.findall(r"\w{3,}", person.name)}
    whole = plain(value(vault, Family, family).name, what="the name").casefold()
    if names & set(re.findall(r"\w+", words)) or (whole and whole in words.casefold()):
        message = "the reason names somebody of the family, and it is kept after the family is gone"
        raise InvalidRecord(message, "write it without names")
    return words


def _last_day(vault: Vault, on: date) -> date | None:
    """The last day on which a backup made until `on` could bring back what is erased now."""
    del vault, on
    return None
