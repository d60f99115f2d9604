"""Running one benchmark as a script of its own: `python benchmarks/seek.py --json`."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.table import Table


def parser_of(what: str | None) -> argparse.ArgumentParser:
    """The options that every one of them has; `what` is the benchmark's own words."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("--json", action="store_true", help="one JSON document instead of Markdown")
    parser.add_argument("--footage", type=Path, metavar="DIR", help="keep the films there, and find them again")
    return parser


def report(options: argparse.Namespace, measure: Callable[[Path, Path], Table]) -> None:
    """Measure, given the folder of films and a folder to work in, and print what came of it."""
    with tempfile.TemporaryDirectory(prefix="vigtool-benchmark-") as folder:
        table = measure(options.footage or Path(folder), Path(folder))
    print(json.dumps({"load": os.getloadavg(), **table.json()}, indent=2) if options.json else table.markdown())
