"""A disk whose power is cut: which states of it are possible at a moment, given what a program did and what it synced.

The model is harsher than most file systems. What was written to a file since its last fsync may be there or not, in
pieces of 4096 bytes, in any order; a file that was created, renamed or deleted has its new name only for sure when its
folder was synced. What was synced is there. It knows no disk that lies about having synced.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from trace_reading import Op

SECTOR = 4096


@dataclass
class Node:
    """A file or a folder. A folder's `names` and `safe_names` are what stands in it now, and on the disk for sure."""

    folder: bool = False
    now: bytearray = field(default_factory=bytearray)
    safe: bytes = b""
    pending: list[tuple[str, int, bytes]] = field(default_factory=list)
    names: dict[str, Node] = field(default_factory=dict)
    safe_names: dict[str, Node] = field(default_factory=dict)


@dataclass(frozen=True)
class Naming:
    """A change of names that is not on the disk for sure: what appears where, and what goes from where."""

    folders: tuple[int, ...]
    added: tuple[Node, str, Node] | None
    removed: tuple[Node, str] | None


def apply(content: bytearray, what: str, offset: int, data: bytes) -> None:
    """Do to a file's content what was done."""
    if what == "truncate":
        del content[offset:]
        content.extend(bytes(offset - len(content)))
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


class Disk:
    """The files below one folder."""

    def __init__(self, root: Path) -> None:
        """All that lies below `root` is there for sure."""
        self.root = self._taken(root)
        self.pending: list[Naming] = []
        self.said: list[str] = []

    def _taken(self, path: Path) -> Node:
        if path.is_dir():
            names = {each.name: self._taken(each) for each in path.iterdir()}
            return Node(folder=True, names=names, safe_names=dict(names))
        data = path.read_bytes()
        return Node(now=bytearray(data), safe=data)

    def _folder(self, path: str) -> tuple[Node, str]:
        *way, name = path.split("/")
        node = self.root
        for step in way:
            node = node.names[step]
        return node, name

    def _node(self, path: str) -> Node:
        if path == ".":
            return self.root
        folder, name = self._folder(path)
        return folder.names[name]

    def do(self, op: Op) -> None:
        """One thing that the program did."""
        if op.what == "said":
            words = op.data.decode()
            if words.startswith("said "):
                self.said.append(words.removeprefix("said "))
        elif op.what in ("create", "folder"):
            self._made(op)
        elif op.what == "rename":
            self._renamed(op)
        elif op.what == "unlink":
            folder, name = self._folder(op.path)
            del folder.names[name]
            self.pending.append(Naming((id(folder),), None, (folder, name)))
        elif op.what == "sync":
            self._synced(self._node(op.path))
        elif op.what == "copy":
            begin, size = int.from_bytes(op.data[:8], "big"), int.from_bytes(op.data[8:], "big")
            self._changed(op.path, "write", op.offset, bytes(self._node(op.to).now[begin : begin + size]))
        else:
            self._changed(op.path, op.what, op.offset, op.data)

    def _changed(self, path: str, what: str, offset: int, data: bytes) -> None:
        node = self._node(path)
        apply(node.now, what, offset, data)
        node.pending.append((what, offset, data))

    def _made(self, op: Op) -> None:
        folder, name = self._folder(op.path)
        if name not in folder.names:
            node = Node(folder=op.what == "folder")
            folder.names[name] = node
            self.pending.append(Naming((id(folder),), (folder, name, node), None))

    def _renamed(self, op: Op) -> None:
        (old, before), (new, after) = self._folder(op.path), self._folder(op.to)
        node = old.names.pop(before)
        new.names[after] = node
        self.pending.append(Naming((id(old), id(new)), (new, after, node), (old, before)))

    def _synced(self, node: Node) -> None:
        if not node.folder:
            node.safe, node.pending = bytes(node.now), []
            return
        here = [naming for naming in self.pending if id(node) in naming.folders]
        self.pending = [naming for naming in self.pending if id(node) not in naming.folders]
        for naming in here:
            _named(naming, None)

    def states(self, dice: np.random.Generator, random: int) -> Iterator[State]:
        """States in which the power may leave it now: nothing of what is unsure, all of it, and `random` others."""
        for data, names in ((0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0)):
            yield self._state(dice, data, names)
        for _ in range(random):
            yield self._state(dice, float(dice.choice([0.2, 0.5, 0.8])), float(dice.choice([0.0, 0.5, 1.0])))

    def _state(self, dice: np.random.Generator, data: float, names: float) -> State:
        """Each thing that is unsure is there with the given chance."""
        changed: dict[int, dict[str, Node]] = {}
        for naming in self.pending:
            if dice.random() < names:
                _named(naming, changed)
        files: dict[str, bytes | None] = {}
        _collect(self.root, "", changed, data, dice, files)
        return State(files, tuple(self.said))


