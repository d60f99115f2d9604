"""A recovery key on its way from the terminal to paper."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vigtool.practice.ways_in import RecoveryKey


def show_and_ask(key: RecoveryKey, words: str) -> None:
    """Show the words, and have some of them typed back where somebody sits at a terminal."""
    from vigtool.practice.ways_in import check_typed_back, places_to_type_back

    numbered = [f"{place:2d}. {word}" for place, word in enumerate(words.split(), 1)]
    for row in range(6):
        print("   ".join(f"{word:<13}" for word in numbered[row::6]).rstrip())
    if sys.stdin.isatty():
        print("Write them on paper now.")
        check_typed_back(key, {place: input(f"Word {place}: ") for place in places_to_type_back()})
