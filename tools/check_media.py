"""Look at every film of a folder: its facts or a named error, and how long that took.

    python tools/check_media.py FOLDER

One line a file. It ends with 1 if looking at one took longer than ten seconds, or failed in a way without a name.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from vigtool.errors import VigtoolError
from vigtool.player.examine import examine
from vigtool.player.probe import facts_json

LONGEST = 10.0


def main() -> int:
    """Every file, in order of name."""
    bad = 0
    files = sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_file())
    for path in files:
        began = time.monotonic()
        try:
            facts, _ = examine(path)
            said = json.dumps(facts_json(facts))
        except VigtoolError as error:
            said = f"{error.name}: {error.message}"
        except Exception as error:  # noqa: BLE001 - the point of this program is to find them
            said, bad = f"NO NAME: {error!r}", bad + 1
        took = time.monotonic() - began
        bad += took > LONGEST
        print(f"{path.name:30} {took:6.2f} s  {said}", flush=True)
    print(f"{len(files)} files, {bad} bad")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
