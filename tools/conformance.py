"""Ask every film of the conformance table every question, and count: films, questions, answers, wrong ones.

    python tools/conformance.py [FILM ...]

One line a film. Ends with 1 if anything was wrong.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from film_asking import asking
from film_questions import QUESTIONS
from film_table import FILMS


def main() -> int:
    """Every film, or those that are named."""
    named = sys.argv[1:] or list(FILMS)
    asked = wrong = refused = 0
    began = time.process_time()
    for name in named:
        films = [asking(name) for _ in QUESTIONS]
        for film, question in zip(films, QUESTIONS.values(), strict=True):
            question(film)
        faults = [fault for film in films for fault in film.wrong]
        answers = sum(film.asked for film in films)
        print(f"{name:40} {answers:6} answers, {len(faults)} wrong", *films[0].look.damage.sentences, sep="  ")
        asked, wrong = asked + answers, wrong + len(faults)
        refused += sum(film.refused for film in films)
    spent = time.process_time() - began
    print(f"{len(named)} films x {len(QUESTIONS)} questions: {asked} answers, {wrong} wrong, {refused} refused")
    print(f"{spent:.0f} s of processor time, making the films among it")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
