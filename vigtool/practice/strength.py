"""How soon a passphrase would be guessed: a meter beside the field, never a rule.

The estimate is zxcvbn's (Wheeler, USENIX Security 2016): how many guesses somebody needs who knows the words, names,
dates and keyboard patterns that people take. It is made here on this machine; nothing of the text is kept or told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 72
"""As much of a passphrase as is weighed: the estimate takes time with the square of the length, and the rest only
makes it better."""

_WORDS: Final = (
    "guessed at once",
    "guessed within hours",
    "guessed within weeks by somebody who wants to",
    "strong",
    "very strong",
)


@dataclass(frozen=True, slots=True)
class Strength:
    """What is thought of a passphrase.

    Attributes:
        score: 0 (guessed at once) to 4 (very strong).
        words: the same in plain words.
        guesses_log10: the power of ten of the guesses that are needed.
    """

    score: int
    words: str
    guesses_log10: float


def passphrase_strength(text: str) -> Strength:
    """Weigh a passphrase; takes some hundredths of a second, so it is asked off the thread that draws.

    An empty text has the score 0. Whether a passphrase is long enough is another question: `opening.check_passphrase`.
    """
    from zxcvbn import zxcvbn  # its lists of words take a tenth of a second to load

    if not text:
        return Strength(0, _WORDS[0], 0.0)
    found = zxcvbn(text[:_LONGEST])
    score = int(found["score"])
    return Strength(score, _WORDS[score], float(found["guesses_log10"]))
