"""`python -m benchmarks [NAME…] [--json]`: the measurements of docs/performance.md, side by side in one run."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final, cast

from benchmarks.table import Table

NAMES: Final = ("start", "seek", "playback", "step", "vault", "render", "sync", "openings")


def main() -> None:
    """Make the footage, measure, print, and take everything away again."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES) + "; all of them without a name")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of Markdown")
    parser.add_argument("--footage", type=Path, metavar="DIR", help="keep the films there, and find them again")
    options = parser.parse_args()
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"there is no benchmark “{min(unknown)}”; choose from {', '.join(NAMES)}")
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # what the others say of broken references is expected
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="vigtool-benchmarks-") as folder:
        tables: list[Table] = []
        for name in options.names or NAMES:
            print(f"{name} …", file=sys.stderr, flush=True)
            made = _measure(name)(options.footage or Path(folder), Path(folder))
            tables.append(made)
            if not options.json:
                print(made.markdown(), flush=True)
    machine = f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.system()}"
    seconds = round(time.monotonic() - began)
    if options.json:
        print(json.dumps({"machine": machine, "seconds": seconds, "tables": [t.json() for t in tables]}, indent=2))
    else:
        print(f"{machine}; {seconds} s in all")


def _measure(name: str) -> Callable[[Path, Path], Table]:
    """A benchmark's function: given the folder of films and a folder to work in, it returns its table."""
    return cast("Callable[[Path, Path], Table]", import_module(f"benchmarks.{name}").measure)


if __name__ == "__main__":
    main()
