"""`vigtool`: a command where one is given, the window where none is."""

from __future__ import annotations

import sys

from vigtool.dumps import write_no_dumps


def main() -> int:
    """Run the program; its exit status."""
    write_no_dumps()
    try:
        from vigtool.cli.main import parse, run, wants_window

        options = parse(sys.argv[1:])
        if not wants_window(options):
            return run(options)
    except KeyboardInterrupt:  # before anything was begun
        return 130
    from vigtool.app import start

    return start(getattr(options, "vault", None), getattr(options, "passphrase_file", None))


if __name__ == "__main__":
    sys.exit(main())
