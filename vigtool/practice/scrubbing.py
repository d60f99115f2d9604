"""Looking through every film in the vault, naming the seconds that are damaged, and mending films from a backup.

It takes long, may run in any thread while the vault is used, and goes on where it was stopped.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from vigtool.casework.film import Film, SealedFootage
from vigtool.casework.scrub import DamagedFilm, Scrub, damage_known
from vigtool.errors import BackupDamaged, FilmError, NoKey, NotABackup, SealBroken, VaultDamaged
from vigtool.errors import Cancelled as WasCancelled
from vigtool.ids import Id, new_id
from vigtool.player.frame_index import FrameIndex
from vigtool.player.holes import unreadable_spans
from vigtool.practice.progress import Cancelled, Report, never, silent
from vigtool.practice.records import value, values
from vigtool.timebase import Span
from vigtool.vault import footage as sealed
from vigtool.vault.backup_place import find
from vigtool.vault.mending import put_back, sealed_from_earlier
from vigtool.vault.reading_back import Step
from vigtool.vault.scrubbing import Holes, find_holes
from vigtool.vault.shapes import FilmIndex, FilmStandIn, Stored
from vigtool.vault.vault import Vault

__all__ = ["DamagedFilm", "Scrub", "damaged_films", "last_scrub", "mend_film", "scrub", "unfinished_scrub"]


def scrub(vault: Vault, report: Report = silent, cancelled: Cancelled = never, *, anew: bool = False) -> Scrub:
    """Open every sealed byte of every film and stand-in that this user has a key of, and enter what was found.

    One that was stopped is gone on with, unless it is to begin `anew`. Where it is stopped, what was found so far is
    entered first. A stand-in that is damaged is taken away: it is made again when it is next needed.

    Args:
        vault: open; it can be used meanwhile.
        report: told bytes done of all.
        cancelled: asked between chunks.
        anew: begin with the first film.

    Raises:
        Cancelled: what was found so far is entered. StorageFailed.
    """
    before = None if anew else unfinished_scrub(vault)
    after = before.last if before else None
    films = sorted((film for film in values(vault, Film) if after is None or film.id > after), key=lambda film: film.id)
    look = _Look(vault, films, report, cancelled)
    found = Scrub(id=new_id(), on=_now(), by=vault.user_id, films=0, after=after, finished=False, last=after)
    try:
        for film in films:
            damaged, stand_ins = look.film(film)
            found = replace(
                found,
                films=found.films + 1,
                damaged=(*found.damaged, *damaged),
                stand_ins=found.stand_ins + stand_ins,
                last=film.id,
            )
    except WasCancelled:
        if found.films:
            _enter(vault, replace(found, on=_now()))
        raise
    found = replace(found, on=_now(), finished=True)
    _enter(vault, found)
    look.end()
    return found


def last_scrub(vault: Vault) -> Scrub | None:
    """The last time that this user's films were looked through to the end; none where they never were."""
    whole = [each for each in _scrubs(vault) if each.finished and each.only is None]
    return whole[-1] if whole else None


def unfinished_scrub(vault: Vault) -> Scrub | None:
    """One that was stopped and can be gone on with; none where the last one came to its end."""
    done = [each for each in _scrubs(vault) if each.only is None]
    return done[-1] if done and not done[-1].finished else None


def damaged_films(vault: Vault) -> list[DamagedFilm]:
    """The films that are known to be damaged, by all that was looked through so far, and that are still there."""
    there = {film.id for film in values(vault, Film)}
    return [found for film, found in sorted(damage_known(_scrubs(vault)).items()) if film in there]


