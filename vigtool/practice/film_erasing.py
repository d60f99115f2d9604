"""Erasing one film: all that was made of it goes, and the rest of its family gets another key.

The key that sealed the film sealed the rest of the family too. So the family is re-keyed deeply without it: what
stays goes over to another key, what goes is deleted, and the keys that could open it are destroyed, all in one
transaction. The films that stay keep their file keys, which say nothing of the one that goes, and get another header.

Nothing that is damaged stops it, be it of what goes or of what stays: rows that do not open are passed over here, and
stay as they lie where they do not belong to what goes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from vigtool.annotate.reel import Reel
from vigtool.casework.erasure import Erasure
from vigtool.casework.film import Film
from vigtool.casework.film_pair import FilmPair
from vigtool.errors import RecordChanged
from vigtool.ids import Id
from vigtool.practice.progress import Cancelled, Report
from vigtool.vault import erasable
from vigtool.vault.audit_check import FILM_ERASE
from vigtool.vault.carried_films import beyond_reach, staying, without_key
from vigtool.vault.footage_again import Way
from vigtool.vault.rekey import deep_rekey
from vigtool.vault.shapes import FilmStandIn, Stored
from vigtool.vault.vault import Vault
from vigtool.vault.writing import Writer


def erase_film_of(
    vault: Vault,
    begun: Erasure,
    *,
    despite_hold: bool,
    enter: bool,
    giving_up: Collection[Id] | None,
    report: Report,
    cancelled: Cancelled,
) -> Erasure:
    """Erase the film that `begun` names, and everything else that it says was erased.

    Args:
        vault: open, by somebody who can open the family.
        begun: the entry, without what is only known now.
        despite_hold: whether a legal hold is passed over: it is older than an erasure that is done again.
        enter: whether the entry is written; not where it stands already.
        giving_up: other films of which nothing can be read, and which may stay behind; any, where None is said.
        report: told bytes done of all that have to be sealed again.
        cancelled: asked between pieces; nothing was changed then.

    Raises:
        UnderHold, NoKey, Cancelled, StorageFailed, and what else `deep_rekey` raises: nothing was changed.
    """
    records = _records_of(vault, begun)
    files, all_known = _files_of(vault, begun, records)
    gone = erasable.digests_of(vault.core, records)
    erasure = replace(
        begun,
        erased=tuple(dict.fromkeys((*begun.erased, *records))),
        files=max(begun.files, len(files)),
        file_names=tuple(dict.fromkeys((*begun.file_names, *files))),
        keys=max(begun.keys, erasable.keys_of(vault.core, begun.family)),
    )

    def also(writer: Writer) -> None:
        _refuse_more(vault, begun, records)
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
        way=Way.HEADER,
        giving_up=giving_up,
        keep_unnamed=all_known,
        report=report,
        cancelled=cancelled,
    )
    return erasure


def lost_with(vault: Vault, family: Id, film: Id) -> tuple[Id, ...]:
    """The other films of a family of which nothing can be read now: erasing one leaves them to older backups.

    Raises:
        StorageFailed: the system does not give one just now. NoKey, SealBroken, VaultNewer: as for `deep_rekey`.
    """
    there = staying(vault, family, [film], (), keep_unnamed=False)
    files = [sealed for sealed in there.files().values() if there.films_in([sealed.file])]
    lost = beyond_reach(vault, family, files)
    return there.films_in(lost - without_key(vault, family, lost))


def _records_of(vault: Vault, begun: Erasure) -> tuple[Id, ...]:
    """The film, all that belongs to it, and its pairs with other films; and what an earlier erasure named."""
    pairs, _ = erasable.ever(vault.core, begun.family, FilmPair)
    paired = dict.fromkeys(stored.id for stored in pairs if stored.value.second == begun.what)
    found = [record for each in (begun.what, *paired) for record in erasable.below(vault.core, each)]
    return tuple(dict.fromkeys((*found, *erasable.standing_of(vault.core, begun.erased))))


def _refuse_more(vault: Vault, begun: Erasure, records: Sequence[Id]) -> None:
    """What was written meanwhile and belongs to what goes must not stay behind, such as a film that stands in.

    Raises:
        RecordChanged: there is such.
    """
    pairs, _ = erasable.ever(vault.core, begun.family, FilmPair)
    paired = {stored.id for stored in pairs if stored.value.second == begun.what}
    if (erasable.children_of(vault.core, records) | paired) - set(records):
        message = "something was added in the meantime to what is to be erased"
        raise RecordChanged(message, "nothing was changed; do this again")


def _files_of(vault: Vault, begun: Erasure, records: Collection[Id]) -> tuple[tuple[Id, ...], bool]:
    """Every sealed file that the film or its stand-ins ever had, and that is there; and whether that is surely all.

    It is not where one of their records cannot be read: its file is then among those that no record names.
    """
    films, unread_films = erasable.ever(vault.core, begun.family, Film)
    small, unread_small = erasable.ever(vault.core, begun.family, FilmStandIn)
    ever: list[Stored[Film] | Stored[FilmStandIn]] = [*films, *small]
    named = {stored.value.footage.file for stored in ever if stored.id in records}
    all_known = (unread_films | unread_small).isdisjoint(records)
    return tuple(sorted(named & erasable.files_of(vault.core, begun.family))), all_known


def _reels_without(vault: Vault, begun: Erasure) -> list[tuple[Stored[Reel], Reel]]:
    """Every reel that shows the film, anybody's, and the same with its other clips alone."""
    found = []
    for stored in vault.all(Reel, domain=begun.family, readable=True):
        clips = tuple(clip for clip in stored.value.clips if clip.film != begun.what)
        if clips != stored.value.clips:
            found.append((stored, replace(stored.value, clips=clips)))
    return found
