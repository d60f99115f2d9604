"""A working day on the command line, in one process of its own: film in, ten marks, a reel, the copy out.

Run as `working_day.py VAULT PASSPHRASE_FILE SOURCE COPY WORDS`, WORDS a JSON map. Prints the day's ids as JSON.
"""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stdout
from typing import Any

from vigtool.cli.main import parse, run


def main() -> None:
    vault, passphrase_file, source, copy, said = sys.argv[1:]
    words = json.loads(said)

    def vigtool(*arguments: object) -> Any:
        general = ["--json", "--vault", vault, "--passphrase-file", passphrase_file]
        with redirect_stdout(io.StringIO()) as out:
            status = run(parse([*map(str, arguments), *general]))
        assert status == 0
        return json.loads(out.getvalue())

    family = vigtool(
        "family", "add", "--name", words["family"], "--parent", words["parent"], "--baby", words["baby"],
        "--place", words["place"],
    )  # fmt: skip
    vigtool("consent", "give", "--family", family["code"], "--scope", "film,therapy,copy")
    film = vigtool("film", "add", source, "--family", family["code"], "--title", words["title"])
    step = max(1, film["frames"] // 12)
    marks = [
        vigtool(
            "mark", "add", "--film", film["film"], "--from", f"f{n * step}", "--to", f"f{n * step + 1}",
            "--note", f"{words['note']} {n}", "--star",
        )["mark"]
        for n in range(10)
    ]  # fmt: skip
    reel = vigtool("reel", "new", film["film"], "--title", words["caption"])["reel"]
    for mark in marks[:3]:
        vigtool("reel", "add", reel, mark, "--caption", words["caption"])
    vigtool("reel", "render", reel, "--out", copy)
    identity = vigtool("vault", "key", "--family", family["code"])["identity"]
    print(json.dumps({"marks": marks, "identity": identity}))


main()
