"""Bring spoilt films in and count what comes of them: refused, let in, crashes, hangs, memory.

    python -m tools.mutate [HOW_MANY] [FIRST]

Film n is the same at every run. It ends with 1 if the window's process died, or a step took longer than ten seconds, or
something failed without a name. Each such film is told of at once, with its number.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from mutation_rounds import Round, rounds, table


def tell(told: Round) -> None:
    """Bad news at once."""
    if told.crashed or told.hung or told.faults or "fell over" in told.look:
        print(f"{told.seed} {told.name} {told.blows}: {told.look} {told.faults} {told.seconds}", flush=True)
    if told.seed % 100 == 0:
        print(f"... {told.seed}", flush=True)


def main() -> int:
    """Make, bring in, use, count."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    with tempfile.TemporaryDirectory() as folder:
        found = rounds(range(first, first + many), Path(folder), tell=tell)
        print("\n".join(table(found)))
        for words in Path(folder).rglob("last words"):
            print(words.read_text(encoding="utf-8", errors="replace")[-1500:])
    return int(any(told.crashed or told.hung or told.faults for told in found))


if __name__ == "__main__":
    sys.exit(main())
