"""Films: bringing one in, opening it from its sealed bytes."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vigtool.casework.consent import Act, Decision
from vigtool.casework.cycle import Cycle
from vigtool.casework.film import Film, FilmKind, FilmSound, SealedFootage
from vigtool.casework.origin import Origin
from vigtool.casework.session import Session
from vigtool.casework.stray_copy import StrayCopy
from vigtool.errors import FilmChanged, FilmError, FilmMissing, NoSuchRecord, NotAFilm, SealBroken
from vigtool.ids import Id, new_id
from vigtool.player.damage import Damage
from vigtool.player.examine import examine
from vigtool.player.footage import Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.probe import FilmFacts, SoundFacts, film_facts
from vigtool.practice.at_once import look_while_sealing
from vigtool.practice.consents import ask
from vigtool.practice.openings import note_film_opened
from vigtool.practice.progress import Cancelled, Report, never, silent
from vigtool.practice.records import check_people, people_of, plain, value
from vigtool.practice.seeing import require_to_see
from vigtool.practice.source_place import path_words, stray_place, volume_of
from vigtool.vault import footage as sealed
from vigtool.vault.shapes import FilmIndex
from vigtool.vault.vault import Vault

Pixels: TypeAlias = NDArray[np.uint8]


DAMAGED_AT_ITS_END = "the end of this film's sealed file is damaged; fetch the film from a backup"
"""What is said of such a film; what comes before its end can be shown."""


class Stamp(NamedTuple):
    """By what a file is known again, and seen to be unchanged."""

    st_dev: int
    st_ino: int
    st_size: int
    st_mtime_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmWords:
    """What is said of a film when it is brought in.

    Attributes:
        persons: who is seen or heard in it; None for the whole family.
        someone_else: whether anybody outside the family is.
    """

    kind: FilmKind = FilmKind.INTERACTION
    title: str = ""
    session: Id | None = None
    cycle: Id | None = None
    filmed_on: date | None = None
    persons: tuple[Id, ...] | None = None
    someone_else: bool = False


@dataclass(frozen=True, slots=True)
class OpenFilm:
    """A film with all that looking at it needs.

    Attributes:
        opener: gives the film's own bytes, decrypted as they are read; each thread opens its own.
    """

    film: Film
    facts: FilmFacts
    index: FrameIndex
    opener: Opener


def bring_in(
    vault: Vault,
    path: Path,
    family: Id,
    words: FilmWords,
    *,
    report: Report = silent,
    cancelled: Cancelled = never,
) -> Film:
    """Look at a film in a child process, seal it meanwhile, verify the sealed copy, enter it. Whole or not at all.

    Consent is not asked here: a film left on a phone is worse. `consent_to_film` tells what is missing.

    Raises:
        FilmError: any of its kinds; StorageFailed; Cancelled; NoSuchRecord for the family, session or persons.
    """
    _check_words(vault, family, words)
    with _open_plain(path) as looked_at, _open_plain(path) as sealed_from:
        before = _stamp(looked_at)
        _require_unchanged(unchanged=_stamp(sealed_from) == before)
        try:
            found, kept = look_while_sealing(
                lambda told, stop: examine(looked_at, report=told, cancelled=stop),
                lambda told, stop: sealed.seal_in(vault, sealed_from, before.st_size, family, told, stop),
                lambda made: sealed.discard(vault, made),
                report=report,
                cancelled=cancelled,
            )
        except FilmError:
            _require_unchanged(unchanged=_stamp(looked_at) == before)
            raise
        unchanged = _stamp(looked_at) == before
    facts, index = found
    try:
        _require_unchanged(unchanged=unchanged)
        return _enter(vault, path, family, words, kept, facts, index)
    except BaseException:
        sealed.discard(vault, kept)
        raise


def _enter(
    vault: Vault, path: Path, family: Id, words: FilmWords, kept: SealedFootage, facts: FilmFacts, index: FrameIndex
) -> Film:
    whole = index.span(0, index.frames - 1)
    film = Film(
        id=new_id(),
        family=family,
        footage=kept,
        kind=words.kind,
        title=plain(words.title, what="the film's title", longest=200),
        original_name=path.name.encode("utf-8", "replace").decode("utf-8"),
        session=words.session,
        cycle=words.cycle,
        filmed_on=words.filmed_on,
        persons=tuple(people_of(vault, family)) if words.persons is None else words.persons,
        someone_else=words.someone_else,
        frames=index.frames,
        time_base=index.time_base,
        start=whole.start,
        end=whole.end,
        width=facts.width,
        height=facts.height,
        sound=FilmSound(**asdict(facts.audio)) if facts.audio else None,
        damage=facts.damage,
    )
    with vault.transaction("film add", [family, film.id]) as writer:
        writer.keep_footage(kept, family)
        writer.add(film)
        writer.add(FilmIndex(id=new_id(), film=film.id, data=index.to_bytes()))
        for record in _where_from(vault, film, path):
            writer.add(record)
    return film


def _where_from(vault: Vault, film: Film, path: Path) -> tuple[Origin, StrayCopy]:
    """Where a film came from, and that it still lies there."""
    volume, words, now = volume_of(path), path_words(path), datetime.now(UTC)
    origin = Origin(
        id=new_id(),
        film=film.id,
        from_words=words,
        volume_kind=volume,
        read_back=True,
        brought_in=now,
        by=vault.user_id,
    )
    stray = StrayCopy(
        id=new_id(),
        family=film.family,
        film=film.id,
        where=stray_place(path, volume),
        words=words,
        noted=now.astimezone().date(),
        source=True,
    )
    return origin, stray


def consent_to_film(vault: Vault, film: Film, *, on: date) -> Decision:
    """Whether those in a film have agreed to being filmed; where not, the film is flagged."""
    return ask(vault, Act.BRING_IN, [film], on=on)


def open_film(vault: Vault, film: Id) -> OpenFilm:
    """Open a film from its sealed bytes to look at it. That it was opened is entered before its key is used.

    Whoever works with the family may look at any time; to a supervisor or a colleague it is shown, and that is asked.

    Raises:
        ConsentMissing: it is shared with whoever opens it, and not everybody in it agrees to that (any more).
        NoSuchRecord, FilmMissing (its file is gone), SealBroken (its file is another's), VaultDamaged.
        StorageFailed: the opening could not be entered, so there is none.
    """
    record = value(vault, Film, film)
    require_to_see(vault, record, on=date.today())
    note_film_opened(vault, record)
    return film_within(vault, film)


def film_within(vault: Vault, film: Id) -> OpenFilm:
    """A film for an act that enters itself, and for what shows nobody a frame of it: small pictures, frames' times.

    Raises:
        NoSuchRecord, FilmMissing, SealBroken, VaultDamaged.
    """
    record = value(vault, Film, film)
    opener, damage = _opener(vault, record)
    kept = vault.all(FilmIndex, parent=film)
    if not kept:
        message = "the list of this film's frames is not in the vault"
        raise NoSuchRecord(message, "check the vault (vigtool vault verify)")
    index = FrameIndex.from_bytes(kept[0].value.data)
    sound = SoundFacts(**asdict(record.sound)) if record.sound else None
    facts = replace(film_facts(index, sound, Damage()), damage=(*record.damage, *damage))
    return OpenFilm(record, facts, index, opener)


def _opener(vault: Vault, film: Film) -> tuple[Opener, tuple[str, ...]]:
    """How a film is opened, and what is to be said of its sealed file.

    Raises:
        FilmMissing, SealBroken: it does not open at all.
    """
    opener = sealed.opener(vault, film.footage, film.family)
    try:
        opener().close()
    except SealBroken:
        opener = sealed.opener(vault, film.footage, film.family, around=True)
        opener().close()
        return opener, (DAMAGED_AT_ITS_END,)
    return opener, ()


def poster(vault: Vault, film: Id, width: int, height: int) -> Pixels:
    """One picture of a film, a third into it, that fills (height, width, 4) bytes of BGRA: cut, never stretched.

    Raises:
        ConsentMissing: as for `open_film`; a small picture shows somebody, too.
    """
    require_to_see(vault, value(vault, Film, film), on=date.today())
    opened = film_within(vault, film)
    with FrameReader(opened.opener, opened.index) as reader:
        frame = reader.get(opened.index.frames // 3)
    scale = max(Fraction(width, frame.width), Fraction(height, frame.height))
    wide, high = max(width, round(frame.width * scale)), max(height, round(frame.height * scale))
    top, left = (high - height) // 2, (wide - width) // 2
    return np.ascontiguousarray(frame.bgra(wide, high)[top : top + height, left : left + width])


def _check_words(vault: Vault, family: Id, words: FilmWords) -> None:
    check_people(vault, family, words.persons or ())
    if words.session is not None and value(vault, Session, words.session).family != family:
        message = "that session is another family's"
        raise NoSuchRecord(message, "choose a session of this family")
    if words.cycle is not None and value(vault, Cycle, words.cycle).family != family:
        message = "that cycle is another family's"
        raise NoSuchRecord(message, "choose a cycle of this family")


def _require_unchanged(*, unchanged: bool) -> None:
    if not unchanged:
        message = "the file changed while it was brought in; nothing was kept"
        raise FilmChanged(message, "wait until the camera has finished with it, then try again")


def _open_plain(path: Path) -> BinaryIO:
    try:
        if not path.is_file():
            message = "that is no file that a film could lie in" if path.exists() else "there is no such film file"
            raise FilmMissing(message, "check where the film is, and whether its card or phone is still connected")
        if path.stat().st_size == 0:
            message = "the file is empty"
            raise NotAFilm(message, "copy it from the camera or phone again")
        return path.open("rb")
    except OSError as failed:
        message = "the film file cannot be read"
        raise FilmMissing(
            message, "check that its card or phone is still connected and that you may read it"
        ) from failed


def _stamp(source: BinaryIO) -> Stamp:
    found = os.fstat(source.fileno())
    return Stamp(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
