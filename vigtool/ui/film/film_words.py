"""An open film as the rest of the window knows it: what it is called at the top, and whether it is in use."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from vigtool.casework.film import Film, title_parts
from vigtool.casework.session import Session
from vigtool.ui.film.whereabouts import Whereabouts
from vigtool.ui.workspace import Use


def film_words(film: Film, session: Session | None) -> str:
    """The words for a film; `session` where it was read, of whichever film."""
    own = session if session is not None and session.id == film.session else None
    parts = title_parts(film, own)
    say, day = QCoreApplication.translate, ""
    if parts.on is not None:
        day = QLocale().toString(QDate(parts.on.year, parts.on.month, parts.on.day), "d MMM")
    if day and parts.words:
        return say("FilmRoom", "Film of {0}, {1}").format(day, parts.words)
    return say("FilmRoom", "Film of {0}").format(day) if day else parts.words or say("FilmRoom", "Film")


def use_of(playback: Whereabouts) -> Use | None:
    """A film that plays counts as use; one that goes round in a loop might do so for ever."""
    if not playback.is_playing:
        return None
    return Use.PLAYING if playback.loop is None else Use.LOOPING
