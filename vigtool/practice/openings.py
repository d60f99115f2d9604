"""What counts as reading: a family or a film that somebody opens is entered in the audit log before its key is used.

Each entry is one short transaction, committed before anything is handed out: where it cannot be written, nothing is
opened. Lists of what one may see, small pictures of films and what the program makes of a film by itself are no
openings (see docs/adr/0020-what-counts-as-reading.md). Entries hold ids alone.
"""

from __future__ import annotations

from typing import Final

from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.errors import NoKey
from vigtool.ids import Id
from vigtool.practice.families import family_named
from vigtool.practice.records import value
from vigtool.vault.vault import Vault

FAMILY_OPEN: Final = "family open"
FILM_OPEN: Final = "film open"
FILM_PLAY: Final = "film play"


def note_family_opened(vault: Vault, family: Id, *about: Id) -> None:
    """Enter that a family's records are opened for work; `about` names those of its records that are looked at.

    Raises:
        NoKey: this user holds no key of it: there is nothing to open, and nothing is entered.
        StorageFailed: it could not be entered; nothing may be opened then.
    """
    if not vault.has_key(family):
        message = "you hold no key of this family"
        raise NoKey(message, "ask whoever works with it to share it with you")
    with vault.transaction(FAMILY_OPEN, [family, *about]):
        pass


def open_family(vault: Vault, words: str) -> Family:
    """The family meant by a code or an id, its opening entered.

    Raises:
        NoSuchRecord, AmbiguousId, StorageFailed.
    """
    family = family_named(vault, words)
    note_family_opened(vault, family.id)
    return family


def note_film_opened(vault: Vault, film: Film) -> None:
    """Enter that a film is opened to be looked at.

    Raises:
        StorageFailed: it could not be entered; the film may not be opened then.
    """
    with vault.transaction(FILM_OPEN, [film.family, film.id]):
        pass


def note_played(vault: Vault, film: Id) -> None:
    """Enter that an open film is played. The rooms call it once for each opening, when it first plays.

    Raises:
        NoSuchRecord, StorageFailed.
    """
    record = value(vault, Film, film)
    with vault.transaction(FILM_PLAY, [record.family, film]):
        pass
