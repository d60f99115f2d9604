"""The process that looks at a stranger's film. It holds no keys, may write nothing, and is limited in all it takes.

The film is its standard input. What it finds out goes to standard output as messages: one letter, the length as u32
big-endian, and so many bytes. `P` is progress (done and total, two u64); `E` ends with the name of a
`problems.Problem`; `R` ends with the result: u32 length of a JSON object, that object, and the bytes of the index.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import BinaryIO

from vigtool.dumps import write_no_dumps
from vigtool.errors import VigtoolError


def main() -> int:
    """Look at standard input; arguments are bytes of memory, seconds of processor time, seconds of patience."""
    memory, processor, patience = (int(word) for word in sys.argv[1:4])
    out = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    _limit(memory, processor)
    write_no_dumps()
    try:
        _send(out, b"R", _result(out, patience))
    except VigtoolError as error:
        from vigtool.player.problems import Problem

        _send(out, b"E", (Problem.of(error) or Problem.HARMFUL).name.encode())
    except MemoryError:
        _send(out, b"E", b"TOO_MUCH")
    return 0


def _limit(memory: int, processor: int) -> None:
    """Where the platform can: no more memory and processor time than this, no file written, no picture of it kept."""
    try:
        import resource
    except ImportError:
        return
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: processor,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _result(out: int, patience: int) -> bytes:
    """What was found out."""
    from vigtool.player.look import look_at

    def report(done: int, total: int) -> None:
        _send(out, b"P", struct.pack(">QQ", max(0, done), max(0, total)))

    found = look_at(_film, report, patience=patience)
    audio = found.audio
    facts = {
        "audio": None
        if audio is None
        else {**asdict(audio), "start": [audio.start.numerator, audio.start.denominator]},
        "damage": found.damage.plain(),
    }
    head = json.dumps(facts).encode()
    return struct.pack(">I", len(head)) + head + found.index.to_bytes()


def _film() -> BinaryIO:
    """Standard input, as a file of its own."""
    return os.fdopen(os.dup(0), "rb")


def _send(out: int, kind: bytes, payload: bytes) -> None:
    """One message, whole."""
    message = memoryview(kind + struct.pack(">I", len(payload)) + payload)
    while message:
        message = message[os.write(out, message) :]


if __name__ == "__main__":
    sys.exit(main())
