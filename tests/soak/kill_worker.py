"""One round of a program that is about to be killed: it marks and brings films in, and says what was acknowledged.

Run as `kill_worker.py VAULT PASSPHRASE FAMILY FILM FILE EARLY`; every line on standard output is `begin ID`, `mark ID`
or `film ID`. With EARLY = 1 it says so before the act instead of after it: the planted fault.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from vigtool.annotate.mark import Lane, Mark
from vigtool.ids import new_id
from vigtool.practice.films import FilmWords, bring_in
from vigtool.practice.marking import begin_layer, keep_marks
from vigtool.practice.opening import open_vault
from vigtool.timebase import Span

_speaking = threading.Lock()


def say(line: str) -> None:
    with _speaking:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def main() -> None:
    folder, words, family, film, file, early = sys.argv[1:]
    vault = open_vault(Path(folder), words).vault
    layer = begin_layer(vault, film)

    def mark_for_ever() -> None:
        number = 0
        while True:
            number += 1
            mark = Mark(
                id=new_id(), layer=layer.id, film=film, span=Span(number, number + 5), lane=Lane.NOTES, note="n"
            )
            say(f"begin {mark.id}")
            if early == "1":
                say(f"mark {mark.id}")
            keep_marks(vault, film, [], [mark])
            if early != "1":
                say(f"mark {mark.id}")

    def bring_in_for_ever() -> None:
        while True:
            say(f"film {bring_in(vault, Path(file), family, FilmWords()).id}")

    threads = [threading.Thread(target=act) for act in (mark_for_ever, bring_in_for_ever)]
    for thread in threads:
        thread.start()


main()
