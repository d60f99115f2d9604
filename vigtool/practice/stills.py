"""Stills: frames that somebody wants to find again. They name a frame and stay in the vault; nothing is copied out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from vigtool.casework.film import Film
from vigtool.casework.still import Still, in_order
from vigtool.errors import NoSuchFrame
from vigtool.ids import Id, new_id
from vigtool.practice.films import film_within
from vigtool.practice.records import plain, swap, value, values
from vigtool.vault.vault import Vault

LONGEST_WORDS = 200


def stills_of(vault: Vault, film: Id) -> list[Still]:
    """The stills of a film, in its order."""
    return in_order(values(vault, Still, parent=film))


def keep_still(vault: Vault, film: Id, tick: int, words: str = "") -> Still:
    """Keep exactly the frame that begins at `tick`.

    Raises:
        NoSuchFrame: where no frame of the film begins there.
        InvalidRecord: words that are too long.
        NoSuchRecord, FilmMissing, StorageFailed.
    """
    number = film_within(vault, film).index.number_of(tick)
    if number is None:
        message = "no frame of this film begins there"
        raise NoSuchFrame(message, "open the film and keep the frame that shows")
    still = Still(
        id=new_id(),
        film=film,
        number=number,
        tick=tick,
        words=_words(words),
        kept=datetime.now(UTC),
        by=vault.user_id,
    )
    with vault.transaction("still keep", [value(vault, Film, film).family, film, still.id]) as writer:
        writer.add(still)
    return still


def word_still(vault: Vault, still: Still, words: str) -> Still:
    """Say something else of a still.

    Raises:
        RecordChanged, InvalidRecord, StorageFailed.
    """
    after = replace(still, words=_words(words))
    with vault.transaction("still change", [still.film, still.id]) as writer:
        swap(vault, writer, still, after)
    return after


def remove_still(vault: Vault, still: Still) -> None:
    """Keep a frame no longer; the film has it still.

    Raises:
        RecordChanged, StorageFailed.
    """
    with vault.transaction("still remove", [still.film, still.id]) as writer:
        swap(vault, writer, still, None)


def _words(text: str) -> str:
    return plain(text, what="what is said of the still", longest=LONGEST_WORDS)