def mend_film(vault: Vault, film: Id, backup: Path, *, report: Report = silent, cancelled: Cancelled = never) -> Scrub:
    """Put a film's sealed file back from a backup, where it is whole there, and look through it once more.

    A backup will do that was made before its family got another key: the film is sealed anew out of it.

    Args:
        vault: open.
        film: which.
        backup: the folder of one backup, or of all.
        report: told bytes done of all.
        cancelled: asked between pieces.

    Raises:
        NotABackup: there is no backup, or not that film in it. BackupDamaged: the film is damaged there too.
        NoSuchRecord, StorageFailed, Cancelled. The vault is as it was then.
    """
    record = value(vault, Film, film)
    place, generations = find(backup)
    try:
        put_back(vault, record.footage, record.family, place, report, cancelled)
    except (NotABackup, VaultDamaged) as error:
        try:
            made = sealed_from_earlier(vault, record, place, generations, report, cancelled)
        except (NotABackup, BackupDamaged) as none:
            raise (error if isinstance(error, BackupDamaged) else none) from None
        record = _replaced(vault, record, made)
    damaged, _ = _Look(vault, [record], silent, cancelled).film(record)
    found = Scrub(id=new_id(), on=_now(), by=vault.user_id, films=1, damaged=damaged, only=film)
    _enter(vault, found, "film mend", film)
    return found


def _replaced(vault: Vault, film: Film, made: SealedFootage) -> Film:
    """Have a film's record follow to a file that was just sealed, and let the damaged one go."""
    try:
        with vault.transaction("film mend", [film.id]) as writer:
            stored = vault.get(Film, film.id)
            writer.keep_footage(made, film.family)
            after = writer.change(stored, replace(stored.value, footage=made)).value
            writer.let_go(film.footage)
    except BaseException:
        sealed.discard(vault, made)
        raise
    sealed.discard(vault, film.footage)
    return after


class _Look:
    """Looks through films, one after the other, and tells how far it is."""

    def __init__(self, vault: Vault, films: list[Film], report: Report, cancelled: Cancelled) -> None:
        self._vault, self._report, self._cancelled = vault, report, cancelled
        self._total = max(1, sum(film.footage.size for film in films))
        self._done = 0

    def film(self, film: Film) -> tuple[tuple[DamagedFilm, ...], int]:
        """What is wrong with one film, if anything is; how many damaged stand-ins of it were taken away."""
        holes = self._holes(film.footage, film.family, self._step)
        found = () if holes.whole else (self._damage(film, holes),)
        gone = 0
        for stored in self._vault.all(FilmStandIn, parent=film.id, readable=True):
            if not self._holes(stored.value.footage, film.family, lambda _: None).whole:
                gone += _drop(self._vault, stored)
        return found, gone

    def end(self) -> None:
        """All of it is done."""
        self._report(self._total, self._total)

    def _step(self, size: int) -> None:
        self._done += size
        self._report(min(self._done, self._total), self._total)

    def _holes(self, footage: SealedFootage, family: Id, step: Step) -> Holes:
        try:
            return find_holes(self._vault, footage, family, step, self._cancelled)
        except (VaultDamaged, NoKey):
            return Holes(lost=True)

    def _damage(self, film: Film, holes: Holes) -> DamagedFilm:
        """Which seconds of a film the damaged bytes are."""
        everything = DamagedFilm(
            film=film.id,
            spans=(Span(film.start, film.end),),
            time_base=film.time_base,
            start=film.start,
            lost=True,
        )
        kept = self._vault.all(FilmIndex, parent=film.id, readable=True)
        if holes.lost or not kept:
            return everything
        opener = sealed.opener(self._vault, film.footage, film.family, around=True)
        try:
            index = FrameIndex.from_bytes(kept[0].value.data)
            spans = unreadable_spans(opener, index, holes.parts, self._cancelled)
        except (FilmError, SealBroken):
            return everything
        return replace(everything, spans=spans, lost=False)


def _drop(vault: Vault, stored: Stored[FilmStandIn]) -> int:
    """Take a damaged stand-in away."""
    with vault.transaction("film kept", [stored.value.film]) as writer:
        writer.remove(stored)
        writer.let_go(stored.value.footage)
    sealed.discard(vault, stored.value.footage)
    return 1


def _scrubs(vault: Vault) -> list[Scrub]:
    """Those of this user, the oldest first."""
    return sorted((each for each in values(vault, Scrub) if each.by == vault.user_id), key=lambda each: each.on)


def _enter(vault: Vault, found: Scrub, act: str = "scrub", *objects: Id) -> None:
    told = {"films": found.films, "damaged": len(found.damaged), "finished": int(found.finished)}
    with vault.transaction(act, objects, dict(told)) as writer:
        writer.add(found)


def _now() -> datetime:
    return datetime.now(UTC)
