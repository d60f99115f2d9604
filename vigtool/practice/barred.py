"""What words tell of people: whether for whom a copy is could be one who may not receive it; whether a name is in them.

It is guessed from words, on the careful side: whoever is meant by a word that both texts have might be the same. A
refusal costs saying more exactly who it is for; a copy in the wrong hands can cost a family its safety.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_SHORTEST_PLAIN: Final = 4
"""Letters of a word in small letters that can tell who is meant; names in capitals are often shorter."""

_INITIALS: Final = 2
_ELSEWHERE: Final = "\u0590"

_LITTLE_WORDS = (
    "a an and any anybody anyone as at be but by for from has have he her his if in is it its my no nobody none not of "
    "on or our out she that the their them they this to who whom whose will with without your"
)
_MEAN_NOBODY: Final = frozenset(_LITTLE_WORDS.split())
_EVERYDAY: Final = _MEAN_NOBODY | {"can", "may"}
"""Words of nearly every sentence, of which some are names as well (May, Will, Can): names only as a name is written."""


def bare(text: str) -> str:
    """A text as it is compared: without case, accents, signs that nobody sees, and doubled white space."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    seen = "".join(sign for sign in apart if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf")
    return " ".join(seen.split())


def may_mean(words: str, barred: str, *, others: Iterable[str] = ()) -> bool:
    """Whether `words` have a telling word of `barred` among them.

    Args:
        words: for whom a copy is said to be.
        barred: who may not have one, as somebody wrote it down.
        others: names of people who may: by these alone nobody is meant ("Nadia's brother" is not Nadia).
    """
    harmless = _MEAN_NOBODY | {word for name in others for word in _WORD.findall(bare(name))}
    telling = {bare(word) for word in _WORD.findall(unicodedata.normalize("NFKC", barred)) if _tells(word)} - harmless
    return bool(telling & set(_WORD.findall(bare(words))))


def names_somebody(words: str, names: Iterable[str]) -> bool:
    """Whether one of the names, or a word of one, stands among words that are kept when the family is gone.

    Of two letters, or of an everyday word, a name counts only as it is written ("An" and "May" are names, "an" and
    "may" are none; the "of" of a name never is one). Scripts from Hebrew on may write a name into what stands around
    it.
    """
    said, folded = set(_WORD.findall(words)), bare(words)
    apart = set(_WORD.findall(folded))
    for name in names:
        for word in _WORD.findall(unicodedata.normalize("NFKC", name)):
            common = bare(word) in _EVERYDAY
            if common and word.islower():
                continue
            if len(word) > 1 and (word in said or (len(word) > _INITIALS and not common and bare(word) in apart)):
                return True
            if len(word) > 1 and max(word) >= _ELSEWHERE and bare(word) in folded:
                return True
    return False


def _tells(word: str) -> bool:
    """Whether a word can tell who is meant: a long one, a name, or one of a script without capitals."""
    return len(word) >= _SHORTEST_PLAIN or (len(word) > 1 and not word[0].islower())
