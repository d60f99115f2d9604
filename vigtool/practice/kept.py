"""What is made of a film once and kept with it: how loud it is, small pictures of it, a small film that stands in.

All of it can be made again. Whatever was made by other frames than the film has now, or cannot be read, counts as not
there, and what is made next takes its place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, BinaryIO, TypeVar

from vigtool.casework.film import Film
from vigtool.errors import FilmError, SealBroken, VaultDamaged
from vigtool.ids import Id, new_id
from vigtool.player import stand_in as small
from vigtool.player import waveform
from vigtool.player.footage import Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.look import look_at
from vigtool.player.stand_in import StandIn
from vigtool.player.strip import Strip
from vigtool.player.waveform import Peaks
from vigtool.practice.progress import Cancelled, Report, never, share, silent
from vigtool.vault import footage as sealed
from vigtool.vault.shapes import FilmPeaks, FilmStandIn, FilmStrip, Stored
from vigtool.vault.vault import Vault

R = TypeVar("R", FilmPeaks, FilmStrip, FilmStandIn)
T = TypeVar("T")

_BYTES_A_SECOND = 1_000_000
"""As much as a stand-in may take; so much room is made sure of."""


def kept_peaks(vault: Vault, film: Id, index: FrameIndex) -> Peaks | None:
    """How loud a film is, if that is kept."""
    return _first(_kept(vault, FilmPeaks, film, index), lambda kept: waveform.from_bytes(kept.data))


def keep_peaks(vault: Vault, film: Id, index: FrameIndex, found: Peaks) -> None:
    """Keep how loud a film is.

    Raises:
        NoSuchRecord: there is no such film. StorageFailed.
    """
    data = waveform.to_bytes(found)
    _keep(vault, FilmPeaks(id=new_id(), film=film, fingerprint=index.fingerprint, data=data))


def kept_strip(vault: Vault, film: Id, index: FrameIndex) -> Strip | None:
    """The small pictures of a film, if they are kept."""
    return _first(_kept(vault, FilmStrip, film, index), lambda kept: Strip.from_bytes(kept.data))


def keep_strip(vault: Vault, film: Id, index: FrameIndex, strip: Strip) -> None:
    """Keep the small pictures of a film.

    Raises:
        NoSuchRecord: there is no such film. StorageFailed.
    """
    data = strip.to_bytes()
    _keep(vault, FilmStrip(id=new_id(), film=film, fingerprint=index.fingerprint, data=data))


def kept_stand_in(vault: Vault, film: Id, index: FrameIndex) -> StandIn | None:
    """The small film that stands in for a film, if one is kept and has the very same frames."""

    def opened(kept: FilmStandIn) -> StandIn:
        opener = sealed.opener(vault, kept.footage, vault.domain_of(film))
        opener().close()
        return small.stand_in(opener, index, FrameIndex.from_bytes(kept.index))

    return _first(_kept(vault, FilmStandIn, film, index), opened)


def make_stand_in(
    vault: Vault,
    film: Film,
    index: FrameIndex,
    opener: Opener,
    *,
    report: Report = silent,
    cancelled: Cancelled = never,
) -> StandIn:
    """Make the small film that stands in for a film, sealed while it is made, and keep it. Whole or not at all.

    It takes long and may run in any thread; the vault can be used meanwhile.

    Raises:
        FilmMissing, FilmChanged, FrameUnreadable: it cannot be made of this film.
        StorageFailed, Cancelled.
    """

    def make(out: BinaryIO) -> None:
        small.make_stand_in(opener, index, out, share(report, 0, 95), cancelled)

    room = int(index.duration * _BYTES_A_SECOND)
    kept = sealed.seal_made(vault, make, room, film.family, cancelled)
    try:
        own = sealed.opener(vault, kept, film.family)
        made = small.stand_in(own, index, look_at(own, share(report, 95, 100), cancelled).index)
        data = made.index.to_bytes()
        _keep(
            vault,
            FilmStandIn(id=new_id(), film=film.id, fingerprint=index.fingerprint, footage=kept, index=data),
        )
    except BaseException:
        sealed.discard(vault, kept)
        raise
    return made


def _kept(vault: Vault, kind: type[R], film: Id, index: FrameIndex) -> list[R]:
    """What is kept of a film and was made by the frames that it has now."""
    found = vault.all(kind, parent=film, readable=True)
    return [stored.value for stored in found if stored.value.fingerprint == index.fingerprint]


def _first(kept: list[R], read: Callable[[R], T]) -> T | None:
    """The first of what is kept that can be read."""
    for record in kept:
        try:
            return read(record)
        except (FilmError, SealBroken, VaultDamaged):
            continue
    return None


def _keep(vault: Vault, record: FilmPeaks | FilmStrip | FilmStandIn) -> None:
    """Write what was made, in the place of what was kept before; sealed files of that go."""
    with vault.transaction("film kept", [record.film]) as writer:
        before: list[Stored[Any]] = vault.all(type(record), parent=record.film, readable=True)
        if isinstance(record, FilmStandIn):
            writer.keep_footage(record.footage, vault.domain_of(record.film))
        if before:
            writer.change(before[0], replace(record, id=before[0].id))
        else:
            writer.add(record)
        for more in before[1:]:
            writer.remove(more)
        gone = [stored.value.footage for stored in before if isinstance(record, FilmStandIn)]
        for footage in gone:
            writer.let_go(footage)
    for footage in gone:
        sealed.discard(vault, footage)
