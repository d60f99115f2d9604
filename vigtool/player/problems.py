"""Everything that can be wrong with a film, each said in one way.

The process that looks at a stranger's film tells what is wrong by one of these names and by nothing else: no text
that it could have been made to write reaches a screen.
"""

from __future__ import annotations

from enum import Enum

from vigtool.errors import (
    EmptyFilm,
    FilmDamaged,
    FilmError,
    FilmMissing,
    FilmTooDemanding,
    FilmUnreadable,
    NoPicture,
    NotAFilm,
    VigtoolError,
)


class Problem(Enum):
    """Kind of error, what happened, what to do next."""

    MISSING = (
        FilmMissing,
        "the film cannot be read: it is gone, or its disk was unplugged, or it may not be opened",
        "put it back where it was, plug the disk in, and try again",
    )
    TORN = (
        FilmDamaged,
        "a part of this film is damaged on its disk and cannot be read",
        "what comes before and after it can: go on from there, and fetch the film from a backup",
    )
    NO_FILM = (
        NotAFilm,
        "this is no film: nothing in it is a film format that is known here",
        "choose the file that the camera or phone made; if it was cut short, copy it again",
    )
    NO_PICTURE = (
        NoPicture,
        "there is no picture in it that this program can decode",
        "make a copy of it as H.264 with the camera's or phone's own program",
    )
    SOUND_ONLY = (
        NoPicture,
        "this is a sound recording: there is no picture in it",
        "choose the film that belongs to it; sound alone cannot be brought in",
    )
    EMPTY = (
        EmptyFilm,
        "there is not a single whole picture in this film",
        "the camera may have stopped early, or the copy was cut short: copy it again from the camera",
    )
    UNFINISHED = (
        EmptyFilm,
        "the end of this film was never written, and without it no picture can be found",
        "the camera may have lost power, or the copy was cut short: copy it again from the camera",
    )
    TOO_LARGE = (
        FilmTooDemanding,
        "the pictures of this film are larger than this program looks at (64 million pixels)",
        "make a smaller copy of it with the camera's or phone's own program",
    )
    TOO_LONG = (
        FilmTooDemanding,
        "this film has more than four million pictures, more than this program looks at",
        "cut it into shorter films with the camera's or phone's own program",
    )
    TOO_LASTING = (
        FilmTooDemanding,
        "by its own clock this film lasts more than four days, more than this program looks at",
        "its clock may be damaged: make a new copy of it with the camera's or phone's own program",
    )
    TOO_MUCH = (
        FilmTooDemanding,
        "looking at this film took more time or memory than is allowed",
        "it may be damaged: copy it again from the camera, or make a new copy as H.264",
    )
    HARMFUL = (
        FilmUnreadable,
        "looking at this film made the decoder fail; the program itself is unharmed",
        "it may be badly damaged: copy it again from the camera, or make a new copy as H.264",
    )

    def error(self) -> FilmError:
        """The error to raise."""
        kind: type[FilmError] = self.value[0]
        return kind(*self.value[1:])

    @classmethod
    def of(cls, error: VigtoolError) -> Problem | None:
        """Which of them an error is; none if it is another."""
        return next((problem for problem in cls if problem.value[1] == error.message), None)
