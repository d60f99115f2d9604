"""`vigtool`: a command where one is given, the window where none is."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program; its exit status."""
    keep_memory_off_the_disk()
    try:
        from vigtool.cli.main import parse, run, wants_window

        options = parse(sys.argv[1:])
        if not wants_window(options):
            return run(options)
    except KeyboardInterrupt:  # before anything was begun
        return 130
    from vigtool.app import start

    return start(getattr(options, "vault", None), getattr(options, "passphrase_file", None))


def keep_memory_off_the_disk() -> None:
    """Where the system writes the memory of a crashed program into a file by itself, let it write none."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))


if __name__ == "__main__":
    sys.exit(main())