def _named(naming: Naming, changed: dict[int, dict[str, Node]] | None) -> None:
    """Carry out a change of names: for good, or in `changed`, which has what stands in each folder that is changed."""

    def names_of(folder: Node) -> dict[str, Node]:
        return folder.safe_names if changed is None else changed.setdefault(id(folder), dict(folder.safe_names))

    if naming.removed is not None:
        folder, name = naming.removed
        names_of(folder).pop(name, None)
    if naming.added is not None:
        folder, name, node = naming.added
        names_of(folder)[name] = node


def _collect(
    folder: Node,
    path: str,
    changed: dict[int, dict[str, Node]],
    chance: float,
    dice: np.random.Generator,
    files: dict[str, bytes | None],
) -> None:
    for name, node in changed.get(id(folder), folder.safe_names).items():
        if node.folder:
            files[path + name] = None
            _collect(node, f"{path}{name}/", changed, chance, dice, files)
        else:
            files[path + name] = _content(node, chance, dice)


def _content(node: Node, chance: float, dice: np.random.Generator) -> bytes:
    content = bytearray(node.safe)
    for what, offset, data in node.pending:
        if what == "truncate":
            if dice.random() < chance:
                apply(content, what, offset, data)
            continue
        for at, piece in sectors(offset, data):
            if dice.random() < chance:
                apply(content, what, at, piece)
    return bytes(content)


def sectors(offset: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    """A write, cut where the disk may tear it."""
    begin = 0
    while begin < len(data):
        end = min(len(data), begin + SECTOR - (offset + begin) % SECTOR)
        yield offset + begin, data[begin:end]
        begin = end


@dataclass(frozen=True)
class State:
    """One possible disk.

    Attributes:
        files: by path; none for a folder.
        said: what was acknowledged before the power went.
    """

    files: dict[str, bytes | None]
    said: tuple[str, ...]

    def digest(self) -> bytes:
        """The same for the same files and the same words."""
        known = hashlib.sha256(repr(self.said).encode())
        for path in sorted(self.files):
            content = self.files[path]
            known.update(path.encode() + b"\0" + (b"" if content is None else hashlib.sha256(content).digest()))
        return known.digest()

    def put(self, root: Path) -> None:
        """Write it down."""
        root.mkdir(parents=True)
        for path, content in self.files.items():
            place = root / path
            if content is None:
                place.mkdir(parents=True, exist_ok=True)
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)


def states(start: Path, ops: Sequence[Op], dice: np.random.Generator, most: int) -> list[State]:
    """Up to `most` different states: at each acknowledgement, and at other moments drawn by lot."""
    said = [place for place, op in enumerate(ops, 1) if op.what == "said"]
    others = [place for place in range(len(ops) + 1) if place not in said]
    dice.shuffle(others)
    chosen = sorted((*said, *others[: max(4, most // 3)]))
    each = max(1, most // len(chosen) - 2)
    found: dict[bytes, State] = {}
    disk, done = Disk(start), 0
    for place in chosen:
        for op in ops[done:place]:
            disk.do(op)
        done = place
        for state in disk.states(dice, each):
            found.setdefault(state.digest(), state)
    every = list(found.values())
    return [every[place] for place in sorted(dice.permutation(len(every))[:most])]
