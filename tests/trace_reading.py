"""What a program did to the files below one folder, in order, from what strace wrote down."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CALLS = (
    "openat,write,pwrite64,writev,pwritev,pwritev2,lseek,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,"
    "ftruncate,fallocate,mkdir,mkdirat,rmdir,sendfile,copy_file_range,link,linkat,symlink,symlinkat"
)
OPTIONS = ("-f", "-qq", "-y", "-xx", "-s", "10000000", "--seccomp-bpf", "-e", "signal=none", "-e", f"trace={CALLS}")

_LINE = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+)")
_HEX = re.compile(rb"\\x([0-9a-f]{2})")
_PART = re.compile(r'(?:[^,"<]|"[^"]*"|<[^>]*>)+')


@dataclass(frozen=True)
class Op:
    """One thing done.

    Attributes:
        what: write, truncate, sync, create, folder, rename, unlink, or said (with the words in `data`).
        path: of what, below the folder.
        offset: where a write begins, or the size to which a file is cut.
        data: what was written.
        to: the new path of what was renamed.
    """

    what: str
    path: str = ""
    offset: int = 0
    data: bytes = b""
    to: str = ""


def bytes_of(text: str) -> bytes:
    """What stands between quotation marks or angle brackets."""
    return _HEX.sub(lambda found: bytes([int(found[1], 16)]), text.strip('"<>').encode())


def read_trace(file: Path, pid: int, root: Path) -> list[Op]:
    """What process `pid` did below `root` from its line "begun" to its line "done"."""
    reader = _Reader(os.fspath(root))
    ops: list[Op] = []
    begun = False
    for line in _whole_lines(file, pid):
        found = _LINE.match(line)
        if found is None or found[4].startswith("-"):
            continue
        for op in reader.ops(found[2], [part.strip() for part in _PART.findall(found[3])], int(found[4])):
            if op.what == "said" and op.data == b"begun":
                begun = True
            elif op.what == "said" and op.data == b"done":
                return ops
            elif begun:
                ops.append(op)
    return ops


def _whole_lines(file: Path, pid: int) -> Iterator[str]:
    """The lines of one process; those that strace wrote in two halves, since another came between, put together."""
    half = ""
    for line in file.read_text(encoding="ascii").splitlines():
        number, _, rest = line.partition(" ")
        if int(number) != pid:
            continue
        if rest.endswith("<unfinished ...>"):
            assert not half, "two threads of the worker at once"
            half = line.removesuffix("<unfinished ...>").rstrip()
        elif half and (resumed := re.match(r" *<\.\.\. \w+ resumed>(.*)", rest)):
            yield half + resumed[1]
            half = ""
        else:
            yield line


class _Reader:
    """Knows where each open file stands."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._at: dict[str, int] = {}

    def ops(self, call: str, parts: list[str], result: int) -> Iterator[Op]:
        make = getattr(self, f"_{call}", None)
        assert make is not None, f"a system call that the model does not know: {call}"
        yield from make(parts, result)

    def _inside(self, path: bytes) -> str | None:
        text = os.fsdecode(path)
        return os.path.relpath(text, self._root) if text.startswith(self._root + "/") or text == self._root else None

    def _file(self, part: str) -> tuple[str, str | None]:
        """The descriptor, and the path it is open on."""
        number, _, rest = part.partition("<")
        return number, self._inside(bytes_of(rest.removesuffix(" (deleted)").removesuffix(">")))

    def _openat(self, parts: list[str], result: int) -> Iterator[Op]:
        path = self._inside(bytes_of(parts[1]))
        self._at[str(result)] = 0
        if path is None:
            return
        if "O_CREAT" in parts[2]:
            yield Op("create", path)
        if "O_TRUNC" in parts[2]:
            yield Op("truncate", path)
        assert "O_APPEND" not in parts[2]

    def _lseek(self, parts: list[str], result: int) -> Iterator[Op]:
        self._at[parts[0].partition("<")[0]] = result
        yield from ()

    def _write(self, parts: list[str], result: int) -> Iterator[Op]:
        number, path = self._file(parts[0])
        at = self._at.get(number, 0)
        self._at[number] = at + result
        if path is not None:
            yield Op("write", path, at, bytes_of(parts[1])[:result])

    def _pwrite64(self, parts: list[str], result: int) -> Iterator[Op]:
        path = self._file(parts[0])[1]
        if path is not None:
            yield Op("write", path, int(parts[3]), bytes_of(parts[1])[:result])

    def _writev(self, parts: list[str], _: int) -> Iterator[Op]:
        path = self._file(parts[0])[1]
        assert path is None
        text = re.search(r'iov_base="((?:\\x[0-9a-f]{2})*)"', ",".join(parts))
        assert text is not None
        yield Op("said", data=bytes_of(text[1]).strip())

    def _fsync(self, parts: list[str], _: int) -> Iterator[Op]:
        path = self._file(parts[0])[1]
        if path is not None:
            yield Op("sync", path)

    _fdatasync = _fsync

    def _ftruncate(self, parts: list[str], _: int) -> Iterator[Op]:
        path = self._file(parts[0])[1]
        if path is not None:
            yield Op("truncate", path, int(parts[1]))

    def _rename(self, parts: list[str], _: int) -> Iterator[Op]:
        yield from self._moved(parts[0], parts[1])

    def _renameat(self, parts: list[str], _: int) -> Iterator[Op]:
        yield from self._moved(parts[1], parts[3])

    _renameat2 = _renameat

    def _moved(self, old: str, new: str) -> Iterator[Op]:
        before, after = self._inside(bytes_of(old)), self._inside(bytes_of(new))
        if before is not None or after is not None:
            assert before is not None, "nothing comes from outside"
            assert after is not None, "nothing leaves"
            yield Op("rename", before, to=after)

    def _unlink(self, parts: list[str], _: int) -> Iterator[Op]:
        path = self._inside(bytes_of(parts[0]))
        if path is not None:
            yield Op("unlink", path)

    _rmdir = _unlink

    def _unlinkat(self, parts: list[str], _: int) -> Iterator[Op]:
        yield from self._at_folder("unlink", parts)

    def _mkdirat(self, parts: list[str], _: int) -> Iterator[Op]:
        yield from self._at_folder("folder", parts)

    def _at_folder(self, what: str, parts: list[str]) -> Iterator[Op]:
        name = bytes_of(parts[1])
        folder = bytes_of(parts[0].partition("<")[2].removesuffix(">"))
        path = self._inside(name if name.startswith(b"/") else folder + b"/" + name)
        if path is not None:
            yield Op(what, path)

    def _mkdir(self, parts: list[str], _: int) -> Iterator[Op]:
        path = self._inside(bytes_of(parts[0]))
        if path is not None:
            yield Op("folder", path)

    def _sendfile(self, parts: list[str], result: int) -> Iterator[Op]:
        yield from self._copied(self._file(parts[0]), self._file(parts[1]), result)

    def _copy_file_range(self, parts: list[str], result: int) -> Iterator[Op]:
        yield from self._copied(self._file(parts[2]), self._file(parts[0]), result)

    def _copied(self, out: tuple[str, str | None], source: tuple[str, str | None], size: int) -> Iterator[Op]:
        """A copy that the system makes; `to` is where the bytes come from, and `data` where in it, in eight bytes."""
        at, begin = self._at.get(out[0], 0), self._at.get(source[0], 0)
        self._at[out[0]], self._at[source[0]] = at + size, begin + size
        if out[1] is not None and size:
            assert source[1] is not None, "nothing comes from outside"
            yield Op("copy", out[1], at, begin.to_bytes(8, "big") + size.to_bytes(8, "big"), source[1])
