"""Reels: which moments a parent is shown, in which order."""

from __future__ import annotations

from vigtool.annotate.bounds import Bounds
from vigtool.annotate.layer import Layer
from vigtool.annotate.mark import Mark
from vigtool.annotate.reel import Reel
from vigtool.casework.film import Film, FilmKind
from vigtool.errors import InvalidRecord
from vigtool.ids import Id, new_id
from vigtool.practice.records import check_people, plain, swap, value, values
from vigtool.vault.vault import Vault


def bounds(film: Film) -> Bounds:
    """A film as edits know it; a shared review is never for a parent's reel."""
    return Bounds(
        film=film.id,
        start=film.start,
        end=film.end,
        time_base=film.time_base,
        for_parents=film.kind is FilmKind.INTERACTION,
    )


def new_reel(vault: Vault, *, family: Id, cycle: Id | None = None, title: str = "") -> Reel:
    """Begin a reel without clips."""
    check_people(vault, family, ())
    reel = Reel(
        id=new_id(), family=family, author=vault.user_id, cycle=cycle, title=plain(title, what="the title", longest=200)
    )
    with vault.transaction("reel new", [family, reel.id]) as writer:
        writer.add(reel)
    return reel


def change_reel(vault: Vault, before: Reel, after: Reel) -> None:
    """Write a reel as it now is; durable when it returns.

    Raises:
        RecordChanged, InvalidRecord (a clip outside its film, or of a film that is not for parents), StorageFailed.
    """
    for film in {clip.film for clip in after.clips}:
        record = value(vault, Film, film)
        _check_clips(after, record)
    for clip in after.clips:
        for caption in clip.captions:
            plain(caption.text, what="a caption", longest=500)
    with vault.transaction("reel change", [before.family, before.id]) as writer:
        swap(vault, writer, before, after)


def _check_clips(reel: Reel, film: Film) -> None:
    if film.family != reel.family:
        message = "a reel shows films of its own family alone"
        raise InvalidRecord(message, "choose a moment of this family's films")
    if film.kind is not FilmKind.INTERACTION:
        message = "the film of a shared review stays out of the parent's reel"
        raise InvalidRecord(message, "choose a moment of a film of parent and baby")
    for clip in reel.clips:
        if clip.film == film.id:
            bounds(film).check(clip.span)
            if clip.span.is_moment:
                message = "a clip has a beginning and an end"
                raise InvalidRecord(message, "set its out point later than its in point")


def films_of_reel(vault: Vault, reel: Reel) -> list[Film]:
    """The films a reel shows, each once, in the order of their first clip."""
    return [value(vault, Film, film) for film in dict.fromkeys(clip.film for clip in reel.clips)]


def starred_marks(vault: Vault, family: Id) -> list[Mark]:
    """The starred marks of a family's films by whoever opened the vault, in the order of films and times."""
    films = sorted(values(vault, Film, domain=family), key=lambda film: (str(film.filmed_on), film.id))
    place = {film.id: number for number, film in enumerate(films)}
    own = {layer.id for layer in values(vault, Layer, domain=family) if layer.author == vault.user_id}
    marks = [mark for mark in values(vault, Mark, domain=family) if mark.star and mark.layer in own]
    return sorted(marks, key=lambda mark: (place[mark.film], mark.span, mark.id))
