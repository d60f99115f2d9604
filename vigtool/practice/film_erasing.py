"""Erasing one film: all that was made of it goes, and the rest of its family gets another key.

The key that sealed the film sealed the rest of the family too. So the family is re-keyed deeply without it: what
stays is sealed anew, what goes is deleted, and the keys that could open it are destroyed, all in one transaction.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from vigtool.annotate.reel import Reel
from vigtool.casework.erasure import Erasure
from vigtool.casework.film import Film
from vigtool.casework.film_pair import FilmPair
from vigtool.ids import Id
from vigtool.practice.progress import Cancelled, Report
from vigtool.vault import erasable
from vigtool.vault.audit_check import FILM_ERASE
from vigtool.vault.rekey import deep_rekey
from vigtool.vault.shapes import FilmStandIn, Stored
from vigtool.vault.vault import Vault
from vigtool.vault.writing import Writer


def erase_film_of(
    vault: Vault, begun: Erasure, *, despite_hold: bool, enter: bool, report: Report, cancelled: Cancelled
) -> Erasure:
    """Erase the film that `begun` names, and everything else that it says was erased.

    Args:
        vault: open, by somebody who can open the family.
        begun: the entry, without what is only known now.
        despite_hold: whether a legal hold is passed over: it is older than an erasure that is done again.
        enter: whether the entry is written; not where it stands already.
        report: told bytes done of all that have to be sealed again.
        cancelled: asked between pieces; nothing was changed then.

    Raises:
        UnderHold, NoKey, Cancelled, StorageFailed, and what else `deep_rekey` raises: nothing was changed.
    """
    records = _records_of(vault, begun)
    files = _files_of(vault, begun, records)
    gone = erasable.digests_of(vault.core, records)
    erasure = replace(
        begun,
        erased=tuple(dict.fromkeys((*begun.erased, *records))),
        files=max(begun.files, len(files)),
        file_names=tuple(dict.fromkeys((*begun.file_names, *files))),
        keys=max(begun.keys, erasable.keys_of(vault.core, begun.family)),
    )

    def also(writer: Writer) -> None:
        if not despite_hold:
            writer.require_no_hold(begun.family, records)
        for stored, without in _reels_without(vault, begun):
            writer.take_out(stored, without)
        writer.vouch_without(gone)
        if enter:
            writer.add(erasure)

    deep_rekey(
        vault,
        begun.family,
        keep_users=None,
        without_records=records,
        without_files=files,
        act=FILM_ERASE,
        objects=records,
        also=also,
        report=report,
        cancelled=cancelled,
    )
    return erasure


def _records_of(vault: Vault, begun: Erasure) -> tuple[Id, ...]:
    """The film, all that belongs to it, and its pairs with other films; and what an earlier erasure named."""
    pairs = erasable.ever(vault.core, begun.family, FilmPair)
    paired = dict.fromkeys(stored.id for stored in pairs if stored.value.second == begun.what)
    found = [record for each in (begun.what, *paired) for record in erasable.below(vault.core, each)]
    return tuple(dict.fromkeys((*found, *erasable.standing_of(vault.core, begun.erased))))


def _files_of(vault: Vault, begun: Erasure, records: Collection[Id]) -> tuple[Id, ...]:
    """Every sealed file that the film or its stand-ins ever had, and that is there."""
    ever: list[Stored[Film] | Stored[FilmStandIn]] = [
        *erasable.ever(vault.core, begun.family, Film),
        *erasable.ever(vault.core, begun.family, FilmStandIn),
    ]
    named = {stored.value.footage.file for stored in ever if stored.id in records}
    return tuple(sorted(named & erasable.files_of(vault.core, begun.family)))


def _reels_without(vault: Vault, begun: Erasure) -> list[tuple[Stored[Reel], Reel]]:
    """Every reel that shows the film, anybody's, and the same with its other clips alone."""
    found = []
    for stored in vault.all(Reel, domain=begun.family):
        clips = tuple(clip for clip in stored.value.clips if clip.film != begun.what)
        if clips != stored.value.clips:
            found.append((stored, replace(stored.value, clips=clips)))
    return found
